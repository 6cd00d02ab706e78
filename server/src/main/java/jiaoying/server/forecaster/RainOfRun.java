package jiaoying.server.forecaster;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import jiaoying.duty.forecast.ForecastPlan;
import jiaoying.duty.forecast.RainToCome;
import jiaoying.duty.measure.Quantity;
import jiaoying.duty.measure.Reading;
import jiaoying.duty.room.View.ForecastView;
import jiaoying.duty.room.View.StationView;
import jiaoying.duty.station.StationFact.StationRegistered;
import jiaoying.server.courier.Inside.Undone;
import jiaoying.server.store.JournalStore;
import jiaoying.server.store.RainStep;
import jiaoying.server.store.RegisterStore;
import jiaoying.server.store.ViewStore;

/** The rain of one run: measured up to its start, then by persistence with decay, or what a case that is tried takes it to be. */
final class RainOfRun {
    /** How far back a similar storm is looked for, and how close it must not lie. */
    private static final Duration RECORD = Duration.ofDays(60);

    private static final Duration APART = Duration.ofHours(6);
    private static final double ALIKE = 0.25;
    private static final long HARD_ENOUGH_MILLI = 1000;

    private final String room;
    private final RegisterStore register;
    private final JournalStore journal;
    private final ViewStore views;
    private final ForecastPlan plan;
    private final ForecastView run;

    RainOfRun(
            String room,
            RegisterStore register,
            JournalStore journal,
            ViewStore views,
            ForecastPlan plan,
            ForecastView run) {
        this.room = room;
        this.register = register;
        this.journal = journal;
        this.views = views;
        this.plan = plan;
        this.run = run;
    }

    /** Of every gauge, placed by its degrees, from a moment a whole number of steps before the start until the end of the run. */
    List<GaugeRain.Steps> from(Instant from) throws Undone {
        var before = (int)
                (Duration.between(from, run.start()).toSeconds() / plan.step().toSeconds());
        var rain = new GaugeRain(from, plan.step(), before + plan.depths() - 1);
        var stations = stations();
        stations.forEach(station -> rain.place(station.station(), station.lon(), station.lat()));
        var doubted = doubted();
        var believed = stations.stream()
                .filter(station -> !doubted.contains(station.station()))
                .toList();
        measured(rain, believed, from, run.start(), Duration.ZERO);
        rain.forget(before);
        if (run.whatIf().similarStorm()) {
            similar(rain, stations, before);
        } else {
            persists(rain, before);
        }
        return rain.handedOn();
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
        journal.counted(room, from.minus(Duration.ofHours(1)), to.plus(plan.step()), run.askedAt()).stream()
                .filter(reading -> intervals.containsKey(reading.station()))
                .forEach(reading -> rain.measured(
                        new Reading(
                                reading.station(),
                                reading.quantity(),
                                reading.milli(),
                                reading.observedAt().plus(later),
                                false),
                        intervals.getOrDefault(reading.station(), plan.step())));
    }

    /** Gauges that stand in doubt, by checks that no officer overruled: their rain counts as little here as in the room. */
    private Set<String> doubted() {
        return views.listNow(room, "station", StationView.class).stream()
                .filter(view -> view.doubts().stream()
                        .anyMatch(doubt ->
                                doubt.overruledBy().isEmpty() && doubt.check().silences()))
                .map(StationView::station)
                .collect(Collectors.toSet());
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
