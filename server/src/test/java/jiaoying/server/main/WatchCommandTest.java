package jiaoying.server.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
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
            {"watch", "http://room", "--mail-to=a@b.example", "--lang=en"}
        }) {
            var err = new StringWriter();
            int code = Jiaoying.execute(
                    arguments, Map.of(), new PrintWriter(new StringWriter()), new PrintWriter(err, true));
            assertThat(code).isEqualTo(Jiaoying.REFUSED);
            assertThat(err.toString()).containsAnyOf("allowed", "Give both");
        }
    }
}
