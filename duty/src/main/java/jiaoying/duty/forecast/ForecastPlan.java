package jiaoying.duty.forecast;

import java.time.Duration;
import java.time.Instant;

/**
 * How a room has its forecasts made (预报设置); the numbers are the room's own.
 *
 * @param ground    name of the ground over which the water is computed, as screens show it
 * @param synthetic the ground is made up (示意), which every screen says
 * @param every     a run is asked for so often, at whole multiples of it: 5 min to 2 h
 * @param horizon   how far a run looks ahead: 30 min to 6 h, whole steps
 * @param step      between two depths of a site: 1 to 15 min
 * @param deadline  a run that has not come by then has failed; shorter than {@code every}
 * @param halfLife  after which half of the measured rain is taken to fall still, see {@link RainToCome}
 * @param floodMm   a site is flooded from this depth on, mm
 */
public record ForecastPlan(
        String ground,
        boolean synthetic,
        Duration every,
        Duration horizon,
        Duration step,
        Duration deadline,
        Duration halfLife,
        int floodMm) {
    /** @throws IllegalArgumentException with what is wrong and what is allowed */
    public ForecastPlan checked() {
        check(within(every, 5, 120), "every " + every + ": 5 min to 2 h");
        check(within(horizon, 30, 360), "horizon " + horizon + ": 30 min to 6 h");
        check(
                within(step, 1, 15) && horizon.toSeconds() % step.toSeconds() == 0,
                "step " + step + ": 1 to 15 min, a part of the horizon");
        check(
                within(deadline, 1, 119) && deadline.compareTo(every) < 0,
                "deadline " + deadline + ": 1 min to less than every");
        check(within(halfLife, 5, 720), "half-life " + halfLife + ": 5 min to 12 h");
        check(floodMm >= 10 && floodMm <= 2000, "flood depth " + floodMm + " mm: 10 to 2000");
        return this;
    }

    private static boolean within(Duration span, long fromMin, long toMin) {
        return span.compareTo(Duration.ofMinutes(fromMin)) >= 0 && span.compareTo(Duration.ofMinutes(toMin)) <= 0;
    }

    private static void check(boolean good, String what) {
        if (!good) {
            throw new IllegalArgumentException(what);
        }
    }

    /** Depths of a site in one run, that of its start included. */
    public int depths() {
        return (int) (horizon.toSeconds() / step.toSeconds()) + 1;
    }

    /** The last whole step: a run starts there, so that runs of different minutes can be laid side by side. */
    public Instant startAt(Instant at) {
        return floor(at, step);
    }

    /** When the run after this moment is asked for. */
    public Instant nextAfter(Instant at) {
        return floor(at, every).plus(every);
    }

    private static Instant floor(Instant at, Duration step) {
        var second = at.getEpochSecond();
        return Instant.ofEpochSecond(second - Math.floorMod(second, step.toSeconds()));
    }
}
