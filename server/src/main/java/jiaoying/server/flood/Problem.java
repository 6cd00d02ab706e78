package jiaoying.server.flood;

import java.util.List;

/**
 * Something in a scenario that must be put right before it runs.
 *
 * @param kind   the text of the catalogue, {@code flood.<kind>}
 * @param values what fills it: first the place, for example {@code inflows[0].hydrograph}
 */
public record Problem(String kind, List<String> values) {
    public Problem {
        values = List.copyOf(values);
    }

    static Problem of(String kind, Object... values) {
        return new Problem(
                kind, java.util.Arrays.stream(values).map(String::valueOf).toList());
    }
}
