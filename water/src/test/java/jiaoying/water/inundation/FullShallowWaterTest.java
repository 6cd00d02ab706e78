package jiaoying.water.inundation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
}
