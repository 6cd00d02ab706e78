package jiaoying.duty.forecast;

import java.time.Duration;
import jiaoying.duty.monitor.RainRate;

/**
 * The rain to come at a gauge by persistence with decay (衰减持续法): it goes on falling where it falls and dies away,
 * {@code r(t) = r0 2^(-t/H)}, with the mean rate r0 of the last half hour and the half-life H of the plan.
 *
 * <p>This is not a nowcast: nothing moves and nothing grows. The form, an exponential fall of how much the rain still resembles
 * itself at the same place (Eulerian persistence), is that of Germann and Zawadzki 2002 (Monthly Weather Review 130, 2859 to
 * 2873); the half-life is the room's own number.
 */
public final class RainToCome {
    private RainToCome() {}

    /**
     * Rain between two moments ahead, mm: the integral of the rate, {@code r0 H / ln 2 (2^(-a/H) - 2^(-b/H))}.
     *
     * @param from after the moment at which the rate was measured, not before it
     */
    public static double mm(RainRate now, Duration halfLife, Duration from, Duration to) {
        var halfLife_h = hours(halfLife);
        return now.milliPerHour()
                / 1000.0
                * halfLife_h
                / Math.log(2)
                * (left(hours(from), halfLife_h) - left(hours(to), halfLife_h));
    }

    private static double left(double after_h, double halfLife_h) {
        return Math.pow(2, -after_h / halfLife_h);
    }

    private static double hours(Duration span) {
        return span.toMillis() / 3_600_000.0;
    }
}
