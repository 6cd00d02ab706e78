package jiaoying.server.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import jiaoying.duty.room.Rules;
import jiaoying.server.pack.PackLibrary;
import jiaoying.server.replay.ReplayReport.Warning;
import jiaoying.sim.people.SimulatedPeople;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small storms played through the whole server, on a database of their own. */
class ReplayScenario {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Instant START = Instant.parse("2017-08-27T01:00:00Z");

    @TempDir
    private Path folder;

    @Test
    void rain_turns_an_area_orange_and_red_its_people_are_called_and_the_end_of_rain_lifts_the_signal()
            throws Exception {
        storm(48, step -> step <= 24 ? 5 : 0);
        var report = play(1, 0.8);
        assertThat(warnings(report)).isEqualTo("""
                orange east 东片: proposed 01:50:00, issued 01:51:30, ended 02:42:19, because a 3 h 50.0 mm, b 3 h 50.0 mm
                red east 东片: proposed 02:40:00, issued 02:42:19, ended 04:31:14, because a 3 h 100.0 mm, b 3 h 100.0 mm
                """);
        var calls = report.calls();
        assertThat(calls.orders()).isEqualTo(2);
        assertThat(calls.people()).isEqualTo(calls.answered() + calls.unanswered());
        assertThat(calls.answered()).isPositive();
        assertThat(calls.takenOver()).isPositive();
        assertThat(calls.escalated()).isGreaterThanOrEqualTo(calls.takenOver());
        assertThat(calls.lost()).isZero();
        assertThat(calls.submittedAfterAnswer()).isZero();
        assertThat(report.readings()).isEqualTo(new ReplayReport.Readings(144, 144, 0));
        assertThat(report.ledger().verified()).isTrue();

        var again = play(1, 0.8);
        assertThat(again.json().replaceAll("wall_s.*", ""))
                .isEqualTo(report.json().replaceAll("wall_s.*", ""));
        assertThat(play(2, 0.8).ledger().head()).isNotEqualTo(report.ledger().head());
    }

    @Test
    void by_criteria_over_one_hour_an_area_is_orange_long_before_the_national_rule_makes_it_red() throws Exception {
        storm(30, step -> step <= 12 ? 7 : 0);
        assertThat(warnings(play("rainstorm-shanghai-old", 1, 0.8)))
                .contains("\norange east 东片: proposed 02:00:00")
                .contains("because a 1 h 84.0 mm");
        assertThat(warnings(play(1, 0.8))).doesNotContain(" 1 h ").contains("a 3 h ");
    }

    @Test
    void when_nobody_answers_everybody_is_escalated_and_the_run_still_ends() throws Exception {
        storm(30, step -> 5);
        var calls = play(1, 0).calls();
        assertThat(calls.people()).isPositive().isEqualTo(calls.unanswered()).isEqualTo(calls.escalated());
        assertThat(calls.answered()).isZero();
        assertThat(calls.takenOver()).isZero();
        assertThat(calls.lost()).isZero();
    }

    @Test
    void a_storm_that_ends_in_the_middle_of_the_rain_leaves_its_signal_in_force_and_everybody_answers()
            throws Exception {
        storm(16, step -> 5);
        var report = play(1, 1);
        assertThat(report.warnings()).last().satisfies(last -> {
            assertThat(last.color()).isEqualTo("orange");
            assertThat(last.endedAt()).isEmpty();
        });
        assertThat(report.calls().people())
                .isPositive()
                .isEqualTo(report.calls().answered());
    }

    @Test
    void ordinary_rain_calls_nobody_and_bad_rows_are_counted_and_named() throws Exception {
        storm(20, step -> 1);
        Files.writeString(
                folder.resolve("rain.csv"),
                Files.readString(folder.resolve("rain.csv"))
                        + "2017-08-27T02:00:00Z,a,much\n2017-08-27T02:00:00Z,nobody,1\n2017-08-27T02:00:00Z,b,-3\n2017-08-27T02:00:00Z,b,200\n");
        var report = play(1, 0.8);
        assertThat(report.warnings()).isEmpty();
        assertThat(report.calls().people()).isZero();
        assertThat(report.areaLevelChanges()).isZero();
        assertThat(report.readings()).isEqualTo(new ReplayReport.Readings(64, 61, 1));
    }

    /** Three stations in one area of their own. @param mm what each of them measures in a step, counted from 1 */
    private void storm(int steps, IntUnaryOperator mm) throws IOException {
        Files.writeString(folder.resolve("storm.yaml"), "name: small\nrain: {step_min: 5, zeros: kept}\n");
        Files.writeString(folder.resolve("stations.csv"), "id,name,lat,lon\na,A,30,-95\nb,B,30,-95.1\nc,C,30,-95.2\n");
        Files.writeString(folder.resolve("areas.csv"), "station,area,area_name\na,east,东片\nb,east,东片\nc,east,东片\n");
        var rows = new StringBuilder("end_time_utc,station,mm\n");
        for (int step = 1; step <= steps; step++) {
            for (var station : List.of("a", "b", "c")) {
                rows.append("%s,%s,%d\n".formatted(START.plusSeconds(300L * step), station, mm.applyAsInt(step)));
            }
        }
        Files.writeString(folder.resolve("rain.csv"), rows);
    }

    private ReplayReport play(long seed, double answerRate) throws Exception {
        return play(PackLibrary.USUAL_CRITERIA, seed, answerRate);
    }

    private ReplayReport play(String criteria, long seed, double answerRate) throws Exception {
        var city = SampleCity.read(ROOT.resolve("samples/pinghu"));
        return new ReplayRun(
                        StormYaml.read(folder), city, rules(criteria), new SimulatedPeople(seed, answerRate), _ -> {})
                .report();
    }

    private static Rules rules(String criteria) throws Exception {
        return PackLibrary.of(ROOT.resolve("packs")).rules(criteria, "call-and-answer", "zh-CN");
    }

    private static String warnings(ReplayReport report) {
        return report.warnings().stream().map(ReplayScenario::line).collect(Collectors.joining());
    }

    private static String line(Warning warning) {
        return "%s %s %s: proposed %s, issued %s, ended %s, because %s\n"
                .formatted(
                        warning.color(),
                        warning.area(),
                        warning.areaName(),
                        time(warning.proposedAt()),
                        time(warning.issuedAt()),
                        warning.endedAt().map(ReplayScenario::time).orElse("-"),
                        warning.basis().stream()
                                .map(sum -> "%s %d h %s mm".formatted(sum.station(), sum.windowH(), sum.sumMm()))
                                .collect(Collectors.joining(", ")));
    }

    private static String time(Instant at) {
        return at.toString().substring(11, 19);
    }
}
