package jiaoying.server.programme;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import jiaoying.server.reply.Texts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scenarios of the shipped programmes hold, and one that does not is told with its line. */
class ScenariosTest {
    @ParameterizedTest
    @ValueSource(strings = {"hazards", "meeting-tasks", "inefficient-land"})
    void the_scenarios_of_a_shipped_programme_hold(String name) throws Exception {
        var result = Scenarios.play(Office.pack(name), name, yaml(name));
        assertThat(result.problems())
                .extracting(problem -> problem.text(Texts.EN))
                .isEmpty();
        assertThat(result.played()).isNotEmpty().allMatch(one -> one.failed().isEmpty());
    }

    @Test
    void what_went_otherwise_is_told_with_its_line_and_the_others_are_played() throws Exception {
        var changed = new String(yaml("hazards"), StandardCharsets.UTF_8)
                .replaceFirst("on_site: \"yes\", refused: separation", "on_site: \"yes\", stage: closed")
                .replace("card: red-now", "card: remind");
        var result = Scenarios.play(Office.HAZARDS, "x", changed.getBytes(StandardCharsets.UTF_8));
        assertThat(result.problems())
                .extracting(problem -> problem.in(Texts.EN).found() + " | "
                        + problem.in(Texts.EN).expected())
                .contains("refused: separation rect begin | done", "no card | card remind");
        assertThat(result.played().stream().filter(one -> one.failed().isPresent()))
                .hasSize(2);
        assertThat(result.played()).hasSize(4);
    }

    private static byte[] yaml(String name) throws Exception {
        return Files.readAllBytes(Path.of("../packs").resolve(name).resolve(Scenarios.FILE));
    }
}
