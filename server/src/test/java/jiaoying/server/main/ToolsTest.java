package jiaoying.server.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jiaoying.duty.room.Arrival;
import jiaoying.duty.room.Outcome;
import jiaoying.duty.room.Settings;
import jiaoying.server.main.DataDirectory.Kind;
import jiaoying.server.postgres.EmbeddedPostgres;
import jiaoying.server.security.DoorTokens;
import jiaoying.server.store.AccountStore;
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
        assertThat(said).as("too few lines for the plan").contains("30 lines", "./jiaoying lines");
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
        assertThat(said).contains("areas      added 0, changed 0, unchanged 146,");
    }

    @Test
    void an_exported_ledger_verifies_with_its_key_and_head() throws IOException {
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
        assertThat(execute("ledger", "verify", file, "--json", "--key", key)).isZero();
        assertThat(said)
                .startsWith("{\"verified\":true,\"room\":\"pinghu\",\"count\":")
                .contains(head);
        assertThat(Files.getPosixFilePermissions(data.resolve("keys"))).hasSize(3);
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
        assertThat(execute("ledger", "verify", file.toString(), "--json")).isEqualTo(1);
        assertThat(said).startsWith("{\"verified\":false,\"line\":").contains("\"entry\":1");
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
    void a_source_has_a_name_that_can_be_read_in_a_list() {
        for (var name : List.of("", " ", "a\tb", "a\nb", " a", "a ", "\u2028", "长".repeat(61))) {
            assertThat(execute("door", "add", name, "--data", data.toString()))
                    .as("<%s>", name)
                    .isEqualTo(2);
            assertThat(said).contains("1 to 60 characters");
        }
        for (var name : List.of("站", "水利 局", "长".repeat(60))) {
            assertThat(execute("door", "add", name, "--data", data.toString()))
                    .as(said)
                    .isZero();
        }
    }

    @Test
    void tokens_are_listed_and_revoked_and_the_facts_name_who_did_it() throws Exception {
        assertThat(execute("door", "add", "old-collector", "--data", data.toString()))
                .as(said)
                .isZero();
        var token = said.lines().toList().getLast();
        assertThat(execute("door", "list", "--data", data.toString())).as(said).isZero();
        assertThat(said).contains("old-collector\treadings\t").doesNotContain(token);
        assertThat(execute("door", "remove", "old-collector", "--data", data.toString()))
                .as(said)
                .isZero();
        assertThat(said).contains("1 token(s) revoked");
        assertThat(execute("door", "remove", "old-collector", "--data", data.toString()))
                .isEqualTo(2);
        assertThat(said).contains("old-collector").contains("door list");
        assertThat(ledger().contains(token)).isFalse();
        var of =
                "\",\"v\":1,\"fact\":{\"source\":\"old-collector\",\"permission\":\"readings\",\"by\":\"command-line\"}";
        assertThat(ledger().lines().filter(line -> line.contains("\"kind\":\"DoorOpened" + of)))
                .hasSize(1);
        assertThat(ledger().lines().filter(line -> line.contains("\"kind\":\"DoorClosed" + of)))
                .hasSize(1);
    }

    @Test
    void accounts_are_listed_changed_disabled_and_enabled() throws Exception {
        try (var rooms = OpenRooms.open(DataDirectory.open(data), Optional.empty())) {
            new AccountStore(rooms.database(), "pinghu").addAccount("陈工", "", List.of("duty-officer"), List.of());
        }
        assertThat(execute("account", "change", "陈工", "--roles", "town", "--data", data.toString()))
                .isEqualTo(2);
        assertThat(said).contains("--areas");
        assertThat(execute("account", "change", "陈工", "--roles", "twon", "--data", data.toString()))
                .isEqualTo(2);
        assertThat(said).contains("twon").contains("town");
        assertThat(execute("account", "change", "陈工", "--roles", "duty-leader,department", "--data", data.toString()))
                .as(said)
                .isZero();
        assertThat(execute("account", "disable", "陈工", "--data", data.toString()))
                .as(said)
                .isZero();
        assertThat(execute("account", "list", "--data", data.toString())).isZero();
        assertThat(said).contains("陈工\tduty-leader,department\t*\tdisabled");
        assertThat(execute("account", "link", "陈工", "--data", data.toString())).isEqualTo(2);
        assertThat(execute("account", "enable", "陈工", "--data", data.toString()))
                .as(said)
                .isZero();
        assertThat(execute("account", "link", "陈工", "--data", data.toString())).isZero();
        assertThat(ledger()).contains("AccountChanged", "AccountDisabled", "AccountEnabled", "LinkMade");
    }

    private String ledger() throws IOException {
        var file = Files.createTempDirectory(scratch, "ledger").resolve("l.jsonl");
        assertThat(execute("ledger", "export", "--data", data.toString(), file.toString()))
                .as(said)
                .isZero();
        return Files.readString(file);
    }

    @Test
    void a_demonstration_makes_its_tokens_once() throws Exception {
        try (var rooms = OpenRooms.open(DataDirectory.open(data), Optional.empty())) {
            var store = new AccountStore(rooms.database(), "pinghu");
            var doors = new DoorTokens(() -> store, InstantSource.fixed(BORN));
            var folder = scratch.resolve("demo-doors");
            var token = new DemoDoors(folder, doors).token("模拟测站", "readings");
            assertThat(new DemoDoors(folder, doors).token("模拟测站", "readings")).isEqualTo(token);
            assertThat(doors.list())
                    .filteredOn(door -> door.source().equals("模拟测站"))
                    .hasSize(1);
            doors.remove("模拟测站", "readings");
            assertThat(new DemoDoors(folder, doors).token("模拟测站", "readings")).isNotEqualTo(token);
            assertThat(doors.list())
                    .filteredOn(door -> door.source().equals("模拟测站"))
                    .hasSize(1);
        }
    }

    @Test
    void an_account_is_added_with_its_link_and_the_last_administrator_stays() {
        assertThat(execute("account", "add", "林工", "--roles", "system-administrator", "--data", data.toString()))
                .as(said)
                .isZero();
        assertThat(said.strip().lines().toList().getLast()).hasSizeGreaterThan(20);
        assertThat(execute("account", "add", "林工", "--roles", "auditor", "--data", data.toString()))
                .isEqualTo(2);
        assertThat(execute("account", "add", "周工", "--roles", "village", "--data", data.toString()))
                .as("a village account is limited to areas")
                .isEqualTo(2);
        assertThat(execute("account", "disable", "林工", "--data", data.toString()))
                .isEqualTo(2);
        assertThat(said).contains("林工");
        assertThat(execute("account", "change", "林工", "--roles", "duty-officer", "--data", data.toString()))
                .isEqualTo(2);
    }

    /** A new data directory whose room has its settings. */
    private Path room(Kind kind) throws Exception {
        var path =
                DataDirectory.openOrCreate(scratch.resolve(kind + "-set"), kind).path();
        try (var postgres = EmbeddedPostgres.start(path)) {
            var server = postgres.server();
            try (var database = Database.open(server.jdbcUrl(), server.user(), server.password())) {
                new Rooms(database).open("pinghu", kind == Kind.DEMO, OpenRooms.keys(path, "pinghu"), BORN);
            }
        }
        var settings = new Settings(
                "pinghu",
                "平湖值守",
                Settings.Issuer.HEADQUARTERS,
                kind == Kind.DEMO,
                false,
                Duration.ofMinutes(5),
                Optional.empty(),
                "Asia/Shanghai");
        try (var rooms = OpenRooms.open(DataDirectory.open(path), Optional.empty())) {
            assertThat(rooms.put("pinghu", new Arrival.RoomSet("test", settings)))
                    .isInstanceOf(Outcome.Done.class);
        }
        return path;
    }

    @Test
    void settings_of_a_demonstration_are_shown_and_not_changed() throws Exception {
        var demo = room(Kind.DEMO).toString();
        assertThat(execute("room", "show", "--data", demo)).as(said).isZero();
        var shown = said;
        assertThat(shown).contains("平湖值守", "headquarters");
        assertThat(execute("room", "set", "--issuer", "weather-office", "--data", demo))
                .isEqualTo(2);
        assertThat(said).isEqualTo(Words.EN.say("refusal.room.demo", "pinghu") + "\n");
        execute("room", "show", "--data", demo);
        assertThat(said).isEqualTo(shown);
    }

    @Test
    void settings_of_a_real_room_are_changed_one_by_one_and_each_value_is_checked() throws Exception {
        var real = room(Kind.REAL).toString();
        for (var wrong : List.of(
                List.of("--issuer", "office"),
                List.of("--decide-within", "0"),
                List.of("--decide-within", "241"),
                List.of("--approve-after", "-1"),
                List.of("--name", " "))) {
            assertThat(execute("room", "set", wrong.getFirst(), wrong.getLast(), "--data", real))
                    .as("%s", wrong)
                    .isEqualTo(2);
        }
        execute("room", "show", "--data", real);
        assertThat(said).isEqualTo(shown("平湖值守", "headquarters", false, 5, "never"));
        assertThat(execute("room", "set", "--issuer", "weather-office", "--approve-after", "7", "--data", real))
                .as(said)
                .isZero();
        assertThat(said).isEqualTo(shown("平湖值守", "weather-office", false, 5, "7 min"));
        assertThat(execute(
                        "room",
                        "set",
                        "--name",
                        "平湖台",
                        "--exercise",
                        "true",
                        "--decide-within",
                        "240",
                        "--approve-after",
                        "0",
                        "--data",
                        real))
                .as(said)
                .isZero();
        execute("room", "show", "--data", real);
        assertThat(said).isEqualTo(shown("平湖台", "weather-office", true, 240, "never"));
    }

    private static String shown(String name, String issuer, boolean exercise, int decide, String approve) {
        return Words.EN.say("room.settings", name, issuer, exercise, decide, approve, "call-and-answer 1.1") + "\n";
    }

    @Test
    void an_external_database_that_is_away_is_said_before_anything_is_made() {
        var none = data.resolveSibling("not-made");
        assertThat(execute(
                        "run",
                        "--empty",
                        "--port",
                        "0",
                        "--data",
                        none.toString(),
                        "--database-url",
                        "jdbc:postgresql://127.0.0.1:1/x?user=u&password=s3cret"))
                .isEqualTo(2);
        assertThat(said).contains("127.0.0.1:1", "to do:").doesNotContain("s3cret");
        assertThat(none).doesNotExist();
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
