package jiaoying.server.forecaster;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import jiaoying.duty.forecast.ForecastPlan;
import jiaoying.duty.forecast.RainToCome;
import jiaoying.duty.measure.Quantity;
import jiaoying.duty.measure.Reading;
import jiaoying.duty.room.View.ForecastView;
import jiaoying.duty.station.StationFact.StationRegistered;
import jiaoying.server.courier.Inside.Undone;
import jiaoying.server.forecaster.ForecasterSettings.LonLat;
import jiaoying.server.store.JournalStore;
import jiaoying.server.store.RainStep;
import jiaoying.server.store.RegisterStore;
import jiaoying.water.inundation.Rain;

/** The rain of one run: measured up to its start, then by persistence with decay, or what a case that is tried takes it to be. */
final class RainOfRun {
    private static final int READINGS_MOST = 500_000;

    /** How far back a similar storm is looked for, and how close it must not lie. */
    private static final Duration RECORD = Duration.ofDays(60);

    private static final Duration APART = Duration.ofHours(6);
    private static final double ALIKE = 0.25;
    private static final long HARD_ENOUGH_MILLI = 1000;

    private final String room;
    private final RegisterStore register;
    private final JournalStore journal;
    private final ForecastPlan plan;
    private final ForecastView run;

    RainOfRun(String room, RegisterStore register, JournalStore journal, ForecastPlan plan, ForecastView run) {
        this.room = room;
        this.register = register;
        this.journal = journal;
        this.plan = plan;
        this.run = run;
    }

    /** Over a ground, from a moment a whole number of steps before the start until the end of the run. */
    Rain over(Ground ground, Instant from) throws Undone {
        var before = (int)
                (Duration.between(from, run.start()).toSeconds() / plan.step().toSeconds());
        var rain = new GaugeRain(from, plan.step(), before + plan.depths() - 1);
        var stations = stations();
        for (var station : stations) {
            var place = ground.placing().of(new LonLat(station.lon(), station.lat()));
            rain.place(station.station(), place.x(), place.y());
        }
        measured(rain, stations, from, run.start(), Duration.ZERO);
        rain.forget(before);
        if (run.whatIf().similarStorm()) {
            similar(rain, stations, before);
        } else {
            persists(rain, before);
        }
        return rain.over(ground.frame());
    }

    private List<StationRegistered> stations() {
        return register.stations(room).stream()
                .filter(station -> station.kind().equals(Quantity.RAIN.word()))
                .toList();
    }

    /** @param later by which the readings are shifted */
    private void measured(GaugeRain rain, List<StationRegistered> stations, Instant from, Instant to, Duration later) {
        var intervals = stations.stream()
                .collect(Collectors.toMap(
                        StationRegistered::station, row -> Duration.ofMinutes(Math.max(1, row.intervalMin()))));
        var streams = stations.stream()
                .map(station -> station.station() + ":" + Quantity.RAIN.word())
                .collect(Collectors.toSet());
        var counted = new TreeMap<String, Reading>();
        journal
                .list(
                        room,
                        streams,
                        from.minus(Duration.ofHours(1)),
                        to.plus(plan.step()),
                        true,
                        Optional.empty(),
                        READINGS_MOST)
                .stream()
                .filter(row -> !row.recordedAt().isAfter(run.askedAt()))
                .map(row -> row.reading())
                .filter(reading -> !reading.suspect())
                .forEach(reading -> counted.merge(
                        reading.station() + reading.observedAt(),
                        reading,
                        (one, other) -> one.milli() >= other.milli() ? one : other));
        counted.values()
                .forEach(reading -> rain.measured(
                        new Reading(
                                reading.station(),
                                reading.quantity(),
                                reading.milli(),
                                reading.observedAt().plus(later),
                                false),
                        intervals.getOrDefault(reading.station(), plan.step())));
    }

    private void persists(GaugeRain rain, int before) {
        for (var gauge : run.rain()) {
            for (var i = 0; i < plan.depths() - 1; i++) {
                var mm = RainToCome.mm(
                        gauge,
                        plan.halfLife(),
                        plan.step().multipliedBy(i),
                        plan.step().multipliedBy(i + 1L));
                rain.expected(gauge.station(), before + i, mm * run.whatIf().rainPercent() / 100);
            }
        }
    }

    /** The rain that fell after the last hour in which it rained about as hard over all gauges. */
    private void similar(GaugeRain rain, List<StationRegistered> stations, int before) throws Undone {
        var then = similarTo();
        var later = Duration.between(then, run.start());
        var past = new GaugeRain(
                run.start().minus(plan.step().multipliedBy(before)), plan.step(), before + plan.depths() - 1);
        stations.forEach(station -> past.place(station.station(), 0, 0));
        measured(past, stations, then, then.plus(plan.horizon()), later);
        past.copyFrom(before, rain, run.whatIf().rainPercent() / 100.0);
    }

    private Instant similarTo() throws Undone {
        var hour = Duration.ofHours(1);
        var end = run.start();
        var steps = journal.timeline(room, end.minus(RECORD), end, hour);
        var now = steps.stream()
                .filter(step -> step.at().equals(end))
                .mapToLong(RainStep::meanMilli)
                .findFirst()
                .orElse(0);
        if (now < HARD_ENOUGH_MILLI) {
            throw new Undone("similar-dry");
        }
        return steps.stream()
                .filter(step -> !step.at().isAfter(end.minus(APART)))
                .filter(step -> Math.abs(step.meanMilli() - now) <= ALIKE * now)
                .map(RainStep::at)
                .reduce((one, other) -> other)
                .orElseThrow(() -> new Undone("similar-none"));
    }
}
