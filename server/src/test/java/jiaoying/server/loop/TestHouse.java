package jiaoying.server.loop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.room.Arrival;
import jiaoying.server.postgres.EmbeddedPostgres;
import jiaoying.server.postgres.PostgresUnavailable;
import jiaoying.server.postgres.Server;
import jiaoying.server.scratch.Scratch;
import jiaoying.server.store.Database;
import jiaoying.server.store.Inbox;
import jiaoying.server.store.Keys;
import jiaoying.server.store.Rooms;

/** A room of its own in a database that all tests of this run share, with a clock that stands still. */
public final class TestHouse implements AutoCloseable {
    public static final Instant START = Instant.parse("2026-06-01T00:00:00Z");
    private static final AtomicInteger ROOMS = new AtomicInteger();

    private static final class Shared {
        static final Server SERVER = server();
        static final Database DB = Database.open(SERVER.jdbcUrl(), SERVER.user(), SERVER.password());

        private static Server server() {
            try {
                return EmbeddedPostgres.startThrowaway(Scratch.make("test").path())
                        .server();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (PostgresUnavailable e) {
                throw new IllegalStateException(e);
            }
        }
    }

    public final String room = "room-" + ROOMS.incrementAndGet();
    public final TestClock clock = new TestClock(START);
    public final Database db = Shared.DB;
    public final Keys keys = Keys.ofSeed(7, "test");
    public final Inbox inbox;
    public final List<Fact> heard = new ArrayList<>();
    private final boolean replay;
    private final boolean demo;
    public RoomLoop loop;

    public TestHouse() {
        this(false);
    }

    public TestHouse(boolean replay) {
        this(replay, true);
    }

    /** A room whose carriers may reach the world. */
    public static TestHouse real() {
        return new TestHouse(false, false);
    }

    private TestHouse(boolean replay, boolean demo) {
        this.replay = replay;
        this.demo = demo;
        inbox = replay ? Inbox.forReplay(db, clock, 10_000) : new Inbox(db, clock, 10_000);
        new Rooms(db).open(room, demo, keys, START);
        loop = openLoop();
    }

    public static Server server() {
        return Shared.SERVER;
    }

    /** Another loop takes the room over. */
    public RoomLoop openLoop() {
        LoopListener listener = (lastFact, at, facts, errands, touched) -> heard.addAll(facts);
        return replay
                ? RoomLoop.openForReplay(db, room, TestCity.rules(), keys, inbox, clock, listener)
                : RoomLoop.open(db, room, TestCity.rules(), keys, inbox, clock, listener);
    }

    /** The city is registered and the room set. */
    public TestHouse furnished() {
        put(TestCity.settings(room, demo));
        put(TestCity.register(3, 9));
        turn();
        return this;
    }

    public CompletableFuture<Long> put(Arrival arrival) {
        return inbox.put(room, arrival);
    }

    /** Everything that waits is taken. */
    public void turn() {
        do {
            inbox.flush();
        } while (loop.turn() > 0);
        loop.save();
    }

    /** The clock goes on in steps, as a loop of its own would see it. */
    public void until(Instant at) {
        while (clock.instant().isBefore(at)) {
            var next = loop.nextRing().orElse(at);
            clock.set(next.isAfter(at) ? at : next.isBefore(clock.instant()) ? clock.instant() : next);
            loop.ring(clock.instant());
            turn();
        }
    }

    @Override
    public void close() {
        loop.close();
        inbox.close();
    }
}
