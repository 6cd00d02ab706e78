package jiaoying.server.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import jiaoying.server.FreePort;
import jiaoying.server.watch.Vigil.Call;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class WatchCommandTest {
    private static final Instant SINCE = Instant.parse("2026-06-01T03:00:00Z");

    @TempDir
    Path folder = Path.of("");

    private final StringWriter said = new StringWriter();

    private WatchCommand watch(Words words, String... arguments) {
        var watch = new WatchCommand(words);
        var line = new CommandLine(watch);
        line.setResourceBundle(words.bundle());
        line.setOut(new PrintWriter(said, true));
        line.parseArgs(arguments);
        return watch;
    }

    @Test
    void an_alarm_rings_the_bell_and_the_command_hears_what_it_is_about() throws Exception {
        var heard = folder.resolve("heard");
        var watch = watch(
                Words.EN, "http://room:8573", "--run", "echo \"$JIAOYING_WATCH: $JIAOYING_WATCH_TEXT\" >> " + heard);
        watch.raise(new Call.Alarm(SINCE, "no route", false));
        watch.raise(new Call.Well(Duration.ofSeconds(44)));
        watch.raise(new Call.ClockDiffers(Duration.ofSeconds(-60)));
        assertThat(said.toString())
                .startsWith("\u0007*** ALARM: http://room:8573")
                .contains("no route");
        assertThat(Files.readAllLines(heard)).hasSize(3).satisfies(lines -> {
            assertThat(lines.getFirst()).startsWith("alarm: ALARM: http://room:8573");
            assertThat(lines.get(1)).startsWith("well: ").contains("44 s");
            assertThat(lines.getLast()).startsWith("clock: ").contains("-60 s");
        });
    }

    @Test
    void a_command_that_fails_is_said_in_the_users_language() {
        watch(Words.ZH, "http://room:8573", "--run", "exit 3").raise(new Call.Alarm(SINCE, "超时", true));
        assertThat(said.toString()).contains("仍未恢复").contains("命令 exit 3 未成功：3");
    }

    @Test
    void what_cannot_be_watched_is_refused_before_anything_begins() {
        for (var arguments : new String[][] {
            {"watch", "room", "--lang=en"},
            {"watch", "http://room", "--after=1", "--lang=en"},
            {"watch", "http://room", "--mail-to=a@b.example", "--lang=en"},
            {"watch", "http://room", "--text-to=13800000001", "--lang=en"},
            {"watch", "http://room", "--text-to=boss", "--text-settings=none.yaml", "--lang=en"}
        }) {
            var err = new StringWriter();
            int code = Jiaoying.execute(
                    arguments, Map.of(), new PrintWriter(new StringWriter()), new PrintWriter(err, true));
            assertThat(code).isEqualTo(Jiaoying.REFUSED);
            assertThat(err.toString()).containsAnyOf("allowed", "Give both");
        }
    }

    private Path platforms(String... urls) throws IOException {
        var secret = folder.resolve("platform.secret");
        Files.writeString(secret, "s3cret\n");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        var text = new StringBuilder("carriers:\n");
        for (var url : urls) {
            text.append("  - {name: p%d, kind: webhook, url: '%s', secret_file: platform.secret}%n"
                    .formatted(text.length(), url));
        }
        return Files.writeString(folder.resolve("carriers.yaml"), text.toString());
    }

    @Test
    void the_leader_gets_a_text_by_the_first_platform_of_this_machine_that_takes_it() throws Exception {
        var taken = new LinkedBlockingQueue<String>();
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.createContext("/", exchange -> {
            try (exchange) {
                var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                var busy = exchange.getRequestURI().getPath().equals("/busy");
                taken.add(exchange.getRequestURI().getPath() + " "
                        + exchange.getRequestHeaders()
                                .getFirst("X-Jiaoying-Signature")
                                .substring(0, 7) + " " + body);
                exchange.sendResponseHeaders(busy ? 503 : 202, -1);
            }
        });
        server.start();
        try {
            var base = "http://127.0.0.1:" + server.getAddress().getPort();
            var watch = watch(
                    Words.EN,
                    "http://room:8573",
                    "--text-settings",
                    platforms(base + "/busy", base + "/in").toString(),
                    "--text-to",
                    "13800000001");
            watch.begin();
            watch.raise(new Call.Alarm(SINCE, "no route", false));
            assertThat(taken.take()).startsWith("/busy sha256=");
            assertThat(taken.take())
                    .startsWith("/in sha256=")
                    .contains("\"address\":\"13800000001\"", "ALARM: http://room:8573", "\"channel\":\"text\"");
            assertThat(said.toString()).doesNotContain("could not be sent");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void a_text_that_nobody_takes_is_said() throws Exception {
        var watch = watch(
                Words.EN,
                "http://room:8573",
                "--text-settings",
                platforms("http://127.0.0.1:" + FreePort.find() + "/in").toString(),
                "--text-to",
                "13800000001");
        watch.begin();
        watch.raise(new Call.Alarm(SINCE, "no route", false));
        assertThat(said.toString()).contains("The text to 13800000001 could not be sent");
    }

    @Test
    void carriers_that_need_a_room_are_refused() throws Exception {
        var file = Files.writeString(
                folder.resolve("carriers.yaml"),
                "carriers: [{name: trunk, kind: sip, host: 10.1.2.6, user: '57388888888', local: 10.1.2.1}]");
        var watch = watch(Words.EN, "http://room:8573", "--text-settings", file.toString(), "--text-to", "13800000001");
        assertThatThrownBy(watch::begin)
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.said(Words.EN)).contains("kind: webhook", "--run"));
    }
}
