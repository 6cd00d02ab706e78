package jiaoying.server.forecaster;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jiaoying.duty.measure.Reading;
import jiaoying.water.grid.Frame;
import jiaoying.water.inundation.Rain;
import org.jspecify.annotations.Nullable;

/**
 * Rain of gauges as maps over a ground (雨量站插值): in each step the inverse square of the distance weighs the gauges that were
 * heard. The weights are those of blocks of cells, which are smaller than any gauge network's meshes.
 */
final class GaugeRain {
    private static final int BLOCK = 16;

    /** A gauge that tells nothing of a step was dry in it, if it told of anything within this span before. */
    private static final Duration STILL_HEARD = Duration.ofMinutes(60);

    private final Instant begin;
    private final Duration step;
    private final int steps;
    private final Map<String, Gauge> gauges = new TreeMap<>();

    /** @param mm of each step; heard: whether the gauge tells of the step */
    private record Gauge(double x, double y, double[] mm, boolean[] heard) {}

    /**
     * The rain of a gauge, for handing on.
     *
     * @param x  where it stands, in the units in which it was placed; y likewise
     * @param mm of each step; null where it tells nothing
     */
    record Steps(String station, double x, double y, List<@Nullable Double> mm) {}

    /** @param begin of the first of so many steps */
    GaugeRain(Instant begin, Duration step, int steps) {
        this.begin = begin;
        this.step = step;
        this.steps = steps;
    }

    void place(String station, double x, double y) {
        gauges.put(station, new Gauge(x, y, new double[steps], new boolean[steps]));
    }

    /** Rain measured in the interval that ends when it was observed, spread evenly over it. */
    void measured(Reading reading, Duration interval) {
        var gauge = gauges.get(reading.station());
        if (gauge == null) {
            return;
        }
        var to_s = seconds(reading.observedAt());
        var from_s = to_s - interval.toSeconds();
        for (var i = index(from_s); i <= index(to_s - 1) && i < steps; i++) {
            if (i >= 0) {
                var share = Math.min(to_s, (i + 1) * step_s()) - Math.max(from_s, i * step_s());
                gauge.mm[i] += reading.milli() / 1000.0 * share / interval.toSeconds();
            }
        }
        for (var i = Math.max(0, index(from_s)); i <= index(to_s + STILL_HEARD.toSeconds() - 1) && i < steps; i++) {
            gauge.heard[i] = true;
        }
    }

    List<Steps> handedOn() {
        var all = new ArrayList<Steps>();
        gauges.forEach((station, gauge) -> {
            var mm = new ArrayList<@Nullable Double>();
            for (var i = 0; i < steps; i++) {
                mm.add(gauge.heard[i] ? (Double) gauge.mm[i] : null);
            }
            all.add(new Steps(station, gauge.x, gauge.y, Collections.unmodifiableList(mm)));
        });
        return all;
    }

    /** What was handed on, as if it had been measured here. */
    void take(Steps of, double x, double y) {
        place(of.station(), x, y);
        for (var i = 0; i < Math.min(steps, of.mm().size()); i++) {
            var mm = of.mm().get(i);
            if (mm != null) {
                expected(of.station(), i, mm);
            }
        }
    }

    /** Rain that is taken to fall in a step. */
    void expected(String station, int index, double mm) {
        var gauge = gauges.get(station);
        if (gauge != null) {
            gauge.mm[index] = mm;
            gauge.heard[index] = true;
        }
    }

    /** What was measured counts no more from this step on. */
    void forget(int from) {
        gauges.values().forEach(gauge -> {
            for (var i = from; i < steps; i++) {
                gauge.mm[i] = 0;
                gauge.heard[i] = false;
            }
        });
    }

    /** Hands on what fell from a step on, times a factor. */
    void copyFrom(int from, GaugeRain to, double factor) {
        gauges.forEach((station, gauge) -> {
            for (var i = from; i < steps; i++) {
                if (gauge.heard[i]) {
                    to.expected(station, i, gauge.mm[i] * factor);
                }
            }
        });
    }

    private double seconds(Instant at) {
        return Duration.between(begin, at).toSeconds();
    }

    private double step_s() {
        return step.toSeconds();
    }

    private int index(double second) {
        return (int) Math.floor(second / step_s());
    }

    Rain over(Frame frame) {
        return over(frame, 0);
    }

    /** Without the steps before one; second 0 is its beginning. */
    Rain over(Frame frame, int from) {
        var times = new ArrayList<Double>();
        for (var i = 0; i < steps - from; i++) {
            times.add(i * step_s());
        }
        return new Rain.Maps(times, (steps - from) * step_s(), index -> map(frame, from + index));
    }

    /** mm/h of each cell. */
    private double[] map(Frame frame, int index) {
        var heard = gauges.values().stream().filter(gauge -> gauge.heard[index]).toList();
        var rain = new double[frame.cells()];
        for (var row = 0; row < frame.rows(); row += BLOCK) {
            for (var column = 0; column < frame.columns(); column += BLOCK) {
                var x = frame.xOf(column) + (BLOCK - 1) / 2.0 * frame.cellSize();
                var y = frame.yOf(row) - (BLOCK - 1) / 2.0 * frame.cellSize();
                fill(rain, frame, row, column, weighed(heard, index, x, y) * 3600 / step_s());
            }
        }
        return rain;
    }

    private static void fill(double[] rain, Frame frame, int row, int column, double value) {
        for (var r = row; r < Math.min(frame.rows(), row + BLOCK); r++) {
            for (var c = column; c < Math.min(frame.columns(), column + BLOCK); c++) {
                rain[r * frame.columns() + c] = value;
            }
        }
    }

    private static double weighed(List<Gauge> heard, int index, double x, double y) {
        var weights = 0.0;
        var sum = 0.0;
        for (var gauge : heard) {
            var dx = gauge.x - x;
            var dy = gauge.y - y;
            var weight = 1 / Math.max(1, dx * dx + dy * dy);
            weights += weight;
            sum += weight * gauge.mm[index];
        }
        return weights == 0 ? 0 : sum / weights;
    }
}
