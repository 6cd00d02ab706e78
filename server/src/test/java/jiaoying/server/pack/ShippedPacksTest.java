package jiaoying.server.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jiaoying.duty.call.Ladder.Rung;
import jiaoying.duty.errand.Channel;
import jiaoying.duty.measure.Quantity;
import jiaoying.duty.monitor.Quality.GrossLimit;
import jiaoying.duty.monitor.RainCriteria;
import jiaoying.duty.monitor.RainCriteria.Rule;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.monitor.WaterCriteria;
import org.junit.jupiter.api.Test;

/** The packs that come with the program. */
class ShippedPacksTest {
    private static final Path PACKS = Path.of("../packs");

    @Test
    void the_national_rule_reads_as_it_was_written() throws Exception {
        var criteria = rules().rainstorm();

        assertThat(criteria.name()).isEqualTo("rainstorm-cma16");
        assertThat(criteria.hazard()).isEqualTo("rainstorm");
        assertThat(criteria.rules())
                .containsExactly(
                        new Rule(SignalColor.BLUE, 12, 50_000),
                        new Rule(SignalColor.YELLOW, 6, 50_000),
                        new Rule(SignalColor.ORANGE, 3, 50_000),
                        new Rule(SignalColor.RED, 3, 100_000));
        assertThat(criteria.continueMilli()).isEqualTo(1_000);
        assertThat(criteria.continueWithin()).isEqualTo(Duration.ofMinutes(30));
        assertThat(criteria.keepPercent()).isEqualTo(80);
        assertThat(criteria.hold()).isEqualTo(Duration.ofMinutes(60));
        assertThat(rules().quality().silentAfter()).isEqualTo(Duration.ofMinutes(30));
        assertThat(rules().quality().gross())
                .startsWith(new GrossLimit(1, 38_000), new GrossLimit(5, 63_000))
                .endsWith(new GrossLimit(60, 401_000));
        assertThat(criteria.source()).contains("第16号");
    }

    @Test
    void the_variant_has_criteria_over_one_hour_and_is_a_draft() throws Exception {
        var pack = (Pack.CriteriaPack) PackLibrary.of(PACKS).get("rainstorm-shanghai-old");

        assertThat(pack.head().draft()).isTrue();
        assertThat(((RainCriteria) pack.criteria()).rules())
                .containsExactly(
                        new Rule(SignalColor.BLUE, 1, 35_000),
                        new Rule(SignalColor.BLUE, 6, 50_000),
                        new Rule(SignalColor.YELLOW, 1, 50_000),
                        new Rule(SignalColor.YELLOW, 6, 80_000),
                        new Rule(SignalColor.ORANGE, 1, 80_000),
                        new Rule(SignalColor.ORANGE, 6, 100_000),
                        new Rule(SignalColor.RED, 3, 100_000));
        assertThat(pack.criteria().source()).contains("未见原文");
    }

    private static jiaoying.duty.call.Terms terms(jiaoying.duty.call.CallPlan plan, SignalColor color) {
        return java.util.Objects.requireNonNull(plan.ladders().get(color)).terms();
    }

    @Test
    void the_plan_for_four_colours_has_everything_a_plan_can_ask_for_and_red_passes_quiet_hours() throws Exception {
        var plan = PackLibrary.of(PACKS)
                .rules("rainstorm-cma16", "call-four-levels", "zh-CN")
                .plan();
        var red = terms(plan, SignalColor.RED);
        var yellow = terms(plan, SignalColor.YELLOW);

        assertThat(plan.ladders())
                .containsOnlyKeys(SignalColor.RED, SignalColor.ORANGE, SignalColor.YELLOW, SignalColor.BLUE);
        assertThat(red.rule()).hasValueSatisfying(rule -> {
            assertThat(rule.within()).isEqualTo(Duration.ofMinutes(10));
            assertThat(rule.people()).isEqualTo(80);
            assertThat(rule.must()).containsExactly("校长", "养老机构负责人");
        });
        assertThat(red.report()).contains(Duration.ofMinutes(15));
        assertThat(red.quiet()).isEmpty();
        assertThat(red.spacing()).isZero();
        assertThat(yellow.quiet()).hasValueSatisfying(quiet -> {
            assertThat(quiet.from()).isEqualTo(22 * 60);
            assertThat(quiet.to()).isEqualTo(6 * 60);
            assertThat(quiet.holds()).containsExactly(Channel.VOICE);
        });
        assertThat(yellow.spacing()).isEqualTo(Duration.ofMinutes(3));
        assertThat(plan.trunk())
                .hasValueSatisfying(trunk -> assertThat(trunk.lines()).isEqualTo(30));
        assertThat(plan.test().giveUp()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void red_is_rung_three_times_in_five_minutes_before_the_deputy() throws Exception {
        var plan = rules().plan();

        assertThat(plan.ladders()).containsOnlyKeys(SignalColor.RED, SignalColor.ORANGE);
        assertThat(plan.ladders().get(SignalColor.RED)).satisfies(red -> {
            assertThat(red.rounds())
                    .containsExactly(
                            new Rung(Duration.ZERO, "self", List.of(Channel.TEXT, Channel.VOICE, Channel.MAIL)),
                            new Rung(Duration.ofSeconds(100), "self", List.of(Channel.VOICE)),
                            new Rung(Duration.ofSeconds(200), "self", List.of(Channel.VOICE)),
                            new Rung(Duration.ofMinutes(5), "deputy", List.of(Channel.TEXT, Channel.VOICE)),
                            new Rung(Duration.ofMinutes(7), "superior", List.of(Channel.TEXT, Channel.VOICE)));
            assertThat(red.giveUp()).isEqualTo(Duration.ofMinutes(10));
            assertThat(red.source()).startsWith("call-and-answer 1.1: ").contains("长治", "勉县");
        });
    }

    @Test
    void every_language_has_every_message() throws Exception {
        var pack = (Pack.PlanPack) PackLibrary.of(PACKS).get("call-and-answer");

        assertThat(pack.plans()).containsOnlyKeys("zh-CN", "en");
        assertThat(pack.plan("en").messages().keySet())
                .isEqualTo(pack.plan("zh-CN").messages().keySet())
                .contains("call", "word.red");
        assertThat(pack.plan("fr")).isEqualTo(pack.plan("zh-CN"));
        assertThat(pack.head().draft()).isTrue();
    }

    @Test
    void the_program_carries_the_same_packs_as_the_folder() throws Exception {
        assertThat(PackLibrary.of(PACKS).names()).isEqualTo(PackLibrary.INSIDE);
        for (var name : PackLibrary.INSIDE) {
            assertThat(PackLibrary.inside().get(name).digest())
                    .isEqualTo(PackLibrary.of(PACKS).get(name).digest());
        }
    }

    @Test
    void an_unknown_pack_names_the_nearest_and_both_faults_are_told() {
        assertThatThrownBy(() -> PackLibrary.inside().rules("rainstorm-cma61", "rainstorm-cma16", "zh-CN"))
                .isInstanceOf(PackException.class)
                .hasMessage("""
                        no pack "rainstorm-cma61" inside the program; there are: call-and-answer, call-four-levels, gauge-quality, hazards, inefficient-land, meeting-tasks, rainstorm-cma16, rainstorm-shanghai-old, \
                        response-example, water-level, waterlogging; \
                        did you mean "rainstorm-cma16"?
                        pack "rainstorm-cma16" is of kind criteria, expected kind plan""");
    }

    @Test
    void a_room_decides_about_every_hazard_and_its_water_criteria_are_drafts() throws Exception {
        assertThat(rules().hazards()).containsExactly("rainstorm", "water-level", "waterlogging");
        var level = (WaterCriteria) rules().criteria("water-level");
        assertThat(level.quantity()).isEqualTo(Quantity.LEVEL);
        assertThat(level.keepMilli()).isEqualTo(30);
        assertThat(level.rules().getFirst())
                .isEqualTo(new WaterCriteria.Rule(SignalColor.BLUE, WaterCriteria.Base.WARNING, -100));
        var depth = (WaterCriteria) rules().criteria("waterlogging");
        assertThat(depth.noticeMilli()).isEqualTo(50_000);
        assertThat(depth.rules())
                .extracting(WaterCriteria.Rule::offsetMilli)
                .containsExactly(150_000L, 270_000L, 400_000L, 500_000L);
        for (var name : List.of("water-level", "waterlogging", "gauge-quality")) {
            assertThat(PackLibrary.inside().get(name).head().draft()).isTrue();
        }
    }

    @Test
    void every_check_has_a_name_in_both_languages() throws Exception {
        var pack = (Pack.QualityPack) PackLibrary.of(PACKS).get("gauge-quality");
        assertThat(pack.texts()).containsOnlyKeys("zh-CN", "en");
        for (var check : jiaoying.duty.measure.Check.values()) {
            assertThat(pack.texts().get("zh-CN")).containsKey(check.word());
        }
    }

    private static jiaoying.duty.room.Rules rules() throws Exception {
        return PackLibrary.of(PACKS).rules("rainstorm-cma16", "call-and-answer", "zh-CN");
    }
}
