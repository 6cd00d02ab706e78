package jiaoying.sim.people;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import jiaoying.sim.chance.Chance;

/**
 * The people who are called. Whether, when and how somebody answers follows from the seed, the call order and the
 * person alone, so that the same storm meets the same people again.
 *
 * @param answerRate share of people who answer, 0 to 1
 * @param visitors   persons played by a visitor; nobody answers for them
 * @param silent     persons who never answer, whatever the rate
 */
public record SimulatedPeople(long seed, double answerRate, Set<String> visitors, Set<String> silent) {
    public SimulatedPeople {
        if (!(answerRate >= 0 && answerRate <= 1)) {
            throw new IllegalArgumentException("answer rate %s: 0 to 1 is allowed".formatted(answerRate));
        }
        visitors = Set.copyOf(visitors);
        silent = Set.copyOf(silent);
    }

    public SimulatedPeople(long seed, double answerRate) {
        this(seed, answerRate, Set.of(), Set.of());
    }

    /** How this person answers in this order; empty: never. */
    public Optional<Habit> habit(String order, String person) {
        var chance = Chance.of(seed, "people", order, person);
        if (!chance.falls(answerRate) || visitors.contains(person) || silent.contains(person)) {
            return Optional.empty();
        }
        var way = chance.share();
        return Optional.of(new Habit(way < 0.45 ? Way.REPLY : way < 0.8 ? Way.LINK : Way.KEY, chance.seconds(20, 180)));
    }

    /** @param delay between the text and the answer to it */
    public record Habit(Way way, Duration delay) {}

    public enum Way {
        /** Replies to the text. */
        REPLY,
        /** Opens the link in the text and presses the button there. */
        LINK,
        /** Reads no texts; picks up the telephone and presses key 1. */
        KEY
    }
}
