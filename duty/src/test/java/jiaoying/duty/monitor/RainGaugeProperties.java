package jiaoying.duty.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class RainGaugeProperties {
    /** A reading and the minute of the network when it came in. */
    private record Came(long minute, long milli, long end) {}

    @Property(tries = 300)
    void sums_are_those_of_a_plain_list(@ForAll long seed, @ForAll @IntRange(min = 1, max = 400) int readings) {
        var random = new Random(seed);
        var gauge = new RainGauge(1_000_000);
        var held = new TreeMap<Long, Long>();
        var end = 1_000_000L;
        for (var n = 0; n < readings; n++) {
            end += random.nextInt(20) == 0 ? random.nextInt(2000) : random.nextInt(8);
            gauge.moveTo(end);
            var minute = end - (random.nextInt(5) == 0 ? random.nextInt(1700) : random.nextInt(6)) + random.nextInt(3);
            var milli = random.nextInt(30_000);
            if (minute > end - 1440) {
                held.merge(minute, (long) milli, Math::max);
            }
            gauge.keep(minute, milli);
            var later = end + random.nextInt(1600);
            for (var w = 0; w < RainGauge.WINDOWS.length; w++) {
                assertThat(gauge.sum(w)).as("window %s now", w).isEqualTo(plain(held, end, w));
                assertThat(gauge.sumAt(w, later))
                        .as("window %s later", w)
                        .isEqualTo(plain(within(held, end), later, w));
            }
        }
    }

    @Property(tries = 200)
    void late_repeated_and_disordered_readings_give_the_sums_of_those_in_order(@ForAll long seed) {
        var random = new Random(seed);
        var readings = new ArrayList<Came>();
        for (var minute = 0; minute < 1000; minute += 1 + random.nextInt(10)) {
            readings.add(new Came(5_000_000 + minute, random.nextInt(9000), 0));
        }
        var disordered = new ArrayList<>(readings);
        for (var n = 0; n < 50; n++) {
            disordered.add(readings.get(random.nextInt(readings.size())));
        }
        Collections.shuffle(disordered, random);
        assertThat(sums(disordered)).isEqualTo(sums(readings));
    }

    private static List<Long> sums(List<Came> readings) {
        var gauge = new RainGauge(5_000_000);
        for (var reading : readings) {
            gauge.moveTo(Math.max(gauge.end(), reading.minute()));
            gauge.keep(reading.minute(), reading.milli());
        }
        gauge.moveTo(5_001_000);
        var sums = new ArrayList<Long>();
        for (var w = 0; w < RainGauge.WINDOWS.length; w++) {
            sums.add(gauge.sum(w));
        }
        return sums;
    }

    /** What is still held at {@code end}: the longest window and what lies ahead. */
    private static Map<Long, Long> within(TreeMap<Long, Long> held, long end) {
        return held.tailMap(end - 1440, false);
    }

    private static long plain(Map<Long, Long> held, long end, int window) {
        return held.entrySet().stream()
                .filter(e -> e.getKey() <= end && e.getKey() > end - RainGauge.WINDOWS[window])
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
