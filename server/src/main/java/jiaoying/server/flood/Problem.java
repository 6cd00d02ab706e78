package jiaoying.server.flood;

import java.util.Arrays;
import java.util.List;
import jiaoying.duty.measure.Sentence;
import jiaoying.server.reply.Texts;

/**
 * Something in a scenario that must be put right before it runs.
 *
 * @param kind   the text of the catalogue, {@code flood.<kind>}
 * @param values what fills it: first the place, for example {@code inflows[0].hydrograph}; data as they are, and sentences
 */
public record Problem(String kind, List<Object> values) {
    public Problem {
        values = List.copyOf(values);
    }

    static Problem of(String kind, Object... values) {
        return new Problem(
                kind,
                Arrays.stream(values)
                        .map(value -> value instanceof Sentence ? value : String.valueOf(value))
                        .toList());
    }

    /** What fills the text, in the reader's language. */
    public Object[] values(Texts reader) {
        return values.stream()
                .map(value -> value instanceof Sentence sentence ? reader.say(sentence) : value)
                .toArray();
    }
}
