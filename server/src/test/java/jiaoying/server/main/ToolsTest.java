package jiaoying.server.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import jiaoying.server.main.DataDirectory.Kind;
import jiaoying.server.postgres.EmbeddedPostgres;
import jiaoying.server.store.Database;
import jiaoying.server.store.Rooms;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The tools over one data directory with an empty room, as a user would type them. */
@TestInstance(Lifecycle.PER_CLASS)
class ToolsTest {
    private static final Instant BORN = Instant.parse("2026-07-01T00:00:00Z");

    private Path scratch = Path.of("");
    private Path data = Path.of("");
    private String said = "";

    @BeforeAll
    void a_room_is_born(@TempDir Path folder) throws Exception {
        scratch = folder;
        data = DataDirectory.openOrCreate(scratch.resolve("room"), Kind.DEMO).path();
        try (var postgres = EmbeddedPostgres.start(data)) {
            var server = postgres.server();
            try (var database = Database.open(server.jdbcUrl(), server.user(), server.password())) {
                new Rooms(database).open("pinghu", true, OpenRooms.keys(data, "pinghu"), BORN);
            }
        }
        assertThat(execute("register", "import", "samples", "--dry-run")).isEqualTo(2);
        assertThat(execute("register", "import", city(), "--data", data.toString()))
                .as(said)
                .isZero();
    }

    private static String city() {
        return Path.of("../samples/pinghu").toAbsolutePath().normalize().toString();
    }

    @Test
    void an_imported_register_is_exported_unchanged() {
        var out = scratch.resolve("register");
        assertThat(execute("register", "export", out.toString(), "--data", data.toString()))
                .as(said)
                .isZero();
        assertThat(execute("register", "import", out.toString(), "--dry-run", "--data", data.toString()))
                .as(said)
                .isZero();
        assertThat(said).contains("areas          0 added      0 changed    146 unchanged");
    }

    @Test
    void an_exported_ledger_verifies_with_its_key_and_head() {
        var file = scratch.resolve("ledger.jsonl").toString();
        assertThat(execute("ledger", "export", "--room", "pinghu", "--data", data.toString(), file))
                .as(said)
                .isZero();
        var head = said.replaceAll("(?s).*head ([0-9a-f]{64}).*", "$1");
        var key = said.replaceAll("(?s).*key ([0-9a-f]{64}).*", "$1");
        assertThat(execute("ledger", "verify", file, "--head", head, "--key", key))
                .as(said)
                .isZero();
        assertThat(said).contains("verified, anchored.");
        assertThat(execute("ledger", "export", "--data", data.toString(), file)).isEqualTo(2);
        assertThat(said).contains("not replaced");
    }

    @Test
    void a_changed_ledger_is_found_wrong() throws IOException {
        var file = scratch.resolve("changed.jsonl");
        execute("ledger", "export", "--data", data.toString(), file.toString());
        Files.writeString(file, Files.readString(file).replaceFirst("\"arrival\":1", "\"arrival\":2"));
        assertThat(execute("ledger", "verify", file.toString())).isEqualTo(1);
        assertThat(said).contains("entry 1");
    }

    @Test
    void a_rebuilt_room_has_the_same_head() {
        execute(
                "ledger",
                "export",
                "--data",
                data.toString(),
                scratch.resolve("before.jsonl").toString());
        var head = said.replaceAll("(?s).*head ([0-9a-f]{64}).*", "$1");
        assertThat(execute("rebuild", "--data", data.toString())).as(said).isZero();
        assertThat(said).contains(head);
    }

    @Test
    void a_restored_room_is_held_and_its_ledger_goes_on() throws Exception {
        var backup = scratch.resolve("backup.zip").toString();
        var copy = scratch.resolve("copy");
        DataDirectory.open(data).decideBy("rainstorm-cma16");
        Files.writeString(data.resolve("areas.geojson"), "{}");
        Files.writeString(data.resolve(Couriers.FILE), "mail.host=h");
        assertThat(execute("backup", backup, "--data", data.toString()))
                .as(said)
                .isZero();
        assertThat(execute("restore", backup, "--data", copy.toString()))
                .as(said)
                .isZero();
        assertThat(DataDirectory.open(copy).kind()).isEqualTo(Kind.DEMO);
        assertThat(copy.resolve("areas.geojson")).content().isEqualTo("{}");
        assertThat(copy.resolve("CRITERIA")).exists();
        assertThat(copy.resolve(Couriers.FILE))
                .as("a copy sends nothing before it is set up")
                .doesNotExist();
        try (var rooms = OpenRooms.open(DataDirectory.open(copy), Optional.empty())) {
            var room = rooms.room(Optional.of("pinghu"));
            assertThat(room.held()).isTrue();
            assertThat(room.lastNumber()).isEqualTo(room.lastTaken() + 1);
        }
        assertThat(execute("restore", backup, "--data", copy.toString())).isEqualTo(2);
    }

    @Test
    void tools_join_a_live_server_and_leave_it_running() throws Exception {
        try (var postgres = EmbeddedPostgres.start(data)) {
            assertThat(execute("backup", scratch.resolve("live.zip").toString(), "--data", data.toString()))
                    .as(said)
                    .isZero();
            assertThat(execute("rebuild", "--data", data.toString())).isEqualTo(2);
            assertThat(said).contains("stop it first");
            assertThat(EmbeddedPostgres.findLive(data)).contains(postgres.server());
        }
    }

    @Test
    void a_source_gets_a_token_that_is_shown_once() {
        assertThat(execute("door", "add", "collector-1", "--data", data.toString()))
                .as(said)
                .isZero();
        assertThat(said.lines().toList().getLast()).matches("[A-Za-z0-9_-]{40,}");
        assertThat(execute("door", "add", "collector-1", "--permission", "raedings", "--data", data.toString()))
                .isEqualTo(2);
        assertThat(said).contains("raedings").contains("readings, signals, carrier");
    }

    @Test
    void a_link_is_made_only_for_an_account_that_exists() {
        assertThat(execute("account", "link", "nobody", "--data", data.toString()))
                .isEqualTo(2);
        assertThat(said).contains("nobody");
    }

    @Test
    void a_room_that_is_not_there_is_named() {
        assertThat(execute("ledger", "export", "--room", "haiyan", "--data", data.toString(), "x"))
                .isEqualTo(2);
        assertThat(said).contains("haiyan").contains("pinghu");
    }

    @AfterAll
    void nothing_is_left_running() throws Exception {
        assertThat(EmbeddedPostgres.findLive(data)).isEmpty();
    }

    private int execute(String... args) {
        var out = new StringWriter();
        var writer = new PrintWriter(out, true);
        var code = Jiaoying.execute(args, Map.of(), writer, writer);
        said = out.toString();
        return code;
    }
}
