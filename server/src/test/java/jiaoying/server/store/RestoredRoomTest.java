package jiaoying.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import jiaoying.duty.room.Arrival;
import jiaoying.server.postgres.EmbeddedPostgres;
import jiaoying.server.postgres.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backup and restore of the program's own tables: the room comes back as it was, held, with word of it in its inbox. */
class RestoredRoomTest {
    private static final String ROOM = "pinghu";
    private static final Instant AT = Instant.parse("2026-11-24T02:17:00Z");
    private static final InstantSource CLOCK = InstantSource.fixed(AT);

    @TempDir
    Path temp;

    @Test
    void the_room_comes_back_held_with_its_keys_and_the_arrival_restored_waits() throws Exception {
        temp.toFile().setExecutable(true, false);
        var data = Files.createDirectories(temp.resolve("data"));
        var file = temp.resolve("backup.zip");
        var keys = Keys.ofDirectory(data.resolve("keys"), ROOM);
        RoomRow room;
        try (var postgres = EmbeddedPostgres.startThrowaway(temp.resolve("live"));
                var db = open(postgres.server())) {
            new Rooms(db).open(ROOM, true, keys, AT);
            assertThat(put(db, keys, new Arrival.TimerDue("t", AT))).isEqualTo(1);
            room = new Rooms(db).get(ROOM);
            new Backup(db.dataSource(), data, "0.1.0").write(file, AT);
        }

        var target = temp.resolve("new");
        try (var restore = Restore.begin(file, target)) {
            try (var postgres = EmbeddedPostgres.start(restore.folder())) {
                var server = postgres.server();
                restore.load(server.jdbcUrl(), server.user(), server.password(), id -> tell(server, restore, id));
            }
            restore.finish();
        }

        try (var postgres = EmbeddedPostgres.start(target);
                var db = open(postgres.server())) {
            var restored = new Rooms(db).get(ROOM);
            assertThat(restored.held()).isTrue();
            assertThat(restored.head()).isEqualTo(room.head());
            assertThat(restored.lastNumber()).isEqualTo(2);
            assertThat(kind(db, 2)).isEqualTo("Restored");
        }
        assertThat(Keys.ofDirectory(target.resolve("keys"), ROOM).publicKeyHex())
                .isEqualTo(keys.publicKeyHex());
    }

    private static void tell(Server server, Restore restore, String room) {
        try (var db = open(server)) {
            var keys = Keys.ofDirectory(restore.folder().resolve("keys"), room);
            put(db, keys, new Arrival.Restored(restore.manifest().takenAt().toString()));
        }
    }

    private static long put(Database db, Keys keys, Arrival arrival) {
        try (var inbox = new Inbox(db, CLOCK, 10)) {
            inbox.know(ROOM, keys);
            var number = inbox.put(ROOM, arrival);
            inbox.flush();
            return number.orTimeout(10, TimeUnit.SECONDS).join();
        }
    }

    private static String kind(Database db, long number) {
        return db.read(connection -> {
            try (var rows =
                    connection.createStatement().executeQuery("SELECT kind FROM arrival WHERE number = " + number)) {
                rows.next();
                return rows.getString(1);
            }
        });
    }

    private static Database open(Server server) {
        return Database.open(server.jdbcUrl(), server.user(), server.password());
    }
}
