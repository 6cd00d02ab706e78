package jiaoying.sim.storm;

import java.util.Arrays;
import java.util.List;

/**
 * What is to be said about a storm folder, without its words: whoever shows it has them.
 *
 * @param code   names the words
 * @param values what fills them, in order; one may itself be something told
 */
public record Told(String code, List<Object> values) {
    public Told {
        values = List.copyOf(values);
    }

    public static Told of(String code, Object... values) {
        return new Told(code, Arrays.asList(values));
    }

    /** For logs and tests: the code and its values. */
    @Override
    public String toString() {
        return values.isEmpty()
                ? code
                : code + "("
                        + String.join("; ", values.stream().map(String::valueOf).toList()) + ")";
    }
}
