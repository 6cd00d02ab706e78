package jiaoying.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import jiaoying.duty.room.Arrival;
import jiaoying.server.postgres.EmbeddedPostgres;
import jiaoying.server.postgres.Server;
import jiaoying.server.store.StationStore.Picture;
import jiaoying.server.store.StationStore.Wish;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backup and restore of the program's own tables: the room comes back as it was, held, with word of it in its inbox. */
class RestoredRoomTest {
    private static final String ROOM = "pinghu";
    private static final Instant AT = Instant.parse("2026-11-24T02:17:00Z");
    private static final InstantSource CLOCK = InstantSource.fixed(AT);

    private static final LocalDateTime NINE = LocalDateTime.of(2026, 11, 24, 9, 0);
    private static final Wish CLOCK_WISH = new Wish("0010100001", "CLOCK", "S0", NINE, NINE, "officer");
    private static final Wish GAP_WISH = new Wish("0010100001", "RAIN", "S0", NINE.minusHours(2), NINE, "");
    private static final byte[] JPEG = {(byte) 0xFF, (byte) 0xD8, 0, '\n', '\\'};
    private static final Picture PICTURE = new Picture("S0", "a".repeat(64), Optional.of(NINE), AT, JPEG.length);

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
            var stations = new StationStore(db, ROOM);
            stations.keep(CLOCK_WISH);
            stations.keep(GAP_WISH);
            stations.keep(PICTURE, JPEG);
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
            var stations = new StationStore(db, ROOM);
            assertThat(stations.wishes())
                    .as("what stations are still to be asked")
                    .containsExactly(GAP_WISH, CLOCK_WISH);
            assertThat(stations.pictures("S0")).containsExactly(PICTURE);
            assertThat(stations.findPicture(PICTURE.sha256())).contains(JPEG);
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
