package jiaoying.server.loop;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import jiaoying.duty.room.Outcome;
import jiaoying.server.store.Database;
import jiaoying.server.store.StepStore;

/** Outcomes of arrivals: recent ones from memory, older ones from the table, coming ones after a wait. */
final class Outcomes {
    private static final int RECENT = 10_000;

    private final StepStore steps;
    private final String room;
    private final Map<Long, Outcome> recent = new LinkedHashMap<>();
    private long committed;

    Outcomes(Database db, String room) {
        steps = new StepStore(db);
        this.room = room;
    }

    synchronized void committed(Map<Long, Outcome> outcomes, long taken) {
        recent.putAll(outcomes);
        var oldest = recent.keySet().iterator();
        while (recent.size() > RECENT) {
            oldest.next();
            oldest.remove();
        }
        committed = taken;
        notifyAll();
    }

    Optional<Outcome> find(long number, Duration wait) throws InterruptedException {
        var known = await(number, wait);
        return known.isPresent() ? known : steps.findOutcome(room, number);
    }

    private synchronized Optional<Outcome> await(long number, Duration wait) throws InterruptedException {
        long left = wait.toMillis();
        long end = left > 0 ? System.nanoTime() + wait.toNanos() : 0;
        while (committed < number && left > 0) {
            wait(left);
            left = (end - System.nanoTime()) / 1_000_000;
        }
        return Optional.ofNullable(recent.get(number));
    }
}
