package jiaoying.water.inundation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import jiaoying.water.inundation.Inflow.Place;
import jiaoying.water.inundation.Simulation.Method;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever the ground, the rain and the friction: no negative depth, no new water. */
class WaterProperties {

    @Property(tries = 60)
    void depths_stay_at_or_above_zero_and_the_ledger_closes(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 40) int columns,
            @ForAll @IntRange(min = 1, max = 40) int rows) {
        holds(Method.LOCAL_INERTIA, seed, columns, rows);
    }

    @Property(tries = 30)
    void so_they_do_by_the_full_equations(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 30) int columns,
            @ForAll @IntRange(min = 1, max = 30) int rows) {
        holds(Method.FULL, seed, columns, rows);
    }

    private static void holds(Method method, long seed, int columns, int rows) {
        var random = new Random(seed);
        var dx = 1 + 30 * random.nextDouble();
        var ground = Worlds.rough(columns, rows, dx, 10 * random.nextDouble(), seed);
        if (columns * rows > 4) {
            ground.values()[random.nextInt(columns * rows)] = Double.NaN;
        }
        var scene = Scene.dry(ground, 0.2 * random.nextDouble())
                .withDepth(Amount.of(Worlds.rough(columns, rows, dx, 2 * random.nextDouble(), seed + 1)))
                .withRain(new Rain.Spells(List.of(new Rain.Spell(10, 100 + random.nextInt(200), random.nextInt(1000)))))
                .withLosses(new Losses(random.nextInt(100), random.nextInt(50)));
        var spring = new Inflow(
                "spring",
                List.of(new Place(dx / 2, dx / 2), new Place(columns * dx / 2, dx / 2)),
                Series.constant(random.nextDouble()));
        if (spring.touches(ground)) {
            scene = scene.withInflows(List.of(spring));
        }
        var run = new Simulation(scene, method, Kernel.PLAIN, Worlds.crew(1 + random.nextInt(3)));
        run.advanceTo(400);
        run.settle();
        for (var depth : Worlds.depths(run)) {
            assertThat(depth)
                    .satisfiesAnyOf(
                            d -> assertThat(d).isNotNegative(),
                            d -> assertThat(d).isNaN());
        }
        assertThat(Math.abs(run.balance().error_relative())).isLessThan(bound(run, columns, rows));
    }

    /** Canals cut, cross, run full and dry, spill and drain: what they hold and what the ground holds is what there was. */
    @Property(tries = 60)
    void canals_keep_the_volume_and_never_hold_less_than_nothing(@ForAll long seed) {
        var random = new Random(seed);
        var dx = 2 + 20 * random.nextDouble();
        var ground = Worlds.rough(25, 20, dx, 3 * random.nextDouble(), seed);
        ground.values()[random.nextInt(500)] = Double.NaN;
        var canals = IntStream.range(0, 1 + random.nextInt(12))
                .mapToObj(i -> new Canal(
                        "c" + i,
                        List.of(place(random, dx), place(random, dx), place(random, dx)),
                        0.5 + 2 * dx * random.nextDouble(),
                        3 * random.nextDouble() - 2,
                        3 * random.nextDouble() - 2,
                        0.01 + 0.1 * random.nextDouble(),
                        6 * random.nextDouble() - 3))
                .toList();
        var scene = Scene.dry(ground, 0.1 * random.nextDouble())
                .withCanals(canals)
                .withRain(new Rain.Spells(List.of(new Rain.Spell(0, 200, random.nextInt(300)))))
                .withLosses(new Losses(random.nextInt(100), random.nextInt(50)));
        var run = new Simulation(scene, Method.LOCAL_INERTIA, Kernel.PLAIN, Worlds.crew(1 + random.nextInt(3)));
        run.advanceTo(400);
        run.settle();
        assertThat(Math.abs(run.balance().error_relative())).isLessThan(bound(run, 25, 20));
        for (var canal : canals) {
            for (var cell : Scene.cells(ground, canal.line_m())) {
                var level = run.canalLevel(cell / 25, cell % 25);
                assertThat(level)
                        .satisfiesAnyOf(
                                it -> assertThat(it).isBetween(-2 - 1e-9, 20.0),
                                it -> assertThat(it).isNaN());
            }
        }
    }

    /** On the ground or a little beside it. */
    private static Place place(Random random, double dx) {
        return new Place(dx * (30 * random.nextDouble() - 2.5), dx * (25 * random.nextDouble() - 2.5));
    }

    /**
     * What rounding may make of the volume. A float takes and gives whole grains exactly up to 4 m; in a world of few cells under
     * deeper water what is rounded away at each step does not average out.
     */
    private static double bound(Simulation run, int columns, int rows) {
        return deepest(run, columns, rows) > 4 ? 3e-5 : 1e-6;
    }

    private static double deepest(Simulation run, int columns, int rows) {
        return IntStream.range(0, columns * rows)
                .mapToDouble(cell -> run.peak(cell / columns, cell % columns))
                .filter(peak -> !Double.isNaN(peak))
                .max()
                .orElse(0);
    }
}
