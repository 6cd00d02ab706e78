package jiaoying.water.inundation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import jiaoying.water.inundation.Inflow.Place;
import jiaoying.water.inundation.Simulation.Method;
import org.junit.jupiter.api.Test;

/** A few deep pools that stand do not hold the whole ground down to their steps; where water flows nothing is slowed. */
class StillPoolsTest {
    private static final double END_S = 3600;

    /** Rolling plots with two underpasses 5 m deep, under a cloudburst. */
    private static final Scene TOWN = Scene.dry(Worlds.ground(130, 110, 10, StillPoolsTest::town), 0.04)
            .withRain(new Rain.Spells(List.of(new Rain.Spell(0, 1800, 120))))
            .withLosses(new Losses(3, 10));

    private static double town(double x, double y) {
        var plot = 2.2 + 0.18 * Math.sin(x / 110 + 1) + 0.16 * Math.sin(y / 90);
        var deep = Math.min(Math.hypot(x - 400, y - 300), Math.hypot(x - 900, y - 800));
        return Math.min(plot, -3 + Math.max(0, deep - 15) * 0.16);
    }

    private static Simulation run(Scene scene, Kernel kernel, Crew crew) {
        var run = new Simulation(scene, Method.LOCAL_INERTIA, kernel, crew);
        run.advanceTo(END_S);
        run.settle();
        return run;
    }

    private static double largestDifference(double[] a, double[] b) {
        return IntStream.range(0, a.length)
                .mapToDouble(i -> Math.abs(a[i] - b[i]))
                .max()
                .orElseThrow();
    }

    private static double[] peaks(Simulation run) {
        var columns = run.frame().columns();
        return IntStream.range(0, run.frame().cells())
                .mapToDouble(i -> run.peak(i / columns, i % columns))
                .toArray();
    }

    @Test
    void underpasses_are_slowed_and_the_water_stands_where_it_stood() {
        var exact = run(TOWN.withExactPools(true), Kernel.PLAIN, Crew.ALONE);
        var fast = run(TOWN, Kernel.PLAIN, Crew.ALONE);
        assertThat(exact.slowed()).isEqualTo(Solver.NOTHING_SLOWED);
        assertThat(fast.slowed().faces()).isBetween(10L, 2L * 130 * 110 / StillPools.ONE_IN);
        assertThat(fast.slowed().factor()).isGreaterThan(4);
        assertThat(Arrays.stream(peaks(exact)).max().orElseThrow()).isGreaterThan(3);
        assertThat(fast.steps()).isLessThan(exact.steps() * 3 / 4);
        assertThat(largestDifference(Worlds.depths(fast), Worlds.depths(exact))).isLessThan(0.01);
        assertThat(largestDifference(peaks(fast), peaks(exact))).isLessThan(0.01);
        assertThat(Math.abs(fast.balance().error_relative())).isLessThan(1e-7);
    }

    @Test
    void neither_loops_nor_hands_change_a_slowed_run() {
        var even = run(TOWN, Kernel.PLAIN, Crew.ALONE);
        assertThat(Worlds.depths(run(TOWN, Kernel.VECTOR, Worlds.crew(3)))).isEqualTo(Worlds.depths(even));
        var levee = new Levee("levee", List.of(new Place(200, 0), new Place(210, 1100)), 2.5);
        var varied = TOWN.withLevees(List.of(levee));
        var plain = run(varied, Kernel.PLAIN, Crew.ALONE);
        assertThat(plain.slowed().faces()).isPositive();
        assertThat(Worlds.depths(run(varied, Kernel.VECTOR, Worlds.crew(2)))).isEqualTo(Worlds.depths(plain));
        var porous = run(TOWN.withOpenness(Amount.of(0.7)), Kernel.PLAIN, Crew.ALONE);
        assertThat(porous.slowed().faces()).isPositive();
        assertThat(Math.abs(porous.balance().error_relative())).isLessThan(1e-6);
    }

    @Test
    void what_was_saved_goes_on_slowed_as_the_live_run_does() {
        var live = new Simulation(TOWN, Method.LOCAL_INERTIA, Kernel.PLAIN, Crew.ALONE);
        live.advanceTo(2000);
        var state = live.save();
        live.advanceTo(2600);
        var later = TOWN.withRain(new Rain.Spells(List.of()));
        var resumed = new Simulation(later, Method.LOCAL_INERTIA, Kernel.PLAIN, Crew.ALONE);
        resumed.resume(state);
        resumed.advanceTo(600);
        live.settle();
        resumed.settle();
        assertThat(resumed.slowed().faces()).isPositive();
        assertThat(Worlds.depths(resumed)).isEqualTo(Worlds.depths(live));
    }

    /** A river with a scour hole too short for any share of faces to spare: what flows is not slowed. */
    @Test
    void a_pool_that_a_river_runs_through_keeps_its_waves() {
        var river = Scene.dry(
                        Worlds.ground(
                                150,
                                60,
                                10,
                                (x, y) -> Math.abs(y - 300) < 15
                                        ? (Math.abs(x - 700) < 40 ? -3 : 0) - 0.0005 * x
                                        : 5 - 0.0005 * x),
                        0.03)
                .withInflows(List.of(
                        new Inflow("river", List.of(new Place(5, 290), new Place(5, 310)), Series.constant(40))))
                .withEdges(new Scene.Edges(new Edge.Closed(), new Edge.Free(), new Edge.Closed(), new Edge.Closed()));
        var run = run(river, Kernel.PLAIN, Crew.ALONE);
        assertThat(run.depth(30, 70)).isGreaterThan(3);
        assertThat(run.slowed()).isEqualTo(Solver.NOTHING_SLOWED);
    }

    @Test
    void a_level_lake_deep_everywhere_keeps_its_waves() {
        var lake = Scene.dry(Worlds.rough(60, 50, 10, 1, 5), 0.03).withLevel(4);
        assertThat(run(lake, Kernel.PLAIN, Crew.ALONE).slowed()).isEqualTo(Solver.NOTHING_SLOWED);
    }

    @Test
    void cube_roots_of_canals_are_right_to_a_billionth() {
        for (var x = 1e-6; x < 1e3; x *= 1.37) {
            assertThat(Canals.perCubeRoot(x) * Math.cbrt(x) - 1).isBetween(-1e-9, 1e-9);
        }
    }
}
