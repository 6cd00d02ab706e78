package jiaoying.duty.measure;

import java.util.Arrays;
import java.util.List;

/**
 * Something to be said to people (话), without its words: whoever shows it has them, in the reader's language.
 *
 * @param code   the text {@code said.<code>} of the catalogues
 * @param values what fills it, in order: ids, numbers and moments as data, or words somebody wrote
 */
public record Sentence(String code, List<String> values) {
    public Sentence {
        values = List.copyOf(values);
    }

    public static Sentence of(String code, Object... values) {
        return new Sentence(code, Arrays.stream(values).map(String::valueOf).toList());
    }

    /** Words that somebody wrote, or that a standard has; they are shown as they are. */
    public static Sentence words(String text) {
        return of("words", text);
    }

    /** For transcripts and logs: the code and its values. */
    @Override
    public String toString() {
        return values.isEmpty() ? code : code + " " + String.join(", ", values);
    }
}
