package jiaoying.server.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import jiaoying.server.reply.Texts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faulty programmes and the words in which they are refused: a shipped pack, one change. */
class ProgrammeReaderTest {
    private static final Path PACKS = Path.of("../packs");

    @ParameterizedTest
    @ValueSource(strings = {"hazards", "inefficient-land", "meeting-tasks"})
    void a_shipped_programme_is_good(String name) throws Exception {
        assertThat(hazards(name, text -> text)).isEqualTo("good");
    }

    @Test
    void every_fault_is_named_at_once_with_its_place_and_the_word_that_was_meant() throws Exception {
        assertThat(hazards(text -> text.replace("by: [supervisor, verifier]}", "by: [supervisor, verifer]}")
                        .replace("from: fed_back, to: verifying", "from: fed_bak, to: verifying")
                        .replace(
                                "when: 'level = \"major\"', fields: [measures",
                                "when: 'levle = \"mayor\"', fields: [mesures")
                        .replace("term: 10 days", "term: ten days")
                        .replace(
                                "unit: count, formula: 'count(hazard where found_on in period",
                                "unit: mu, formula: 'count(hazard where found_at in period")))
                .contains("found value \"verifer\"", "did you mean \"verifier\"?")
                .contains("found value \"fed_bak\"", "did you mean \"fed_back\"?")
                .contains("found field \"levle\"", "did you mean \"level\"?")
                .contains("found value \"mesures\"", "did you mean \"measures\"?")
                .contains("found \"ten days\", expected a term like 5 working_days")
                .contains("expected a day before \"in period\"");
    }

    @Test
    void a_fault_inside_a_formula_is_pointed_at() throws Exception {
        var line = line("hazards", "id: major_open");
        var column = line("hazards").get(line - 1).indexOf("\"major\"") + 1;
        assertThat(hazards(text -> text.replace(
                        "count(hazard where level = \"major\" and", "count(hazard where level = \"mayor\" and")))
                .contains("programme.yaml:" + line + ":" + column
                        + ": found \"mayor\", expected one of general, large, major; did you mean \"major\"?");
    }

    @Test
    void units_that_do_not_go_together_are_refused() throws Exception {
        assertThat(hazards(
                        "inefficient-land",
                        text -> text.replace(
                                "'100 * land_recovered_mu / land_vacated_mu'",
                                "'100 * land_recovered_mu / parks_started'")))
                .contains("expected units that go together, found 100 mu and count");
        assertThat(hazards(
                        "inefficient-land",
                        text -> text.replace(
                                "'100 * land_recovered_mu / land_vacated_mu'", "'land_recovered_mu + parks_started'")))
                .contains("the same unit on both sides, found mu and count");
    }

    @Test
    void a_rule_that_nobody_could_satisfy_is_found() throws Exception {
        assertThat(hazards(text -> text.replace(
                        "from: verifying, to: closed, by: [verifier]",
                        "from: verifying, to: closed, by: [rectifier, head]")))
                .contains(
                        "a rule that nobody could satisfy: \"close\" is done by rectifier, head, all of the lead body");
        assertThat(hazards(text -> text.replace(
                        "{move: close, not_by: [begin, feed-back], scope: person}",
                        "{move: close, not_by: [close], scope: person}")))
                .contains("step \"close\" kept apart from itself");
        assertThat(hazards(text -> text.replace(
                        "type: choice, of: level, set_by: triage}", "type: choice, of: level, set_by: verifier}")))
                .contains("field \"level\" that only \"verifier\" may set");
    }

    @Test
    void a_way_round_an_act_is_refused() throws Exception {
        assertThat(hazards(text -> text.replace("from: verifying, to: closed", "from: rectifying, to: closed")))
                .contains("step \"close\" from IN_HAND to CLOSED, expected from IN_HAND to one of IN_HAND, SUBMITTED");
        assertThat(hazards(text -> text.replace(
                        "fields: [measures], evidence: [photo_before, photo_after]}", "fields: [measures]}")))
                .contains("step \"feed-back\" without evidence");
        assertThat(hazards(text -> text.replace("fields: [level], bodies: yes}", "fields: [level]}")))
                .contains("step \"supervise\" without bodies");
    }

    @Test
    void a_stage_that_is_never_reached_or_never_left_is_found() throws Exception {
        assertThat(hazards(text -> text.replace(
                        "      - {id: resume, zh: 重新整改, en: resume, from: reopened, to: rectifying, by: [supervisor]}\n",
                        "")))
                .contains("stage \"reopened\", expected a stage from which an item can end");
        assertThat(hazards(text -> text.replace("to: handed_over, by: [triage]", "to: void, by: [triage]")))
                .contains("stage \"handed_over\", expected a stage that a step leads to");
    }

    @Test
    void a_clock_of_the_law_is_shortened_but_never_lengthened() throws Exception {
        UnaryOperator<String> law = text -> text.replace(
                "term: 10 days, basis: {kind: rule, ref: on-site check within 10 days of the request, certainty: medium}",
                "term: 10 days, basis: {kind: law, ref: a law, certainty: high, term: TERM days}");
        assertThat(hazards(text -> law.apply(text).replace("TERM", "10"))).isEqualTo("good");
        assertThat(hazards(text -> law.apply(text).replace("TERM", "12"))).isEqualTo("good");
        assertThat(hazards(text -> law.apply(text).replace("TERM", "9")))
                .contains(
                        "found \"10 days\", expected at most 9 days, which the law gives; a pack may only shorten it");
    }

    @Test
    void what_the_law_gives_is_not_lengthened_by_a_day_a_pause_or_an_extension_either() throws Exception {
        var verify =
                "term: 10 days, basis: {kind: rule, ref: on-site check within 10 days of the request, certainty: medium}";
        var law = "basis: {kind: law, ref: a law, certainty: high, term: 10 days";
        assertThat(hazards(text -> text.replace(verify, "until: due_plan, " + law + "}")))
                .endsWith("found \"due_plan\", expected a term, because the law gives one");
        assertThat(hazards(text -> text.replace(verify, "term: 10 days, pausable: yes, " + law + "}")))
                .endsWith("expected no pause, unless the basis says that the law knows one: pauses: yes");
        assertThat(hazards(text -> text.replace(verify, "term: 10 days, pausable: yes, " + law + ", pauses: yes}")))
                .isEqualTo("good");
        UnaryOperator<String> more = text -> text.replace(verify, "term: 10 days, " + law + ", more: 30 days}")
                .replace(
                        "clocks: [rectify, rectify-major], times: 2, total: 180 days",
                        "clocks: [verify], times: 1, total: TOTAL days");
        assertThat(hazards(text -> more.apply(text).replace("TOTAL", "30"))).isEqualTo("good");
        assertThat(hazards(text -> more.apply(text).replace("TOTAL", "31")))
                .endsWith(
                        "found \"31 days\", expected at most 30 days, which the law adds to \"verify\" by its basis (more)");
    }

    @Test
    void a_target_names_an_indicator_a_year_a_town_only_where_items_have_one_and_a_number_that_fits() throws Exception {
        assertThat(
                        hazards(
                                "inefficient-land",
                                text -> text.replace(
                                                "{indicator: parks_started, year: 2023",
                                                "{indicator: parks_startd, year: 2023")
                                        .replace(
                                                "land_vacated_mu, year: 2023, value: '200.0'",
                                                "land_vacated_mu, year: 1823, value: '200.25'")
                                        .replace(
                                                "town: 新埭镇, value: '2', certainty: example}\n  - {indicator: enterprises_rectified, year: 2026, value: '20'",
                                                "town: 新埭镇, value: '2', certainty: exampl}\n  - {indicator: enterprises_rectified, year: 2023, value: '21'")))
                .contains("found value \"parks_startd\"", "did you mean \"parks_started\"?")
                .contains("found \"1823\", expected")
                .contains("found \"200.25\", expected a number from 0 with at most 1 decimals")
                .contains("did you mean \"example\"?")
                .contains("a target of the same indicator, year and town a second time");
        assertThat(hazards("inefficient-land", text -> text.replace("\ntown: town\n", "\n")))
                .contains("found a town, expected no town where the programme has no key \"town\"");
        assertThat(hazards("inefficient-land", text -> text.replace("\ntown: town\n", "\ntown: twon\n")))
                .contains("did you mean \"town\"?");
        assertThat(hazards(
                        "inefficient-land",
                        text -> text.replace("新开工小微企业园{parks_started}个", "新开工小微企业园{parks_started.reachd}个")))
                .contains("did you mean \"parks_started.reached\"?");
    }

    @Test
    void a_pack_may_call_the_levels_of_cards_otherwise() throws Exception {
        assertThat(hazards(text -> text + "\ncards: {red: {zh: 停工令, en: stop order}}\n"))
                .isEqualTo("good");
        var files = new TreeMap<String, String>();
        for (var file : java.util.List.of("pack.yaml", "programme.yaml")) {
            files.put(file, Files.readString(PACKS.resolve("hazards").resolve(file), StandardCharsets.UTF_8));
        }
        files.computeIfPresent("programme.yaml", (file, text) -> text + "\ncards: {red: {zh: 停工令, en: stop order}}\n");
        var programme = ((Pack.ProgrammePack) PackReader.read(PackFiles.ofTexts("hazards", files))).programme();
        assertThat(programme.card("red").zh()).isEqualTo("停工令");
        assertThat(programme.card("interview").zh())
                .as("not said: as everybody calls it")
                .isEqualTo("约谈");
        assertThat(hazards(text -> text + "\ncards: {purple: {zh: 紫牌, en: purple card}}\n"))
                .contains("found key \"purple\"");
    }

    private static String hazards(UnaryOperator<String> change) throws Exception {
        return hazards("hazards", change);
    }

    private static String hazards(String name, UnaryOperator<String> change) throws Exception {
        var files = new TreeMap<String, String>();
        for (var file : java.util.List.of("pack.yaml", "programme.yaml")) {
            files.put(file, Files.readString(PACKS.resolve(name).resolve(file), StandardCharsets.UTF_8));
        }
        var before = Map.copyOf(files);
        files.computeIfPresent("programme.yaml", (file, text) -> change.apply(text));
        return switch (PackReader.read(PackFiles.ofTexts(name, files))) {
            case Pack pack -> "good";
            case PackRefused refused -> {
                assertThat(files).as("the change is made").isNotEqualTo(before);
                yield refused.in(Texts.EN);
            }
        };
    }

    private static java.util.List<String> line(String name) throws Exception {
        return Files.readAllLines(PACKS.resolve(name).resolve("programme.yaml"), StandardCharsets.UTF_8);
    }

    private static int line(String name, String with) throws Exception {
        var lines = line(name);
        for (var i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains(with)) {
                return i + 1;
            }
        }
        throw new IllegalStateException(with);
    }
}
