package jiaoying.server.flood;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
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

    /** The place and what stands there, in no language: {@code ground: ground.asc}. */
    public String where() {
        return values.stream()
                .limit(2)
                .filter(value -> !(value instanceof Sentence))
                .map(String::valueOf)
                .collect(Collectors.joining(": "));
    }

    /** What fills the text, in the reader's language. */
    public Object[] values(Texts reader) {
        return values.stream()
                .map(value -> value instanceof Sentence sentence ? reader.say(sentence) : value)
                .toArray();
    }
}
