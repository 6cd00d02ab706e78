package jiaoying.duty.monitor;

import java.time.Duration;
import java.util.List;

/**
 * The numbers of the quality control (质量控制), from a pack.
 *
 * @param gross       the largest rain that can fall within a span; more is suspect
 * @param silentAfter a station without a reading for this span, or for two of its own intervals, is silent
 * @param lateAfter   a reading that comes this long after it was observed is late
 * @param lagAfter    a clock is behind when three arrivals in a row were this far behind the network
 * @param dumpMilli   more than this in the first reading after a silence was gathered in the gap
 * @param wrapsMilli  values at which cumulative registers begin again, rising
 */
public record Quality(
        String name,
        String version,
        List<GrossLimit> gross,
        Duration silentAfter,
        Duration lateAfter,
        Duration lagAfter,
        long dumpMilli,
        List<Long> wrapsMilli,
        Same rainStuck,
        Neighbours neighbours,
        Dry dry,
        Outlier outlier,
        Water level,
        Water depth,
        String source) {
    /** @param limitMilli thousandths of mm within {@code minutes} */
    public record GrossLimit(int minutes, long limitMilli) {}

    /** The same rain so many times in a row. @param aboveMilli one tip of a bucket is no sign: only values above this */
    public record Same(int times, long aboveMilli) {}

    /** The nearest rain gauges that are heard. @param count 0: none, and no check by neighbours */
    public record Neighbours(int count, int withinKm) {}

    /**
     * Own sum at most {@code ownMilli} while the median of the neighbours is at least {@code wetMilli}.
     *
     * @param backPercent believed again once its own sum is above the limit and at least this share of that median
     */
    public record Dry(int windowH, long ownMilli, long wetMilli, int backPercent) {}

    /** More than {@code aboveMilli} and more than {@code factor} times the wettest neighbour. */
    public record Outlier(int windowH, long aboveMilli, int factor) {}

    /**
     * Of a level or depth, in thousandths of its unit.
     *
     * @param gross     what can stand there at all
     * @param rateMilli   the fastest change within a minute
     * @param spikeMilli  a jump larger than this wants a second reading ...
     * @param spikeWithin ... when its neighbours in time are no further away
     * @param stepHold    a step faster than the rate limit that stayed for this span is a jump of the datum
     * @param flatFor     the same value for this span ...
     * @param flatRainMilli ... while that much rain fell at the nearest gauges is stuck
     */
    public record Water(
            Gross gross,
            long rateMilli,
            long spikeMilli,
            Duration spikeWithin,
            Duration stepHold,
            Duration flatFor,
            long flatRainMilli) {
        static final Water OFF = new Water(
                Gross.ANY,
                1_000_000_000,
                1_000_000_000,
                Duration.ZERO,
                Duration.ofHours(24),
                Duration.ofHours(6),
                1_000_000_000);
    }

    /**
     * What can stand at a station at all.
     *
     * @param aboveMilli so far above the guaranteed level of the station; a depth: above the ground
     * @param belowMilli so far below the warning level of the station
     */
    public record Gross(long aboveMilli, long belowMilli) {
        public static final Gross ANY = new Gross(1_000_000_000, 1_000_000_000);
    }

    /** Only the two checks without which nothing can be decided. */
    public static Quality only(List<GrossLimit> gross, Duration silentAfter) {
        return new Quality(
                "only",
                "1",
                gross,
                silentAfter,
                Duration.ofDays(10_000),
                Duration.ofDays(10_000),
                Long.MAX_VALUE,
                List.of(),
                new Same(0, 0),
                new Neighbours(0, 0),
                new Dry(3, 0, 1, 100),
                new Outlier(1, 0, 1),
                Water.OFF,
                Water.OFF,
                "");
    }

    /** The same for gauges looked at one by one, without what needs several. */
    public Quality alone() {
        return new Quality(
                name,
                version,
                gross,
                silentAfter,
                lateAfter,
                lagAfter,
                dumpMilli,
                wrapsMilli,
                rainStuck,
                new Neighbours(0, 0),
                dry,
                outlier,
                level,
                depth,
                source);
    }

    Duration silentAfter(int intervalMin) {
        var two = Duration.ofMinutes(2L * intervalMin);
        return two.compareTo(silentAfter) > 0 ? two : silentAfter;
    }
}
