package jiaoying.wire.cap;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import jiaoying.wire.cap.Finding.Rule;

/** Reads times (3.3.2), those also that are written otherwise but can mean one moment only. */
final class TimeReader {
    private static final String FORM = "YYYY-MM-DDThh:mm:ss+hh:mm or -hh:mm, UTC as -00:00";
    private static final int LOCAL = "2002-05-24T16:49:00".length();
    private static final int TEXT_MAX = 40;

    private TimeReader() {}

    /** @param assumed offset of times that have none; without it they are refused */
    static Optional<CapTime> read(String text, Optional<ZoneOffset> assumed, Segment segment, String name) {
        try {
            return parse(text, assumed, segment, name);
        } catch (DateTimeException e) {
            return refused(text, segment, name);
        }
    }

    private static Optional<CapTime> refused(String text, Segment segment, String name) {
        segment.refuse(Rule.TIME, name, text, FORM);
        return Optional.empty();
    }

    private static Optional<CapTime> parse(String text, Optional<ZoneOffset> assumed, Segment segment, String name) {
        if (text.length() < LOCAL || text.length() > TEXT_MAX || text.charAt(10) != 'T') {
            return refused(text, segment, name);
        }
        var local = local(text.substring(0, LOCAL));
        if (local.getYear() < 0 || local.getYear() > 9999) {
            return refused(text, segment, name);
        }
        var behind = text.substring(LOCAL);
        var offset = withoutFraction(behind);
        if (offset.length() != behind.length()) {
            segment.note(Rule.TIME, name, text, FORM + ", no fraction");
        }
        if (offset.isEmpty()) {
            if (assumed.isEmpty()) {
                return refused(text, segment, name);
            }
            segment.note(
                    Rule.TIME, name, text, FORM + "; read as " + assumed.get().getId());
            return assumed.map(it -> CapTime.of(local, it));
        }
        if (offset.equals("Z")) {
            segment.note(Rule.TIME, name, text, FORM + ", not Z");
            return Optional.of(CapTime.of(local, ZoneOffset.UTC));
        }
        return offset.length() == 6 && offset.charAt(3) == ':'
                ? Optional.of(CapTime.of(local, ZoneOffset.of(offset)))
                : refused(text, segment, name);
    }

    /** The end of a day (24:00:00) is the next day's beginning; a leap second (:60) is the second after :59. */
    private static LocalDateTime local(String text) {
        if (text.endsWith("T24:00:00")) {
            return LocalDateTime.parse(text.substring(0, 11) + "00:00:00").plusDays(1);
        }
        return text.endsWith("59:60")
                ? LocalDateTime.parse(text.substring(0, LOCAL - 2) + "59").plusSeconds(1)
                : LocalDateTime.parse(text);
    }

    private static String withoutFraction(String text) {
        if (!text.startsWith(".")) {
            return text;
        }
        var end = 1;
        while (end < text.length() && Character.isDigit(text.charAt(end))) {
            end++;
        }
        return end == 1 ? text : text.substring(end);
    }
}
