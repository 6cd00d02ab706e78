package jiaoying.water.inundation;

import java.util.Arrays;

/** A number over time (过程线), straight between its times, constant before the first and after the last. */
public final class Series {
    private final double[] times;
    private final double[] values;

    /**
     * @param times  s, rising, at least one
     * @param values as many
     */
    public Series(double[] times, double[] values) {
        if (times.length == 0 || times.length != values.length) {
            throw new IllegalArgumentException("a series needs as many values as times, at least one");
        }
        for (var i = 1; i < times.length; i++) {
            if (!(times[i] > times[i - 1])) {
                throw new IllegalArgumentException("time " + times[i] + " s does not follow " + times[i - 1] + " s");
            }
        }
        this.times = times.clone();
        this.values = values.clone();
    }

    public static Series constant(double value) {
        return new Series(new double[] {0}, new double[] {value});
    }

    /** The same, higher by so much at all times. */
    public Series plus(double more) {
        return new Series(
                times, Arrays.stream(values).map(value -> value + more).toArray());
    }

    public double at(double t) {
        var i = Arrays.binarySearch(times, t);
        if (i >= 0) {
            return values[i];
        }
        var after = -i - 1;
        if (after == 0) {
            return values[0];
        }
        if (after == times.length) {
            return values[after - 1];
        }
        var share = (t - times[after - 1]) / (times[after] - times[after - 1]);
        return values[after - 1] + share * (values[after] - values[after - 1]);
    }

    /** The exact integral from a to b. */
    double between(double a, double b) {
        var sum = 0.0;
        var t = a;
        while (t < b) {
            var next = b;
            for (var edge : times) {
                if (edge > t && edge < next) {
                    next = edge;
                }
            }
            sum += 0.5 * (at(t) + at(next)) * (next - t);
            t = next;
        }
        return sum;
    }
}
