package jiaoying.sim.schedule;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Virtual time: what is due runs in order of time, and in order of asking where the times are equal. The clock stands
 * still while something runs and jumps to the next due instant afterwards. One thread.
 */
public final class Scheduler implements InstantSource {
    private final PriorityQueue<Due> queue =
            new PriorityQueue<>(Comparator.comparing(Due::at).thenComparing(Due::sequence));
    private Instant now;
    private long sequence;

    public Scheduler(Instant start) {
        now = start;
    }

    @Override
    public Instant instant() {
        return now;
    }

    /** Asks for something to run at that time; a time that has passed means as soon as possible. */
    public void at(Instant when, Runnable what) {
        queue.add(new Due(when.isBefore(now) ? now : when, sequence++, what));
    }

    /** When something is due next. */
    public Optional<Instant> next() {
        return Optional.ofNullable(queue.peek()).map(Due::at);
    }

    /** Moves the clock to what is due next and runs it; false when nothing is left. */
    public boolean advance() {
        var due = queue.poll();
        if (due == null) {
            return false;
        }
        now = due.at();
        due.what().run();
        return true;
    }

    private record Due(Instant at, long sequence, Runnable what) {}
}
