package jiaoying.server.forecaster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import jiaoying.duty.measure.Quantity;
import jiaoying.duty.measure.Reading;
import jiaoying.server.forecaster.ForecasterSettings.LonLat;
import jiaoying.water.grid.CoordinateSystem;
import jiaoying.water.grid.Frame;
import jiaoying.water.inundation.Rain;
import org.junit.jupiter.api.Test;

class GaugeRainTest {
    private static final Instant BEGIN = Instant.parse("2026-06-01T00:00:00Z");
    private static final Duration STEP = Duration.ofMinutes(5);
    private static final Frame FRAME = Frame.of(32, 32, 0, 0, 100);

    private static Reading rain(String station, int minute, long milli) {
        return new Reading(station, Quantity.RAIN, milli, BEGIN.plusSeconds(60L * minute), false);
    }

    private static double[] map(GaugeRain rain, int index) {
        return ((Rain.Maps) rain.over(FRAME)).map().apply(index);
    }

    @Test
    void rain_of_an_interval_is_spread_over_its_steps() {
        var rain = new GaugeRain(BEGIN, STEP, 4);
        rain.place("A", 0, 0);
        rain.measured(rain("A", 15, 6000), Duration.ofMinutes(15));
        assertThat(map(rain, 0)[0]).isCloseTo(24, within(1e-9)); // 6 mm in 15 min
        assertThat(map(rain, 2)[0]).isCloseTo(24, within(1e-9));
        assertThat(map(rain, 3)[0]).isZero();
    }

    @Test
    void what_falls_between_steps_is_parted_by_time() {
        var rain = new GaugeRain(BEGIN, STEP, 3);
        rain.place("A", 0, 0);
        rain.measured(rain("A", 7, 5000), Duration.ofMinutes(5)); // from minute 2 to 7
        assertThat(map(rain, 0)[0]).isCloseTo(36, within(1e-9)); // 3 mm
        assertThat(map(rain, 1)[0]).isCloseTo(24, within(1e-9)); // 2 mm
    }

    @Test
    void between_gauges_the_nearer_weighs_more_and_a_silent_one_nothing() {
        var rain = new GaugeRain(BEGIN, STEP, 20);
        rain.place("W", 0, 1600);
        rain.place("E", 3200, 1600);
        rain.measured(rain("W", 5, 1000), STEP);
        rain.measured(rain("E", 5, 5000), STEP);
        var both = map(rain, 0);
        assertThat(both[16 * 32]).isLessThan(30);
        assertThat(both[16 * 32 + 31]).isGreaterThan(40);
        var alone = new GaugeRain(BEGIN, STEP, 2);
        alone.place("W", 0, 1600);
        alone.place("E", 3200, 1600);
        alone.measured(rain("W", 5, 1000), STEP);
        assertThat(Arrays.stream(map(alone, 0)).distinct().toArray()).hasSize(1);
    }

    @Test
    void a_gauge_that_was_heard_an_hour_ago_counts_as_dry_and_later_not_at_all() {
        var rain = new GaugeRain(BEGIN, STEP, 20);
        rain.place("A", 0, 0);
        rain.place("B", 3200, 0);
        rain.measured(rain("A", 5, 1000), STEP);
        for (var i = 0; i < 20; i++) {
            rain.expected("B", i, 1);
        }
        assertThat(map(rain, 12)[0]).isLessThan(6); // A is dry
        assertThat(map(rain, 13)[0]).isCloseTo(12, within(1e-9)); // B alone
    }

    @Test
    void a_ground_is_placed_by_its_corner_or_its_projection() {
        var corner = Placing.of(FRAME, Optional.of(new LonLat(121, 30.7))).orElseThrow();
        var there = corner.of(new LonLat(121.02, 30.71));
        assertThat(there.x()).isCloseTo(1912, within(2.0));
        assertThat(there.y()).isCloseTo(1112, within(2.0));
        assertThat(corner.back(there.x(), there.y()).lon()).isCloseTo(121.02, within(1e-9));
        var projected = Placing.of(FRAME.in(CoordinateSystem.epsg(4549)), Optional.empty())
                .orElseThrow();
        var place = projected.of(new LonLat(121.03, 30.69));
        var back = projected.back(place.x(), place.y());
        assertThat(back.lon()).isCloseTo(121.03, within(1e-10));
        assertThat(back.lat()).isCloseTo(30.69, within(1e-10));
    }
}
