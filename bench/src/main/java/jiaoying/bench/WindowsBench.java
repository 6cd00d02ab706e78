package jiaoying.bench;

import java.util.Random;
import jiaoying.duty.monitor.RainGauge;

/** Sliding windows of 30 min to 24 h over gauges in memory; one reading in ten is late by up to two hours. */
final class WindowsBench {
    private static final int STEPS = 288;
    private static final int RUNS = 5;

    private WindowsBench() {}

    static boolean run() {
        var right = true;
        for (var stations : new int[] {200, 5_000}) {
            var rates = new double[RUNS];
            for (var run = 0; run < RUNS; run++) {
                var world = new World(stations, run);
                var began = System.nanoTime();
                var kept = world.play();
                rates[run] = kept * 1e9 / (System.nanoTime() - began);
                right &= world.right();
            }
            Figures.rate("windows, " + stations + " gauges, 10 % late", rates, "10,000,000", right);
        }
        return right;
    }

    private static final class World {
        private final RainGauge[] gauges;
        private final int[] rain;
        private final int[] lateBy;

        World(int stations, long seed) {
            var random = new Random(seed);
            gauges = new RainGauge[stations];
            for (var s = 0; s < stations; s++) {
                gauges[s] = new RainGauge(0);
            }
            rain = random.ints(stations, 0, 5_000).toArray();
            lateBy = random.ints(stations, 0, 10)
                    .map(n -> n == 0 ? 1 + random.nextInt(24) : 0)
                    .toArray();
        }

        /** Four days of five-minute readings; a late gauge is always late by the same span. */
        long play() {
            var kept = 0L;
            for (var step = 1; step <= 4 * STEPS; step++) {
                for (var s = 0; s < gauges.length; s++) {
                    gauges[s].moveTo(5L * step);
                    var of = step - lateBy[s];
                    if (of > 0) {
                        gauges[s].keep(5L * of, rain[s]);
                        kept++;
                    }
                }
            }
            return kept;
        }

        /** Constant rain: each window holds as many readings as it has steps, less those that have not come yet. */
        boolean right() {
            var windows = new int[] {6, 12, 36, 72, 144, 288};
            for (var s = 0; s < gauges.length; s++) {
                for (var w = 0; w < windows.length; w++) {
                    if (gauges[s].sum(w) != (long) rain[s] * Math.max(0, windows[w] - lateBy[s])) {
                        return false;
                    }
                }
            }
            return true;
        }
    }
}
