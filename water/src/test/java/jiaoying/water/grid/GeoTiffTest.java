package jiaoying.water.grid;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import jiaoying.water.grid.BadRaster.Fault;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeoTiffTest {

    private static byte[] file(String name) throws IOException {
        try (var in = GeoTiffTest.class.getResourceAsStream(name)) {
            assertThat(in).as(name).isNotNull();
            return in.readAllBytes();
        }
    }

    private static RasterRead read(byte[] bytes) throws IOException {
        return GeoTiff.read(new ByteArrayInputStream(bytes));
    }

    @ParameterizedTest
    @CsvSource({
        "float32-deflate-predictor3-tiles.tif, 1",
        "float32-plain-big-endian.tif, 1",
        "float64-lzw-strips-big-endian.tif, 1",
        "int16-lzw-predictor2-bigtiff.tif, 4",
        "int16-packbits.tif, 4"
    })
    void files_of_another_program_are_read(String name, double times) throws IOException {
        var raster = (Raster) read(file(name));
        var frame = raster.frame();
        assertThat(frame.matches(Frame.of(37, 21, 500000, 3400000, 2))).isTrue();
        assertThat(frame.system().epsg()).hasValue(4549);
        for (var row = 0; row < 21; row++) {
            for (var column = 0; column < 37; column++) {
                var expected = row == 3 && column == 5
                        ? Double.NaN
                        : Math.rint(times * ((row * 37 + column * 11) % 97 * 0.25 - 3) * 1e6) / 1e6;
                assertThat(raster.at(row, column)).isEqualTo((Double) expected);
            }
        }
    }

    @Test
    void long_codes_of_lzw_are_read() throws IOException {
        var raster = (Raster) read(file("uint8-lzw-long.tif"));
        for (var i = 0; i < raster.values().length; i++) {
            assertThat(raster.values()[i]).isEqualTo(i * 2654435761L % 65521 % 251);
        }
    }

    @Test
    void written_file_is_read_as_it_was() throws IOException {
        var frame = Frame.of(301, 233, 120.5, -77, 2.5).in(CoordinateSystem.epsg(4549));
        var values = new double[frame.cells()];
        var random = new Random(7);
        for (var i = 0; i < values.length; i++) {
            values[i] = i % 50 == 0 ? Double.NaN : 3000 * random.nextDouble();
        }
        var raster = new Raster(frame, values);
        for (var exact : List.of(true, false)) {
            var out = new ByteArrayOutputStream();
            GeoTiff.write(frame, raster::at, exact, out);
            var again = (Raster) read(out.toByteArray());
            assertThat(again.frame()).isEqualTo(frame);
            for (var i = 0; i < values.length; i++) {
                assertThat(again.values()[i]).isEqualTo((Double) (exact ? values[i] : (float) values[i]));
            }
        }
    }

    @Test
    void system_goes_through_unchanged_even_when_nobody_knows_it() throws IOException {
        var system = new CoordinateSystem(
                List.of(1024, 0, 1, 1, 1025, 0, 1, 1, 3072, 0, 1, 32767, 3081, 34736, 1, 0, 1026, 34737, 5, 0),
                List.of(120.5),
                "city|");
        var frame = Frame.of(2, 1, 0, 0, 1).in(system);
        var out = new ByteArrayOutputStream();
        GeoTiff.write(frame, (row, column) -> 1, false, out);
        var again = ((Raster) read(out.toByteArray())).frame().system();
        assertThat(again.keys()).isEqualTo(system.keys());
        assertThat(again.doubles()).isEqualTo(system.doubles());
        assertThat(again.letters()).startsWith("city|");
    }

    @Test
    void degrees_and_other_files_are_refused_in_words() throws IOException {
        var degrees = new CoordinateSystem(List.of(1024, 0, 1, 2, 2048, 0, 1, 4490), List.of(), "");
        var out = new ByteArrayOutputStream();
        GeoTiff.write(Frame.of(2, 1, 0, 0, 1).in(degrees), (row, column) -> 1, false, out);
        assertThat(read(out.toByteArray())).isEqualTo(BadRaster.of(Fault.DEGREES));
        assertThat(read("ncols 3".getBytes(java.nio.charset.StandardCharsets.US_ASCII)))
                .isEqualTo(BadRaster.of(Fault.TIFF_SHORT));
    }

    @Property(tries = 300)
    void broken_files_end_in_words(@ForAll long seed) throws IOException {
        var random = new Random(seed);
        var names = List.of(
                "float32-deflate-predictor3-tiles.tif",
                "float64-lzw-strips-big-endian.tif",
                "int16-lzw-predictor2-bigtiff.tif",
                "int16-packbits.tif");
        var bytes = file(names.get(random.nextInt(names.size())));
        for (var i = 0; i < 1 + random.nextInt(6); i++) {
            bytes[random.nextInt(random.nextBoolean() ? 400 : bytes.length)] = (byte) random.nextInt();
        }
        assertThat(read(random.nextBoolean() ? bytes : java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length))))
                .isInstanceOfAny(Raster.class, BadRaster.class);
    }
}
