package jiaoying.server.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import jiaoying.server.pack.PackLibrary;
import jiaoying.server.replay.ReplayReport.Readings;
import jiaoying.sim.people.SimulatedPeople;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a replay says to somebody who knows only the command and the form of its folder and of its report. */
class ContractScenario {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Instant START = Instant.parse("2021-07-20T00:00:00Z");
    private static final String HEADER = "end_time_utc,station,mm";

    @TempDir
    private Path folder;

    private final List<String> areas = new ArrayList<>(List.of("station,area,area_name"));
    private final List<String> stations = new ArrayList<>(List.of("id,name,lat,lon"));
    private final List<String> rows = new ArrayList<>();
    private final List<ReplayReport> played = new ArrayList<>();

    @FunctionalInterface
    private interface Rain {
        double mm(int step);
    }

    @AfterEach
    void what_holds_for_every_replay() {
        assertThat(played).isNotEmpty().allSatisfy(report -> {
            var calls = report.calls();
            assertThat(calls.people()).isEqualTo(calls.answered() + calls.unanswered());
            assertThat(calls.lost()).isZero();
            assertThat(calls.submittedAfterAnswer()).isZero();
            assertThat(report.setAside()).isEmpty();
            assertThat(report.good()).isTrue();
            for (var warning : report.warnings()) {
                assertThat(warning.proposedAt()).isBeforeOrEqualTo(warning.issuedAt());
                warning.endedAt().ifPresent(end -> assertThat(end).isAfterOrEqualTo(warning.issuedAt()));
            }
        });
    }

    @Test
    void a_threshold_is_met_by_exactly_its_sum_within_exactly_its_window() throws Exception {
        area("exact", 3, step -> step < 36 ? 1.4 : step == 36 ? 1.0 : 0);
        area("under", 3, step -> step < 36 ? 1.4 : step == 36 ? 0.9 : 0);
        area("edge", 3, step -> step == 1 ? 30 : step == 36 ? 20 : 0);
        area("out", 3, step -> step == 1 ? 30 : step == 37 ? 20 : 0);
        area("red", 3, step -> step == 1 || step == 36 ? 50 : 0);
        area("single", 1, step -> step <= 10 ? 5 : 0);
        assertThat(warnings(play(1, 0.8)))
                .containsExactlyInAnyOrder(
                        "orange exact 03:00:00 [3 h 50.0, 3 h 50.0]",
                        "orange edge 03:00:00 [3 h 50.0, 3 h 50.0]",
                        "yellow out 03:05:00 [6 h 50.0, 6 h 50.0]",
                        "orange red 00:05:00 [3 h 50.0, 3 h 50.0]",
                        "red red 03:00:00 [3 h 100.0, 3 h 100.0]",
                        "orange single 00:50:00 [3 h 50.0]");
    }

    @Test
    void one_wet_gauge_among_dry_ones_and_a_spike_warn_of_nothing() throws Exception {
        area("wet", 1, step -> step <= 36 ? 60 : 0);
        area("wet", 3, step -> 0.1);
        area("spike", 3, step -> step == 5 ? 120 : 0.1);
        var report = play(1, 0.8);
        assertThat(report.warnings()).isEmpty();
        assertThat(report.calls().people()).isZero();
        assertThat(report.readings()).isEqualTo(new Readings(rows.size(), rows.size(), 3));
    }

    @Test
    void shuffled_repeated_and_quoted_rows_of_windows_say_the_same_and_bad_rows_cost_nothing_else() throws Exception {
        area("A/1 东", 3, step -> step >= 10 && step <= 30 ? 5 : 0);
        var report = play(3, 0.8);
        assertThat(warnings(report)).hasSize(2);
        assertThat(report.calls().people()).isPositive();

        Collections.shuffle(rows, new Random(5));
        write("\uFEFF", "\r\n");
        var shuffled = run(3, 0.8);
        assertThat(shuffled.json().replaceAll("wall_s.*", ""))
                .isEqualTo(report.json().replaceAll("wall_s.*", ""));

        int whole = rows.size();
        rows.addAll(List.copyOf(rows.subList(0, 50)));
        rows.addAll(Stream.of("-1", "NaN", "5000", "", "inf", "1e3", "1e400")
                .map(value -> START.plusSeconds(6000) + ",s1," + value)
                .toList());
        rows.addAll(List.of(
                "2021-07-20 01:00,s1,3",
                "garbage,s1,3",
                "2099-01-01T00:00:00Z,s1,3",
                START + ",,3",
                START.plusSeconds(6000) + ",nobody,3"));
        var bad = play(3, 0.8);
        assertThat(bad.warnings()).isEqualTo(report.warnings());
        assertThat(bad.calls()).isEqualTo(report.calls());
        assertThat(bad.readings()).isEqualTo(new Readings(whole + 62L, whole + 50L, 0));
    }

    @Test
    void people_answer_as_often_as_is_asked_for() throws Exception {
        for (int i = 0; i < 5; i++) {
            area("z" + i, 1, step -> step <= 30 ? 5 : 0);
        }
        var nobody = play(1, 0).calls();
        assertThat(nobody.answered()).isZero();
        assertThat(nobody.escalated()).isPositive().isEqualTo(nobody.people()).isEqualTo(nobody.unanswered());
        var half = run(1, 0.5).calls();
        assertThat((double) half.answered() / half.people()).isBetween(0.4, 0.6);
        var everybody = run(1, 1).calls();
        assertThat(everybody.unanswered()).isZero();
        assertThat(everybody.people()).isEqualTo(everybody.answered()).isEqualTo(5 * 24);
    }

    private void area(String code, int gauges, Rain rain) {
        for (int i = 0; i < gauges; i++) {
            var id = "s" + stations.size();
            stations.add("%s,\"站, \"\"%s\"\"\",30,-95".formatted(id, id));
            areas.add("%s,\"%s\",\"%s 片\"".formatted(id, code, code));
            for (int step = 1; step <= 72; step++) {
                rows.add("%s,%s,%s".formatted(START.plusSeconds(300L * step), id, rain.mm(step)));
            }
        }
    }

    private ReplayReport play(long seed, double answerRate) throws Exception {
        write("", "\n");
        return run(seed, answerRate);
    }

    private void write(String mark, String lineEnd) throws IOException {
        Files.writeString(folder.resolve("storm.yaml"), "name: small\nrain: {step_min: 5, zeros: kept}\n");
        Files.writeString(folder.resolve("stations.csv"), mark + String.join(lineEnd, stations) + lineEnd);
        Files.writeString(folder.resolve("areas.csv"), mark + String.join(lineEnd, areas) + lineEnd);
        Files.writeString(folder.resolve("rain.csv"), mark + HEADER + lineEnd + String.join(lineEnd, rows) + lineEnd);
    }

    private ReplayReport run(long seed, double answerRate) throws Exception {
        var city = SampleCity.read(ROOT.resolve("samples/pinghu"));
        var rules = PackLibrary.of(ROOT.resolve("packs")).rules("rainstorm-cma16", "call-and-answer", "zh-CN");
        var people = new SimulatedPeople(seed, answerRate);
        var report = new ReplayRun(StormYaml.read(folder), city, rules, people, _ -> {}).report();
        played.add(report);
        return report;
    }

    private static List<String> warnings(ReplayReport report) {
        return report.warnings().stream()
                .map(warning -> "%s %s %s %s"
                        .formatted(
                                warning.color(),
                                warning.area(),
                                warning.proposedAt().toString().substring(11, 19),
                                warning.basis().stream()
                                        .map(sum -> sum.windowH() + " h " + sum.sumMm())
                                        .toList()))
                .toList();
    }
}
