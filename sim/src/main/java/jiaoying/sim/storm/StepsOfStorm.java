package jiaoying.sim.storm;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Puts observations, in whatever order they stood in the files, into steps of time. */
final class StepsOfStorm {
    private final StormSheet sheet;
    private final Collection<String> stations;
    private final List<Observation> observations;
    private final Map<BadRow, Optional<Instant>> bad;

    StepsOfStorm(
            StormSheet sheet,
            Collection<String> stations,
            List<Observation> observations,
            Map<BadRow, Optional<Instant>> bad) {
        this.sheet = sheet;
        this.stations = stations;
        this.observations = observations;
        this.bad = bad;
    }

    List<StormStep> list() {
        var byTime = new TreeMap<Instant, ArrayList<Observation>>();
        var step = new ArrayList<Observation>();
        var last = Instant.MIN;
        for (var seen : sheet.zerosOmitted() ? withZeros() : observations) {
            if (!seen.at().equals(last)) { // rows of one time mostly stand together
                last = seen.at();
                step = byTime.computeIfAbsent(last, _ -> new ArrayList<>());
            }
            step.add(seen);
        }
        var badByTime = badByTime(byTime);
        var place = places();
        var steps = new ArrayList<StormStep>();
        byTime.forEach((at, seen) -> {
            seen.sort(Comparator.comparing((Observation one) -> place.getOrDefault(one.station(), place.size()))
                    .thenComparing(Observation::station)
                    .thenComparing(Observation::quantity)
                    .thenComparing(Observation::milli));
            steps.add(new StormStep(at, List.copyOf(seen), badByTime.getOrDefault(at, List.of())));
        });
        return steps;
    }

    /** Every station reports at every step; where the file has no rain for it, zero. */
    private List<Observation> withZeros() {
        var rain = observations.stream()
                .filter(seen -> seen.quantity().equals("rain"))
                .toList();
        var first = rain.stream().map(Observation::at).min(Comparator.naturalOrder());
        var last = rain.stream().map(Observation::at).max(Comparator.naturalOrder());
        var all = new ArrayList<>(observations);
        if (first.isEmpty() || last.isEmpty()) {
            return all;
        }
        var wet = new HashSet<StationStep>();
        rain.forEach(seen -> wet.add(new StationStep(seen.station(), stepOf(first.get(), seen.at()))));
        var rainStations = rainStations();
        long steps = stepOf(first.get(), last.get());
        for (long step = 0; step <= steps; step++) {
            var end = first.get().plus(sheet.step().multipliedBy(step));
            for (var station : rainStations) {
                if (!wet.contains(new StationStep(station, step))) {
                    all.add(new Observation(station, "rain", 0, end));
                }
            }
        }
        return all;
    }

    /** A station without any rain in the file counts as dry, unless it reports levels or depths. */
    private List<String> rainStations() {
        var rain = new HashSet<String>();
        var other = new HashSet<String>();
        observations.forEach(seen -> (seen.quantity().equals("rain") ? rain : other).add(seen.station()));
        return stations.stream()
                .filter(station -> rain.contains(station) || !other.contains(station))
                .toList();
    }

    /** The step, from 0, in whose interval (end excluded at its beginning, included at its end) the time lies. */
    private long stepOf(Instant first, Instant at) {
        return Math.ceilDiv(
                Duration.between(first, at).toSeconds(), sheet.step().toSeconds());
    }

    private Map<Instant, List<BadRow>> badByTime(TreeMap<Instant, ArrayList<Observation>> byTime) {
        var rows = new HashMap<Instant, List<BadRow>>();
        bad.forEach((row, at) -> {
            var step = at.map(byTime::ceilingKey).orElse(byTime.firstKey());
            rows.computeIfAbsent(step == null ? byTime.lastKey() : step, _ -> new ArrayList<>())
                    .add(row);
        });
        return rows;
    }

    private Map<String, Integer> places() {
        var places = new HashMap<String, Integer>();
        stations.forEach(station -> places.put(station, places.size()));
        return places;
    }

    private record StationStep(String station, long step) {}
}
