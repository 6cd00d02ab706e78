package jiaoying.server.store;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * The arrivals of one room on their way from the inbox to its loop. What was just written is handed over in memory, so that
 * it need not be read again; at the start, after a failure or when the loop is far behind, it is read from the table.
 */
public final class Waiting {
    private static final int ARRIVALS = 20_000;
    private static final int READINGS = 1_000_000;
    private static final Sql READ = Sql.of("""
            SELECT number, received_at, kind, payload FROM arrival
             WHERE room = :room AND number > :after ORDER BY number LIMIT :most""");
    private static final Sql LAST = Sql.of("SELECT last_number FROM room WHERE id = :room");

    private final Database db;
    private final String room;
    private final RoomJson json;
    private final ArrayDeque<Arrived> queue = new ArrayDeque<>();
    private int readings;
    private long durable;
    private long bell;

    Waiting(Database db, String room, RoomJson json) {
        this.db = db;
        this.room = room;
        this.json = json;
        look();
    }

    /** Called by the inbox in the order of the numbers. What does not fit is read from the table later. */
    synchronized void offer(List<Arrived> written) {
        for (var arrived : written) {
            durable = Math.max(durable, arrived.number());
            if (queue.size() < ARRIVALS && readings < READINGS && follows(arrived)) {
                queue.add(arrived);
                readings += arrived.readings();
            }
        }
        ring();
    }

    private boolean follows(Arrived arrived) {
        return queue.isEmpty() || queue.getLast().number() + 1 == arrived.number();
    }

    /** Looks in the table for what others, or a transaction of unknown fate, have put there. */
    public void look() {
        long last = db.read(c -> LAST.on(c).with("room", room).find(row -> row.getLong("last_number")))
                .orElse(0L);
        seen(last);
    }

    private synchronized void seen(long last) {
        if (last > durable) {
            durable = last;
            ring();
        }
    }

    /** Wakes the loop. */
    public synchronized void ring() {
        bell++;
        notifyAll();
    }

    /** How often the bell has rung. */
    public synchronized long rings() {
        return bell;
    }

    /** The last arrival known to be durable. */
    public synchronized long last() {
        return durable;
    }

    /** Waits until the bell has rung more often than {@code heard}, at most so long. */
    public synchronized void await(long heard, Duration most) throws InterruptedException {
        long end = System.nanoTime() + most.toNanos();
        for (long left = most.toMillis(); bell == heard && left > 0; left = (end - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
    }

    /** The arrivals after a number, in order and without a gap; empty when there is none. */
    public List<Arrived> next(long after, int arrivals, int mostReadings) {
        var next = fromMemory(after, arrivals, mostReadings);
        return next.isEmpty() && after < last() ? fromTable(after, arrivals, mostReadings) : next;
    }

    private synchronized List<Arrived> fromMemory(long after, int arrivals, int mostReadings) {
        while (!queue.isEmpty() && queue.getFirst().number() <= after) {
            poll();
        }
        var next = new ArrayList<Arrived>();
        int count = 0;
        while (!queue.isEmpty()
                && queue.getFirst().number() == after + next.size() + 1
                && next.size() < arrivals
                && count < mostReadings) {
            count += queue.getFirst().readings();
            next.add(poll());
        }
        return next;
    }

    private Arrived poll() {
        var first = queue.removeFirst();
        readings -= first.readings();
        return first;
    }

    private List<Arrived> fromTable(long after, int arrivals, int mostReadings) {
        var read = db.read(c -> READ.on(c)
                .with("room", room)
                .with("after", after)
                .with("most", arrivals)
                .list(row -> Arrived.read(
                        row.getLong("number"),
                        Sql.instant(row, "received_at"),
                        row.getString("kind"),
                        row.getBytes("payload"),
                        json)));
        int count = 0;
        for (int i = 0; i < read.size(); i++) {
            checkNoGap(after + i + 1, read.get(i).number());
            count += read.get(i).readings();
            if (count >= mostReadings) {
                return read.subList(0, i + 1);
            }
        }
        return read;
    }

    private void checkNoGap(long expected, long found) {
        if (expected != found) {
            throw new IllegalStateException(
                    "Room " + room + ": arrival " + expected + " is missing from the inbox, the next is " + found
                            + "; the table arrival is damaged, restore a backup");
        }
    }
}
