package jiaoying.server.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import jiaoying.duty.measure.Reading;
import jiaoying.duty.room.Arrival;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The front door's inbox (收件箱): arrivals become durable and get their numbers, gapless within a room.
 *
 * <p>One writer: whoever calls {@link #put} waits for the next group, which is one transaction. {@code put} may be called
 * from any thread. An inbox is durable before it hands over to the loop; one made {@link #forReplay} hands over at once and
 * becomes durable with the loop's next commit, which is good enough for a database that is thrown away.
 */
public final class Inbox implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);
    private static final int GROUP = 2_000;
    private static final int READINGS_AN_ARRIVAL = 200;
    private static final Sql NUMBERS =
            Sql.of("UPDATE room SET last_number = last_number + :n WHERE id = :room RETURNING last_number");
    private static final Sql LAST = Sql.of("SELECT last_number FROM room WHERE id = :room");

    private final Database db;
    private final InstantSource clock;
    private final int capacity;
    private final boolean replay;
    private final LinkedBlockingQueue<Entry> queue;
    private final AtomicInteger readingsWaiting = new AtomicInteger();
    private final Map<String, RoomJson> rooms = new ConcurrentHashMap<>();
    private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();
    private final Map<String, AtomicLong> given = new ConcurrentHashMap<>();
    private final Object writing = new Object();
    private final Semaphore bell = new Semaphore(0);
    private volatile boolean open = true;
    private Optional<Thread> writer = Optional.empty();

    /** @param capacity most arrivals that may wait to be written */
    public Inbox(Database db, InstantSource clock, int capacity) {
        this(db, clock, capacity, false);
    }

    private Inbox(Database db, InstantSource clock, int capacity, boolean replay) {
        this.db = db;
        this.clock = clock;
        this.capacity = capacity;
        this.replay = replay;
        queue = new LinkedBlockingQueue<>(capacity);
    }

    public static Inbox forReplay(Database db, InstantSource clock, int capacity) {
        return new Inbox(db, clock, capacity, true);
    }

    /** Makes a room known, with the keys that seal its personal fields; its loop does this. */
    public RoomJson know(String room, Keys keys) {
        return rooms.computeIfAbsent(room, id -> new RoomJson(db, id, keys));
    }

    /** Completes with the number once durable, or exceptionally with {@link Overloaded} or {@link DatabaseFailed}. */
    public CompletableFuture<Long> put(String room, Arrival arrival) {
        var json = Optional.ofNullable(rooms.get(room));
        if (json.isEmpty()) {
            return CompletableFuture.failedFuture(
                    new IllegalArgumentException("Room " + room + " is not open here; open are " + rooms.keySet()));
        }
        try {
            var put = Put.of(toMicros(arrival), json.get());
            return enqueue(new Entry(room, clock.instant(), Optional.of(put), Together.NOTHING));
        } catch (DatabaseFailed e) {
            return CompletableFuture.failedFuture(e); // keys of persons are made before what they seal
        }
    }

    /**
     * Does some work in the transaction in which its outcome arrives.
     *
     * @return completes with the number, or with 0 when the work found that nothing is to arrive
     */
    public CompletableFuture<Long> put(String room, Together together) {
        var future = enqueue(new Entry(room, clock.instant(), Optional.empty(), together));
        if (replay) {
            flush();
        }
        return future;
    }

    private CompletableFuture<Long> enqueue(Entry entry) {
        if (replay) {
            return enqueueAhead(entry);
        }
        if (!offer(entry)) {
            return CompletableFuture.failedFuture(new Overloaded(queue.size()));
        }
        bell.release();
        return entry.number;
    }

    private boolean offer(Entry entry) {
        int weight = entry.readings();
        boolean fits = open
                && readingsWaiting.get() + weight <= Math.max(weight, (long) capacity * READINGS_AN_ARRIVAL)
                && queue.offer(entry);
        if (fits) {
            readingsWaiting.addAndGet(weight);
        }
        return fits;
    }

    private CompletableFuture<Long> enqueueAhead(Entry entry) {
        synchronized (writing) {
            if (!offer(entry)) {
                flush();
                queue.add(entry);
                readingsWaiting.addAndGet(entry.readings());
            }
            entry.put.ifPresent(put -> {
                entry.ahead = given(entry.room).incrementAndGet();
                waiting(entry.room).offer(List.of(put.arrived(entry.ahead, entry.receivedAt)));
            });
            return entry.number;
        }
    }

    private AtomicLong given(String room) {
        return given.computeIfAbsent(
                room,
                id -> new AtomicLong(db.read(c -> LAST.on(c).with("room", id).find(row -> row.getLong("last_number")))
                        .orElseThrow(() -> missing(id))));
    }

    /** Where the room's loop takes its arrivals from. */
    public Waiting waiting(String room) {
        return waiting.computeIfAbsent(
                room,
                id -> new Waiting(db, id, Optional.ofNullable(rooms.get(id)).orElseThrow(() -> missing(id))));
    }

    private static IllegalArgumentException missing(String room) {
        return new IllegalArgumentException("There is no room " + room);
    }

    /** Writes everything queued now in one transaction; returns how many arrivals. @throws DatabaseFailed as the futures do */
    public int flush() {
        synchronized (writing) {
            var group = new ArrayList<Entry>();
            queue.drainTo(group, replay ? Integer.MAX_VALUE : GROUP);
            return group.isEmpty() ? 0 : write(group);
        }
    }

    private int write(List<Entry> group) {
        group.forEach(entry -> readingsWaiting.addAndGet(-entry.readings()));
        try {
            var written = db.write(c -> write(c, group));
            written.forEach(this::handOver);
            group.forEach(entry -> entry.number.complete(entry.written));
            return group.size();
        } catch (RuntimeException e) {
            group.forEach(entry -> entry.number.completeExceptionally(e));
            throw e;
        }
    }

    /** Work first and rooms after it, both in order: the loop locks errands before its room row too. */
    private Map<String, List<Arrived>> write(Connection connection, List<Entry> group) throws SQLException {
        var byRoom = new TreeMap<String, List<Entry>>();
        for (var entry : group) {
            entry.happen(connection, rooms);
            if (entry.put.isPresent()) {
                byRoom.computeIfAbsent(entry.room, id -> new ArrayList<>()).add(entry);
            }
        }
        var rows = new CopyRows("arrival (room, number, received_at, kind, payload)");
        var written = new TreeMap<String, List<Arrived>>();
        for (var room : byRoom.entrySet()) {
            written.put(room.getKey(), number(connection, room.getKey(), room.getValue(), rows));
        }
        rows.into(connection);
        return written;
    }

    private List<Arrived> number(Connection connection, String room, List<Entry> entries, CopyRows rows)
            throws SQLException {
        long last = NUMBERS.on(connection)
                .with("room", room)
                .with("n", entries.size())
                .find(row -> row.getLong("last_number"))
                .orElseThrow(() -> missing(room));
        long number = last - entries.size();
        var arrived = new ArrayList<Arrived>(entries.size());
        for (var entry : entries) {
            number++;
            checkAhead(entry, number);
            entry.written = number;
            entry.put.ifPresent(put -> put.into(rows, entry));
            if (entry.put.isPresent()) {
                arrived.add(entry.put.get().arrived(number, entry.receivedAt));
            }
        }
        return arrived;
    }

    private static void checkAhead(Entry entry, long number) {
        if (entry.ahead != 0 && entry.ahead != number) {
            throw new IllegalStateException("Room " + entry.room + ": arrival was handed over as " + entry.ahead
                    + " but is number " + number + "; somebody else writes to a room that is being replayed");
        }
    }

    private void handOver(String room, List<Arrived> written) {
        if (replay) {
            given(room).accumulateAndGet(written.getLast().number(), Math::max);
        }
        waiting(room).offer(written);
    }

    /** Starts the writer's thread. */
    public synchronized void start() {
        writer = Optional.of(Thread.ofPlatform().name("inbox").start(this::run));
    }

    private void run() {
        while (open || !queue.isEmpty()) {
            try {
                if (bell.tryAcquire(1, TimeUnit.SECONDS)) {
                    bell.drainPermits();
                    flushAll();
                }
            } catch (InterruptedException e) {
                open = false;
            } catch (RuntimeException e) {
                LOG.warn("A group of arrivals was not written; whoever brought them was told", e);
                bell.release();
            }
        }
    }

    private void flushAll() {
        while (!queue.isEmpty()) {
            flush();
        }
    }

    /** Writes what is queued and stops the writer. */
    @Override
    public synchronized void close() {
        open = false;
        writer.ifPresent(Inbox::end);
        flush();
    }

    private static void end(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static int readings(Arrival arrival) {
        return arrival instanceof Arrival.Readings readings
                ? readings.readings().size()
                : 0;
    }

    /** The tables keep microseconds, so nothing finer comes in. */
    private static Arrival toMicros(Arrival arrival) {
        if (arrival instanceof Arrival.Readings readings
                && readings.readings().stream().anyMatch(r -> r.observedAt().getNano() % 1_000 != 0)) {
            return new Arrival.Readings(
                    readings.source(),
                    readings.readings().stream().map(Inbox::toMicros).toList(),
                    readings.malformed());
        }
        return arrival;
    }

    private static Reading toMicros(Reading reading) {
        return new Reading(
                reading.station(),
                reading.quantity(),
                reading.milli(),
                reading.observedAt().truncatedTo(ChronoUnit.MICROS),
                reading.suspect());
    }

    /** Work in the transaction in which its outcome arrives. */
    public interface Together {
        Together NOTHING = connection -> Optional.empty();

        /** @return what arrives, or empty when nothing is to arrive */
        Optional<Arrival> on(Connection connection) throws SQLException;
    }

    /** An arrival and its bytes. */
    private record Put(Arrival arrival, byte[] payload) {
        /** What is handed over is what the table holds, to the letter: a text that cannot be stored is stored cleaned. */
        static Put of(Arrival arrival, RoomJson json) {
            var payload = json.write(arrival);
            return arrival instanceof Arrival.Readings
                    ? new Put(arrival, payload)
                    : new Put(json.read(RoomJson.kind(arrival), payload), payload);
        }

        Arrived arrived(long number, Instant receivedAt) {
            return Arrived.of(number, receivedAt, arrival);
        }

        void into(CopyRows rows, Entry entry) {
            rows.row()
                    .text(entry.room)
                    .number(entry.written)
                    .moment(entry.receivedAt)
                    .text(RoomJson.kind(arrival))
                    .bytes(payload);
        }
    }

    /** Somebody waiting for a number. */
    private static final class Entry {
        private final String room;
        private final Instant receivedAt;
        private final Together together;
        private final CompletableFuture<Long> number = new CompletableFuture<>();
        private Optional<Put> put;
        private long ahead;
        private long written;

        Entry(String room, Instant receivedAt, Optional<Put> put, Together together) {
            this.room = room;
            this.receivedAt = receivedAt.truncatedTo(ChronoUnit.MICROS);
            this.put = put;
            this.together = together;
        }

        int readings() {
            return put.map(known -> Inbox.readings(known.arrival())).orElse(0);
        }

        void happen(Connection connection, Map<String, RoomJson> rooms) throws SQLException {
            var json = Optional.ofNullable(rooms.get(room)).orElseThrow(() -> missing(room));
            var arrival = together.on(connection);
            if (arrival.isPresent()) {
                put = Optional.of(Put.of(arrival.get(), json));
            }
        }
    }
}
