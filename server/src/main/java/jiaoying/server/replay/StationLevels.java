package jiaoying.server.replay;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import jiaoying.duty.measure.Reading;
import jiaoying.duty.monitor.Monitor;
import jiaoying.duty.monitor.MonitorFact;
import jiaoying.duty.monitor.MonitorFact.AreaLevelMoved;
import jiaoying.duty.room.Rules;
import jiaoying.duty.roster.Roster;
import jiaoying.duty.station.StationFact.StationRegistered;
import jiaoying.duty.station.Stations;
import jiaoying.sim.storm.Storm;

/**
 * The level that each station would have if it alone decided, under the same criteria: how often would levels change? The
 * room's own monitor, with every rain gauge in an area of its own.
 */
final class StationLevels {
    private final Monitor monitor;
    private final Stations stations = new Stations();
    private final Roster roster = new Roster();
    private int changes;

    private StationLevels(Rules rules) {
        monitor = new Monitor(List.of(rules.rainstorm()), rules.quality().alone());
    }

    /** Level changes per rain gauge, rounded to hundredths. @param register rows of the register, of which the stations count */
    static double changesPerStation(Storm storm, Collection<?> register, Rules rules) {
        var levels = new StationLevels(rules);
        var gauges = register.stream()
                .filter(StationRegistered.class::isInstance)
                .map(StationRegistered.class::cast)
                .filter(station -> station.kind().equals("rain"))
                .toList();
        gauges.forEach(station -> levels.watch(storm.start(), station));
        levels.play(storm);
        return gauges.isEmpty() ? 0 : Math.round(100.0 * levels.changes / gauges.size()) / 100.0;
    }

    private void watch(Instant at, StationRegistered station) {
        var alone = new StationRegistered(
                station.station(),
                station.name(),
                station.kind(),
                station.lon(),
                station.lat(),
                station.station(),
                station.intervalMin());
        stations.apply(alone);
        monitor.watch(at, alone, alone.area());
    }

    private void play(Storm storm) {
        var minute = storm.start().truncatedTo(ChronoUnit.MINUTES).plus(Duration.ofMinutes(1));
        var names = new StationNames(storm);
        for (var step : storm.steps()) {
            for (; minute.isBefore(step.end()); minute = minute.plus(Duration.ofMinutes(1))) {
                keep(monitor.minute(minute, _ -> true));
            }
            hear(step.end(), step.observations().stream().map(names::reading).toList());
        }
    }

    private void hear(Instant at, List<Reading> readings) {
        var checked = monitor.check(at, readings, stations);
        keep(monitor.hear(at, checked, stations, roster, _ -> true));
        monitor.apply(at, checked.accepted());
    }

    private void keep(List<MonitorFact> facts) {
        for (var fact : facts) {
            monitor.apply(fact);
            if (fact instanceof AreaLevelMoved moved
                    && moved.from().level() != moved.to().level()) {
                changes++;
            }
        }
    }
}
