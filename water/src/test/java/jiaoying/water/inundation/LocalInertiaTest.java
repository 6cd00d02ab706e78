package jiaoying.water.inundation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import jiaoying.water.grid.Raster;
import jiaoying.water.inundation.Inflow.Place;
import org.junit.jupiter.api.Test;

/** The flow beside what the equations say. */
class LocalInertiaTest {
    private static final double G = 9.80665;

    @Test
    void lake_at_rest_stays_at_rest_between_islands_and_steps() {
        var ground = Worlds.rough(60, 50, 10, 3, 11);
        var run = Worlds.run(Scene.dry(ground, 0.03).withLevel(2), 3600);
        for (var row = 0; row < 50; row++) {
            for (var column = 0; column < 60; column++) {
                assertThat(run.level(row, column)).isCloseTo(Math.max(2, ground.at(row, column)), within(1e-6));
                assertThat(run.speed(row, column)).isLessThan(1e-4);
            }
        }
    }

    @Test
    void ripples_on_deep_water_without_friction_die_away() {
        var start = Worlds.rough(40, 40, 10, 0.02, 8);
        var deep = new Raster(
                start.frame(), Arrays.stream(start.values()).map(d -> 5 + d).toArray());
        var run =
                Worlds.run(Scene.dry(Worlds.ground(40, 40, 10, (x, y) -> 0), 0).withDepth(Amount.of(deep)), 3600);
        for (var depth : Worlds.depths(run)) {
            assertThat(depth).isCloseTo(5.01, within(0.006));
        }
    }

    @Test
    void two_lakes_with_a_wall_between_do_not_mix() {
        var ground = Worlds.ground(40, 20, 5, (x, y) -> x > 100 && x < 110 ? Double.NaN : 0);
        var start = Worlds.ground(40, 20, 5, (x, y) -> x < 100 ? 2 : 1);
        var run = Worlds.run(Scene.dry(ground, 0.03).withDepth(Amount.of(start)), 1800);
        assertThat(run.depth(10, 3)).isEqualTo(2);
        assertThat(run.depth(10, 30)).isEqualTo(1);
        assertThat(run.depth(10, 20)).isNaN();
    }

    @Test
    void levee_along_a_slanting_line_holds_the_water_back() {
        var line = List.of(new Place(37, -1), new Place(161, 201));
        var scene = Scene.dry(Worlds.ground(40, 40, 5, (x, y) -> 0), 0.03)
                .withLevees(List.of(new Levee("levee", line, 2)))
                .withInflows(List.of(
                        new Inflow("spring", List.of(new Place(7, 100), new Place(7, 100)), Series.constant(0.5))));
        var run = Worlds.run(scene, 3600);
        assertThat(run.depth(20, 1)).isGreaterThan(0.05);
        assertThat(run.depth(20, 38)).isZero();
        assertThat(Worlds.run(scene.withLevees(List.of()), 3600).depth(20, 38)).isPositive();
    }

    /** On an always wet strip the wave q = u h(ut - x + s) solves 3/7 h^(7/3) - 3/4 u2/g h^(4/3) = n2 u2 (ut - x + s). */
    @Test
    void wave_over_a_plane_converges_to_the_travelling_wave_in_first_order() {
        var coarse = waveError(40);
        var fine = waveError(20);
        assertThat(coarse).isLessThan(6e-5);
        assertThat(fine / coarse).isBetween(0.35, 0.65);
    }

    private static double waveError(double dx) {
        var columns = (int) (2000 / dx);
        var ground = Worlds.ground(columns, 3, dx, (x, y) -> 0);
        var west = level(0);
        var east = level(2000);
        var start = Worlds.ground(columns, 3, dx, (x, y) -> wave(0, x));
        var scene = Scene.dry(ground, 0.03)
                .withDepth(Amount.of(start))
                .withSpeed(Amount.of(0.5), Amount.of(0))
                .withEdges(new Scene.Edges(
                        new Edge.Level(west), new Edge.Level(east), new Edge.Closed(), new Edge.Closed()));
        var run = Worlds.run(scene, 1800);
        var error = 0.0;
        for (var column = 0; column < columns; column++) {
            error += Math.abs(run.depth(1, column) - wave(1800, run.frame().xOf(column)));
        }
        return error / columns;
    }

    private static Series level(double x) {
        var times = new double[181];
        var levels = new double[181];
        for (var i = 0; i < times.length; i++) {
            times[i] = 10 * i;
            levels[i] = wave(times[i], x);
        }
        return new Series(times, levels);
    }

    private static double wave(double t, double x) {
        var u = 0.5;
        var right = 0.03 * 0.03 * u * u * (u * t - x + 5000);
        double low = u * u / G;
        double high = 10;
        for (var i = 0; i < 100; i++) {
            var h = (low + high) / 2;
            if (3 / 7.0 * Math.pow(h, 7 / 3.0) - 0.75 * u * u / G * Math.pow(h, 4 / 3.0) < right) {
                low = h;
            } else {
                high = h;
            }
        }
        return low;
    }

    /** MacDonald's method: the bed that makes a chosen depth steady. */
    @Test
    void steady_channel_settles_at_the_depth_its_bed_was_made_for() {
        var coarse = channelError(20, 0);
        assertThat(coarse).isLessThan(6e-3);
        assertThat(channelError(10, 0)).isLessThan(0.7 * coarse);
    }

    @Test
    void steady_channel_with_rain_settles_too() {
        assertThat(channelError(10, 200)).isLessThan(5e-3);
    }

    private static double channelError(double dx, double mm_h) {
        var length = 1000.0;
        var rain = mm_h / 3.6e6;
        var columns = (int) (length / dx);
        var pieces = 100_000;
        var step = length / pieces;
        var bed = new double[pieces + 1];
        for (var i = pieces - 1; i >= 0; i--) {
            var x = (i + 0.5) * step;
            var h = 0.8 + 0.2 * Math.sin(2 * Math.PI * x / length);
            var slope = 0.2 * 2 * Math.PI / length * Math.cos(2 * Math.PI * x / length);
            var q = 0.5 + rain * x;
            bed[i] = bed[i + 1] + step * (slope + 0.03 * 0.03 * q * q / Math.pow(h, 10 / 3.0));
        }
        var width = 3 * dx;
        var ground = Worlds.ground(columns, 3, dx, (x, y) -> bed[(int) Math.round(x / step)]);
        var start = Worlds.ground(columns, 3, dx, (x, y) -> 0.8 + 0.2 * Math.sin(2 * Math.PI * x / length));
        var scene = Scene.dry(ground, 0.03)
                .withDepth(Amount.of(start))
                .withSpeed(Amount.of(0.6), Amount.of(0))
                .withRain(new Rain.Spells(List.of(new Rain.Spell(0, 1e9, mm_h))))
                .withInflows(List.of(new Inflow(
                        "inlet", List.of(new Place(1, 1), new Place(1, width - 1)), Series.constant(0.5 * width))))
                .withEdges(new Scene.Edges(
                        new Edge.Closed(),
                        new Edge.Level(Series.constant(bed[pieces] + 0.8)),
                        new Edge.Closed(),
                        new Edge.Closed()));
        var run = Worlds.run(scene, 6 * 3600);
        var error = 0.0;
        for (var column = 2; column < columns; column++) {
            var x = run.frame().xOf(column);
            error = Math.max(error, Math.abs(run.depth(1, column) - (0.8 + 0.2 * Math.sin(2 * Math.PI * x / length))));
            assertThat(run.fluxEast(1, column)).isCloseTo(0.5 + rain * x, within(2e-3));
        }
        return error;
    }

    /** Slope 0.005, n 0.015, 150 m, 60 mm/h: concentration after 649.9 s, plateau 2.5 l/s a metre, outlet 10.8 mm deep. */
    @Test
    void rain_on_a_plane_runs_off_as_the_kinematic_wave_says() {
        var ground = Worlds.ground(75, 4, 2, (x, y) -> 0.005 * (150 - x));
        var scene = Scene.dry(ground, 0.015)
                .withRain(new Rain.Spells(List.of(new Rain.Spell(0, 2700, 60))))
                .withEdges(new Scene.Edges(new Edge.Closed(), new Edge.Free(), new Edge.Closed(), new Edge.Closed()));
        var run = Worlds.run(scene, 649.9 / 2);
        assertThat(outlet(run)).isCloseTo(0.787e-3, within(0.06e-3));
        run.advanceTo(1800);
        assertThat(outlet(run)).isCloseTo(2.5e-3, within(0.05e-3));
        assertThat(run.depth(1, 74)).isCloseTo(0.0108, within(0.0004));
        run.advanceTo(5400);
        run.settle();
        assertThat(Math.abs(run.balance().error_relative())).isLessThan(1e-6);
        assertThat(run.balance().outflow_m3())
                .isCloseTo(run.balance().rain_m3(), within(0.05 * run.balance().rain_m3()));
    }

    private static double outlet(Simulation run) {
        var before = run.balance().outflow_m3();
        var from = run.now();
        run.advanceTo(from + 1);
        return (run.balance().outflow_m3() - before) / (4 * 2);
    }

    /** Flat plain of 1000 x 2000 m, 20 m3/s for hours from the middle of the west side: equal depth at equal distance. */
    @Test
    void flood_spreads_evenly_over_a_plain() {
        var scene = Scene.dry(Worlds.ground(100, 200, 10, (x, y) -> 0), 0.05)
                .withInflows(List.of(new Inflow(
                        "breach",
                        List.of(new Place(1, 990), new Place(1, 1009.9)),
                        new Series(new double[] {0, 300, 3600, 14400, 18000}, new double[] {0, 0, 20, 20, 0}))));
        var run = Worlds.run(scene, 7200);
        var frame = run.frame();
        var ahead = run.depth(frame.rowOf(1000), frame.columnOf(424));
        var aslant = run.depth(frame.rowOf(1300), frame.columnOf(300));
        assertThat(ahead).isBetween(0.1, 0.6);
        assertThat(aslant).isCloseTo(ahead, within(0.012));
        assertThat(Math.abs(run.balance().error_relative())).isLessThan(1e-6);
    }

    @Test
    void cells_take_their_water_by_turns_of_the_whole_case() {
        var columns = 37;
        var rows = 29;
        var ground = Worlds.rough(columns, rows, 10, 1.5, 5);
        var rain = new Rain.Spells(List.of(new Rain.Spell(0, 600, 300)));
        var straight = Worlds.depths(Worlds.run(Scene.dry(ground, 0.04).withRain(rain), 1200));
        var turned = Worlds.depths(
                Worlds.run(Scene.dry(Worlds.quarterTurn(ground), 0.04).withRain(rain), 1200));
        var mirrored =
                Worlds.depths(Worlds.run(Scene.dry(Worlds.mirror(ground), 0.04).withRain(rain), 1200));
        for (var row = 0; row < rows; row++) {
            for (var column = 0; column < columns; column++) {
                var depth = straight[row * columns + column];
                assertThat(mirrored[row * columns + columns - 1 - column]).isEqualTo(depth);
                assertThat(turned[column * rows + rows - 1 - row]).isEqualTo(depth);
            }
        }
    }

    @Test
    void bed_raised_by_a_thousand_metres_changes_no_depth() {
        var ground = Worlds.rough(30, 30, 10, 2, 9);
        var raised = new Raster(
                ground.frame(),
                Arrays.stream(ground.values()).map(z -> z + 1024).toArray());
        var rain = new Rain.Spells(List.of(new Rain.Spell(0, 600, 100)));
        assertThat(Worlds.depths(Worlds.run(Scene.dry(raised, 0.05).withRain(rain), 900)))
                .containsExactly(
                        Worlds.depths(Worlds.run(Scene.dry(ground, 0.05).withRain(rain), 900)), within(1e-5));
    }
}
