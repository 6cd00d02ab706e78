package jiaoying.sim.storm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.assertj.core.data.Percentage;

class TranspositionProperties {
    private static final double EARTH_M = 6_371_008.8;

    @Property(tries = 200)
    void the_centre_moves_there_and_distances_are_kept(
            @ForAll @Size(min = 2, max = 30) List<@DoubleRange(min = -0.5, max = 0.5) Double> offsets,
            @ForAll @DoubleRange(min = -40, max = 40) double lat,
            @ForAll @DoubleRange(min = 0.2, max = 3) double scale) {
        var network = offsets.stream()
                .map(offset -> new Place(-95.4 + offset, 29.8 - offset / 2))
                .toList();
        var moved = new Transposition(new Place(121.05, lat), scale).move(network);
        assertThat(moved.stream().mapToDouble(Place::lon).average().orElseThrow())
                .isCloseTo(121.05, within(1e-9));
        assertThat(moved.stream().mapToDouble(Place::lat).average().orElseThrow())
                .isCloseTo(lat, within(1e-9));
        for (int i = 1; i < moved.size(); i++) {
            var wanted = metres(network.get(0), network.get(i), mean(network)) * scale;
            assertThat(metres(moved.get(0), moved.get(i), lat)).isCloseTo(wanted, within(1e-3));
        }
    }

    @Example
    void from_houston_to_pinghu_true_distances_differ_by_less_than_one_in_a_thousand() {
        var houston = List.of(
                new Place(-95.4, 29.8), new Place(-95.0, 29.55), new Place(-95.8, 30.1), new Place(-95.2, 30.0));
        var pinghu = new Transposition(new Place(121.05, 30.69), 1).move(houston);
        for (int i = 1; i < houston.size(); i++) {
            assertThat(greatCircle(pinghu.get(0), pinghu.get(i)))
                    .isCloseTo(greatCircle(houston.get(0), houston.get(i)), Percentage.withPercentage(0.1));
        }
    }

    @Example
    void a_scale_of_nothing_is_refused() {
        assertThatThrownBy(() -> new Transposition(new Place(0, 0), 0))
                .hasMessage("scale 0.0: above 0, at most 10 is allowed");
    }

    private static double mean(List<Place> places) {
        return places.stream().mapToDouble(Place::lat).average().orElseThrow();
    }

    private static double metres(Place a, Place b, double latCentre) {
        double x = Math.toRadians(b.lon() - a.lon()) * Math.cos(Math.toRadians(latCentre));
        double y = Math.toRadians(b.lat() - a.lat());
        return Math.hypot(x, y) * EARTH_M;
    }

    private static double greatCircle(Place a, Place b) {
        double lat1 = Math.toRadians(a.lat());
        double lat2 = Math.toRadians(b.lat());
        double h = Math.pow(Math.sin((lat2 - lat1) / 2), 2)
                + Math.cos(lat1) * Math.cos(lat2) * Math.pow(Math.sin(Math.toRadians(b.lon() - a.lon()) / 2), 2);
        return 2 * EARTH_M * Math.asin(Math.sqrt(h));
    }
}
