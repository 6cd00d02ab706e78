package jiaoying.server.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import jiaoying.duty.monitor.SignalColor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which plan of calls a data directory keeps. */
class PlanChoiceTest {
    private static final Path FOUR = Path.of("../packs/call-four-levels");

    @TempDir
    Path folder;

    private DataDirectory data() {
        return DataDirectory.openOrCreate(folder.resolve("data"), DataDirectory.Kind.REAL);
    }

    /** A pack of one's own: that of four colours in another folder, with one line changed. */
    private Path own(String name, String line, String changed) {
        var own = folder.resolve(name);
        try (var files = Files.walk(FOUR)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var copy = own.resolve(FOUR.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.writeString(
                        copy,
                        Files.readString(file)
                                .replace("name: call-four-levels", "name: " + name)
                                .replace(line, changed));
            }
            return own;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_room_calls_by_the_usual_plan_until_it_is_told_otherwise() {
        assertThat(Home.rules(data()).plan().ladders()).doesNotContainKey(SignalColor.YELLOW);
        data().callBy(PlanChoice.asked("call-four-levels"));
        assertThat(Home.rules(data()).plan().ladders()).containsKey(SignalColor.YELLOW);
        assertThat(data().plan()).isEqualTo(PlanChoice.asked("call-four-levels"));
    }

    @Test
    void a_plan_of_ones_own_is_kept_as_it_was_chosen() throws IOException {
        var own = own("pinghu-plan", "{lines: 30,", "{lines: 44,");
        data().callBy(PlanChoice.asked(own.toString()));
        var first = data().plan().deed();
        Files.delete(own.resolve("plan.yaml"));
        assertThat(Home.rules(data()).plan().trunk().orElseThrow().lines())
                .as("what became of the folder afterwards changes nothing")
                .isEqualTo(44);

        data().callBy(PlanChoice.asked(
                own("pinghu-plan", "{lines: 30,", "{lines: 45,").toString()));
        assertThat(Home.rules(data()).plan().trunk().orElseThrow().lines()).isEqualTo(45);
        assertThat(data().plan().deed()).isNotEqualTo(first);

        data().callBy(data().plan());
        assertThat(data().plan().read().head().name()).isEqualTo("pinghu-plan");
        data().callBy(PlanChoice.asked("call-and-answer"));
        assertThat(data().plan().folder()).isEmpty();
    }

    @Test
    void a_plan_with_faults_is_refused_with_all_of_them_before_anything_is_made() throws IOException {
        var own = own("faulty-plan", "{after: 7 min, to: superior,", "{after: 7 days, to: nobody,");
        assertThat(run(own.toString())).contains("faulty-plan/plan.yaml", "7 days", "nobody");
        assertThat(run("call-four-level")).contains("did you mean \"call-four-levels\"?");
        assertThat(run("rainstorm-cma16")).contains("expected kind plan");
        assertThat(folder.resolve("room")).doesNotExist();
    }

    /** What is said when a room is to be run by this plan. */
    private String run(String plan) {
        var said = new StringWriter();
        var code = Jiaoying.execute(
                new String[] {
                    "run", "--empty", "--lang=en", "--port=0", "--data=" + folder.resolve("room"), "--plan=" + plan
                },
                Map.of(),
                new PrintWriter(said, true),
                new PrintWriter(said, true));
        assertThat(code).isEqualTo(Jiaoying.REFUSED);
        return said.toString();
    }
}
