package jiaoying.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import jiaoying.server.postgres.EmbeddedPostgres;
import jiaoying.server.postgres.PostgresUnavailable;
import jiaoying.server.postgres.Server;
import jiaoying.server.store.BackupFailed.Reason;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** Backup of a live database and restore into a new data directory, with tables of the test's own. */
class BackupTest {
    private static final String MIGRATIONS = "classpath:jiaoying/server/store/backup";
    private static final Instant AT = Instant.parse("2026-11-24T02:17:00Z");
    private static final int BIG = 5_000_000;

    @TempDir
    static Path shared;

    private static EmbeddedPostgres live;
    private static PGSimpleDataSource source;

    @TempDir
    Path temp;

    private Path liveData;
    private Path file;
    private Path target;

    @BeforeAll
    static void fill() throws Exception {
        shared.toFile().setExecutable(true, false);
        live = EmbeddedPostgres.startThrowaway(shared.resolve("live"));
        source = sourceOf(live.server());
        Flyway.configure().dataSource(source).locations(MIGRATIONS).load().migrate();
        execute(source, "INSERT INTO room VALUES ('平湖'), ('pinghu-2')");
        execute(source, "INSERT INTO balance VALUES ('left', 1000), ('right', 0)");
        execute(source, "INSERT INTO keyless VALUES ('乍浦'), (NULL), ('')");
        try (var connection = source.getConnection();
                var insert = connection.prepareStatement(
                        "INSERT INTO callee (room, \"Name\", key, body, at) VALUES ('平湖', ?, ?, ?::json, ?)")) {
            for (var number = 0; number < 3_000; number++) {
                insert.setString(1, number % 7 == 0 ? null : "责任人𠮷" + number);
                insert.setBytes(2, number % 5 == 0 ? null : new byte[] {0, (byte) number, -1, '\n', '\\'});
                insert.setString(3, number % 3 == 0 ? null : "{\"电话\": \"139\",  \"n\":" + number + "}");
                insert.setObject(4, number % 2 == 0 ? null : AT.atOffset(java.time.ZoneOffset.UTC));
                insert.addBatch();
            }
            insert.executeBatch();
            insert.setString(1, "雨".repeat(BIG / 3));
            insert.setBytes(2, new byte[BIG]);
            insert.setString(3, "[]");
            insert.setObject(4, null);
            insert.executeUpdate();
        }
        execute(source, "INSERT INTO account VALUES (1, 7, '平湖')");
    }

    @AfterAll
    static void stop() {
        live.close();
    }

    @BeforeEach
    void folders() throws IOException {
        temp.toFile().setExecutable(true, false);
        liveData = Files.createDirectories(temp.resolve("live"));
        Files.writeString(liveData.resolve("KIND"), "demo\n");
        Files.writeString(liveData.resolve("forecast.yaml"), "name: polder\n");
        Files.createDirectories(liveData.resolve("ground"));
        Files.writeString(liveData.resolve("ground").resolve("scenario.yaml"), "terrain: polder.asc\n");
        Files.createDirectories(liveData.resolve("keys"));
        Files.writeString(liveData.resolve("keys/平湖.sign"), "00ff\n");
        Files.writeString(liveData.resolve("postgres.state"), "password=secret\n");
        file = temp.resolve("backup.zip");
        target = temp.resolve("new");
    }

    @Test
    void a_restored_room_is_equal_and_held() throws Exception {
        var manifest = backup().write(file, AT);
        var told = new ArrayList<String>();

        assertThat(restore(file, told)).isEqualTo(manifest);

        assertThat(told).containsExactlyInAnyOrder("pinghu-2", "平湖");
        assertThat(manifest.tables().stream().map(Manifest.Table::name))
                .containsExactly("balance", "empty", "keyless", "room", "callee", "account");
        try (var restored = EmbeddedPostgres.start(target)) {
            var there = sourceOf(restored.server());
            var content = "SELECT md5(string_agg(c::text, '|' ORDER BY id)) FROM callee c";
            assertThat(ask(there, content)).isEqualTo(ask(source, content));
            assertThat(ask(
                            there,
                            "SELECT length(\"Name\") || ' ' || letters || ' ' || length(key)"
                                    + " FROM callee ORDER BY id DESC LIMIT 1"))
                    .isEqualTo(BIG / 3 + " " + BIG / 3 + " " + BIG);
            assertThat(ask(there, "SELECT count(*) || ' ' || count(text) FROM keyless"))
                    .isEqualTo("3 2");
            assertThat(ask(there, "SELECT bool_and(held) FROM room")).isEqualTo("t");
            assertThat(ask(there, "INSERT INTO callee (room) VALUES ('平湖') RETURNING id"))
                    .isEqualTo("3002");
        }
        assertThat(target.resolve("keys/平湖.sign")).hasContent("00ff");
        assertThat(Files.getPosixFilePermissions(target.resolve("keys/平湖.sign")))
                .hasSize(2);
        assertThat(target.resolve("KIND")).hasContent("demo");
        assertThat(target.resolve("forecast.yaml")).hasContent("name: polder");
        assertThat(target.resolve("ground").resolve("scenario.yaml")).hasContent("terrain: polder.asc");
    }

    @Test
    void a_backup_is_for_its_owner_only_and_complete_or_absent() throws Exception {
        backup().write(file, AT);
        assertThat(Files.getPosixFilePermissions(file)).hasSize(2);

        assertRefused(Reason.TARGET_EXISTS, "backup.zip", () -> backup().write(file, AT));
        assertRefused(Reason.TARGET_UNWRITABLE, "none", () -> backup().write(temp.resolve("none/backup.zip"), AT));
        var stopped = sourceOf(new Server("jdbc:postgresql://127.0.0.1:1/postgres", "jiaoying", "secret"));
        assertRefused(
                Reason.SOURCE_FAILED,
                "refused",
                () -> new Backup(stopped, liveData, "0.1.0").write(temp.resolve("other.zip"), AT));

        try (var left = Files.list(temp)) {
            assertThat(left.map(path -> path.getFileName().toString())).containsExactlyInAnyOrder("backup.zip", "live");
        }
    }

    @Test
    void a_backup_of_a_live_database_holds_one_moment() throws Exception {
        var stop = new AtomicBoolean();
        var moving = new CountDownLatch(20);
        var mover = Thread.ofPlatform().start(() -> move(stop, moving));
        try {
            moving.await();
            backup().write(file, AT);
        } finally {
            stop.set(true);
            mover.join();
        }

        restore(file, new ArrayList<>());

        try (var restored = EmbeddedPostgres.start(target)) {
            assertThat(ask(sourceOf(restored.server()), "SELECT sum(amount) FROM balance"))
                    .isEqualTo("1000");
        }
    }

    @Test
    void equal_content_has_equal_digests() throws Exception {
        var first = backup().write(file, AT);
        execute(source, "UPDATE room SET held = held"); // other places on disk, same content
        var second = backup().write(temp.resolve("second.zip"), AT);

        assertThat(second).isEqualTo(first);
    }

    @Test
    void a_flipped_byte_is_refused_unless_it_changes_nothing_that_is_restored() throws Exception {
        var manifest = backup().write(file, AT);
        var damaged = temp.resolve("damaged.zip");
        var size = Files.size(file);
        var refused = 0;
        for (var at = 0L; at < size; at += size / 150) {
            Files.copy(file, damaged, StandardCopyOption.REPLACE_EXISTING);
            flip(damaged, at);
            try {
                // A file time or a second copy of a length was hit: all digests and the manifest are as they were.
                assertThat(Backup.check(damaged)).as("byte %d", at).isEqualTo(manifest);
            } catch (BackupFailed expected) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(100);
        Files.write(damaged, new byte[10]);
        assertRefused(Reason.NOT_A_BACKUP, "damaged.zip", () -> Restore.begin(damaged, target));
        assertThat(target).doesNotExist();
    }

    @Test
    void a_changed_missing_or_extra_entry_is_named() throws Exception {
        backup().write(file, AT);

        edit(zip -> Files.writeString(zip.resolve("files/keys/平湖.sign"), "00fe\n"));
        assertRefused(Reason.DAMAGED, "平湖.sign differs", () -> Backup.check(temp.resolve("edited.zip")));
        edit(zip -> Files.delete(zip.resolve("tables/public.room.copy")));
        assertRefused(Reason.DAMAGED, "room.copy is missing", () -> Backup.check(temp.resolve("edited.zip")));
        edit(zip -> Files.writeString(zip.resolve("extra"), "x"));
        assertRefused(Reason.DAMAGED, "extra is not", () -> Backup.check(temp.resolve("edited.zip")));
        edit(zip -> replace(zip, "\"keys/", "\"../keys/"));
        assertRefused(Reason.DAMAGED, "points outside", () -> Backup.check(temp.resolve("edited.zip")));
        edit(zip -> replace(zip, "\"form\":1", "\"form\":9"));
        assertRefused(Reason.NEWER, "form 9", () -> Backup.check(temp.resolve("edited.zip")));
    }

    @Test
    void a_restore_that_cannot_be_done_leaves_nothing() throws Exception {
        backup().write(file, AT);
        Files.createDirectories(target);
        Files.writeString(target.resolve("mine"), "x");

        assertRefused(Reason.DIRECTORY_NOT_EMPTY, target.toString(), () -> Restore.begin(file, target));
        assertThat(target.resolve("mine")).hasContent("x");
        Files.delete(target.resolve("mine"));
        assertRefused(Reason.DATABASE_NOT_EMPTY, "table public.", () -> load(live.server(), file, MIGRATIONS));
        try (var empty = EmbeddedPostgres.startThrowaway(temp.resolve("database"))) {
            edit(zip -> replace(zip, "\"schema\":\"1\"", "\"schema\":\"7\""));
            var newer = temp.resolve("edited.zip");
            assertRefused(Reason.NEWER, "version 7", () -> load(empty.server(), newer, MIGRATIONS));
            edit(zip -> replace(zip, "\"schema\":\"1\"", "\"schema\":\"2\""));
            assertRefused(
                    Reason.TABLES_DIFFER,
                    "public.later",
                    () -> load(empty.server(), newer, MIGRATIONS + "," + MIGRATIONS + "2"));
        }

        assertThat(target).isEmptyDirectory();
        assertThat(temp.resolve("new.restoring")).doesNotExist();
    }

    // --- steps

    private Backup backup() {
        return new Backup(source, liveData, "0.1.0");
    }

    private Manifest restore(Path backup, List<String> told) throws BackupFailed, PostgresUnavailable {
        try (var restore = Restore.begin(backup, target, MIGRATIONS)) {
            try (var postgres = EmbeddedPostgres.start(restore.folder())) {
                var server = postgres.server();
                restore.load(server.jdbcUrl(), server.user(), server.password(), told::add);
            }
            restore.finish();
            return restore.manifest();
        }
    }

    private void load(Server server, Path backup, String migrations) throws BackupFailed {
        try (var restore = Restore.begin(backup, target, migrations)) {
            restore.load(server.jdbcUrl(), server.user(), server.password(), room -> {
                throw new AssertionError("nothing was restored");
            });
        }
    }

    /** Moves an amount from left to right, over and over; the sum stays. */
    private static void move(AtomicBoolean stop, CountDownLatch moving) {
        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            while (!stop.get()) {
                statement.execute("UPDATE balance SET amount = amount - 1 WHERE side = 'left'");
                statement.execute("UPDATE balance SET amount = amount + 1 WHERE side = 'right'");
                connection.commit();
                moving.countDown();
            }
        } catch (SQLException failed) {
            throw new AssertionError(failed);
        }
    }

    private static void assertRefused(Reason reason, String value, ThrowingCallable act) {
        var said = catchThrowableOfType(BackupFailed.class, act);
        assertThat(said).isNotNull();
        assertThat(said.reason()).as(said.getMessage()).isEqualTo(reason);
        assertThat(said.value()).contains(value);
        assertThat(said.todo()).isNotBlank();
    }

    private interface Edit {
        void on(Path zip) throws IOException;
    }

    private void edit(Edit edit) throws IOException {
        var edited = temp.resolve("edited.zip");
        Files.copy(file, edited, StandardCopyOption.REPLACE_EXISTING);
        try (var zip = FileSystems.newFileSystem(edited)) {
            edit.on(zip.getPath("/"));
        }
    }

    private static void replace(Path zip, String old, String fresh) throws IOException {
        var manifest = zip.resolve("manifest.json");
        var text = Files.readString(manifest);
        assertThat(text).contains(old);
        Files.write(manifest, text.replace(old, fresh).getBytes(StandardCharsets.UTF_8));
    }

    private static void flip(Path damaged, long at) throws IOException {
        try (var bytes = new RandomAccessFile(damaged.toFile(), "rw")) {
            bytes.seek(at);
            var old = bytes.read();
            bytes.seek(at);
            bytes.write(old ^ 0x10);
        }
    }

    // --- SQL

    private static PGSimpleDataSource sourceOf(Server server) {
        var source = new PGSimpleDataSource();
        source.setURL(server.jdbcUrl());
        source.setUser(server.user());
        source.setPassword(server.password());
        return source;
    }

    private static void execute(PGSimpleDataSource source, String sql) throws SQLException {
        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String ask(PGSimpleDataSource source, String sql) throws SQLException {
        try (Connection connection = source.getConnection();
                var rows = connection.createStatement().executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
