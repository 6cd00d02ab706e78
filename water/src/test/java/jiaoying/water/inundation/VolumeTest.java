package jiaoying.water.inundation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import jiaoying.water.inundation.Inflow.Place;
import org.junit.jupiter.api.Test;

/** Every cubic metre has a cause. */
class VolumeTest {
    private static final Rain SHOWER = new Rain.Spells(List.of(new Rain.Spell(0, 1234.5, 80)));

    @Test
    void closed_box_keeps_all_its_rain_on_a_bed_of_roofs() {
        var run = Worlds.run(Scene.dry(Worlds.rough(80, 70, 10, 8, 3), 0.05).withRain(SHOWER), 3600);
        run.settle();
        assertThat(run.balance().rain_m3()).isCloseTo(80 / 3.6e6 * 1234.5 * 80 * 70 * 100, within(1e-6));
        assertThat(Math.abs(run.balance().error_relative())).isLessThan(1e-6);
    }

    @Test
    void day_of_drizzle_on_deep_water_is_not_lost_in_rounding() {
        var scene = Scene.dry(Worlds.ground(20, 20, 50, (x, y) -> 0), 0.05)
                .withDepth(Amount.of(1))
                .withRain(new Rain.Spells(List.of(new Rain.Spell(0, 86_400, 1))));
        var run = Worlds.run(scene, 86_400);
        run.settle();
        assertThat(run.depth(3, 3)).isCloseTo(1.024, within(2e-7));
        assertThat(Math.abs(run.balance().error_relative())).isLessThan(1e-6);
    }

    @Test
    void rain_by_maps_inflow_losses_and_sides_close_the_ledger() {
        var maps = new Rain.Maps(
                List.of(0.0, 300.0, 700.0), 1000, number -> map(40 * 50, number == 1 ? 0 : 30.0 + number));
        var scene = Scene.dry(Worlds.rough(40, 50, 10, 1, 17), 0.05)
                .withDepth(Amount.of(0.2))
                .withRain(maps)
                .withLosses(new Losses(20, 10))
                .withInflows(List.of(new Inflow(
                        "brook",
                        List.of(new Place(100, 100), new Place(130, 100)),
                        new Series(new double[] {0, 500, 900}, new double[] {0, 3, 0}))))
                .withEdges(new Scene.Edges(
                        new Edge.Free(),
                        new Edge.Level(new Series(new double[] {0, 600, 1200}, new double[] {0, 2, 0.2})),
                        new Edge.Closed(),
                        new Edge.Level(Series.constant(0.5))));
        var run = Worlds.run(scene, 1800);
        run.settle();
        var balance = run.balance();
        assertThat(balance.rain_m3()).isCloseTo((300 * 30 + 300 * 32) / 3.6e6 * 40 * 50 * 100, within(1e-3));
        assertThat(balance.inflow_m3()).isGreaterThan(1350);
        assertThat(balance.infiltrated_m3()).isPositive();
        assertThat(balance.drained_m3()).isPositive();
        assertThat(balance.outflow_m3()).isPositive();
        assertThat(Math.abs(balance.error_relative())).isLessThan(1e-6);
    }

    private static double[] map(int cells, double rate) {
        var map = new double[cells];
        Arrays.fill(map, rate);
        return map;
    }

    @Test
    void losses_never_take_more_than_there_is() {
        var scene = Scene.dry(Worlds.ground(10, 10, 10, (x, y) -> 0), 0.05)
                .withDepth(Amount.of(0.001))
                .withLosses(new Losses(50, 50));
        var run = Worlds.run(scene, 3600);
        run.settle();
        assertThat(run.depth(5, 5)).isZero();
        assertThat(run.balance().infiltrated_m3() + run.balance().drained_m3()).isCloseTo(10, within(1e-4));
    }

    @Test
    void rain_ends_exactly_where_it_ends() {
        var scene = Scene.dry(Worlds.ground(10, 10, 10, (x, y) -> 0), 0.05)
                .withRain(new Rain.Spells(List.of(new Rain.Spell(1.7, 3.2, 1000), new Rain.Spell(100.1, 100.2, 7))));
        var run = Worlds.run(scene, 200);
        run.settle();
        assertThat(run.depth(5, 5)).isCloseTo((1.5 * 1000 + 0.1 * 7) / 3.6e6, within(1e-9));
    }

    @Test
    void structures_move_exactly_what_they_take() {
        var ground = Worlds.ground(30, 10, 10, (x, y) -> x > 140 && x < 150 ? 3 : 0);
        var start = Worlds.ground(30, 10, 10, (x, y) -> x < 140 ? 1.5 : 0);
        var west = new Place(135, 55);
        var east = new Place(165, 55);
        var scene = Scene.dry(ground, 0.03).withDepth(Amount.of(start));
        var culvert = new Structure.Culvert("culvert", west, east, 1, 0.8, 0.1, true);
        var weir = new Structure.Weir("weir", west, east, 5, 1.2);
        var gate = new Structure.Gate("gate", west, east, 2, 0, Series.constant(0.3));
        var pump = new Structure.Pump("pump", west, new Place(-5, 5), Series.constant(0.5), 0.5, 0.2);
        for (var structure : List.of(culvert, weir, gate, pump)) {
            var run = Worlds.run(scene.withStructures(List.of(structure)), 1800);
            assertThat(run.depth(5, 3)).as(structure.name()).isLessThan(1.49);
            assertThat(run.depth(5, 25) > 0).as(structure.name()).isEqualTo(structure != pump);
            assertThat(Math.abs(run.balance().error_relative()))
                    .as(structure.name())
                    .isLessThan(1e-6);
        }
        var pumped = Worlds.run(scene.withStructures(List.of(pump)), 1800);
        assertThat(pumped.balance().outflow_m3()).isCloseTo(900, within(5.0));
    }
}
