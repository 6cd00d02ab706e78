package jiaoying.server.security;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The part of the city that an account sees and acts in (辖区): its areas and everything below them.
 *
 * @param areas  empty for the whole room
 * @param parent of an area code, empty for the city and for codes that nobody knows
 */
public record Scope(Set<String> areas, Function<String, Optional<String>> parent) {
    private static final int DEEPEST = 8;

    public static Scope of(List<String> areas, Function<String, Optional<String>> parent) {
        return new Scope(Set.copyOf(areas), parent);
    }

    public boolean whole() {
        return areas.isEmpty();
    }

    public boolean covers(String area) {
        return whole() || lineOf(area).stream().anyMatch(areas::contains);
    }

    /** True when the area covers some of the scope from above: a signal over the town holds in its villages. */
    public boolean liesIn(String area) {
        return areas.stream().anyMatch(own -> lineOf(own).contains(area));
    }

    private Set<String> lineOf(String area) {
        var line = new HashSet<String>();
        var next = Optional.of(area);
        for (int depth = 0; depth < DEEPEST && next.isPresent() && line.add(next.get()); depth++) {
            next = parent.apply(next.get());
        }
        return line;
    }
}
