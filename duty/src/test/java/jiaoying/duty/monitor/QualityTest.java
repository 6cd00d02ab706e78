package jiaoying.duty.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import jiaoying.duty.measure.Check;
import jiaoying.duty.measure.Finding;
import jiaoying.duty.measure.Quantity;
import jiaoying.duty.measure.Reading;
import jiaoying.duty.measure.Sentence;
import jiaoying.duty.monitor.MonitorFact.ReadingAccepted;
import jiaoying.duty.monitor.MonitorFact.StationDoubted;
import jiaoying.duty.monitor.MonitorFact.StationTrusted;
import jiaoying.duty.monitor.MonitorFact.SuspectWouldRaise;
import jiaoying.duty.monitor.WaterCriteria.Base;
import jiaoying.duty.roster.Roster;
import jiaoying.duty.station.StationFact.StationRegistered;
import jiaoying.duty.station.StationFact.ThresholdsSet;
import jiaoying.duty.station.Stations;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class QualityTest {
    private static final Instant START = Instant.parse("2023-09-05T00:00:00Z");
    private static final Duration HALF = Duration.ofMinutes(30);

    private static final Quality QUALITY = new Quality(
            "test",
            "1",
            List.of(new Quality.GrossLimit(5, 63_000), new Quality.GrossLimit(60, 401_000)),
            HALF,
            Duration.ofMinutes(60),
            Duration.ofMinutes(60),
            20_000,
            List.of(1_000_000L, 10_000_000L),
            new Quality.Same(12, 1_100),
            new Quality.Neighbours(5, 30),
            new Quality.Dry(3, 1_000, 20_000, 25),
            new Quality.Outlier(1, 30_000, 3),
            new Quality.Water(
                    new Quality.Gross(5_000, 20_000),
                    500,
                    300,
                    Duration.ofMinutes(15),
                    HALF,
                    Duration.ofHours(6),
                    30_000),
            new Quality.Water(
                    new Quality.Gross(6_000_000, 0),
                    300_000,
                    250_000,
                    Duration.ofMinutes(5),
                    HALF,
                    Duration.ofHours(6),
                    30_000),
            "test");

    private static final List<Criteria> CRITERIA = List.of(
            new RainCriteria(
                    "rain",
                    "1",
                    "rainstorm",
                    List.of(
                            new RainCriteria.Rule(SignalColor.BLUE, 12, 50_000),
                            new RainCriteria.Rule(SignalColor.YELLOW, 6, 50_000),
                            new RainCriteria.Rule(SignalColor.ORANGE, 3, 50_000)),
                    1_000,
                    HALF,
                    80,
                    Duration.ofMinutes(60),
                    "test"),
            new WaterCriteria(
                    "level",
                    "1",
                    "water-level",
                    Quantity.LEVEL,
                    List.of(
                            new WaterCriteria.Rule(SignalColor.YELLOW, Base.WARNING, 0),
                            new WaterCriteria.Rule(SignalColor.RED, Base.GUARANTEED, 0)),
                    List.of(new WaterCriteria.Rise(SignalColor.BLUE, 150, 60, Base.WARNING, -400)),
                    0,
                    30,
                    HALF,
                    "test"));

    private final Monitor monitor = new Monitor(CRITERIA, QUALITY);
    private final Stations stations = new Stations();
    private final List<Finding> findings = new ArrayList<>();
    private final List<MonitorFact> facts = new ArrayList<>();
    private Instant now = START;

    @Test
    void a_dry_gauge_among_wet_ones_is_doubted_and_believed_again_when_it_rains_in_it() {
        network("T");
        pass(36, i -> i == 0 ? 0 : 1_000);
        assertThat(doubts()).containsExactly("G0 DRY_AMONG_WET");
        assertThat(monitor.isSilenced("G0")).isTrue();
        pass(12, i -> 1_000);
        assertThat(monitor.doubts("G0")).isEmpty();
    }

    @Test
    void an_officer_overrules_a_doubt_and_it_stays_mute_until_its_condition_has_gone() {
        network("T");
        pass(36, i -> i == 0 ? 0 : 1_000);
        keep(List.of(new StationTrusted("G0", Check.DRY_AMONG_WET, "li", Sentence.words("seen"))));
        assertThat(monitor.isSilenced("G0")).isFalse();
        pass(12, i -> i == 0 ? 0 : 1_000);
        assertThat(doubts()).hasSize(1);
        pass(12, i -> 1_000);
        pass(48, i -> i == 0 ? 0 : 1_000);
        assertThat(doubts()).as("after it had gone it may come back").hasSize(2);
    }

    @Test
    void a_lone_wet_outlier_asks_a_human_and_does_not_raise() {
        IntStream.range(0, 6).forEach(i -> station("G" + i, "rain", i == 0 ? "T" : "U", 5));
        pass(8, i -> i == 0 ? 10_000 : 500);
        assertThat(monitor.level("rainstorm", "T").level()).isEqualTo(SignalColor.NONE);
        assertThat(facts.stream().filter(SuspectWouldRaise.class::isInstance)).hasSize(1);
        keep(List.of(new StationTrusted("G0", Check.WET_OUTLIER, "li", Sentence.words("a real cell"))));
        pass(1, i -> i == 0 ? 10_000 : 500);
        assertThat(monitor.level("rainstorm", "T").level()).isEqualTo(SignalColor.ORANGE);
    }

    @Test
    void the_only_gauge_of_an_area_keeps_its_level_also_while_it_nearly_keeps_a_higher_one() {
        station("G0", "rain", "T", 5);
        pass(12, i -> 1_700);
        pass(36, i -> 200);
        pass(36, i -> 1_170);
        assertThat(monitor.level("rainstorm", "T"))
                .as("49.3 of 50 mm in 6 h, 42.1 of 50 mm in 3 h")
                .isEqualTo(new LevelTracker(SignalColor.YELLOW, Optional.empty()));
    }

    @Test
    void a_suspect_reading_is_kept_asks_and_counts_once_an_officer_accepts_it() {
        station("G0", "rain", "T", 5);
        hear(rain("G0", 70_000));
        assertThat(checks()).containsExactly(Check.GROSS);
        assertThat(facts).contains(new SuspectWouldRaise("rainstorm", "T", SignalColor.ORANGE, "G0", now, Check.GROSS));
        assertThat(monitor.findSuspect(now, "G0", now)).isPresent();
        keep(List.of(new ReadingAccepted("G0", Quantity.RAIN, 70_000, now, "li", "seen")));
        assertThat(monitor.findSuspect(now, "G0", now)).isEmpty();
        hear(rain("G0", 1_500));
        assertThat(monitor.level("rainstorm", "T").level()).isEqualTo(SignalColor.ORANGE);
    }

    @Test
    void rain_told_in_the_first_reading_after_a_silence_is_suspect() {
        station("G0", "rain", "T", 5);
        hear(rain("G0", 0));
        now = now.plus(Duration.ofHours(4));
        hear(rain("G0", 40_000));
        hear(rain("G0", 30_000));
        assertThat(checks()).containsExactly(Check.DUMP);
    }

    @Test
    void a_cumulative_register_gives_interval_rain_over_reset_and_wrap_and_late_totals() {
        station("G0", "rain", "T", 5);
        assertThat(totals(990_000, 994_000)).containsExactly(4_000L);
        assertThat(totals(2_000)).as("passed 1000 mm").containsExactly(8_000L);
        assertThat(totals(500)).as("began anew").containsExactly(500L);
        var late = new Reading("G0", Quantity.RAIN_TOTAL, 400, now.minusSeconds(60), false);
        assertThat(check(late).accepted()).containsExactly(late);
        assertThat(totals(1_500)).containsExactly(1_000L);
        assertThat(checks()).containsExactly(Check.COUNTER, Check.COUNTER);
    }

    @Test
    void the_same_rain_twelve_times_is_stuck_but_not_one_tip() {
        network("T");
        pass(13, i -> i == 0 ? 2_040 : 0);
        assertThat(doubts()).containsExactly("G0 STUCK");
    }

    @Test
    void a_late_reading_is_named_once_for_a_station_and_counts() {
        station("G0", "rain", "T", 5);
        now = now.plus(Duration.ofHours(3));
        var old = now.minus(Duration.ofHours(2));
        check(
                new Reading("G0", Quantity.RAIN, 1, old, false),
                new Reading("G0", Quantity.RAIN, 1, old.plusSeconds(300), false));
        assertThat(checks()).containsExactly(Check.LATE);
    }

    @Test
    void water_levels_rise_by_threshold_to_the_centimetre_and_fall_with_hysteresis_and_hold() {
        station("L", "level", "T", 5);
        monitor.watch(now, new ThresholdsSet("L", 1_860, 2_060, "Wusong", -1_841, "test"));
        hear(level("L", 1_800));
        assertThat(colour()).isEqualTo(SignalColor.NONE);
        hear(level("L", 1_856)); // reads 1.86 to the centimetre
        assertThat(colour()).isEqualTo(SignalColor.YELLOW);
        for (var i = 0; i < 12; i++) {
            hear(level("L", 1_840)); // 2 cm below: kept
        }
        assertThat(colour()).isEqualTo(SignalColor.YELLOW);
        for (var i = 0; i < 5; i++) {
            hear(level("L", 1_810));
        }
        assertThat(colour()).as("held").isEqualTo(SignalColor.YELLOW);
        hear(level("L", 1_810));
        hear(level("L", 1_810));
        assertThat(colour()).isEqualTo(SignalColor.NONE);
    }

    @Test
    void a_jump_waits_for_a_second_reading_and_one_that_is_taken_back_is_a_spike() {
        station("L", "level", "T", 5);
        monitor.watch(now, new ThresholdsSet("L", 1_860, 2_060, "Wusong", -1_841, "test"));
        hear(level("L", 1_700));
        hear(level("L", 2_100));
        assertThat(colour()).isEqualTo(SignalColor.NONE);
        assertThat(facts)
                .contains(new SuspectWouldRaise("water-level", "T", SignalColor.RED, "L", now, Check.UNCONFIRMED));
        hear(level("L", 1_700));
        assertThat(checks()).containsExactly(Check.SPIKE);
        hear(level("L", 2_100));
        hear(level("L", 2_110));
        assertThat(colour()).as("confirmed").isEqualTo(SignalColor.RED);
    }

    @Test
    void a_level_that_cannot_stand_there_asks_and_never_raises_also_as_the_first_one_ever() {
        station("L", "level", "T", 5);
        monitor.watch(now, new ThresholdsSet("L", 1_860, 2_060, "Wusong", -1_841, "test"));
        hear(level("L", 7_061));
        assertThat(checks()).containsExactly(Check.GROSS);
        assertThat(colour()).isEqualTo(SignalColor.NONE);
        assertThat(facts).contains(new SuspectWouldRaise("water-level", "T", SignalColor.RED, "L", now, Check.GROSS));
        hear(level("L", 1_900));
        assertThat(colour()).as("the next good one counts at once").isEqualTo(SignalColor.YELLOW);
        hear(level("L", -18_200));
        assertThat(colour()).as("nor does one lower").isEqualTo(SignalColor.YELLOW);
        assertThat(checks()).containsExactly(Check.GROSS, Check.GROSS);
    }

    @Test
    void a_step_faster_than_water_that_stays_is_a_jump_of_the_datum() {
        station("L", "level", "T", 5);
        monitor.watch(now, new ThresholdsSet("L", 1_860, 2_060, "Wusong", -1_841, "test"));
        hear(level("L", 1_700));
        for (var i = 0; i < 9; i++) {
            hear(level("L", 5_700));
        }
        assertThat(findings.getFirst().check()).isEqualTo(Check.RATE);
        assertThat(doubts()).containsExactly("L DATUM_JUMP");
        assertThat(monitor.isSilenced("L")).isTrue();
    }

    @Test
    void a_station_registered_anew_and_thresholds_set_anew_end_a_jump_of_the_datum_for_good() {
        for (var row : List.of(
                new StationRegistered("L", "L", "level", 121, 30.7, "T", 10),
                new ThresholdsSet("L", 5_860, 6_060, "1985", 0, "test"))) {
            var one = new QualityTest();
            one.station("L", "level", "T", 5);
            one.hear(one.level("L", 1_700));
            IntStream.range(0, 9).forEach(i -> one.hear(one.level("L", 5_700)));
            assertThat(one.monitor.isSilenced("L")).isTrue();
            one.keep(one.monitor.settled(row));
            if (row instanceof StationRegistered station) {
                one.monitor.watch(one.now, station, "T");
            } else {
                one.monitor.watch(one.now, (ThresholdsSet) row);
            }
            IntStream.range(0, 9).forEach(i -> one.hear(one.level("L", 5_700)));
            assertThat(one.monitor.doubts("L")).isEmpty();
            assertThat(one.doubts()).as("%s", row).hasSize(1);
        }
    }

    @Test
    void an_outlier_that_went_and_comes_again_is_asked_about_again() {
        IntStream.range(0, 6).forEach(i -> station("G" + i, "rain", i == 0 ? "T" : "U", 5));
        pass(8, i -> i == 0 ? 10_000 : 500);
        pass(48, i -> 0);
        assertThat(monitor.doubts("G0")).isEmpty();
        pass(8, i -> i == 0 ? 10_000 : 500);
        assertThat(facts.stream().filter(SuspectWouldRaise.class::isInstance)).hasSize(2);
    }

    @Test
    void the_clock_of_a_cumulative_register_may_be_behind_too() {
        station("G0", "rain", "T", 5);
        station("G1", "rain", "T", 5);
        for (var i = 0; i < 4; i++) {
            var behind = now.minus(Duration.ofHours(2));
            hear(rain("G1", 0), new Reading("G0", Quantity.RAIN_TOTAL, 1_000 * i, behind, false));
        }
        assertThat(doubts()).containsExactly("G0 CLOCK");
    }

    @Test
    void a_clock_that_runs_ahead_is_doubted_and_believed_with_the_next_reading_in_time() {
        station("G0", "rain", "T", 5);
        check(new Reading("G0", Quantity.RAIN, 0, now.plusSeconds(600), false));
        assertThat(doubts()).containsExactly("G0 CLOCK");
        hear(rain("G0", 0));
        assertThat(monitor.doubts("G0")).isEmpty();
    }

    @Property(tries = 100)
    void the_order_of_the_readings_of_an_arrival_does_not_matter(@ForAll long seed) {
        var random = new Random(seed);
        var readings = new ArrayList<Reading>();
        for (var i = 0; i < 40; i++) {
            var at = START.minusSeconds(60L * random.nextInt(200));
            readings.add(
                    switch (random.nextInt(3)) {
                        case 0 -> new Reading("R", Quantity.RAIN, random.nextInt(80_000), at, false);
                        case 1 -> new Reading("C", Quantity.RAIN_TOTAL, random.nextInt(900_000), at, false);
                        default -> new Reading("L", Quantity.LEVEL, random.nextInt(6_000), at, false);
                    });
        }
        var shuffled = new ArrayList<>(readings);
        Collections.shuffle(shuffled, random);
        assertThat(outcome(shuffled)).as("seed %s", seed).isEqualTo(outcome(readings));
    }

    private static List<String> outcome(List<Reading> readings) {
        var one = new QualityTest();
        one.station("R", "rain", "T", 5);
        one.station("C", "rain", "U", 5);
        one.station("L", "level", "T", 5);
        one.monitor.watch(START, new ThresholdsSet("L", 1_860, 2_060, "Wusong", -1_841, "test"));
        var checked = one.check(readings.toArray(Reading[]::new));
        var all = new ArrayList<String>();
        checked.accepted().forEach(reading -> all.add(reading.toString()));
        checked.findings().forEach(f -> all.add(f.check() + f.value() + f.allowed()));
        Collections.sort(all);
        one.facts.forEach(fact -> all.add(fact.toString()));
        return all;
    }

    private void network(String area) {
        IntStream.range(0, 6).forEach(i -> station("G" + i, "rain", area, 5));
    }

    private void station(String id, String kind, String area, int interval) {
        var row = new StationRegistered(id, id, kind, 121 + id.charAt(id.length() - 1) * 0.01, 30.7, area, interval);
        stations.apply(row);
        monitor.watch(now, row, area);
    }

    /** So many reports of all rain gauges, five minutes apart. */
    private void pass(int reports, java.util.function.IntToLongFunction milli) {
        for (var n = 0; n < reports; n++) {
            var at = now.plusSeconds(300);
            var readings = stations.listStations().stream()
                    .map(row -> new Reading(
                            row.station(),
                            Quantity.RAIN,
                            milli.applyAsLong(row.station().charAt(1) - '0'),
                            at,
                            false))
                    .toArray(Reading[]::new);
            hear(readings);
        }
    }

    /** Five minutes later. */
    private void hear(Reading... readings) {
        var until = now.plusSeconds(300);
        for (var minute = now.plusSeconds(60); minute.isBefore(until); minute = minute.plusSeconds(60)) {
            keep(monitor.minute(minute, _ -> true));
        }
        now = until;
        check(readings);
        keep(monitor.minute(now, _ -> true));
    }

    private Checked check(Reading... readings) {
        var checked = monitor.check(now, List.of(readings), stations);
        findings.addAll(checked.findings());
        keep(monitor.hear(now, checked, stations, new Roster(), _ -> true));
        monitor.apply(now, checked.accepted());
        return checked;
    }

    private List<Long> totals(long... milli) {
        var rain = new ArrayList<Long>();
        for (var total : milli) {
            now = now.plusSeconds(300);
            check(new Reading("G0", Quantity.RAIN_TOTAL, total, now, false)).accepted().stream()
                    .filter(reading -> reading.quantity() == Quantity.RAIN)
                    .forEach(reading -> rain.add(reading.milli()));
        }
        return rain;
    }

    private Reading rain(String station, long milli) {
        return new Reading(station, Quantity.RAIN, milli, now.plusSeconds(300), false);
    }

    private Reading level(String station, long milli) {
        return new Reading(station, Quantity.LEVEL, milli, now.plusSeconds(300), false);
    }

    private void keep(List<MonitorFact> more) {
        more.forEach(monitor::apply);
        facts.addAll(more);
    }

    private SignalColor colour() {
        return monitor.level("water-level", "T").level();
    }

    private List<Check> checks() {
        return findings.stream().map(Finding::check).toList();
    }

    private List<String> doubts() {
        return facts.stream()
                .filter(StationDoubted.class::isInstance)
                .map(StationDoubted.class::cast)
                .map(doubted -> doubted.station() + " " + doubted.check())
                .toList();
    }
}
