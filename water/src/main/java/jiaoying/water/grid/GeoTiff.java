package jiaoying.water.grid;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.zip.Deflater;
import jiaoying.water.grid.BadRaster.Fault;

/**
 * GeoTIFF files (OGC GeoTIFF 1.1) of one band on a grid of square cells with north up. Read: TIFF and BigTIFF, either byte
 * order, strips and tiles, whole numbers of 8, 16 and 32 bits and floating ones of 32 and 64, packed or not as
 * {@link TiffPieces} says, missing cells by GDAL's tag 42113. Written: classic TIFF, little-endian, strips, Deflate.
 */
public final class GeoTiff {
    private static final int CELLS_MAX = 400_000_000;
    private static final int STRIP_BYTES = 1 << 16;

    /** Cells that one byte of a file may stand for at most; LZW and Deflate stay below. */
    private static final int UNPACKED_MAX = 5000;

    private GeoTiff() {}

    /** Whether a file's name says that it is one. */
    public static boolean named(String file) {
        return file.matches("(?i).*\\.tiff?");
    }

    /** Reads a grid; every input ends in a raster or in what is wrong. */
    public static RasterRead read(InputStream in) throws IOException {
        try {
            return new Reader(new TiffTags(in.readAllBytes())).read();
        } catch (Wrong wrong) {
            return wrong.bad();
        } catch (ArithmeticException | IndexOutOfBoundsException | NegativeArraySizeException tooLarge) {
            return BadRaster.of(Fault.TIFF_NONSENSE);
        }
    }

    private static final class Reader {
        private final TiffTags tags;
        private final int columns;
        private final int rows;
        private final int bits;
        private final int format;

        Reader(TiffTags tags) throws Wrong {
            this.tags = tags;
            columns = tags.whole(TiffTags.WIDTH, 0);
            rows = tags.whole(TiffTags.HEIGHT, 0);
            bits = tags.whole(TiffTags.BITS, 1);
            format = tags.whole(TiffTags.FORMAT, 1);
            if (columns < 1 || rows < 1 || (long) columns * rows > CELLS_MAX) {
                throw new Wrong(Fault.CELLS, columns, rows, CELLS_MAX);
            }
            if ((long) columns * rows
                    > Math.max(1 << 20, (long) UNPACKED_MAX * tags.file().capacity())) {
                throw new Wrong(Fault.TIFF_PACKED, columns, rows, tags.file().capacity());
            }
            if (tags.whole(TiffTags.SAMPLES, 1) != 1) {
                throw new Wrong(Fault.TIFF_BANDS, tags.whole(TiffTags.SAMPLES, 1));
            }
            var whole = (format == 1 || format == 2) && (bits == 8 || bits == 16 || bits == 32);
            if (!whole && !(format == 3 && (bits == 32 || bits == 64))) {
                throw new Wrong(Fault.TIFF_SAMPLES, bits, format);
            }
        }

        Raster read() throws Wrong {
            var system = system();
            var noData = noData();
            var frame = frame(system, noData);
            var values = new double[Math.multiplyExact(columns, rows)];
            var tiled = tags.has(TiffTags.TILE_OFFSETS);
            var width = tiled ? tags.whole(TiffTags.TILE_WIDTH, 0) : columns;
            var height = tiled
                    ? tags.whole(TiffTags.TILE_HEIGHT, 0)
                    : Math.min(rows, tags.whole(TiffTags.ROWS_PER_STRIP, rows));
            if (width < 1 || height < 1 || (long) width * height > CELLS_MAX) {
                throw new Wrong(Fault.TIFF_PIECES, width, height);
            }
            var across = (columns + width - 1) / width;
            var pieces = new TiffPieces(tags);
            for (var piece = 0; piece < across * ((rows + height - 1) / height); piece++) {
                fill(values, pieces, piece, piece % across * width, piece / across * height, width, height, tiled);
            }
            for (var i = 0; i < values.length; i++) {
                values[i] = values[i] == noData ? Double.NaN : values[i];
            }
            return new Raster(frame, values);
        }

        private void fill(
                double[] values,
                TiffPieces pieces,
                int piece,
                int column,
                int row,
                int width,
                int height,
                boolean tiled)
                throws Wrong {
            var at = (long) tags.number(tiled ? TiffTags.TILE_OFFSETS : TiffTags.STRIP_OFFSETS, piece);
            var length = (long) tags.number(tiled ? TiffTags.TILE_BYTES : TiffTags.STRIP_BYTES, piece);
            var deep = Math.min(height, rows - row);
            if (at == 0 && length == 0) {
                // A sparse file: the piece was never written.
                for (var r = row; r < row + deep; r++) {
                    java.util.Arrays.fill(
                            values, r * columns + column, r * columns + Math.min(columns, column + width), Double.NaN);
                }
                return;
            }
            var bytes = ByteBuffer.wrap(pieces.piece(at, length, width, tiled ? height : deep, bits / 8))
                    .order(pieces.order());
            for (var r = 0; r < deep; r++) {
                for (var c = 0; c < Math.min(width, columns - column); c++) {
                    var value = sample(bytes, (r * width + c) * (bits / 8));
                    if (Double.isInfinite(value)) {
                        throw new Wrong(Fault.CELL, value, row + r, column + c);
                    }
                    values[(row + r) * columns + column + c] = value;
                }
            }
        }

        private double sample(ByteBuffer bytes, int at) {
            return switch (bits) {
                case 8 -> format == 2 ? bytes.get(at) : bytes.get(at) & 0xff;
                case 16 -> format == 2 ? bytes.getShort(at) : bytes.getShort(at) & 0xffff;
                case 64 -> bytes.getDouble(at);
                default ->
                    switch (format) {
                        case 1 -> bytes.getInt(at) & 0xffffffffL;
                        case 2 -> bytes.getInt(at);
                        default -> bytes.getFloat(at);
                    };
            };
        }

        private double noData() throws Wrong {
            var text = tags.text(TiffTags.GDAL_NODATA).replace("\0", "").strip();
            if (text.isEmpty() || text.equalsIgnoreCase("nan")) {
                return Double.NaN;
            }
            try {
                var number = Double.parseDouble(text);
                return format == 3 && bits == 32 ? (float) number : number;
            } catch (NumberFormatException notANumber) {
                throw new Wrong(Fault.TIFF_NO_DATA, text);
            }
        }

        private CoordinateSystem system() throws Wrong {
            var keys = new ArrayList<Integer>();
            var count = tags.has(TiffTags.GEO_KEYS) ? (int) tags.number(TiffTags.GEO_KEYS, 3) : 0;
            for (var i = 4; i < 4 * (count + 1); i++) {
                keys.add((int) tags.number(TiffTags.GEO_KEYS, i));
            }
            var doubles = new ArrayList<Double>();
            for (var i = 0; i < tags.count(TiffTags.GEO_DOUBLES); i++) {
                doubles.add(tags.number(TiffTags.GEO_DOUBLES, i));
            }
            return new CoordinateSystem(keys, doubles, tags.text(TiffTags.GEO_LETTERS));
        }

        private Frame frame(CoordinateSystem system, double noData) throws Wrong {
            if (system.geodetic()) {
                throw new Wrong(Fault.DEGREES);
            }
            if (!system.metres()) {
                throw new Wrong(Fault.UNIT);
            }
            var corner = corner();
            var half = system.ofCentres() ? corner[2] / 2 : 0;
            var west = corner[0] - half;
            var south = corner[1] + half - rows * corner[2];
            var frame = Frame.of(columns, rows, west, south, corner[2]);
            return new Frame(
                    columns,
                    rows,
                    west,
                    south,
                    corner[2],
                    Double.isFinite(noData) ? noData : -9999,
                    Double.isFinite(noData)
                            ? frame.head().replace("NODATA_value -9999", "NODATA_value " + Frame.plain(noData))
                            : frame.head(),
                    system.ofAreas());
        }

        /** x and y of the north-western corner and the side of a cell. */
        private double[] corner() throws Wrong {
            if (tags.has(TiffTags.TRANSFORMATION)) {
                var m = new double[8];
                for (var i = 0; i < m.length; i++) {
                    m[i] = tags.number(TiffTags.TRANSFORMATION, i);
                }
                return square(m[0], -m[5], m[3], m[7], m[1] != 0 || m[4] != 0);
            }
            if (!tags.has(TiffTags.PIXEL_SCALE) || !tags.has(TiffTags.TIE_POINT)) {
                throw new Wrong(Fault.NO_PLACE);
            }
            var size = tags.number(TiffTags.PIXEL_SCALE, 0);
            var x = tags.number(TiffTags.TIE_POINT, 3) - tags.number(TiffTags.TIE_POINT, 0) * size;
            var y = tags.number(TiffTags.TIE_POINT, 4) + tags.number(TiffTags.TIE_POINT, 1) * size;
            return square(size, tags.number(TiffTags.PIXEL_SCALE, 1), x, y, false);
        }

        private static double[] square(double wide, double high, double x, double y, boolean turned) throws Wrong {
            if (turned) {
                throw new Wrong(Fault.TURNED);
            }
            if (!(wide > 0) || Math.abs(wide - high) > 1e-6 * wide) {
                throw new Wrong(Fault.NOT_SQUARE, wide, high);
            }
            if (!Double.isFinite(x) || !Double.isFinite(y) || !Double.isFinite(wide)) {
                throw new Wrong(Fault.CORNER, x, y);
            }
            return new double[] {x, y, wide};
        }
    }

    /**
     * Writes the cells as floating numbers; NaN becomes the frame's number for missing.
     *
     * @param exact 64 bits a cell instead of 32, for levels far above zero
     */
    public static void write(Frame frame, EsriAscii.Row values, boolean exact, OutputStream out) throws IOException {
        var size = exact ? 8 : 4;
        var deep = Math.clamp(STRIP_BYTES / ((long) frame.columns() * size), 1, frame.rows());
        var strips = new ArrayList<byte[]>();
        var deflater = new Deflater(3);
        for (var row = 0; row < frame.rows(); row += deep) {
            strips.add(strip(frame, values, row, Math.min(deep, frame.rows() - row), size, deflater));
        }
        deflater.end();
        var file = new Writer(frame, strips, deep, size);
        file.head(out);
        for (var strip : strips) {
            out.write(strip);
        }
    }

    private static byte[] strip(Frame frame, EsriAscii.Row values, int from, int deep, int size, Deflater deflater) {
        var cells = ByteBuffer.allocate(frame.columns() * deep * size).order(ByteOrder.LITTLE_ENDIAN);
        for (var row = from; row < from + deep; row++) {
            for (var column = 0; column < frame.columns(); column++) {
                var value = values.at(row, column);
                var kept = Double.isNaN(value) ? frame.noData() : value;
                if (size == 8) {
                    cells.putDouble(kept);
                } else {
                    cells.putFloat((float) kept);
                }
            }
        }
        deflater.reset();
        deflater.setInput(cells.array());
        deflater.finish();
        var packed = new ByteArrayOutputStream(cells.capacity() / 2);
        var piece = new byte[1 << 14];
        while (!deflater.finished()) {
            packed.write(piece, 0, deflater.deflate(piece));
        }
        return packed.toByteArray();
    }

    /** The directory before the strips. */
    private static final class Writer {
        private static final int SHORT = 3;
        private static final int LONG = 4;
        private static final int DOUBLE = 12;
        private static final int LETTERS = 2;

        private final TreeMap<Integer, Field> fields = new TreeMap<>();
        private final List<byte[]> strips;

        private record Field(int type, int count, byte[] bytes) {}

        Writer(Frame frame, List<byte[]> strips, int deep, int size) {
            this.strips = strips;
            longs(TiffTags.WIDTH, frame.columns());
            longs(TiffTags.HEIGHT, frame.rows());
            shorts(TiffTags.BITS, List.of(size * 8));
            shorts(TiffTags.COMPRESSION, List.of(8));
            shorts(TiffTags.PHOTOMETRIC, List.of(1));
            shorts(TiffTags.SAMPLES, List.of(1));
            longs(TiffTags.ROWS_PER_STRIP, deep);
            shorts(TiffTags.PLANAR, List.of(1));
            shorts(TiffTags.FORMAT, List.of(3));
            longs(
                    TiffTags.STRIP_BYTES,
                    strips.stream().mapToInt(strip -> strip.length).toArray());
            longs(TiffTags.STRIP_OFFSETS, new int[strips.size()]);
            doubles(TiffTags.PIXEL_SCALE, List.of(frame.cellSize(), frame.cellSize(), 0.0));
            doubles(TiffTags.TIE_POINT, List.of(0.0, 0.0, 0.0, frame.west(), frame.north(), 0.0));
            letters(TiffTags.GDAL_NODATA, Frame.plain(frame.noData()));
            place(frame.system());
        }

        private void place(CoordinateSystem system) {
            if (!system.known()) {
                // At least that a corner is a corner: GTRasterTypeGeoKey.
                shorts(TiffTags.GEO_KEYS, List.of(1, 1, 0, 1, 1025, 0, 1, 1));
                return;
            }
            var keys = new ArrayList<>(List.of(1, 1, 0, system.keys().size() / 4));
            keys.addAll(system.keys());
            shorts(TiffTags.GEO_KEYS, keys);
            if (!system.doubles().isEmpty()) {
                doubles(TiffTags.GEO_DOUBLES, system.doubles());
            }
            if (!system.letters().isEmpty()) {
                letters(TiffTags.GEO_LETTERS, system.letters().replace("\0", ""));
            }
        }

        private static ByteBuffer room(int bytes) {
            return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        }

        private void shorts(int tag, List<Integer> values) {
            var bytes = room(2 * values.size());
            values.forEach(value -> bytes.putShort(value.shortValue()));
            fields.put(tag, new Field(SHORT, values.size(), bytes.array()));
        }

        private void longs(int tag, int... values) {
            var bytes = room(4 * values.length);
            for (var value : values) {
                bytes.putInt(value);
            }
            fields.put(tag, new Field(LONG, values.length, bytes.array()));
        }

        private void doubles(int tag, List<Double> values) {
            var bytes = room(8 * values.size());
            values.forEach(bytes::putDouble);
            fields.put(tag, new Field(DOUBLE, values.size(), bytes.array()));
        }

        private void letters(int tag, String text) {
            var bytes = (text + "\0").getBytes(StandardCharsets.ISO_8859_1);
            fields.put(tag, new Field(LETTERS, bytes.length, bytes));
        }

        void head(OutputStream out) throws IOException {
            var directory = 8 + 2 + 12 * fields.size() + 4;
            var data = directory;
            for (var field : fields.values()) {
                data += field.bytes.length > 4 ? field.bytes.length + (field.bytes.length & 1) : 0;
            }
            offsets(data);
            var head = room(data);
            head.putShort((short) 0x4949).putShort((short) 42).putInt(8).putShort((short) fields.size());
            var more = directory;
            for (var entry : fields.entrySet()) {
                more = entry(head, entry.getKey(), entry.getValue(), more);
            }
            out.write(head.array());
        }

        private void offsets(int data) {
            var offsets = new int[strips.size()];
            var at = data;
            for (var i = 0; i < offsets.length; i++) {
                offsets[i] = at;
                at = Math.addExact(at, strips.get(i).length);
            }
            longs(TiffTags.STRIP_OFFSETS, offsets);
        }

        private static int entry(ByteBuffer head, int tag, Field field, int more) {
            head.putShort((short) tag).putShort((short) field.type).putInt(field.count);
            if (field.bytes.length <= 4) {
                head.put(field.bytes).position(head.position() + 4 - field.bytes.length);
                return more;
            }
            head.putInt(more);
            head.put(more, field.bytes);
            return more + field.bytes.length + (field.bytes.length & 1);
        }
    }
}
