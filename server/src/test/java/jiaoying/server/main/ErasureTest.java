package jiaoying.server.main;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipFile;
import jiaoying.server.ledger.Verdict;
import jiaoying.server.postgres.EmbeddedPostgres;
import jiaoying.server.replay.SampleCity;
import jiaoying.server.store.Database;
import jiaoying.server.store.Erasures;
import jiaoying.server.store.Rooms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Somebody is erased (删除个人信息) from the whole server, and the proof stays whole. */
class ErasureTest {
    private static final Path CITY = Path.of("../samples/pinghu");

    @TempDir
    Path folder;

    @Test
    void who_is_erased_is_gone_from_screens_tables_export_and_log_and_the_ledger_still_verifies() throws Exception {
        var data = folder.resolve("data");
        JsonNode somebody;
        List<String> personal;
        try (var wiring = wiring(data)) {
            wiring.start();
            var log = new Heard();
            var officer = new Visitor(wiring.address());
            var link = wiring.signInLink();
            officer.post("/api/session/link", "{\"token\":\"" + link.substring(link.indexOf('#') + 1) + "\"}");
            officer.post(
                    "/api/acts/enter-signal",
                    "{\"hazard\":\"rainstorm\",\"area\":\"330482101\",\"color\":\"red\",\"source\":\"电话\",\"text\":\"\"}");
            somebody = officer.get("/api/watch").json().path("silent").get(0);
            var callee = "/api/callees/" + somebody.path("order").asString() + "/" + person(somebody);
            personal = List.of(name(somebody), number(person(somebody)));
            assertThat(officer.get("/api/watch").body()).contains(name(somebody));
            assertThat(officer.get(callee).body()).contains(name(somebody));

            var keys = new KeyFiles(data);
            var key = keys.of(person(somebody));
            assertThat(keys.holding(key)).isNotEmpty();
            assertThat(keys.lastErasure()).isEmpty();
            var erased = officer.post("/api/acts/erase-person", "{\"person\":\"" + person(somebody) + "\"}");
            assertThat(erased.status()).as(erased.body()).isEqualTo(200);
            keys.awaitGone(key);
            assertThat(keys.lastErasure()).isPresent();
            for (var path : List.of("/api/watch", "/api/watch/text", callee)) {
                assertThat(officer.get(path).status()).isEqualTo(200);
                assertThat(officer.get(path).body()).as(path).doesNotContain(personal);
            }
            assertThat(officer.get("/api/watch").body()).contains(person(somebody));

            var ledger = folder.resolve("ledger.jsonl");
            Story.type("ledger", "export", "--data", data.toString(), ledger.toString());
            assertThat(Story.type("ledger", "verify", ledger.toString())).contains("consistent");
            assertThat(Files.readString(ledger)).contains(person(somebody)).doesNotContain(personal);
            var dump = folder.resolve("backup.zip");
            Story.type("backup", dump.toString(), "--data", data.toString());
            assertThat(unpacked(dump)).contains(person(somebody)).doesNotContain(personal);
            LoggerFactory.getLogger(ErasureTest.class).info("The log is heard");
            assertThat(log.said())
                    .contains("The log is heard")
                    .noneMatch(line -> personal.stream().anyMatch(line::contains));
        }
        try (var after = new Aftermath(data)) {
            assertThat(after.personal(person(somebody))).isEmpty();
            assertThat(after.verified()).isInstanceOf(Verdict.Verified.class);
            assertThat(after.changedByRebuild()).isEmpty();
            assertThat(after.personal(person(somebody))).isEmpty();
            assertThat(personal)
                    .allSatisfy(text -> assertThat(after.mentions(text)).isEmpty());
        }
    }

    /** The files of the tables of a living program's database, as they are on disk. */
    private record KeyFiles(Path data) {
        byte[] of(String person) throws Exception {
            try (var connection = connect();
                    var ask = connection.prepareStatement("SELECT key FROM person_key WHERE person = ?")) {
                ask.setString(1, person);
                try (var answer = ask.executeQuery()) {
                    answer.next();
                    return answer.getBytes(1);
                }
            }
        }

        List<Path> holding(byte[] key) throws Exception {
            try (var connection = connect();
                    var statement = connection.createStatement()) {
                statement.execute("CHECKPOINT"); // what is in memory only is written
            }
            var wanted = new String(key, StandardCharsets.ISO_8859_1);
            try (var files = Files.walk(data.resolve("postgres/base"))) {
                return files.filter(Files::isRegularFile)
                        .filter(file -> read(file).contains(wanted))
                        .toList();
            }
        }

        @SuppressWarnings("BusyWait") // the program tells nobody
        void awaitGone(byte[] key) throws Exception {
            var deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (!holding(key).isEmpty()) {
                assertThat(System.nanoTime() - deadline).as("60 s").isNegative();
                Thread.sleep(20);
            }
        }

        private static String read(Path file) {
            try {
                return Files.readString(file, StandardCharsets.ISO_8859_1);
            } catch (IOException gone) {
                return "";
            }
        }

        /** What a start looks for that finishes what was left undone. */
        Optional<Instant> lastErasure() throws Exception {
            var server = EmbeddedPostgres.findLive(data).orElseThrow();
            try (var db = Database.open(server.jdbcUrl(), server.user(), server.password())) {
                return new Erasures(db, new Rooms(db).list().getFirst().id()).last();
            }
        }

        private Connection connect() throws Exception {
            var server = EmbeddedPostgres.findLive(data).orElseThrow();
            return DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
        }
    }

    /** Everything in a backup, tables and files, as one text; what is no UTF-8 becomes some other character. */
    private static String unpacked(Path backup) throws IOException {
        var all = new StringBuilder();
        try (var zip = new ZipFile(backup.toFile())) {
            for (var entry : zip.stream().toList()) {
                all.append(new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return all.toString();
    }

    private static String number(String person) throws IOException {
        return Files.readAllLines(CITY.resolve("contacts.csv")).stream()
                .filter(line -> line.startsWith(person + ",text,"))
                .map(line -> line.substring(line.lastIndexOf(',') + 1))
                .findFirst()
                .orElseThrow();
    }

    /** What the program writes into its log from now on, down to the least; its start sets all logs anew. */
    private static final class Heard {
        private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

        Heard() {
            ((Logger) LoggerFactory.getLogger("jiaoying")).setLevel(Level.ALL);
            lines.start();
            root.addAppender(lines);
        }

        List<String> said() {
            return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
        }
    }

    private static String name(JsonNode row) {
        return row.path("name").asString();
    }

    private static String person(JsonNode row) {
        return row.path("person").asString();
    }

    /** A real room: only there is a first account that may erase. */
    private static Wiring wiring(Path data) throws Exception {
        var stage = new BareStage(
                BareStage.settings(Aftermath.ROOM, "平湖（示例）", false),
                SampleCity.read(CITY).rows(),
                Optional.of(CITY.resolve("areas.geojson")),
                List.of());
        var options = new RunOptions(
                DataDirectory.openOrCreate(data, DataDirectory.Kind.REAL),
                Optional.empty(),
                0,
                false,
                Optional.empty(),
                1,
                "en");
        return new Wiring(options, stage);
    }
}
