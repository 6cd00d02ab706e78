package jiaoying.server.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import jiaoying.duty.monitor.Monitor;
import jiaoying.duty.monitor.MonitorFact.AreaLevelMoved;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.room.Rules;
import jiaoying.duty.roster.Roster;
import jiaoying.duty.station.StationFact.StationRegistered;
import jiaoying.duty.station.Stations;
import jiaoying.server.pack.PackLibrary;
import jiaoying.server.register.AreaLocator;
import jiaoying.sim.storm.Gauge;
import jiaoying.sim.storm.Observation;
import jiaoying.sim.storm.Storm;
import jiaoying.sim.storm.StormStep;
import org.junit.jupiter.api.Test;

/**
 * The shipped storms, once through the monitor and once by the plain words of the criteria, summed anew at every step:
 * second-wettest gauge, highest rule that is met while it still rains, down after an hour below four fifths.
 */
class LevelsByHandTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Duration HOLD = Duration.ofMinutes(60);
    private static final long GROSS_5_MIN = 63_000;

    private final Stations stations = new Stations();

    @Test
    void harvey_moved_to_the_city_gives_the_levels_that_are_found_by_hand() throws Exception {
        var storm = StormYaml.read(ROOT.resolve("samples/storms/harvey2017"));
        var outlines = AreaLocator.read(ROOT.resolve("samples/pinghu/areas.geojson"));
        var areas = areas(
                storm,
                gauge -> outlines.areaOf(gauge.place().lon(), gauge.place().lat()));
        assertThat(areas).hasSize(9);
        assertThat(byMonitor(storm, areas)).hasSize(212).isEqualTo(byHand(storm, areas));
    }

    @Test
    void harvey_in_one_area_and_in_nine_gives_the_levels_that_are_found_by_hand() throws Exception {
        var storm = StormYaml.read(ROOT.resolve("samples/storms/harvey2017"));
        var one = areas(storm, _ -> Optional.of("network"));
        assertThat(byMonitor(storm, one)).hasSize(17).isEqualTo(byHand(storm, one));
        var columns = thirds(storm, gauge -> gauge.place().lon());
        var rows = thirds(storm, gauge -> gauge.place().lat());
        var nine = areas(storm, gauge -> Optional.of(columns.apply(gauge) + "" + rows.apply(gauge)));
        assertThat(nine).hasSize(9);
        assertThat(byMonitor(storm, nine)).hasSizeGreaterThan(200).isEqualTo(byHand(storm, nine));
    }

    @Test
    void gothenburg_raises_nothing_however_it_is_looked_at() throws Exception {
        var storm = StormYaml.read(ROOT.resolve("samples/storms/gothenburg2015"));
        for (var areas : List.of(
                areas(storm, _ -> Optional.of("network")), areas(storm, gauge -> Optional.of("alone " + gauge.id())))) {
            assertThat(byMonitor(storm, areas)).isEmpty();
            assertThat(byHand(storm, areas)).isEmpty();
        }
    }

    private static Map<String, List<Gauge>> areas(Storm storm, Function<Gauge, Optional<String>> area) {
        return storm.gauges().stream()
                .filter(gauge -> area.apply(gauge).isPresent())
                .collect(Collectors.groupingBy(
                        gauge -> area.apply(gauge).orElseThrow(), TreeMap::new, Collectors.toList()));
    }

    private static Function<Gauge, Integer> thirds(Storm storm, Function<Gauge, Double> place) {
        var sorted = storm.gauges().stream().map(place).sorted().toList();
        var first = sorted.get(sorted.size() / 3);
        var second = sorted.get(2 * sorted.size() / 3);
        return gauge -> place.apply(gauge) < first ? 0 : place.apply(gauge) < second ? 1 : 2;
    }

    private List<String> byMonitor(Storm storm, Map<String, List<Gauge>> areas) throws Exception {
        var monitor = new Monitor(List.of(rules().rainstorm()), rules().quality());
        int interval = Math.toIntExact(storm.sheet().step().toMinutes());
        areas.forEach((area, gauges) -> gauges.forEach(gauge -> {
            var place = gauge.place();
            var row = new StationRegistered(gauge.id(), gauge.name(), "rain", place.lon(), place.lat(), area, interval);
            stations.apply(row);
            monitor.watch(storm.start(), row, area);
        }));
        var names = new StationNames(storm);
        var moves = new ArrayList<String>();
        for (var step : storm.steps()) {
            var readings = step.observations().stream().map(names::reading).toList();
            var checked = monitor.check(step.end(), readings, stations);
            for (var fact : monitor.hear(step.end(), checked, stations, new Roster(), _ -> true)) {
                monitor.apply(fact);
                if (fact instanceof AreaLevelMoved moved
                        && moved.from().level() != moved.to().level()) {
                    moves.add(move(
                            step.end(),
                            moved.area(),
                            moved.from().level(),
                            moved.to().level()));
                }
            }
            monitor.apply(step.end(), checked.accepted());
        }
        return moves;
    }

    private static Rules rules() throws Exception {
        return PackLibrary.of(ROOT.resolve("packs")).rules("rainstorm-cma16", "call-and-answer", "zh-CN");
    }

    private static List<String> byHand(Storm storm, Map<String, List<Gauge>> areas) {
        var moves = new ArrayList<Move>();
        areas.forEach((area, gauges) -> moves.addAll(new Hand(storm, gauges).moves(area)));
        moves.sort(Comparator.comparing(Move::at).thenComparing(Move::area));
        return moves.stream()
                .map(move -> move(move.at, move.area, move.from, move.to))
                .toList();
    }

    private static String move(Instant at, String area, SignalColor from, SignalColor to) {
        return "%s %s %s -> %s".formatted(at, area, from.word(), to.word());
    }

    private record Move(Instant at, String area, SignalColor from, SignalColor to) {}

    /** One area, with a table of its gauges' rain by step. */
    private static final class Hand {
        private final List<StormStep> steps;
        private final int stepMin;
        private final long[][] rain;

        Hand(Storm storm, List<Gauge> gauges) {
            steps = storm.steps();
            stepMin = Math.toIntExact(storm.sheet().step().toMinutes());
            var rows = gauges.stream().map(Gauge::id).toList();
            rain = new long[rows.size()][steps.size()];
            for (int s = 0; s < steps.size(); s++) {
                for (Observation seen : steps.get(s).observations()) {
                    int row = rows.indexOf(seen.station());
                    if (row >= 0 && seen.milli() <= GROSS_5_MIN) {
                        rain[row][s] = seen.milli();
                    }
                }
            }
        }

        List<Move> moves(String area) {
            var moves = new ArrayList<Move>();
            var level = SignalColor.NONE;
            Optional<Instant> below = Optional.empty();
            for (int s = 0; s < steps.size(); s++) {
                var now = steps.get(s).end();
                var raised = level(s, 100);
                var kept = level(s, 80);
                var before = level;
                if (raised.above(level)) {
                    level = raised;
                    below = Optional.empty();
                } else if (!level.above(kept)) {
                    below = Optional.empty();
                } else if (below.isEmpty()) {
                    below = Optional.of(now);
                } else if (!now.isBefore(below.get().plus(HOLD))) {
                    level = kept;
                    below = Optional.empty();
                }
                if (level != before) {
                    moves.add(new Move(now, area, before, level));
                }
            }
            return moves;
        }

        private SignalColor level(int s, int percent) {
            boolean continues = sums(s, 30).getLast() >= 1_000;
            if (!continues) {
                return SignalColor.NONE;
            }
            long threeHours = second(sums(s, 180)) * 100;
            return threeHours >= 100_000L * percent
                    ? SignalColor.RED
                    : threeHours >= 50_000L * percent
                            ? SignalColor.ORANGE
                            : second(sums(s, 360)) * 100 >= 50_000L * percent
                                    ? SignalColor.YELLOW
                                    : second(sums(s, 720)) * 100 >= 50_000L * percent
                                            ? SignalColor.BLUE
                                            : SignalColor.NONE;
        }

        private static long second(List<Long> sums) {
            return sums.get(Math.max(0, sums.size() - 2));
        }

        /** Sums of all gauges over so many minutes up to a step, the driest first. */
        private List<Long> sums(int s, int minutes) {
            var sums = new ArrayList<Long>();
            for (var row : rain) {
                long sum = 0;
                for (int i = Math.max(0, s - minutes / stepMin + 1); i <= s; i++) {
                    sum += row[i];
                }
                sums.add(sum);
            }
            sums.sort(Comparator.naturalOrder());
            return sums;
        }
    }
}
