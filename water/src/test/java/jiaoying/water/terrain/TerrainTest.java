package jiaoying.water.terrain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import jiaoying.water.grid.Frame;
import jiaoying.water.grid.Raster;
import jiaoying.water.terrain.Finding.Kind;
import org.junit.jupiter.api.Test;

class TerrainTest {
    private static Raster ground(int columns, int rows, double dx, DoubleBinaryOperator bed) {
        var frame = Frame.of(columns, rows, 0, 0, dx);
        var values = new double[columns * rows];
        for (var i = 0; i < values.length; i++) {
            values[i] = bed.applyAsDouble(frame.xOf(i % columns), frame.yOf(i / columns));
        }
        return new Raster(frame, values);
    }

    /** Rolling fields with a canal along y = 105. */
    private static double fields(double x, double y) {
        return Math.abs(y - 105) < 10 ? -1 : 2 + 0.2 * Math.sin(x / 50) + 0.001 * (x + y);
    }

    private static List<Kind> kinds(Raster ground) {
        return GroundCheck.check(ground).stream().map(Finding::kind).distinct().toList();
    }

    @Test
    void good_ground_is_left_in_peace() {
        assertThat(kinds(ground(80, 60, 10, TerrainTest::fields))).isEmpty();
    }

    @Test
    void each_fault_is_found_where_it_is() {
        var ground = ground(80, 60, 10, TerrainTest::fields);
        var z = ground.values();
        z[10 * 80 + 20] = Double.NaN;
        z[30 * 80 + 60] = 20;
        for (var row = 20; row < 24; row++) {
            Arrays.fill(z, row * 80 + 40, row * 80 + 44, 9);
        }
        // A bridge of 20 m over the canal (rows 48 to 50), and a ditch that 10.0 m stands for.
        for (var row = 48; row <= 51; row++) {
            Arrays.fill(z, row * 80 + 30, row * 80 + 32, 2.5);
        }
        for (var row = 2; row < 42; row++) {
            z[row * 80 + 5] = 10;
        }
        var findings = GroundCheck.check(ground);
        assertThat(findings)
                .extracting(Finding::kind)
                .contains(Kind.VOID, Kind.SPIKE, Kind.MASKED, Kind.BRIDGED, Kind.ROOF);
        for (var finding : findings) {
            switch (finding.kind()) {
                case VOID -> assertThat(finding.row() * 80 + finding.column()).isEqualTo(10 * 80 + 20);
                case SPIKE -> assertThat(finding.row() * 80 + finding.column()).isEqualTo(30 * 80 + 60);
                case MASKED -> assertThat(finding.cells()).isEqualTo(40);
                case BRIDGED -> {
                    assertThat(finding.column()).isEqualTo(30);
                    assertThat(finding.cells()).isEqualTo(2);
                    assertThat(finding.from_m()).isEqualTo(2.5);
                }
                case ROOF -> assertThat(finding.cells()).isEqualTo(16);
            }
        }
    }

    @Test
    void burning_in_lowers_raises_and_sets_along_the_line_only() {
        var burn = new BurnIn(ground(20, 20, 10, (x, y) -> 5));
        burn.line(0, 105, 200, 105, 20, 3, 1, BurnIn.Way.LOWER);
        burn.line(105, 0, 105, 60, 0, 8, 8, BurnIn.Way.RAISE);
        burn.line(0, 105, 200, 105, 20, 9, 9, BurnIn.Way.LOWER);
        burn.line(15, 15, 15, 15, 0, 7, 7, BurnIn.Way.SET);
        var z = burn.ground();
        assertThat(z.at(9, 0)).isEqualTo(2.95, org.assertj.core.api.Assertions.within(1e-9));
        assertThat(z.at(9, 19)).isEqualTo(1.05, org.assertj.core.api.Assertions.within(1e-9));
        assertThat(z.at(6, 3)).isEqualTo(5);
        assertThat(z.at(17, 10)).isEqualTo(8);
        assertThat(z.at(18, 1)).isEqualTo(7);
    }

    @Test
    void city_is_the_same_for_the_same_seed_and_has_what_a_polder_city_has() {
        var city = new City(2000, 10, 5);
        assertThat(new City(2000, 10, 5).ground().values())
                .isEqualTo(city.ground().values());
        assertThat(new City(2000, 10, 6).ground().values())
                .isNotEqualTo(city.ground().values());
        assertThat(city.canals()).hasSizeGreaterThanOrEqualTo(4);
        assertThat(city.pumps()).isNotEmpty();
        assertThat(city.blocks()).hasSizeGreaterThan(20);
        var levels = Arrays.stream(city.ground().values()).sorted().toArray();
        assertThat(levels[levels.length / 2]).isBetween(1.8, 2.6);
        for (var pump : city.pumps()) {
            assertThat(city.canals()).anyMatch(canal -> canal.x0() == pump.toX() && canal.x1() == pump.toX());
        }
    }

    @Test
    void canals_keep_away_from_dry_places_and_stay_where_they_were_without() {
        var before = new City(3000, 10, 5);
        var crossing = before.canals().get(1).y0();
        var dry = new City.Dry(1500, crossing + 20, 100);
        var city = new City(3000, 10, 5, List.of(dry));
        assertThat(before.canals()).anyMatch(canal -> Math.abs(canal.y0() - dry.y()) < 100 && canal.y0() == canal.y1());
        assertThat(city.canals())
                .allMatch(canal -> canal.y0() == canal.y1()
                        ? Math.abs(canal.y0() - dry.y()) >= 100
                        : Math.abs(canal.x0() - dry.x()) >= 100);
        assertThat(city.canals().getFirst()).isEqualTo(before.canals().getFirst());
        assertThat(new City(3000, 10, 5, List.of()).canals()).isEqualTo(before.canals());
    }
}
