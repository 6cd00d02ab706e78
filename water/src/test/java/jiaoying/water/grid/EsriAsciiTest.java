package jiaoying.water.grid;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import jiaoying.water.grid.BadRaster.Fault;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class EsriAsciiTest {
    private static final String HEAD =
            "ncols 3\nnrows 2\nxllcorner 100\nyllcorner 200\ncellsize 10\nNODATA_value -9999\n";

    private static RasterRead read(String text) throws IOException {
        return EsriAscii.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void grid_is_read_from_the_north_and_missing_cells_are_nan() throws IOException {
        var raster = (Raster) read(HEAD + "1.5 -2 3e1\r\n-9999 .25 +6\n");
        assertThat(raster.values()).containsExactly(1.5, -2, 30, Double.NaN, 0.25, 6);
        assertThat(raster.frame().rowOf(219)).isZero();
        assertThat(raster.frame().columnOf(105)).isZero();
    }

    @Test
    void written_grid_is_the_grid_to_a_hundredth_of_a_millimetre() throws IOException {
        var raster = (Raster) read(HEAD + "1.2345678 -0.000001 0\n-9999 12345.678901 6\n");
        var out = new ByteArrayOutputStream();
        EsriAscii.write(raster.frame(), raster::at, out);
        assertThat(out.toString(StandardCharsets.US_ASCII))
                .isEqualTo(HEAD + "1.234568 -0.000001 0\n-9999 12345.678901 6\n");
    }

    @Test
    void faults_are_named() throws IOException {
        assertThat(read(HEAD + "1 2 3 4 5")).isEqualTo(BadRaster.of(Fault.VALUES_FEW, 5, 6, 2, 3));
        assertThat(read(HEAD + "1 2 3 4 5 6 7")).isEqualTo(BadRaster.of(Fault.VALUES_MANY, 6, 2, 3));
        assertThat(read(HEAD + "1 2 x 4 5 6")).isEqualTo(BadRaster.of(Fault.CELL, "x", 0, 2));
        assertThat(read("ncols 3\n")).isEqualTo(BadRaster.of(Fault.HEAD_MISSING, "nrows"));
        assertThat(((BadRaster) read("columns 3\n")).fault()).isEqualTo(Fault.HEAD_WORD);
        assertThat(read("")).isEqualTo(BadRaster.of(Fault.HEAD_MISSING, "ncols"));
    }

    @Test
    void nan_is_a_missing_cell_as_gdal_writes_it() throws IOException {
        var raster = (Raster) read(HEAD.replace("-9999", "nan") + "nan 1 2 3 NaN 5\n");
        assertThat(raster.values()).containsExactly(Double.NaN, 1, 2, 3, Double.NaN, 5);
        var out = new ByteArrayOutputStream();
        EsriAscii.write(raster.frame(), raster::at, out);
        assertThat(out.toString(StandardCharsets.US_ASCII)).isEqualTo(HEAD + "-9999 1 2\n3 -9999 5\n");
    }

    @Property
    void any_bytes_end_in_a_raster_or_in_words(@ForAll byte[] bytes) throws IOException {
        assertThat(EsriAscii.read(new ByteArrayInputStream(bytes))).isNotNull();
    }
}
