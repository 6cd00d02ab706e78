package jiaoying.server.main;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import jiaoying.duty.room.Arrival;
import jiaoying.duty.room.Deed;
import jiaoying.duty.room.Outcome;
import jiaoying.server.loop.RoomLoop;
import jiaoying.server.postgres.EmbeddedPostgres;
import jiaoying.server.postgres.PostgresUnavailable;
import jiaoying.server.postgres.Server;
import jiaoying.server.store.Database;
import jiaoying.server.store.Inbox;
import jiaoying.server.store.Keys;
import jiaoying.server.store.RoomRow;
import jiaoying.server.store.Rooms;
import jiaoying.server.store.StepStore;

/**
 * The rooms of a data directory, opened for one command: as a client of the live server if there is one, else with a
 * database started for the command. A live room is never stopped.
 */
final class OpenRooms implements AutoCloseable {
    /** Who acts when somebody stands at the machine. */
    static final String BY = "command-line";

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final DataDirectory directory;
    private final boolean live;
    private final Optional<EmbeddedPostgres> postgres;
    private final Server server;
    private final Database database;

    private OpenRooms(DataDirectory directory, boolean live, Optional<EmbeddedPostgres> postgres, Server server) {
        this.directory = directory;
        this.live = live;
        this.postgres = postgres;
        this.server = server;
        this.database = Database.open(server.jdbcUrl(), server.user(), server.password());
    }

    /** @param external the database, when it is not the one inside the directory */
    static OpenRooms open(DataDirectory directory, Optional<Server> external) {
        if (external.isPresent()) {
            return new OpenRooms(directory, true, Optional.empty(), external.get());
        }
        if (!EmbeddedPostgres.exists(directory.path())) {
            throw new Refusal("data.empty", directory.path());
        }
        try {
            var live = EmbeddedPostgres.findLive(directory.path()).isPresent();
            var postgres = EmbeddedPostgres.joinOrStart(directory.path());
            return closingOnFailure(directory, live, postgres);
        } catch (PostgresUnavailable e) {
            throw new Refusal("said", e);
        }
    }

    private static OpenRooms closingOnFailure(DataDirectory directory, boolean live, EmbeddedPostgres postgres) {
        try {
            return new OpenRooms(directory, live, Optional.of(postgres), postgres.server());
        } catch (RuntimeException e) {
            postgres.close();
            throw e;
        }
    }

    DataDirectory directory() {
        return directory;
    }

    Database database() {
        return database;
    }

    Server server() {
        return server;
    }

    /** True when a server may be running on this database. */
    boolean live() {
        return live;
    }

    /** The room named, or the only one. */
    RoomRow room(Optional<String> name) {
        var rooms = new Rooms(database).list();
        var ids = rooms.stream().map(RoomRow::id).collect(Collectors.joining(", "));
        if (name.isEmpty()) {
            if (rooms.size() != 1) {
                throw new Refusal("room.which", ids);
            }
            return rooms.getFirst();
        }
        return rooms.stream()
                .filter(row -> row.id().equals(name.get()))
                .findFirst()
                .orElseThrow(() -> new Refusal("room.missing", name.get(), ids));
    }

    Keys keys(String room) {
        return keys(directory.path(), room);
    }

    static Keys keys(Path directory, String room) {
        return Keys.ofDirectory(directory.resolve("keys"), room);
    }

    /** Puts an arrival into a room's inbox and waits for what the room says to it. */
    Outcome put(String room, Arrival arrival) throws InterruptedException {
        try (var inbox = new Inbox(database, InstantSource.system(), 1)) {
            inbox.know(room, keys(room));
            var number = inbox.put(room, arrival);
            inbox.flush();
            if (!live) {
                decide(room, inbox);
            }
            return outcome(room, number.get());
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /**
     * Records what was done from the command line. A room that is held, or too busy to answer now, has it in its inbox all
     * the same.
     */
    void note(String room, Deed deed) throws InterruptedException {
        switch (put(room, new Arrival.Act(BY, deed))) {
            case Outcome.Done _, Outcome.Stored _ -> {}
            case Outcome.Refused no -> throw new Refusal("room.refused", room, no);
            case Outcome.SetAside aside -> throw new Refusal("room.aside", room, aside.problem());
        }
    }

    /** Nobody else has the room: it is opened as the server would, and everything that waits is taken. */
    private void decide(String room, Inbox inbox) {
        var loop = RoomLoop.open(
                database,
                room,
                Home.rules(directory),
                keys(room),
                inbox,
                InstantSource.system(),
                (lastFact, recordedAt, facts, errands, touched) -> {});
        try (loop) {
            while (loop.turn() > 0) {
                // a bounded batch each
            }
        }
    }

    private Outcome outcome(String room, long number) throws InterruptedException {
        var steps = new StepStore(database);
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() - end < 0) {
            var outcome = steps.findOutcome(room, number);
            if (outcome.isPresent()) {
                return outcome.get();
            }
            Thread.sleep(LOOK_AGAIN);
        }
        throw new Refusal("room.busy", room, number);
    }

    @Override
    public void close() {
        database.close();
        postgres.ifPresent(EmbeddedPostgres::close);
    }
}
