package jiaoying.duty.monitor;

import static jiaoying.duty.monitor.ReadingCheck.text;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import jiaoying.duty.measure.Check;
import jiaoying.duty.measure.Quantity;
import jiaoying.duty.measure.Sentence;
import jiaoying.duty.monitor.MonitorFact.StationDoubted;
import jiaoying.duty.monitor.MonitorFact.StationTrusted;

/** The checks that need the network or a span of time; once a minute, not with every reading. They open and end standing doubts. */
final class NetworkCheck {
    private final Monitor monitor;
    private final Quality quality;
    private final Instant at;
    private final Look look;
    private final List<MonitorFact> facts = new ArrayList<>();

    /** Of all gauges, over the window of the dry ones: where it rained nowhere, nobody is dry among wet neighbours. */
    private final long wettest;

    NetworkCheck(Monitor monitor, Instant at, Look look) {
        this.monitor = monitor;
        this.quality = monitor.quality;
        this.at = at;
        this.look = look;
        wettest = quality.neighbours().count() == 0 ? 0 : wettest(quality.dry().windowH());
    }

    private long wettest(int windowH) {
        var window = RainGauge.windowIndex(Duration.ofHours(windowH));
        return monitor.gauges.keySet().stream()
                .mapToLong(station -> look.sum(station, window))
                .max()
                .orElse(0);
    }

    List<MonitorFact> facts() {
        monitor.watched().forEach((station, watch) -> {
            if (watch.row().kind().equals(Quantity.RAIN.word())) {
                rain(station);
            } else {
                Quantity.find(watch.row().kind()).ifPresent(quantity -> water(station, monitor.water(quantity)));
            }
            if (monitor.lagged(station, at)) {
                present(
                        station,
                        Check.CLOCK,
                        Sentence.of("lagged", quality.lagAfter().toMinutes()));
            }
        });
        return facts;
    }

    private void rain(String station) {
        var gauge = monitor.gauges.get(station);
        if (gauge == null || !look.isTold(station)) {
            return;
        }
        if (gauge.isStuck(quality.rainStuck().times(), quality.rainStuck().aboveMilli()) && isAlone(station)) {
            present(
                    station,
                    Check.STUCK,
                    Sentence.of("same", quality.rainStuck().times()));
        } else {
            gone(station, Check.STUCK, () -> Sentence.of("moved"));
        }
        if (quality.neighbours().count() == 0) {
            return;
        }
        dry(station);
        look.outlier(station)
                .ifPresentOrElse(
                        wettest -> present(
                                station,
                                Check.WET_OUTLIER,
                                Sentence.of(
                                        "wettest",
                                        text(wettest),
                                        quality.outlier().windowH())),
                        () -> gone(station, Check.WET_OUTLIER, () -> Sentence.of("no-outlier")));
    }

    /** Steady rain may give the same value for an hour; its neighbours then have rain, too. */
    private boolean isAlone(String station) {
        var near = look.neighbours(station);
        var hour = RainGauge.windowIndex(Duration.ofHours(1));
        var wettest = near.stream().mapToLong(other -> look.sum(other, hour)).max();
        return wettest.isPresent()
                && look.sum(station, hour) > quality.outlier().factor() * wettest.getAsLong();
    }

    private void dry(String station) {
        var limits = quality.dry();
        var window = RainGauge.windowIndex(Duration.ofHours(limits.windowH()));
        var own = look.sum(station, window);
        var open = monitor.state(station, Check.DRY_AMONG_WET).isPresent();
        if (!open && (own > limits.ownMilli() || wettest < limits.wetMilli())) {
            return;
        }
        var near = look.neighbours(station);
        if (near.isEmpty()) {
            return;
        }
        var sums = near.stream()
                .mapToLong(other -> look.sum(other, window))
                .sorted()
                .toArray();
        var median = sums[sums.length / 2];
        Supplier<Sentence> evidence =
                () -> Sentence.of("neighbours", text(own), limits.windowH(), sums.length, text(median));
        if (own <= limits.ownMilli() && median >= limits.wetMilli()) {
            present(station, Check.DRY_AMONG_WET, evidence.get());
        } else if (own > limits.ownMilli() && own * 100 >= median * limits.backPercent()) {
            gone(station, Check.DRY_AMONG_WET, evidence);
        }
    }

    private void water(String station, Quality.Water limits) {
        var gauge = monitor.waters.get(station);
        if (gauge == null) {
            return;
        }
        gauge.step(Monitor.second(monitor.datumSince(station)), Monitor.second(at), limits)
                .ifPresentOrElse(
                        step -> present(station, Check.DATUM_JUMP, Sentence.of("step", text(step))),
                        () -> unmute(station, Check.DATUM_JUMP));
        if (!gauge.isFlat(Monitor.second(at), limits.flatFor().toSeconds())
                || gauge.last().filter(last -> last.milli() == 0).isPresent()) {
            gone(station, Check.STUCK, () -> Sentence.of("moved"));
        } else if (nearRain(station, limits.flatFor()) >= limits.flatRainMilli()) {
            present(station, Check.STUCK, Sentence.of("flat", limits.flatFor().toHours()));
        }
    }

    /** The median of the neighbours, the longest window that is no longer than the span. */
    private long nearRain(String station, Duration span) {
        var near = look.neighbours(station);
        var window = 0;
        for (var w = 0; w < RainGauge.WINDOWS.length; w++) {
            window = RainGauge.WINDOWS[w] <= span.toMinutes() ? w : window;
        }
        var chosen = window;
        var sums = near.stream()
                .mapToLong(other -> look.sum(other, chosen))
                .sorted()
                .toArray();
        return sums.length == 0 ? 0 : sums[sums.length / 2];
    }

    private void present(String station, Check check, Sentence evidence) {
        if (monitor.state(station, check).isEmpty()) {
            facts.add(new StationDoubted(station, check, evidence));
        }
    }

    private void gone(String station, Check check, Supplier<Sentence> evidence) {
        if (monitor.state(station, check).isPresent()) {
            facts.add(new StationTrusted(station, check, "", evidence.get()));
        }
    }

    /** A jump of the datum is not undone by time: an officer or a new row of the register ends the doubt. */
    private void unmute(String station, Check check) {
        monitor.state(station, check)
                .filter(doubted -> !doubted)
                .ifPresent(muted -> facts.add(new StationTrusted(station, check, "", Sentence.of("long-ago"))));
    }
}
