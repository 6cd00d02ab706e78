package jiaoying.server.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import jiaoying.server.reply.Texts;
import org.junit.jupiter.api.Test;

/** Faulty packs and the words in which they are refused: a shipped pack, one change, the exact answer. */
class PackReaderTest {
    private static final Path PACKS = Path.of("../packs");

    @Test
    void a_mistyped_key_names_its_place_and_the_key_that_was_meant() throws Exception {
        assertThat(criteria(text -> text.replace("{color: orange, window: 3 h", "{color: orange, windw: 3 h")))
                .isEqualTo("""
                        rainstorm-cma16/criteria.yaml:8:21: found key "windw", \
                        expected one of color, window, rain, source; did you mean "window"?""");
    }

    @Test
    void all_problems_of_all_files_are_told_at_once() throws Exception {
        var files = pack("rainstorm-cma16");
        files.computeIfPresent("pack.yaml", (file, text) -> text.replace("status: ready", "status: raedy"));
        files.computeIfPresent(
                "criteria.yaml",
                (file, text) -> text.replace("color: red", "color: rde")
                        .replace("rain: 1 mm", "rain: 1 cm")
                        .replace("keep: 80 %", "keep: 180 %")
                        .replace("hold: 60 min, source: harvey", "hold: 60 min, source: harvy")
                        .replace("sources:\n", "gross: []\nsources:\n"));
        files.put("criterea.yaml", "rules: []\n");

        assertThat(read("rainstorm-cma16", files)).isEqualTo("""
                        rainstorm-cma16/criterea.yaml: found file "criterea.yaml", expected one of pack.yaml, criteria.yaml, \
                        quality.yaml, plan.yaml, response.yaml, programme.yaml, sample.csv, scenarios.yaml, texts/zh-CN.yaml, texts/en.yaml; did you mean "criteria.yaml"?
                        rainstorm-cma16/criteria.yaml:9:13: found value "rde", expected one of blue, yellow, orange, red; \
                        did you mean "red"?
                        rainstorm-cma16/criteria.yaml:12:22: found "1 cm", expected rain from 0.001 mm to 2000 mm like 50 mm
                        rainstorm-cma16/criteria.yaml:16:14: found "180 %", expected a value from 1 % to 100 % in whole numbers
                        rainstorm-cma16/criteria.yaml:16:43: found source "harvy", expected one of cma16, harvey, example; did you mean "harvey"?
                        rainstorm-cma16/criteria.yaml:18:1: found key "gross", expected one of hazard, rules, rises, notice, may_continue, fall, sources
                        rainstorm-cma16/pack.yaml:7:9: found value "raedy", expected one of draft, ready; did you mean "ready"?""");
    }

    @Test
    void a_gross_limit_that_does_not_rise_and_a_check_without_a_name_are_refused() throws Exception {
        var files = pack("gauge-quality");
        files.computeIfPresent("quality.yaml", (file, text) -> text.replace("within: 8 min", "within: 4 min"));
        files.computeIfPresent(
                "texts/en.yaml", (file, text) -> text.replace("  dump: rain of a gap in one reading\n", ""));
        assertThat(read("gauge-quality", files))
                .contains("found a limit that does not rise, expected longer times with more rain than the line before")
                .contains("gauge-quality/texts/en.yaml:3:3: found no \"dump\", expected the key \"dump\"");
    }

    @Test
    void tags_anchors_and_references_are_refused() throws Exception {
        assertThat(criteria(text -> text.replace("hazard: rainstorm", "hazard: !!java.net.URL rainstorm")
                        .replace("may_continue: {rain", "may_continue: &more {rain")
                        .replace("fall: {keep: 80 %, hold: 60 min, source: harvey}", "fall: *more")))
                .isEqualTo("""
                        rainstorm-cma16/criteria.yaml:3:9: found tag "tag:yaml.org,2002:java.net.URL", \
                        expected plain values without tags
                        rainstorm-cma16/criteria.yaml:12:15: found anchor "&more", expected plain values without anchors
                        rainstorm-cma16/criteria.yaml:16:7: found reference "*more", expected the value itself""");
    }

    @Test
    void a_tag_alone_does_not_hide_other_problems() throws Exception {
        assertThat(criteria(text -> text.replace("hazard: rainstorm", "hazard: !!str rainstrom")))
                .isEqualTo("""
                        rainstorm-cma16/criteria.yaml:3:9: found tag "tag:yaml.org,2002:str", \
                        expected plain values without tags
                        rainstorm-cma16/criteria.yaml:3:9: found value "rainstrom", expected one of rainstorm, water-level, waterlogging; \
                        did you mean "rainstorm"?""");
    }

    @Test
    void broken_yaml_names_where_it_breaks() throws Exception {
        assertThat(criteria(text -> text.replace("hazard: rainstorm", "hazard: [rainstorm")))
                .startsWith("rainstorm-cma16/criteria.yaml:5:6: found ")
                .endsWith("expected well-formed YAML");
    }

    @Test
    void criteria_that_contradict_themselves_are_refused() throws Exception {
        assertThat(criteria(text -> text.replace("window: 6 h", "window: 5 h").replace("rain: 100 mm", "rain: 40 mm")))
                .isEqualTo("""
                        rainstorm-cma16/criteria.yaml:6:3: found red with no more rain in 3 h than orange, \
                        expected more rain for a more serious colour in the same window
                        rainstorm-cma16/criteria.yaml:7:29: found value "5 h", expected one of 1 h, 3 h, 6 h, 12 h, 24 h""");
    }

    @Test
    void a_ladder_rises_begins_with_the_person_and_ends_after_its_last_round() throws Exception {
        assertThat(plan(
                        "plan.yaml",
                        text -> text.replace("after: 200 s, to: self", "after: 90 s, to: self")
                                .replace(
                                        "after: 0 s, to: self, channels: [text, mail], ",
                                        "after: 0 s, to: deputy, channels: [text, text], ")
                                .replace("give_up: {after: 10 min", "give_up: {after: 7 min")))
                .isEqualTo("""
                        call-and-answer/plan.yaml:10:17: found "90 s", expected a time after the round before
                        call-and-answer/plan.yaml:13:22: found "7 min", expected a time after the last round
                        call-and-answer/plan.yaml:16:26: found "deputy", expected self in the first round
                        call-and-answer/plan.yaml:16:44: found a list of 2, expected each channel once""");
    }

    @Test
    void a_text_has_only_known_placeholders_and_the_link_where_it_is_answered() throws Exception {
        assertThat(plan(
                        "texts/en.yaml",
                        text -> text.replace("superior-ask: \"{exercise}NO", "superior-ask: \"NO")
                                .replace("answer: {link}\"\n  call-by-alert", "answer: {lnk}\"\n  call-by-alert")
                                .replace("Keep an eye on rain and water.", "Keep an eye on rain and water. {link}")
                                .replace("{source}, {time}). The call is over", "{source}, {time). The call is over")
                                .replace("  orange: orange\n", "")))
                .isEqualTo("""
                        call-and-answer/texts/en.yaml:3:9: found placeholder "lnk", expected one of exercise, area, color, \
                        hazard, source, time, items, text, link; did you mean "link"?
                        call-and-answer/texts/en.yaml:3:9: found "{exercise}CALL: {color} {hazard} warning for {area} ({source…", \
                        expected a text with {link}, by which it is answered
                        call-and-answer/texts/en.yaml:9:17: found "NO ANSWER: {color} {hazard} warning for {area} ({time}). Nei…", \
                        expected a text with {exercise}, so that an exercise is told from the real thing
                        call-and-answer/texts/en.yaml:12:15: found "{exercise}DOWNGRADED: {area} now has a {color} {hazard} warn…", \
                        expected a text in which every { has its }
                        call-and-answer/texts/en.yaml:14:11: found "{exercise}LIFTED: the {color} {hazard} warning for {area} is…", \
                        expected a text without {link}
                        call-and-answer/texts/en.yaml:20:3: found no "orange", expected the key "orange\"""");
    }

    @Test
    void a_file_that_is_missing_too_long_too_deep_or_not_utf_8_is_named() throws Exception {
        var files = pack("rainstorm-cma16");
        files.remove("criteria.yaml");
        assertThat(read("rainstorm-cma16", files))
                .isEqualTo("rainstorm-cma16/criteria.yaml: found no such file, expected the file criteria.yaml");
        assertThat(criteria(text -> "#".repeat(PackFiles.BYTES_MAX + 1)))
                .isEqualTo("rainstorm-cma16/criteria.yaml: found a larger file, expected at most 262144 bytes");
        assertThat(criteria(text -> "[".repeat(50_000)))
                .isEqualTo("rainstorm-cma16/criteria.yaml:1:21: found deeper nesting, expected at most 20 levels");
        assertThat(criteria(text -> ""))
                .isEqualTo("rainstorm-cma16/criteria.yaml: found an empty file, expected keys and values");
        assertThat(criteria(text -> text + "---\na: b\n")).contains("found a second document");
    }

    @Test
    void the_digest_changes_with_every_byte() throws Exception {
        var before = ((Pack) PackReader.read(PackFiles.ofTexts("rainstorm-cma16", pack("rainstorm-cma16")))).digest();
        var files = pack("rainstorm-cma16");
        files.computeIfPresent("criteria.yaml", (file, text) -> text + "# a remark\n");

        assertThat(((Pack) PackReader.read(PackFiles.ofTexts("rainstorm-cma16", files))).digest())
                .hasSize(64)
                .isNotEqualTo(before);
    }

    private static String criteria(UnaryOperator<String> change) throws Exception {
        return changed("rainstorm-cma16", "criteria.yaml", change);
    }

    private static String plan(String file, UnaryOperator<String> change) throws Exception {
        return changed("call-and-answer", file, change);
    }

    private static String changed(String name, String file, UnaryOperator<String> change) throws Exception {
        var files = pack(name);
        files.computeIfPresent(file, (path, text) -> change.apply(text));
        return read(name, files);
    }

    private static String read(String name, SortedMap<String, String> files) {
        return switch (PackReader.read(PackFiles.ofTexts(name, files))) {
            case Pack pack -> "good";
            case PackRefused refused -> refused.in(Texts.EN);
        };
    }

    private static SortedMap<String, String> pack(String name) throws Exception {
        var files = new TreeMap<String, String>();
        for (var file : PackFiles.KNOWN) {
            var path = PACKS.resolve(name).resolve(file);
            if (Files.exists(path)) {
                files.put(file, Files.readString(path, StandardCharsets.UTF_8));
            }
        }
        return files;
    }
}
