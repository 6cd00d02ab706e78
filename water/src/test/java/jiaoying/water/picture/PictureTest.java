package jiaoying.water.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import jiaoying.water.grid.CoordinateSystem;
import jiaoying.water.grid.EsriAscii;
import jiaoying.water.grid.Frame;
import jiaoying.water.grid.TransverseMercator;
import jiaoying.water.inundation.Hazard;
import org.junit.jupiter.api.Test;

class PictureTest {
    /** Depths in decimetres, one digit a cell; x is missing ground. */
    private static EsriAscii.Row digits(String... lines) {
        return (row, column) ->
                lines[row].charAt(column) == 'x' ? Double.NaN : (lines[row].charAt(column) - '0') / 10.0;
    }

    private static Frame frame(String... lines) {
        return Frame.of(lines[0].length(), lines.length, 0, 0, 10);
    }

    private static String words(List<List<int[]>> rings) {
        var text = new StringBuilder();
        for (var ring : rings) {
            text.append("(");
            ring.forEach(corner ->
                    text.append(corner[0]).append(',').append(corner[1]).append(' '));
            text.append(")");
        }
        return text.toString();
    }

    @Test
    void outlines_have_holes_and_ponds_that_touch_at_a_corner_stay_apart() {
        var lines = new String[] {"33300", "30300", "33300", "00033"};
        var ponds = Outlines.of(frame(lines), digits(lines), 0.3, 1);
        assertThat(ponds).hasSize(2);
        assertThat(words(ponds.get(0).rings())).isEqualTo("(0,0 0,3 3,3 3,0 0,0 )(1,1 2,1 2,2 1,2 1,1 )");
        assertThat(ponds.get(0).cells()).isEqualTo(8);
        assertThat(words(ponds.get(1).rings())).isEqualTo("(3,3 3,4 5,4 5,3 3,3 )");
        assertThat(ponds.get(1).depthMax()).isEqualTo(0.3);
        assertThat(Outlines.of(frame(lines), digits(lines), 0.3, 3)).hasSize(1);
    }

    @Test
    void area_within_the_rings_is_that_of_the_cells() {
        var frame = Frame.of(60, 40, 0, 0, 1);
        EsriAscii.Row depth = (row, column) -> (row * 7919 + column * 104729 + row * column * 31) % 11 < 6 ? 1 : 0;
        var ponds = Outlines.of(frame, depth, 0.5, 1);
        for (var pond : ponds) {
            var twice = 0;
            for (var ring : pond.rings()) {
                for (var i = 1; i < ring.size(); i++) {
                    twice += ring.get(i - 1)[1] * ring.get(i)[0] - ring.get(i - 1)[0] * ring.get(i)[1];
                }
            }
            assertThat(twice).isEqualTo(2 * pond.cells());
        }
        assertThat(ponds.stream().mapToInt(Outlines.Pond::cells).sum()).isGreaterThan(1000);
    }

    @Test
    void no_ring_comes_twice_to_a_corner() {
        // Closed over a corner: what is dry inside is a hole that touches the outer ring, and so are two holes at a
        // corner.
        var lines = new String[] {"3333", "3033", "3300", "3330"};
        assertThat(words(Outlines.of(frame(lines), digits(lines), 0.3, 1)
                        .getFirst()
                        .rings()))
                .isEqualTo("(0,0 0,4 3,4 3,3 2,3 2,2 4,2 4,0 0,0 )(1,1 2,1 2,2 1,2 1,1 )");
        var seed = 20_260_611L;
        var random = new java.util.Random(seed);
        var wet = new boolean[80][60];
        for (var line : wet) {
            for (var i = 0; i < line.length; i++) {
                line[i] = random.nextInt(10) < 7;
            }
        }
        EsriAscii.Row depth = (row, column) -> wet[row][column] ? 1 : 0;
        for (var pond : Outlines.of(Frame.of(60, 80, 0, 0, 1), depth, 0.5, 1)) {
            for (var ring : pond.rings()) {
                assertThat(ring.stream().skip(1).map(corner -> corner[0] + "," + corner[1]))
                        .as("seed %d", seed)
                        .doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void picture_is_a_palette_png_with_clear_ground() throws IOException {
        var lines = new String[] {"01x", "259"};
        var out = new ByteArrayOutputStream();
        Png.write(frame(lines), digits(lines), DepthClasses.STREET, out);
        var image = javax.imageio.ImageIO.read(new java.io.ByteArrayInputStream(out.toByteArray()));
        assertThat(image.getRGB(0, 0) >>> 24).isZero();
        assertThat(image.getRGB(2, 0) >>> 24).isZero();
        assertThat(image.getRGB(1, 0)).isEqualTo(0xffc6dbef);
        assertThat(image.getRGB(2, 1)).isEqualTo(0xff3182bd);
    }

    @Test
    void frames_give_back_the_depths_to_their_step() throws IOException, DataFormatException {
        var lines = new String[] {"01x", "259"};
        var out = new ByteArrayOutputStream();
        var frames = new Frames(frame(lines), out);
        frames.add(0, (row, column) -> 0);
        frames.add(600, digits(lines));
        frames.end();
        var file = ByteBuffer.wrap(out.toByteArray());
        assertThat(file.getInt()).isEqualTo(0x4a594631);
        assertThat(file.getInt()).isEqualTo(3);
        assertThat(file.getInt()).isEqualTo(2);
        file.position(36);
        var cells = new byte[6];
        for (var second : new int[] {0, 600}) {
            assertThat(file.getInt()).isEqualTo(second);
            var packed = new byte[file.getInt()];
            file.get(packed);
            var inflater = new Inflater();
            inflater.setInput(packed);
            var changes = new byte[6];
            assertThat(inflater.inflate(changes)).isEqualTo(6);
            inflater.end();
            for (var i = 0; i < 6; i++) {
                cells[i] += changes[i];
            }
        }
        assertThat(file.hasRemaining()).isFalse();
        assertThat(Frames.depth(cells[0] & 0xff)).isZero();
        assertThat(Frames.depth(cells[1] & 0xff)).isCloseTo(0.1, within(0.003));
        assertThat(Frames.depth(cells[2] & 0xff)).isNaN();
        assertThat(Frames.depth(cells[5] & 0xff)).isCloseTo(0.9, within(0.01));
    }

    @Test
    void hazard_classes_are_those_of_the_guideline() {
        assertThat(Hazard.of(0.005, 1)).isZero();
        assertThat(Hazard.of(0.3, 1)).isEqualTo(1);
        assertThat(Hazard.of(0.2, 2.5)).isEqualTo(5);
        assertThat(Hazard.of(0.5, 1)).isEqualTo(2);
        assertThat(Hazard.of(1.2, 0.5)).isEqualTo(3);
        assertThat(Hazard.of(1.9, 0.5)).isEqualTo(4);
        assertThat(Hazard.of(2.5, 1)).isEqualTo(5);
        assertThat(Hazard.of(4.5, 0.1)).isEqualTo(6);
    }

    /** Places whose coordinates are certain: the central meridian, and a degree of the equator by UTM. */
    @Test
    void metres_become_degrees() {
        var zone = TransverseMercator.of(CoordinateSystem.epsg(4549)).orElseThrow();
        assertThat(zone.lonLat(500_000, 0)).containsExactly(new double[] {120, 0}, within(1e-12));
        // The meridian quadrant of GRS 80 is 10 001 965.7293 m.
        assertThat(zone.lonLat(500_000, 10_001_965.7293)[1]).isCloseTo(90, within(1e-8));
        // Half of it lies at 45 degrees and 8'39.5" or so; the arc to 45 degrees is 4 984 944.3779 m.
        assertThat(zone.lonLat(500_000, 4_984_944.3779)[1]).isCloseTo(45, within(1e-8));
        var prefixed = TransverseMercator.of(CoordinateSystem.epsg(4528)).orElseThrow();
        assertThat(prefixed.lonLat(40_500_000, 3_400_000))
                .containsExactly(zone.lonLat(500_000, 3_400_000), within(1e-12));
        var utm = TransverseMercator.of(CoordinateSystem.epsg(32651)).orElseThrow();
        assertThat(utm.lonLat(166_021.4431, 0)[0]).isCloseTo(120, within(1e-8));
        assertThat(TransverseMercator.of(CoordinateSystem.epsg(28992))).isEmpty();
    }
}
