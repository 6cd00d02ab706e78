package jiaoying.water.inundation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import jiaoying.water.inundation.Inflow.Place;
import jiaoying.water.inundation.Simulation.Method;
import org.junit.jupiter.api.Test;

/** What must not change the result, bit for bit. */
class EqualityTest {
    private static final Scene STORM = Scene.dry(Worlds.rough(150, 90, 10, 3, 21), 0.05)
            .withRain(new Rain.Spells(List.of(new Rain.Spell(0, 900, 120))))
            .withInflows(
                    List.of(new Inflow("brook", List.of(new Place(700, 450), new Place(760, 450)), Series.constant(5))))
            .withLevees(List.of(new Levee("levee", List.of(new Place(300, 0), new Place(420, 900)), 2.5)))
            .withEdges(new Scene.Edges(
                    new Edge.Free(), new Edge.Level(Series.constant(1)), new Edge.Closed(), new Edge.Closed()));

    private static double[] depths(Scene scene, Kernel kernel, Crew crew, boolean mayRest) {
        var run = new Simulation(scene, Method.LOCAL_INERTIA, kernel, crew, mayRest);
        run.advanceTo(1800);
        return Worlds.depths(run);
    }

    @Test
    void number_of_threads() {
        var alone = depths(STORM, Kernel.PLAIN, Crew.ALONE, true);
        assertThat(depths(STORM, Kernel.PLAIN, Worlds.crew(2), true)).containsExactly(alone);
        assertThat(depths(STORM, Kernel.PLAIN, Worlds.crew(7), true)).containsExactly(alone);
    }

    @Test
    void kernel() {
        assertThat(Kernel.vectorPresent()).as("tests run with the module").isTrue();
        assertThat(depths(STORM, Kernel.VECTOR, Crew.ALONE, true))
                .containsExactly(depths(STORM, Kernel.PLAIN, Crew.ALONE, true));
        var even = STORM.withLevees(List.of());
        assertThat(depths(even, Kernel.VECTOR, Worlds.crew(3), true))
                .containsExactly(depths(even, Kernel.PLAIN, Crew.ALONE, true));
    }

    @Test
    void dry_parts_left_out() {
        var spring = Scene.dry(Worlds.rough(600, 100, 10, 0.5, 4), 0.03)
                .withInflows(List.of(
                        new Inflow("spring", List.of(new Place(55, 500), new Place(55, 500)), Series.constant(20))));
        assertThat(depths(spring, Kernel.VECTOR, Crew.ALONE, true))
                .containsExactly(depths(spring, Kernel.VECTOR, Crew.ALONE, false));
        assertThat(depths(STORM, Kernel.PLAIN, Crew.ALONE, true))
                .containsExactly(depths(STORM, Kernel.PLAIN, Crew.ALONE, false));
    }

    @Test
    void stop_and_start_again() throws IOException {
        var whole = new Simulation(STORM, Method.LOCAL_INERTIA, Kernel.PLAIN, Crew.ALONE);
        whole.advanceTo(900);
        whole.settle();
        whole.advanceTo(1800);
        whole.settle();
        var first = new Simulation(STORM, Method.LOCAL_INERTIA, Kernel.PLAIN, Crew.ALONE);
        first.advanceTo(900);
        var bytes = new ByteArrayOutputStream();
        first.save().write(bytes);
        var second = new Simulation(
                STORM.withRain(new Rain.Spells(List.of())), Method.LOCAL_INERTIA, Kernel.PLAIN, Crew.ALONE);
        second.resume(
                SavedState.read(new ByteArrayInputStream(bytes.toByteArray())).orElseThrow());
        second.advanceTo(900);
        second.settle();
        assertThat(Worlds.depths(second)).containsExactly(Worlds.depths(whole));
    }

    @Test
    void bytes_that_are_no_saved_state_are_told() throws IOException {
        assertThat(SavedState.read(new ByteArrayInputStream(new byte[100]))).isEmpty();
        assertThat(SavedState.read(new ByteArrayInputStream(new byte[3]))).isEmpty();
    }
}
