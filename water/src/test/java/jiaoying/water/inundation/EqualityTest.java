package jiaoying.water.inundation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import jiaoying.water.inundation.Inflow.Place;
import jiaoying.water.inundation.Simulation.Method;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What must not change the result, bit for bit. */
class EqualityTest {
    private static final Scene STORM = Scene.dry(Worlds.rough(75, 45, 10, 3, 21), 0.05)
            .withRain(new Rain.Spells(List.of(new Rain.Spell(0, 300, 120))))
            .withInflows(
                    List.of(new Inflow("brook", List.of(new Place(350, 225), new Place(380, 225)), Series.constant(5))))
            .withLevees(List.of(new Levee("levee", List.of(new Place(150, 0), new Place(210, 450)), 2.5)))
            .withEdges(new Scene.Edges(
                    new Edge.Free(), new Edge.Level(Series.constant(1)), new Edge.Closed(), new Edge.Closed()));

    /** Names the first cell that differs: whole arrays in a message help nobody. */
    private static void same(double[] found, double[] wanted) {
        var first = Arrays.mismatch(found, wanted);
        assertThat(first)
                .as(() -> "cell " + first + ": " + found[first] + " beside " + wanted[first])
                .isEqualTo(-1);
    }

    private static double[] depths(Scene scene, Method method, Kernel kernel, Crew crew, boolean mayRest) {
        var run = new Simulation(scene, method, kernel, crew, mayRest);
        run.advanceTo(500);
        return Worlds.depths(run);
    }

    @ParameterizedTest
    @EnumSource
    void number_of_threads(Method method) {
        var alone = depths(STORM, method, Kernel.PLAIN, Crew.ALONE, true);
        same(depths(STORM, method, Kernel.PLAIN, Worlds.crew(2), true), alone);
        same(depths(STORM, method, Kernel.PLAIN, Worlds.crew(5), true), alone);
    }

    @ParameterizedTest
    @EnumSource
    void kernel(Method method) {
        assertThat(Kernel.vectorPresent()).as("tests run with the module").isTrue();
        same(
                depths(STORM, method, Kernel.VECTOR, Crew.ALONE, true),
                depths(STORM, method, Kernel.PLAIN, Crew.ALONE, true));
        var even = STORM.withLevees(List.of());
        same(
                depths(even, method, Kernel.VECTOR, Worlds.crew(3), true),
                depths(even, method, Kernel.PLAIN, Crew.ALONE, true));
    }

    @Test
    void dry_parts_left_out() {
        var spring = Scene.dry(Worlds.rough(300, 60, 10, 0.5, 4), 0.03)
                .withInflows(List.of(
                        new Inflow("spring", List.of(new Place(55, 300), new Place(55, 300)), Series.constant(20))));
        for (var scene : List.of(spring, STORM)) {
            same(
                    depths(scene, Method.LOCAL_INERTIA, Kernel.VECTOR, Crew.ALONE, true),
                    depths(scene, Method.LOCAL_INERTIA, Kernel.VECTOR, Crew.ALONE, false));
        }
    }

    /** Two canals that cross, one dry and one spilling, a tide at an end, a pump, a culvert, and losses after the rain. */
    private static Scene canals() {
        var random = new java.util.Random(8);
        var canals = new java.util.ArrayList<Canal>();
        for (var i = 0; i < 400; i++) {
            var x = 750 * random.nextDouble();
            var y = 600 * random.nextDouble();
            var line = List.of(
                    new Place(x, y), new Place(x + 300 * random.nextGaussian(), y + 300 * random.nextGaussian()));
            canals.add(new Canal("c" + i, line, 2 + 6 * random.nextDouble(), -1, -1.5, 0.03, 2 * random.nextDouble()));
        }
        canals.add(new Canal("sea", List.of(new Place(-5, 305), new Place(755, 305)), 8, -1, -1, 0.03, 0.9));
        return Scene.dry(Worlds.rough(150, 120, 5, 2, 5), 0.05)
                .withCanals(canals)
                .withLosses(new Losses(5, 30))
                .withRain(new Rain.Spells(List.of(new Rain.Spell(0, 200, 90))))
                .withEdges(new Scene.Edges(
                        new Edge.Level(new Series(new double[] {0, 500}, new double[] {0.5, 2})),
                        new Edge.Closed(),
                        new Edge.Closed(),
                        new Edge.Closed()))
                .withStructures(List.of(
                        new Structure.Pump(
                                "pump", new Place(375, 255), new Place(375, 305), Series.constant(2), 0.05, 0.02),
                        new Structure.Culvert("pipe", new Place(200, 150), new Place(260, 150), 1, 1, 0, false)));
    }

    @ParameterizedTest
    @EnumSource
    void number_of_threads_with_canals_and_kernel(Method method) {
        var alone = new Simulation(canals(), method, Kernel.PLAIN, Crew.ALONE);
        alone.advanceTo(500);
        assertThat(Arrays.stream(canalLevels(alone)).filter(level -> !Double.isNaN(level)))
                .as("so many that they are shared among the hands")
                .hasSizeGreaterThan(8192);
        for (var hands : new int[] {2, 5}) {
            var many = new Simulation(canals(), method, Kernel.VECTOR, Worlds.crew(hands));
            many.advanceTo(500);
            same(Worlds.depths(many), Worlds.depths(alone));
            assertThat(canalLevels(many)).isEqualTo(canalLevels(alone));
            assertThat(many.balance().outflow_m3()).isEqualTo(alone.balance().outflow_m3());
        }
        assertThat(Math.abs(alone.balance().error_relative())).isLessThan(1e-6);
    }

    /** Rain by maps waits in each cell until there are whole grains of it. */
    @Test
    void rain_by_maps_for_every_kernel_and_number_of_threads_and_after_a_pause() throws IOException {
        var cells = 75 * 45;
        var maps = new Rain.Maps(
                List.of(0.0, 100.0, 250.0),
                400,
                map -> java.util.stream.IntStream.range(0, cells)
                        .mapToDouble(cell -> cell % 7 == 0 ? Double.NaN : (cell * 31 % 97) * (1.3 + map))
                        .toArray());
        var scene = STORM.withRain(maps).withLosses(new Losses(7, 11));
        var plain = new Simulation(scene, Method.LOCAL_INERTIA, Kernel.PLAIN, Crew.ALONE);
        plain.advanceTo(300);
        plain.settle();
        var vector = new Simulation(scene, Method.LOCAL_INERTIA, Kernel.VECTOR, Worlds.crew(3));
        vector.advanceTo(300);
        vector.settle();
        same(Worlds.depths(vector), Worlds.depths(plain));
        assertThat(Math.abs(plain.balance().error_relative())).isLessThan(1e-7);
        var bytes = new ByteArrayOutputStream();
        plain.save().write(bytes);
        var dry = scene.withRain(new Rain.Spells(List.of()));
        var second = new Simulation(dry, Method.LOCAL_INERTIA, Kernel.PLAIN, Crew.ALONE);
        second.resume(
                SavedState.read(new ByteArrayInputStream(bytes.toByteArray())).orElseThrow());
        assertThat(second.balance().end_m3())
                .as("what waited is on the ground and in the saved state")
                .isEqualTo(plain.balance().end_m3(), org.assertj.core.api.Assertions.within(1e-9));
    }

    private static double[] canalLevels(Simulation run) {
        return java.util.stream.IntStream.range(0, run.frame().cells())
                .mapToDouble(cell -> run.canalLevel(
                        cell / run.frame().columns(), cell % run.frame().columns()))
                .toArray();
    }

    @Test
    void dry_parts_left_out_between_canals() {
        var calm = canals().withRain(new Rain.Spells(List.of()));
        same(
                depths(calm, Method.LOCAL_INERTIA, Kernel.VECTOR, Crew.ALONE, true),
                depths(calm, Method.LOCAL_INERTIA, Kernel.VECTOR, Crew.ALONE, false));
    }

    @ParameterizedTest
    @EnumSource
    void stop_and_start_again(Method method) throws IOException {
        var whole = new Simulation(STORM, method, Kernel.PLAIN, Crew.ALONE);
        whole.advanceTo(300);
        whole.settle();
        whole.advanceTo(600);
        whole.settle();
        var first = new Simulation(STORM, method, Kernel.PLAIN, Crew.ALONE);
        first.advanceTo(300);
        var bytes = new ByteArrayOutputStream();
        first.save().write(bytes);
        var second = new Simulation(STORM.withRain(new Rain.Spells(List.of())), method, Kernel.PLAIN, Crew.ALONE);
        second.resume(
                SavedState.read(new ByteArrayInputStream(bytes.toByteArray())).orElseThrow());
        second.advanceTo(300);
        second.settle();
        same(Worlds.depths(second), Worlds.depths(whole));
    }

    /** The rain goes on, the ground and the drains take their part, and the seconds begin anew. */
    @ParameterizedTest
    @EnumSource
    void stop_and_start_again_in_the_rain_with_losses(Method method) throws IOException {
        var wet = STORM.withRain(new Rain.Spells(List.of(new Rain.Spell(0, 3600, 80))))
                .withLosses(new Losses(7, 11));
        for (var kernel : Kernel.values()) {
            var whole = new Simulation(wet, method, kernel, Crew.ALONE);
            whole.advanceTo(300);
            whole.settle();
            whole.advanceTo(600);
            var first = new Simulation(wet, method, kernel, Crew.ALONE);
            first.advanceTo(300);
            var bytes = new ByteArrayOutputStream();
            first.save().write(bytes);
            var second = new Simulation(wet, method, kernel, Crew.ALONE);
            second.resume(SavedState.read(new ByteArrayInputStream(bytes.toByteArray()))
                    .orElseThrow());
            second.advanceTo(300);
            assertThat(saved(second)).as("%s", kernel).isEqualTo(saved(whole));
        }
    }

    private static byte[] saved(Simulation run) throws IOException {
        var bytes = new ByteArrayOutputStream();
        run.save().write(bytes);
        return bytes.toByteArray();
    }

    @Test
    void bytes_that_are_no_saved_state_are_told() throws IOException {
        assertThat(SavedState.read(new ByteArrayInputStream(new byte[100]))).isEmpty();
        assertThat(SavedState.read(new ByteArrayInputStream(new byte[3]))).isEmpty();
    }
}
