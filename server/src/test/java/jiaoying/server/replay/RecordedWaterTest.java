package jiaoying.server.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import jiaoying.duty.measure.Finding;
import jiaoying.duty.measure.Quantity;
import jiaoying.duty.measure.Reading;
import jiaoying.duty.monitor.Monitor;
import jiaoying.duty.monitor.MonitorFact;
import jiaoying.duty.monitor.MonitorFact.AreaLevelMoved;
import jiaoying.duty.monitor.MonitorFact.StationDoubted;
import jiaoying.duty.monitor.MonitorFact.SuspectWouldRaise;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.roster.Roster;
import jiaoying.duty.station.StationFact.StationRegistered;
import jiaoying.duty.station.StationFact.ThresholdsSet;
import jiaoying.duty.station.Stations;
import jiaoying.server.pack.PackLibrary;
import org.junit.jupiter.api.Test;

/** Water that rose in the world: when which level is reached, checked against the file by a few lines. */
class RecordedWaterTest {
    private static final Path FILES = Path.of("src/test/resources/jiaoying/server/replay");

    private final List<Reading> readings = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private final List<String> rises = new ArrayList<>();
    private final List<MonitorFact> doubts = new ArrayList<>();

    @Test
    void carroll_street_rises_180_mm_in_63_seconds_and_no_reading_of_it_is_doubted() throws Exception {
        read("carroll-st-20230929.csv", Quantity.DEPTH, 1);
        play(1);
        assertThat(findings).isEmpty();
        assertThat(doubts).isEmpty();
        assertThat(rises)
                .containsExactly(
                        "2023-09-29T11:55:45Z yellow", // 15 cm, and it rose by more than 10 cm in 5 minutes
                        first(400_000) + " orange",
                        first(500_000) + " red");
        assertThat(first(400_000)).isEqualTo(Instant.parse("2023-09-29T11:58:54Z"));
        assertThat(first(500_000)).isEqualTo(Instant.parse("2023-09-29T12:01:01Z"));
    }

    @Test
    void boulder_creek_passes_moderate_and_major_in_two_crests() throws Exception {
        read("boulder-creek-2013.csv", Quantity.LEVEL, 2);
        play(60);
        assertThat(findings).isEmpty();
        assertThat(doubts).isEmpty();
        assertThat(rises)
                .startsWith(
                        "2013-09-12T06:00:00Z blue", first(1_829) + " yellow") // blue by its rise of 17 cm in an hour
                .contains(first(2_438) + " red");
        assertThat(first(1_829)).isEqualTo(Instant.parse("2013-09-12T07:00:00Z"));
        assertThat(first(2_438)).isEqualTo(Instant.parse("2013-09-13T04:00:00Z"));
    }

    private void read(String file, Quantity quantity, int column) throws Exception {
        for (var line : Files.readAllLines(FILES.resolve(file)).stream().skip(1).toList()) {
            var cell = line.split(",");
            var milli = new BigDecimal(cell[column]).movePointRight(3).longValueExact();
            readings.add(new Reading("W", quantity, milli, Instant.parse(cell[0]), false));
        }
    }

    private Instant first(long milli) {
        return readings.stream()
                .filter(reading -> reading.milli() >= milli)
                .findFirst()
                .orElseThrow()
                .observedAt();
    }

    private void play(int intervalMin) throws Exception {
        var rules = PackLibrary.of(Path.of("../packs")).rules("rainstorm-cma16", "call-and-answer", "zh-CN");
        var monitor = new Monitor(rules.criteria(), rules.quality());
        var stations = new Stations();
        var start = readings.getFirst().observedAt();
        var row = new StationRegistered("W", "W", readings.getFirst().quantity().word(), 121, 30.7, "T", intervalMin);
        var set = new ThresholdsSet("W", 1_829, 2_438, "gauge", 0, "moderate 6.0 ft, major 8.0 ft");
        stations.apply(row);
        monitor.watch(start, row, "T");
        monitor.watch(start, set);
        var minute = start;
        for (var reading : readings) {
            for (; minute.isBefore(reading.observedAt()); minute = minute.plusSeconds(60)) {
                keep(monitor, minute, monitor.minute(minute, _ -> true));
            }
            var at = reading.observedAt();
            var checked = monitor.check(at, List.of(reading), stations);
            findings.addAll(checked.findings());
            keep(monitor, at, monitor.hear(at, checked, stations, new Roster(), _ -> true));
            monitor.apply(at, checked.accepted());
        }
    }

    private void keep(Monitor monitor, Instant at, List<MonitorFact> facts) {
        for (var fact : facts) {
            monitor.apply(fact);
            if (fact instanceof AreaLevelMoved moved
                    && moved.to().level().above(moved.from().level())) {
                rises.add(at + " " + moved.to().level().word());
            }
            if (fact instanceof StationDoubted || fact instanceof SuspectWouldRaise) {
                doubts.add(fact);
            }
        }
        assertThat(monitor.level("rainstorm", "T").level()).isEqualTo(SignalColor.NONE);
    }
}
