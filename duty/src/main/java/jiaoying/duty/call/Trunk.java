package jiaoying.duty.call;

import java.time.Duration;

/**
 * The telephone lines there are, and how calls on them go (中继线).
 *
 * @param lines    calls at the same time, 1 or more
 * @param answered how long an answered call holds a line
 * @param ringing  how long an unanswered call holds a line
 * @param share    of calls that are answered, percent, 1 to 100
 * @param source   cited in the pack
 * @param sourceEn the same in English
 */
public record Trunk(int lines, Duration answered, Duration ringing, int share, String source, String sourceEn) {
    public Trunk withLines(int lines) {
        return new Trunk(lines, answered, ringing, share, source, sourceEn);
    }
}
