package jiaoying.server.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import jiaoying.server.reply.Texts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the command says when it cannot play; nothing is started then. */
class ReplayCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter said = new StringWriter();

    @Test
    void a_missing_folder_is_named_and_nothing_is_played() {
        assertThat(run(folder.resolve("nowhere").toString())).isEqualTo(2);
        assertThat(said.toString())
                .isEqualTo(
                        "storm folder %s does not exist; name a folder with storm.yaml, stations.csv and rain.csv.gz in it\n"
                                .formatted(folder.resolve("nowhere")));
    }

    @Test
    void an_answer_rate_that_is_none_is_refused() {
        assertThat(run(folder.toString(), "--answer-rate", "80")).isEqualTo(2);
        assertThat(said.toString()).isEqualTo("--answer-rate 80.0 is not allowed; allowed: 0 to 1, as 0.8\n");
    }

    @Test
    void a_file_that_cannot_be_written_is_refused_before_anything_is_played() throws IOException {
        Files.writeString(folder.resolve("storm.yaml"), "name: x\n");
        assertThat(run(
                        folder.toString(),
                        "--json",
                        folder.resolve("no/such.json").toString()))
                .isEqualTo(2);
        assertThat(said.toString())
                .startsWith("--json " + folder.resolve("no/such.json") + " cannot be written; allowed: ");
    }

    @Test
    void a_wrong_storm_is_named_by_file_and_key() throws IOException {
        Files.writeString(folder.resolve("storm.yaml"), "name: x\nrain: {step_min: 0, zeros: kept}\n");
        assertThat(run(folder.toString(), "--json", "-")).isEqualTo(2);
        assertThat(said.toString())
                .isEqualTo(
                        "storm.yaml, key rain.step_min: \"0\" is not allowed; allowed: a whole number from 1 to 1440\n");
    }

    private int run(String... args) {
        return new CommandLine(new ReplayCommand(Texts.EN))
                .setErr(new PrintWriter(said, true))
                .execute(args);
    }
}
