package jiaoying.duty.errand;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which of several carriers gets the next errand (分流): in turn by their weights, evenly mixed and not in blocks, so that each has
 * its part of every short span. A carrier without room is passed over and its turn goes to the others: nothing waits for it. For
 * one thread.
 */
public final class Split {
    private final Map<String, Double> credits = new TreeMap<>();

    /**
     * A carrier that may get it.
     *
     * @param weight 0 or more; 0 gets something only where all others have 0 too
     * @param spare  weight in that case
     */
    public record Candidate(String name, double weight, double spare) {
        public Candidate {
            if (!(weight >= 0 && spare > 0)) {
                throw new IllegalArgumentException("carrier " + name + ": weight " + weight + " and spare " + spare
                        + "; allowed are 0 or more, and more than 0");
            }
        }
    }

    /**
     * The next one, empty when there is no candidate.
     *
     * @param candidates those that have room now
     * @param anyWell    whether a carrier of the channel, with room or without, has a weight above 0: then none with 0 gets
     *                   anything, for it is better to wait a moment
     */
    public Optional<String> next(List<Candidate> candidates, boolean anyWell) {
        var fit = anyWell ? candidates.stream().filter(one -> one.weight > 0).toList() : candidates;
        if (fit.isEmpty()) {
            return Optional.empty();
        }
        var total = 0.0;
        for (var one : fit) {
            total += weight(one, anyWell);
            credits.merge(one.name, weight(one, anyWell), Double::sum);
        }
        var chosen = fit.stream()
                .max(Comparator.<Candidate>comparingDouble(one -> credits.getOrDefault(one.name, 0.0))
                        .thenComparing(one -> one.name, Comparator.reverseOrder()))
                .orElseThrow();
        credits.merge(chosen.name, -total, Double::sum);
        return Optional.of(chosen.name);
    }

    private static double weight(Candidate one, boolean anyWell) {
        return anyWell ? one.weight : one.spare;
    }
}
