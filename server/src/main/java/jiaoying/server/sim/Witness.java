package jiaoying.server.sim;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.room.Arrival;
import jiaoying.server.courier.Parcel;
import jiaoying.server.store.ErrandStore.Row;
import jiaoying.server.store.ErrandStore.State;

/** Watches while a seed is played, and notes the first thing that is wrong. */
final class Witness {
    private final Script script;
    private final List<Fact> facts = new ArrayList<>();
    private final List<Submission> submissions = new ArrayList<>();
    private final Map<Long, Arrival> acknowledged = new HashMap<>();
    private final Map<String, Integer> reached = new HashMap<>();
    private final Map<String, Long> fences = new HashMap<>();
    private Optional<Wrong> found = Optional.empty();
    private int youngest;

    /** Something that a carrier took. */
    record Submission(Instant at, String carrier, Parcel parcel) {}

    /** @param invariant which one does not hold */
    record Wrong(String invariant, String detail) {}

    Witness(Script script) {
        this.script = script;
    }

    void wrong(String invariant, String detail) {
        if (found.isEmpty()) {
            found = Optional.of(new Wrong(invariant, detail));
        }
    }

    Optional<Wrong> found() {
        return found;
    }

    /** A loop heard that its commit was kept: from then on no older one may hear the same. */
    void committed(int engine, List<Fact> kept) {
        if (engine < youngest) {
            wrong("I11", "engine " + engine + " committed " + kept + " although engine " + youngest + " has the room");
        }
        youngest = Math.max(youngest, engine);
        facts.addAll(kept);
    }

    void acknowledged(long number, Arrival arrival) {
        var before = acknowledged.putIfAbsent(number, arrival);
        if (before != null) {
            wrong("I7", "two arrivals were acknowledged as number " + number);
        }
    }

    /** Somebody heard a call or got a text, once more than before, under this key. */
    void reached(String key) {
        reached.merge(key, 1, Integer::sum);
    }

    Map<String, Integer> reached() {
        return reached;
    }

    void submitted(Instant at, String carrier, Parcel parcel) {
        submissions.add(new Submission(at, carrier, parcel));
        var message = parcel.message();
        if (script.exercise() && !saysExercise(message)) {
            wrong("I9", "an exercise sends without saying so: " + message);
        }
    }

    static boolean saysExercise(String message) {
        return message.contains("演练") || message.contains("EXERCISE]");
    }

    /** A courier had its turn: what was ready before, and what is now. */
    void carried(List<Row> before, List<Row> after, Instant now) {
        fences(before);
        fences(after);
        var then = after.stream().collect(Collectors.toMap(Row::key, row -> row));
        var waits = before.stream()
                .filter(row -> ready(row, now) && ready(requireNonNull(then.get(row.key())), now))
                .toList();
        for (var row : before) {
            if (ready(row, now) && requireNonNull(then.get(row.key())).state() == State.TAKEN) {
                waits.stream()
                        .filter(red -> red.channel() == row.channel() && red.priority() < row.priority())
                        .findFirst()
                        .ifPresent(red -> wrong("I6", row + " was taken while " + red + " waits"));
            }
        }
    }

    private static boolean ready(Row row, Instant now) {
        return row.state() == State.READY
                && row.mayHave().isEmpty()
                && !row.notBefore().isAfter(now);
    }

    private void fences(List<Row> rows) {
        for (var row : rows) {
            long before = fences.getOrDefault(row.key(), 0L);
            if (row.fence() < before) {
                wrong("I4", "the fence of " + row.key() + " went back from " + before + " to " + row.fence());
            }
            fences.put(row.key(), row.fence());
        }
    }

    <F extends Fact> Optional<F> last(Class<F> kind) {
        return facts.reversed().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst();
    }

    <F extends Fact> List<F> all(Class<F> kind) {
        return facts.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    List<Submission> submissions() {
        return submissions;
    }

    Map<Long, Arrival> acknowledged() {
        return acknowledged;
    }

    /** How long after the answer a call that was on its way may still come through. */
    static final Duration ON_ITS_WAY = Duration.ofSeconds(2);
}
