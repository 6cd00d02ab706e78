package jiaoying.server.main;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import jiaoying.server.FreePort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * All carriers of a real room are out when red comes, and come back: the whole server over a real database, with a text and a voice
 * platform of others that cannot be reached and then can (离线阶梯).
 */
class OfflineLadderTest {
    private static final long PATIENCE_S = 90;
    private static final String TOWN = "330482101";

    @TempDir
    Path folder;

    /** The platform: numbers that it was asked to reach. */
    private final Set<String> reached = ConcurrentHashMap.newKeySet();

    private HttpServer platform(int port) throws IOException {
        var platform = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
        platform.createContext("/", exchange -> {
            var parcel = JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes());
            reached.add(parcel.path("address").asString());
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        platform.start();
        return platform;
    }

    private static void carriers(Path data, int port) throws IOException {
        Files.writeString(data.resolve(CarriersFile.NAME), """
                carriers:
                  - {name: sms, kind: webhook, url: "http://127.0.0.1:%1$d/sms", channels: [text]}
                  - {name: phones, kind: webhook, url: "http://127.0.0.1:%1$d/phones", channels: [voice]}
                """.formatted(port));
    }

    /** Everybody has one number; who of them stands for whom does not matter here. */
    private static Path city(Path to) throws IOException {
        Files.createDirectories(to);
        try (var files = Files.list(Path.of("../samples/pinghu"))) {
            for (var file : files.filter(one -> !one.toString().endsWith(".md")).toList()) {
                var name = file.getFileName().toString();
                var text = Files.readString(file);
                Files.writeString(
                        to.resolve(name),
                        switch (name) {
                            case "areas.csv" -> text.replace(",true", ",false");
                            case "areas.geojson" -> text.replace("\"schematic\":true", "\"schematic\":false");
                            default -> text;
                        });
            }
        }
        return to;
    }

    private static JsonNode awaited(Callable<JsonNode> look, Predicate<JsonNode> becomes) throws Exception {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
        var seen = look.call();
        while (!becomes.test(seen) && System.nanoTime() < end) {
            LiveProgram.pause();
            seen = look.call();
        }
        assertThat(becomes.test(seen)).as("%s", seen).isTrue();
        return seen;
    }

    @Test
    void who_was_reached_by_hand_is_not_called_when_carriers_return_and_everybody_else_is() throws Exception {
        var port = FreePort.find();
        var data = DataDirectory.openOrCreate(folder.resolve("real"), DataDirectory.Kind.REAL);
        carriers(data.path(), port);
        var secrets = Map.of("JIAOYING_SMS_SECRET", "a", "JIAOYING_PHONES_SECRET", "b");
        var options = new RunOptions(data, Optional.empty(), 0, false, Optional.empty(), 1, "en");
        var wiring = new Wiring(options, BareStage.real(Optional.empty(), CarriersFile.carriers(data, secrets)));
        wiring.start();
        try {
            var city = city(folder.resolve("city"));
            register(city, data.path());
            ladder(wiring, port, numbers(city));
        } finally {
            wiring.close();
        }
    }

    /** On a busy machine the command may give up waiting for a room that takes the rows all the same: then it is asked once more. */
    private static void register(Path city, Path data) {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
        StringWriter said;
        int code;
        do {
            said = new StringWriter();
            var out = new PrintWriter(said, true);
            var command = new String[] {"register", "import", city.toString(), "--data", data.toString()};
            code = Jiaoying.execute(command, Map.of(), out, out);
        } while (code != 0 && System.nanoTime() < end);
        assertThat(code).as(said.toString()).isZero();
    }

    private void ladder(Wiring wiring, int port, Map<String, Set<String>> numbers) throws Exception {
        var visitor = new Visitor(wiring.address());
        var link = wiring.signInLink();
        visitor.post("/api/session/link", "{\"token\":\"" + link.substring(link.indexOf('#') + 1) + "\"}");
        assertThat(visitor.post(
                                "/api/acts/enter-signal",
                                "{\"hazard\":\"rainstorm\",\"area\":\"" + TOWN
                                        + "\",\"color\":\"red\",\"source\":\"电话\",\"text\":\"\"}")
                        .status())
                .isEqualTo(200);
        var board = awaited(
                () -> visitor.get("/api/answer").json(),
                seen -> seen.path("offline").path("out").asBoolean());
        assertThat(reached).isEmpty();
        var order = board.path("orders").get(0).path("id").asString();
        var rows = visitor.get("/api/answer/rows?order=" + order).json().path("rows");
        assertThat(rows.size()).isGreaterThan(5);
        assertThat(visitor.get("/api/answer/offline.html?order=" + order).body())
                .contains(rows.get(0).path("name").asString(), "见证人签字");
        awaited(
                () -> visitor.get("/api/watch/timeline").json().path("marks"),
                marks -> marks.toString().contains("sms（短信）发不出去"));

        var door = rows.get(0).path("person").asString();
        var horn = rows.get(1).path("person").asString();
        assertThat(byHand(visitor, order, door, "door", "")).isEqualTo(409);
        assertThat(byHand(visitor, order, door, "door", "民兵小张")).isEqualTo(200);
        assertThat(byHand(visitor, order, horn, "loudspeaker", "村民老陆")).isEqualTo(200);

        var platform = platform(port);
        try {
            var entered = List.of(door, horn);
            awaited(
                    () -> rows,
                    all -> all.valueStream()
                            .map(row -> row.path("person").asString())
                            .filter(person -> !entered.contains(person))
                            .allMatch(person -> numbers.getOrDefault(person, Set.of()).stream()
                                    .anyMatch(reached::contains)));
            for (var person : entered) {
                assertThat(reached).as(person).doesNotContainAnyElementsOf(own(numbers, rows, person));
            }
            awaited(
                    () -> visitor.get("/api/answer").json().path("offline"),
                    offline -> !offline.path("out").asBoolean());
        } finally {
            platform.stop(0);
        }
    }

    /** His numbers, without those that somebody else who is called has too. */
    private static Set<String> own(Map<String, Set<String>> numbers, JsonNode rows, String person) {
        var own = new java.util.HashSet<>(numbers.getOrDefault(person, Set.of()));
        rows.valueStream()
                .map(row -> row.path("person").asString())
                .filter(other -> !other.equals(person))
                .forEach(other -> own.removeAll(numbers.getOrDefault(other, Set.of())));
        assertThat(own).isNotEmpty();
        return own;
    }

    private static int byHand(Visitor visitor, String order, String person, String way, String witness)
            throws Exception {
        return visitor.post(
                        "/api/acts/reached-by-hand",
                        "{\"order\":\"" + order + "\",\"person\":\"" + person + "\",\"way\":\"" + way
                                + "\",\"said\":\"在家\",\"witness\":\"" + witness + "\"}")
                .status();
    }

    /** Telephone numbers by person, from the register's own file. */
    private static Map<String, Set<String>> numbers(Path city) throws IOException {
        var numbers = new java.util.HashMap<String, Set<String>>();
        for (var line : Files.readAllLines(city.resolve("contacts.csv"), StandardCharsets.UTF_8)) {
            var cell = line.split(",");
            if (cell.length > 2 && cell[2].matches("\\+?\\d+")) {
                numbers.computeIfAbsent(cell[0], _ -> new java.util.HashSet<>()).add(cell[2]);
            }
        }
        return numbers;
    }
}
