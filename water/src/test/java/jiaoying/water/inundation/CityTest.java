package jiaoying.water.inundation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jiaoying.water.grid.Raster;
import jiaoying.water.inundation.Inflow.Place;
import jiaoying.water.inundation.Simulation.Method;
import org.junit.jupiter.api.Test;

/** What cities have: soil, land cover, drains, buildings, canals. */
class CityTest {
    private static final Scene FLAT = Scene.dry(Worlds.ground(20, 20, 10, (x, y) -> 0), 0.05);
    private static final double AREA = 20 * 20 * 100;

    private static Rain rain(double mm_h, double until) {
        return new Rain.Spells(List.of(new Rain.Spell(0, until, mm_h)));
    }

    private static Simulation settled(Scene scene, double until) {
        var run = Worlds.run(scene, until);
        run.settle();
        assertThat(Math.abs(run.balance().error_relative())).isLessThan(1e-6);
        return run;
    }

    /** Chow, Maidment and Mays (1988), example 4.3.1: silt loam, K 0.65 cm/h, psi 16.68 cm, deficit 0.340: 3.17 cm in 1 h. */
    @Test
    void soil_takes_what_green_and_ampt_say() {
        var soil = new Losses.Soil(Amount.of(6.5), Amount.of(166.8), Amount.of(0.34));
        var run = settled(
                FLAT.withDepth(Amount.of(0.001)).withRain(rain(60, 3600)).withLosses(Losses.NONE.withSoil(soil)), 3600);
        // The water that stands on the ground, up to 3 cm, presses it in a little faster than in the example.
        assertThat(run.balance().infiltrated_m3() / AREA).isBetween(0.0305, 0.0345);
    }

    @Test
    void runoff_coefficient_leaves_its_share_of_the_rain_and_no_more() {
        var share = Amount.of(Worlds.ground(20, 20, 10, (x, y) -> x < 100 ? 0.25 : 1));
        var walled = FLAT.withLevees(List.of(new Levee("w", List.of(new Place(100, -5), new Place(100, 205)), 10)));
        var run = settled(walled.withRain(rain(36, 1000)).withLosses(Losses.NONE.withRunoff(share)), 1500);
        assertThat(run.depth(10, 3)).isCloseTo(0.0025, within(1e-6));
        assertThat(run.depth(10, 16)).isCloseTo(0.01, within(1e-6));
        assertThat(run.balance().infiltrated_m3()).isCloseTo(AREA / 2 * 0.0075, within(1e-6));
    }

    @Test
    void losses_by_map_take_each_cell_by_its_own() {
        var infiltration = Amount.of(Worlds.ground(20, 20, 10, (x, y) -> x < 100 ? 36 : 0));
        var walled = FLAT.withLevees(List.of(new Levee("w", List.of(new Place(100, -5), new Place(100, 205)), 10)));
        var losses = new Losses(infiltration, Amount.of(0), Amount.of(1), Optional.empty(), Optional.empty());
        var run = settled(walled.withDepth(Amount.of(0.1)).withLosses(losses), 1000);
        assertThat(run.depth(10, 3)).isCloseTo(0.09, within(1e-5));
        assertThat(run.depth(10, 16)).isEqualTo(0.1f);
    }

    @Test
    void drains_rest_while_the_river_at_their_outfall_is_high() {
        var river = new Series(new double[] {0, 1000, 1001}, new double[] {2, 2, -1});
        var drained = FLAT.withDepth(Amount.of(0.5)).withLosses(new Losses(0, 36).withOutfall(river));
        var run = Worlds.run(drained, 1000);
        run.settle();
        assertThat(run.balance().drained_m3()).isZero();
        run.advanceTo(1500);
        run.settle();
        assertThat(run.balance().drained_m3()).isCloseTo(AREA * 0.005, within(AREA * 0.00011));
    }

    @Test
    void inlet_takes_what_its_edge_lets_fall_in_and_the_sewer_is_told() {
        var told = new ArrayList<Double>();
        var inlet = new Structure.Inlet("grate", new Place(105, 105), 2, 0.3, 10, Optional.empty());
        var run = new Simulation(
                FLAT.withDepth(Amount.of(0.05)).withStructures(List.of(inlet)),
                Method.LOCAL_INERTIA,
                Kernel.PLAIN,
                Crew.ALONE);
        run.connect(new Sewer() {
            @Override
            public double head_m(String name, double now_s) {
                return now_s < 100 ? -3 : 0.2;
            }

            @Override
            public void took(String name, double m3, double now_s, double dt_s) {
                told.add(m3);
            }
        });
        run.advanceTo(1);
        // 1.66 x 2 m x 0.05^1.5 = 0.0371 m3/s
        assertThat(told.stream().mapToDouble(m3 -> m3).sum()).isCloseTo(0.0371, within(0.002));
        run.advanceTo(200);
        var balance = run.balance();
        assertThat(balance.drained_m3()).isPositive();
        assertThat(balance.inflow_m3()).as("comes up when the sewer is full").isPositive();
        assertThat(balance.drained_m3() - balance.inflow_m3())
                .isCloseTo(told.stream().mapToDouble(m3 -> m3).sum(), within(1e-6));
        assertThat(Math.abs(balance.error_relative())).isLessThan(1e-6);
    }

    @Test
    void pump_lifts_no_more_than_its_curve_says_at_the_head() {
        var curve = new Series(new double[] {0, 4}, new double[] {2, 0});
        var pump = new Structure.Pump(
                "p",
                new Place(5, 5),
                new Place(-5, 5),
                Series.constant(5),
                0.1,
                0.05,
                Optional.of(curve),
                Optional.of(Series.constant(2.5)));
        var run = settled(FLAT.withDepth(Amount.of(0.5)).withStructures(List.of(pump)), 600);
        // Head about 2 m: half of 2 m3/s.
        assertThat(run.balance().outflow_m3()).isCloseTo(600, within(20.0));
    }

    /** Half of the ground built over: the same rain stands twice as deep between the houses. */
    @Test
    void porous_buildings_leave_less_room_and_the_volume_is_kept() {
        var open = Amount.of(Worlds.ground(20, 20, 10, (x, y) -> 0.5));
        var run = settled(FLAT.withOpenness(open).withRain(rain(36, 1000)), 1200);
        assertThat(run.depth(5, 5)).isCloseTo(0.02, within(1e-5));
        var town = Amount.of(Worlds.ground(20, 20, 10, (x, y) -> x > 60 && x < 140 ? 0.3 : 1));
        var start = Worlds.ground(20, 20, 10, (x, y) -> x < 60 ? 1 : 0);
        var flood = FLAT.withDepth(Amount.of(start));
        // 60 m of water over 60 + 0.3 x 80 + 60 m of open ground.
        assertThat(settled(flood.withOpenness(town), 7200).depth(10, 16)).isCloseTo(60 / 144.0, within(0.01));
        settled(flood.withOpenness(town).withRain(rain(100, 300)).withLosses(new Losses(20, 20)), 600);
    }

    private static Scene withCanal(double level_m, double bedTo_m) {
        var line = List.of(new Place(-5, 105), new Place(205, 105));
        return Scene.dry(Worlds.ground(20, 20, 10, (x, y) -> 2), 0.05)
                .withCanals(List.of(new Canal("c", line, 4, 0, bedTo_m, 0.03, level_m)));
    }

    @Test
    void canal_at_rest_stays_at_rest_and_holds_its_water() {
        var run = settled(withCanal(1, -0.5), 1800);
        assertThat(run.canalLevel(9, 3)).isCloseTo(1, within(1e-6));
        assertThat(run.canalLevel(9, 19)).isCloseTo(1, within(1e-6));
        assertThat(run.canalLevel(3, 3)).isNaN();
        assertThat(run.depth(9, 3)).isZero();
        // 200 m x 4 m, 1 to 1.5 m deep
        assertThat(run.balance().end_m3()).isCloseTo(1000, within(15.0));
    }

    /** Q = A R^(2/3) S^(1/2) / n: 1 m deep, 4 m wide, slope 1e-3 and n 0.03 carry 3.22 m3/s. */
    @Test
    void canal_carries_what_manning_says() {
        var line = List.of(new Place(-5, 25), new Place(2005, 25));
        var canal = new Canal("c", line, 4, 2, 0, 0.03, -9);
        var scene = Scene.dry(Worlds.ground(200, 5, 10, (x, y) -> 9), 0.05)
                .withCanals(List.of(canal))
                .withStructures(List.of(new Structure.Pump(
                        "out", new Place(1995, 25), new Place(3000, 25), Series.constant(50), 1.001, 1)))
                .withInflows(
                        List.of(new Inflow("in", List.of(new Place(5, 25), new Place(5, 25)), Series.constant(3.22))));
        var run = Worlds.run(scene, 3 * 3600);
        assertThat(run.canalLevel(2, 100) - 1).isCloseTo(1, within(0.03));
        assertThat(Math.abs(run.balance().error_relative())).isLessThan(1e-6);
    }

    @Test
    void canal_takes_the_rain_of_its_banks_and_floods_them_when_full() {
        var run = settled(withCanal(0.2, 0).withRain(rain(100, 3600)), 3600);
        assertThat(run.canalLevel(9, 10)).as("filled by the rain").isGreaterThan(1.9);
        assertThat(run.depth(9, 10)).isPositive();
        var spring = new Inflow("s", List.of(new Place(105, 105), new Place(105, 105)), Series.constant(5));
        var full = settled(withCanal(1.9, 0).withInflows(List.of(spring)), 1800);
        assertThat(full.depth(9, 10)).isGreaterThan(0.05);
        assertThat(full.canalLevel(9, 10)).isCloseTo(2 + full.depth(9, 10), within(0.06));
    }

    /** It leaves the ground aslant, over the corner of a cell that it is too short in to have a node there. */
    @Test
    void canal_that_leaves_over_the_corner_of_a_cell_is_joined_too() {
        var line = List.of(new Place(150, 105), new Place(-20, 110.72));
        var scene = Scene.dry(Worlds.ground(20, 20, 10, (x, y) -> 2), 0.05)
                .withCanals(List.of(new Canal("c", line, 4, 0, 0, 0.03, 0.5)))
                .withEdges(new Scene.Edges(
                        new Edge.Level(Series.constant(1.5)), new Edge.Closed(), new Edge.Closed(), new Edge.Closed()));
        var run = settled(scene, 3600);
        assertThat(run.canalLevel(8, 0)).isNaN();
        assertThat(run.canalLevel(9, 14)).isCloseTo(1.5, within(0.05));
    }

    @Test
    void canal_is_joined_to_the_level_beyond_its_side_and_a_saved_run_goes_on() throws IOException {
        var tide = new Edge.Level(new Series(new double[] {0, 1800}, new double[] {0.5, 1.5}));
        var scene = withCanal(0.5, 0)
                .withEdges(new Scene.Edges(tide, new Edge.Closed(), new Edge.Closed(), new Edge.Closed()));
        var run = settled(scene, 3600);
        assertThat(run.canalLevel(9, 19)).isCloseTo(1.5, within(0.05));
        assertThat(run.balance().inflow_m3()).isGreaterThan(700);
        var bytes = new ByteArrayOutputStream();
        run.save().write(bytes);
        var again = new Simulation(
                scene.withEdges(new Scene.Edges(
                        new Edge.Level(Series.constant(1.5)), new Edge.Closed(), new Edge.Closed(), new Edge.Closed())),
                Method.LOCAL_INERTIA,
                Kernel.PLAIN,
                Crew.ALONE);
        again.resume(
                SavedState.read(new ByteArrayInputStream(bytes.toByteArray())).orElseThrow());
        again.advanceTo(600);
        var neverSaved = settled(scene, 3600);
        neverSaved.advanceTo(4200);
        assertThat(saved(again)).isEqualTo(saved(neverSaved));
        run.advanceTo(4200);
        assertThat(saved(run)).isEqualTo(saved(neverSaved));
    }

    private static byte[] saved(Simulation run) throws IOException {
        var bytes = new ByteArrayOutputStream();
        run.save().write(bytes);
        return bytes.toByteArray();
    }

    @Test
    void soil_remembers_what_it_has_soaked_up() throws IOException {
        var soil = new Losses.Soil(Amount.of(5), Amount.of(100), Amount.of(0.3));
        var scene = FLAT.withDepth(Amount.of(0.2)).withLosses(Losses.NONE.withSoil(soil));
        var whole = settled(scene, 600);
        whole.advanceTo(1200);
        whole.settle();
        var first = settled(scene, 600);
        var bytes = new ByteArrayOutputStream();
        first.save().write(bytes);
        var second = new Simulation(scene, Method.LOCAL_INERTIA, Kernel.PLAIN, Crew.ALONE);
        second.resume(
                SavedState.read(new ByteArrayInputStream(bytes.toByteArray())).orElseThrow());
        second.advanceTo(600);
        second.settle();
        assertThat(Worlds.depths(second)).isEqualTo(Worlds.depths(whole));
        assertThat(new Raster(FLAT.ground().frame(), Worlds.depths(second)).at(3, 3))
                .isLessThan(0.2);
    }
}
