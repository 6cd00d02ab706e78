package jiaoying.server.loop;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import jiaoying.duty.errand.Timer;

/**
 * Open timers by their due instant, and the minutes of the clock; each is rung once, unless its ring was lost. While the room
 * is held timers stand and only minutes are rung.
 */
final class Bells {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Comparator<Timer> ORDER =
            Comparator.comparing(Timer::dueAt).thenComparing(Timer::id);

    private final Map<String, Instant> open = new HashMap<>();
    private final Map<String, Instant> rung = new HashMap<>();
    private final PriorityQueue<Timer> queue = new PriorityQueue<>(ORDER);
    private Instant minute = Instant.MIN;
    private boolean held;

    /** After a reload: what was rung and is still open is on its way. */
    synchronized void reset(Collection<Timer> timers, Collection<Timer> onTheirWay, Instant recordedAt) {
        open.clear();
        queue.clear();
        onTheirWay.forEach(timer -> rung.put(timer.id(), timer.dueAt()));
        timers.forEach(this::set);
        rung.keySet().retainAll(open.keySet());
        minute = max(minute, recordedAt.truncatedTo(ChronoUnit.MINUTES));
    }

    /** Timers that come due while the room is held ring when it is released. */
    synchronized void hold(boolean held) {
        this.held = held;
    }

    synchronized void set(Timer timer) {
        open.put(timer.id(), timer.dueAt());
        if (!timer.dueAt().equals(rung.get(timer.id()))) {
            rung.remove(timer.id());
            queue.add(timer);
        }
    }

    synchronized void clear(String timer) {
        open.remove(timer);
        rung.remove(timer);
    }

    /** Timers due, oldest first, at most so many; they count as rung from now on. */
    synchronized List<Timer> due(Instant now, int most) {
        var due = new ArrayList<Timer>();
        for (var next = ringable();
                next.isPresent() && due.size() < most && !next.get().dueAt().isAfter(now);
                next = ringable()) {
            queue.remove();
            rung.put(next.get().id(), next.get().dueAt());
            due.add(next.get());
        }
        return due;
    }

    /** The ring did not reach the inbox. */
    synchronized void again(Timer timer) {
        if (timer.dueAt().equals(open.get(timer.id())) && rung.remove(timer.id(), timer.dueAt())) {
            queue.add(timer);
        }
    }

    /** True once for each full minute of the clock. */
    synchronized boolean minuteEnded(Instant now) {
        var full = now.truncatedTo(ChronoUnit.MINUTES);
        boolean ended = full.isAfter(minute);
        minute = max(minute, full);
        return ended;
    }

    synchronized void minuteAgain(Instant now) {
        minute = now.truncatedTo(ChronoUnit.MINUTES).minus(MINUTE);
    }

    synchronized Instant next() {
        var full = minute.equals(Instant.MIN) ? Instant.MIN : minute.plus(MINUTE);
        return ringable().map(Timer::dueAt).filter(due -> due.isBefore(full)).orElse(full);
    }

    private Optional<Timer> ringable() {
        return held ? Optional.empty() : peek();
    }

    private Optional<Timer> peek() {
        while (!queue.isEmpty() && stale(queue.peek())) {
            queue.remove();
        }
        return Optional.ofNullable(queue.peek());
    }

    private boolean stale(Timer timer) {
        return !timer.dueAt().equals(open.get(timer.id())) || Objects.equals(rung.get(timer.id()), timer.dueAt());
    }

    private static Instant max(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
