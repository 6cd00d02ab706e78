package jiaoying.server.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import jiaoying.duty.measure.Check;
import jiaoying.duty.monitor.Monitor;
import jiaoying.duty.monitor.MonitorFact;
import jiaoying.duty.monitor.MonitorFact.StationDoubted;
import jiaoying.duty.roster.Roster;
import jiaoying.duty.station.StationFact.StationRegistered;
import jiaoying.duty.station.Stations;
import jiaoying.server.pack.PackLibrary;
import org.junit.jupiter.api.Test;

/** The quality control on the rain of Hurricane Harvey, 150 gauges, of which nine had real faults. */
class HarveyFaultsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Set<String> FAULTY = Set.of("135", "190", "520", "540", "710", "1160", "1685", "2060", "2220");

    private final Stations stations = new Stations();

    @Test
    void the_nine_faulty_gauges_are_found_and_no_other_is_doubted_as_dry() throws Exception {
        var flags = new TreeMap<Check, Map<String, Instant>>();
        play((at, station, check) ->
                flags.computeIfAbsent(check, c -> new TreeMap<>()).putIfAbsent(station, at));
        assertThat(flags.getOrDefault(Check.GROSS, Map.of()))
                .containsExactly(Map.entry("520", Instant.parse("2017-08-27T12:25:00Z")));
        assertThat(new TreeSet<>(
                        flags.getOrDefault(Check.DRY_AMONG_WET, Map.of()).keySet()))
                .isEqualTo(new TreeSet<>(FAULTY));
        assertThat(flags.getOrDefault(Check.WET_OUTLIER, Map.of()).keySet())
                .containsExactly("105", "1220", "1685", "1840");
        assertThat(flags.keySet()).containsOnly(Check.GROSS, Check.DRY_AMONG_WET, Check.WET_OUTLIER);
    }

    private interface Flagged {
        void at(Instant at, String station, Check check);
    }

    private void play(Flagged flagged) throws Exception {
        var rules = PackLibrary.of(ROOT.resolve("packs")).rules("rainstorm-cma16", "call-and-answer", "zh-CN");
        var storm = StormYaml.read(ROOT.resolve("samples/storms/harvey2017"));
        var monitor = new Monitor(List.of(rules.rainstorm()), rules.quality());
        storm.gauges().forEach(gauge -> {
            var row = new StationRegistered(
                    gauge.id(),
                    gauge.name(),
                    "rain",
                    gauge.place().lon(),
                    gauge.place().lat(),
                    "",
                    5);
            stations.apply(row);
            monitor.watch(storm.start(), row, "");
        });
        var names = new StationNames(storm);
        for (var step : storm.steps()) {
            var readings = step.observations().stream().map(names::reading).toList();
            var checked = monitor.check(step.end(), readings, stations);
            checked.flags()
                    .forEach((place, check) -> flagged.at(
                            checked.accepted().get(place).observedAt(),
                            checked.accepted().get(place).station(),
                            check));
            keep(monitor, step.end(), monitor.hear(step.end(), checked, stations, new Roster(), _ -> true), flagged);
            monitor.apply(step.end(), checked.accepted());
            for (var minute = step.end();
                    minute.isBefore(step.end().plus(Duration.ofMinutes(5)));
                    minute = minute.plusSeconds(60)) {
                keep(monitor, minute, monitor.minute(minute, _ -> true), flagged);
            }
        }
    }

    private static void keep(Monitor monitor, Instant at, List<MonitorFact> facts, Flagged flagged) {
        for (var fact : new ArrayList<>(facts)) {
            monitor.apply(fact);
            if (fact instanceof StationDoubted doubted) {
                flagged.at(at, doubted.station(), doubted.check());
            }
        }
    }
}
