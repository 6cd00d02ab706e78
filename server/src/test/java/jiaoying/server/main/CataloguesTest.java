package jiaoying.server.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import jiaoying.duty.measure.Check;
import jiaoying.duty.measure.Sentence;
import jiaoying.server.flood.GridWords;
import jiaoying.server.reply.Texts;
import jiaoying.water.grid.BadRaster;
import org.junit.jupiter.api.Test;

/** Both catalogues hold what the program says, and the program says what they hold. */
class CataloguesTest {
    private static final Pattern SENTENCE = Pattern.compile("(?:Sentence|Told)\\.of\\(\\s*\"([a-z0-9-]+)\"");
    private static final Pattern KEY = Pattern.compile("Problem\\.allowing\\(\\s*\\d+,\\s*\"([a-z.]+)\"");

    @Test
    void every_sentence_of_checks_and_doors_has_its_words_and_no_words_are_left_over() throws IOException {
        var said = found(SENTENCE, "../duty/src/main/java", "../sim/src/main/java", "src/main/java");
        said.add("words"); // Sentence.words
        Arrays.stream(BadRaster.Fault.values()).map(GridWords::code).forEach(said::add);
        var worded = new TreeSet<String>();
        Texts.ZH.keys().stream()
                .filter(key -> key.startsWith("said."))
                .map(key -> key.substring("said.".length()))
                .forEach(worded::add);
        assertThat(worded).isEqualTo(said);
        assertThat(Texts.EN.keys()).isEqualTo(Texts.ZH.keys());
    }

    @Test
    void a_refusal_of_readings_says_what_and_what_to_do() throws IOException {
        for (var key : found(KEY, "src/main/java")) {
            assertThat(Texts.ZH.say(key + ".what")).as(key).containsPattern("\\p{IsHan}");
            assertThat(Texts.ZH.say(key + ".todo")).as(key).containsPattern("\\p{IsHan}");
        }
    }

    @Test
    void every_check_has_a_name() {
        assertThat(Arrays.stream(Check.values()).map(check -> Texts.ZH.say("check." + check.word())))
                .allSatisfy(name -> assertThat(name).containsPattern("\\p{IsHan}"))
                .doesNotHaveDuplicates();
    }

    @Test
    void values_are_filled_in_and_said_in_words_where_the_line_asks_for_it() {
        var would = Sentence.of("would-raise", "330482101", "red", "rainstorm", "gross", "2026-07-01T02:17:00Z");
        assertThat(Texts.ZH.say(would, (kind, value) -> kind + "·" + value))
                .isEqualTo("area·330482101的暴雨会达到红色：time·2026-07-01T02:17:00Z 的读数（检查：超极值）未采信");
        assertThat(Texts.EN.say(Sentence.of("between", 0, "{0}$1", "mm"))).isEqualTo("0 to {0}$1 mm");
        assertThat(Texts.EN.say(Sentence.of("between", 0))).isEqualTo("0 to  ");
    }

    @Test
    void a_sentence_of_another_program_is_shown_as_it_was_recorded() {
        assertThat(Texts.ZH.say(Sentence.of("not-known-here", "Z1", 3))).isEqualTo("not-known-here Z1, 3");
    }

    private static Set<String> found(Pattern pattern, String... folders) throws IOException {
        var all = new TreeSet<String>();
        for (var folder : folders) {
            try (var files = Files.walk(Path.of(folder))) {
                for (var file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    pattern.matcher(Files.readString(file)).results().forEach(hit -> all.add(hit.group(1)));
                }
            }
        }
        assertThat(all).isNotEmpty();
        return all;
    }
}
