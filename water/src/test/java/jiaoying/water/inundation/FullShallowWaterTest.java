package jiaoying.water.inundation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import jiaoying.water.inundation.Inflow.Place;
import jiaoying.water.inundation.Simulation.Method;
import org.junit.jupiter.api.Test;

/** The whole equations beside their known solutions. */
class FullShallowWaterTest {
    private static final double G = 9.80665;

    private static Simulation run(Scene scene, double until) {
        var run = new Simulation(scene, Method.FULL, Kernel.PLAIN, Worlds.crew(3));
        run.advanceTo(until);
        return run;
    }

    private static Simulation dam(int columns, double left, double right, double until) {
        var dx = 1000.0 / columns;
        var start = Worlds.ground(columns, 3, dx, (x, y) -> x < 500 ? left : right);
        return run(Scene.dry(Worlds.ground(columns, 3, dx, (x, y) -> 0), 0).withDepth(Amount.of(start)), until);
    }

    /** Stoker (1957): 2 m over 0.5 m makes a plateau of 1.103494 m and a shock of 4.165613 m/s. */
    @Test
    void dam_break_on_wet_ground_is_stokers() {
        var run = dam(500, 2, 0.5, 40);
        assertThat(run.depth(1, 290)).isCloseTo(1.103494, within(0.004));
        assertThat(run.speed(1, 290)).isCloseTo(2.278148, within(0.01));
        var front = 499;
        while (run.depth(1, front) < 0.8) {
            front--;
        }
        assertThat(run.frame().xOf(front)).isCloseTo(500 + 40 * 4.165613, within(6.0));
    }

    /** Ritter (1892): the water's surface is a parabola, 4/9 of the depth at the dam. */
    @Test
    void dam_break_on_dry_ground_is_ritters_and_finer_cells_are_nearer() {
        var coarse = ritterError(200);
        assertThat(coarse).isLessThan(0.03);
        assertThat(ritterError(800)).isLessThan(0.6 * coarse);
    }

    private static double ritterError(int columns) {
        var run = dam(columns, 2, 0, 30);
        var c = Math.sqrt(2 * G);
        var error = 0.0;
        for (var column = 0; column < columns; column++) {
            var s = (run.frame().xOf(column) - 500) / 30;
            var h = s <= -c ? 2 : s >= 2 * c ? 0 : (2 * c - s) * (2 * c - s) / (9 * G);
            error += Math.abs(run.depth(1, column) - h) / columns;
        }
        return error;
    }

    /** Thacker (1981): water that swings in a bowl keeps its volume and comes back. */
    @Test
    void water_in_a_bowl_swings_with_its_period_and_keeps_its_volume() {
        var bowl = Worlds.ground(80, 80, 50, (x, y) -> -10 * (1 - r2(x, y) / (1500 * 1500)));
        var start = Worlds.ground(80, 80, 50, (x, y) -> thacker(r2(x, y), 0));
        var run = run(Scene.dry(bowl, 0).withDepth(Amount.of(start)), Math.PI / omega());
        assertThat(run.depth(40, 40)).isCloseTo(thacker(1250, Math.PI / omega()), within(0.5));
        assertThat(Math.abs(run.balance().error_relative())).isLessThan(1e-6);
        assertThat(run.depth(40, 20)).isCloseTo(run.depth(20, 40), within(1e-3));
    }

    private static double omega() {
        return Math.sqrt(8 * G * 10) / 1500;
    }

    private static double r2(double x, double y) {
        return (x - 2000) * (x - 2000) + (y - 2000) * (y - 2000);
    }

    private static double thacker(double r2, double t) {
        var a = 0.2;
        var k = 1 - a * Math.cos(omega() * t);
        var level = 10 * (Math.sqrt(1 - a * a) / k - 1 - r2 / (1500 * 1500) * ((1 - a * a) / (k * k) - 1));
        return Math.max(0, level + 10 * (1 - r2 / (1500 * 1500)));
    }

    @Test
    void lake_at_rest_stays_at_rest() {
        var ground = Worlds.rough(40, 30, 10, 3, 31);
        var run = run(Scene.dry(ground, 0.03).withLevel(2), 600);
        for (var row = 0; row < 30; row++) {
            for (var column = 0; column < 40; column++) {
                assertThat(run.level(row, column)).isCloseTo(Math.max(2, ground.at(row, column)), within(1e-5));
            }
        }
    }

    /** The bed of MacDonald's method for the whole equations: z' = -((1 - q2/(g h3)) h' + n2 q2 / h^(10/3)). */
    @Test
    void steady_channel_settles_at_its_depth_and_half_the_cell_is_at_least_three_times_as_good() {
        var coarse = channelError(40);
        var fine = channelError(20);
        assertThat(coarse).isLessThan(6e-3);
        assertThat(fine).isLessThan(coarse / 3);
    }

    private static double channelDepth(double x) {
        return 0.8 + 0.1 * Math.sin(2 * Math.PI * x / 1000);
    }

    private static double channelError(double dx) {
        var columns = (int) (1000 / dx);
        var pieces = 100_000;
        var step = 1000.0 / pieces;
        var bed = new double[pieces + 1];
        for (var i = pieces - 1; i >= 0; i--) {
            var h = channelDepth((i + 0.5) * step);
            var rises = 0.1 * 2 * Math.PI / 1000 * Math.cos(2 * Math.PI * (i + 0.5) * step / 1000);
            bed[i] = bed[i + 1] + step * ((1 - 1 / (G * h * h * h)) * rises + 0.0009 / Math.pow(h, 10 / 3.0));
        }
        var ground = Worlds.ground(columns, 3, dx, (x, y) -> bed[(int) Math.round(x / step)]);
        var scene = Scene.dry(ground, 0.03)
                .withDepth(Amount.of(Worlds.ground(columns, 3, dx, (x, y) -> channelDepth(x))))
                .withSpeed(Amount.of(Worlds.ground(columns, 3, dx, (x, y) -> 1 / channelDepth(x))), Amount.of(0))
                .withEdges(new Scene.Edges(
                        new Edge.Level(Series.constant(bed[0] + 0.8)),
                        new Edge.Level(Series.constant(bed[pieces] + 0.8)),
                        new Edge.Closed(),
                        new Edge.Closed()));
        var run = run(scene, 3600);
        var error = 0.0;
        for (var column = columns / 5; column < 4 * columns / 5; column++) {
            error = Math.max(
                    error,
                    Math.abs(run.depth(1, column) - channelDepth(run.frame().xOf(column))));
        }
        return error;
    }

    /** A wave of 2 cm on 2 m between walls: its period is known, and second order keeps its height. */
    @Test
    void standing_wave_comes_back_nearly_as_high() {
        var length = 1000.0;
        var start = Worlds.ground(50, 3, 20, (x, y) -> 2 + 0.02 * Math.cos(Math.PI * x / length));
        var period = 2 * length / Math.sqrt(G * 2);
        var run = run(Scene.dry(Worlds.ground(50, 3, 20, (x, y) -> 0), 0).withDepth(Amount.of(start)), period);
        assertThat(run.depth(1, 0) - 2).isBetween(0.0185, 0.0201);
        assertThat(run.depth(1, 49) - 2).isBetween(-0.0201, -0.0185);
    }

    @Test
    void mirrored_and_turned_case_gives_the_mirrored_and_turned_result() {
        var columns = 31;
        var rows = 23;
        var ground = Worlds.rough(columns, rows, 10, 1.5, 5);
        var rain = new Rain.Spells(List.of(new Rain.Spell(0, 300, 300)));
        var straight = Worlds.depths(run(Scene.dry(ground, 0.04).withRain(rain), 600));
        var turned =
                Worlds.depths(run(Scene.dry(Worlds.quarterTurn(ground), 0.04).withRain(rain), 600));
        var mirrored = Worlds.depths(run(Scene.dry(Worlds.mirror(ground), 0.04).withRain(rain), 600));
        for (var row = 0; row < rows; row++) {
            for (var column = 0; column < columns; column++) {
                var depth = straight[row * columns + column];
                assertThat(mirrored[row * columns + columns - 1 - column]).isEqualTo(depth);
                assertThat(turned[column * rows + rows - 1 - row]).isEqualTo(depth);
            }
        }
    }

    @Test
    void water_beside_missing_cells_and_walls_keeps_its_volume() {
        var ground = Worlds.ground(40, 30, 5, (x, y) -> x > 90 && x < 110 && y > 40 ? Double.NaN : 0.002 * x);
        var start = Worlds.ground(40, 30, 5, (x, y) -> x < 60 ? 3 : 0);
        var run = run(
                Scene.dry(ground, 0.02)
                        .withDepth(Amount.of(start))
                        .withLevees(List.of(new Levee("wall", List.of(new Place(150, -5), new Place(150, 100)), 20))),
                300);
        assertThat(Math.abs(run.balance().error_relative())).isLessThan(1e-6);
        assertThat(run.depth(5, 20)).isNaN();
        assertThat(run.depth(3, 35)).isPositive();
    }

    @Test
    void rain_on_a_slope_runs_off_as_the_kinematic_wave_says() {
        var ground = Worlds.ground(75, 4, 2, (x, y) -> 0.005 * (150 - x));
        var run = run(
                Scene.dry(ground, 0.015)
                        .withRain(new Rain.Spells(List.of(new Rain.Spell(0, 2700, 60))))
                        .withEdges(new Scene.Edges(
                                new Edge.Closed(), new Edge.Free(), new Edge.Closed(), new Edge.Closed())),
                1800);
        assertThat(run.depth(1, 73)).isCloseTo(0.0108, within(0.0006));
        var before = run.balance().outflow_m3();
        run.advanceTo(1860);
        assertThat((run.balance().outflow_m3() - before) / 8 / 60).isCloseTo(2.5e-3, within(0.05e-3));
    }
}
