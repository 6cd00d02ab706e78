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

    @Test
    void bytes_that_are_no_saved_state_are_told() throws IOException {
        assertThat(SavedState.read(new ByteArrayInputStream(new byte[100]))).isEmpty();
        assertThat(SavedState.read(new ByteArrayInputStream(new byte[3]))).isEmpty();
    }
}
