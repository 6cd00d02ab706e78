package jiaoying.duty.call;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import jiaoying.duty.call.CallFact.Item;

/**
 * What the callees of an order must reach together within a span (整单要求). It ends nobody's ladder; when it is not met in
 * time the leader of the shift is called.
 *
 * @param within counted from the opening of the order
 * @param people share of the callees who must be reached, percent
 * @param areas  share of the areas called for in which at least one callee must be reached, percent
 * @param must   duties (职责) each holder of which must be reached
 * @param source cited in the pack
 */
public record SetRule(Duration within, int people, int areas, List<String> must, String source) {
    /** Everybody (全员). */
    public static SetRule everyone(Duration within, String source) {
        return new SetRule(within, 100, 100, List.of(), source);
    }

    /**
     * How far the callees have come.
     *
     * @param missing holders of must-have duties who are not reached, in the order of listing
     */
    public record Standing(int called, int reached, int areas, int areasReached, List<String> missing, boolean met) {}

    /** @param reached who answered or is answered for */
    Standing judge(List<Callee> callees, Predicate<Callee> reached) {
        var areas = new HashMap<String, Boolean>();
        var count = 0;
        for (var callee : callees) {
            var here = reached.test(callee);
            count += here ? 1 : 0;
            for (var item : callee.listed().items()) {
                areas.merge(item.area(), here, Boolean::logicalOr);
            }
        }
        var missing = callees.stream()
                .filter(callee ->
                        callee.listed().items().stream().map(Item::duty).anyMatch(must::contains))
                .filter(reached.negate())
                .map(Callee::person)
                .toList();
        var open = new HashSet<>(areas.keySet());
        open.removeIf(areas::get);
        return standing(callees.size(), count, areas, open, missing);
    }

    private Standing standing(
            int called, int reached, Map<String, Boolean> areas, Set<String> open, List<String> missing) {
        var areasReached = areas.size() - open.size();
        var met =
                enough(reached, called, people) && enough(areasReached, areas.size(), this.areas) && missing.isEmpty();
        return new Standing(called, reached, areas.size(), areasReached, missing, met);
    }

    private static boolean enough(int part, int whole, int percent) {
        return 100L * part >= (long) percent * whole;
    }
}
