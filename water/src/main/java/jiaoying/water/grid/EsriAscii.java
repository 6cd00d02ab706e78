package jiaoying.water.grid;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import jiaoying.water.grid.BadRaster.Fault;

/**
 * ESRI ASCII grids ({@code .asc}): a head of six lines and then the cells, row by row from the north. Numbers are read to
 * double precision and written with as many decimals as keep a hundredth of a millimetre.
 */
public final class EsriAscii {
    private static final int CELLS_MAX = 400_000_000;
    private static final List<String> HEAD =
            List.of("ncols", "nrows", "xllcorner", "yllcorner", "xllcenter", "yllcenter", "cellsize", "nodata_value");

    private EsriAscii() {}

    /** Reads a grid; every input ends in a raster or in what is wrong. */
    public static RasterRead read(InputStream in) throws IOException {
        try {
            return new Reader(in).read();
        } catch (Wrong wrong) {
            return wrong.bad();
        }
    }

    /** Writes the cells with 6 decimals under the frame's own head; NaN becomes the frame's number for missing. */
    public static void write(Frame frame, Row values, OutputStream out) throws IOException {
        out.write(frame.head().getBytes(StandardCharsets.US_ASCII));
        var line = new Line(frame);
        for (var row = 0; row < frame.rows(); row++) {
            line.fill(values, row);
            out.write(line.bytes, 0, line.length);
        }
    }

    /** The numbers that are written. */
    @FunctionalInterface
    public interface Row {
        double at(int row, int column);
    }

    private static final class Line {
        private final Frame frame;
        private final byte[] noData;
        private byte[] bytes = new byte[256];
        private int length;

        Line(Frame frame) {
            this.frame = frame;
            var number = frame.noData();
            var text = number == Math.rint(number) && Math.abs(number) < 1e15
                    ? Long.toString((long) number)
                    : Double.toString(number);
            noData = text.getBytes(StandardCharsets.US_ASCII);
        }

        void fill(Row values, int row) {
            length = 0;
            for (var column = 0; column < frame.columns(); column++) {
                if (length + 64 > bytes.length) {
                    bytes = java.util.Arrays.copyOf(bytes, bytes.length * 2);
                }
                if (column > 0) {
                    bytes[length++] = ' ';
                }
                number(values.at(row, column));
            }
            bytes[length++] = '\n';
        }

        private void number(double value) {
            if (Double.isNaN(value)) {
                text(noData);
            } else if (Math.abs(value) >= 1e11) {
                text(Double.toString(value).getBytes(StandardCharsets.US_ASCII));
            } else {
                millionths(Math.round(value * 1e6));
            }
        }

        private void text(byte[] text) {
            System.arraycopy(text, 0, bytes, length, text.length);
            length += text.length;
        }

        private void millionths(long value) {
            var rest = value;
            if (rest < 0) {
                bytes[length++] = '-';
                rest = -rest;
            }
            whole(rest / 1_000_000);
            var decimals = (int) (rest % 1_000_000);
            if (decimals == 0) {
                return;
            }
            bytes[length++] = '.';
            for (var unit = 100_000; decimals > 0; unit /= 10) {
                bytes[length++] = (byte) ('0' + decimals / unit);
                decimals %= unit;
            }
        }

        private void whole(long value) {
            if (value >= 10) {
                whole(value / 10);
            }
            bytes[length++] = (byte) ('0' + value % 10);
        }
    }

    private static final class Reader {
        private static final double[] POWERS = new double[23];

        static {
            POWERS[0] = 1;
            for (var i = 1; i < POWERS.length; i++) {
                POWERS[i] = POWERS[i - 1] * 10;
            }
        }

        private final InputStream in;
        private final byte[] buffer = new byte[1 << 16];
        private final byte[] word = new byte[64];
        private int wordLength;
        private int at;
        private int end;
        private final StringBuilder head = new StringBuilder();

        Reader(InputStream in) {
            this.in = in;
        }

        Raster read() throws IOException, Wrong {
            var keys = new TreeMap<String, String>();
            while (nextWord() && !startsNumber()) {
                var key = wordText();
                var lower = key.toLowerCase(Locale.ROOT);
                if (!HEAD.contains(lower)) {
                    throw new Wrong(Fault.HEAD_WORD, key, String.join(", ", HEAD));
                }
                if (!nextWord()) {
                    throw new Wrong(Fault.HEAD_ENDS, key);
                }
                if (keys.put(lower, wordText()) != null) {
                    throw new Wrong(Fault.HEAD_TWICE, key);
                }
                if (!lower.equals("nodata_value") || !isNan()) {
                    head.append(key).append(' ').append(wordText()).append('\n');
                }
            }
            var frame = frame(keys);
            var values = new double[frame.cells()];
            for (var i = 0; i < values.length; i++) {
                if (i > 0 && !nextWord() || i == 0 && wordLength == 0) {
                    throw new Wrong(Fault.VALUES_FEW, i, values.length, frame.rows(), frame.columns());
                }
                var value = wordNumber(i, frame);
                values[i] = value == frame.noData() ? Double.NaN : value;
            }
            if (nextWord()) {
                throw new Wrong(Fault.VALUES_MANY, values.length, frame.rows(), frame.columns());
            }
            return new Raster(frame, values);
        }

        private Frame frame(TreeMap<String, String> keys) throws Wrong {
            var columns = count(keys, "ncols");
            var rows = count(keys, "nrows");
            if ((long) columns * rows > CELLS_MAX) {
                throw new Wrong(Fault.CELLS, columns, rows, CELLS_MAX);
            }
            var size = number(keys, "cellsize");
            if (!(size > 0)) {
                throw new Wrong(Fault.CELL_SIZE, keys.getOrDefault("cellsize", ""));
            }
            var west = keys.containsKey("xllcenter") ? number(keys, "xllcenter") - size / 2 : number(keys, "xllcorner");
            var south =
                    keys.containsKey("yllcenter") ? number(keys, "yllcenter") - size / 2 : number(keys, "yllcorner");
            var noData = -9999.0;
            if (!"nan".equalsIgnoreCase(keys.getOrDefault("nodata_value", "nan"))) {
                noData = number(keys, "nodata_value");
            } else {
                head.append("NODATA_value -9999\n");
            }
            return new Frame(columns, rows, west, south, size, noData, head.toString(), CoordinateSystem.UNKNOWN);
        }

        private static int count(TreeMap<String, String> keys, String key) throws Wrong {
            var number = number(keys, key);
            if (number < 1 || number != Math.rint(number) || number > CELLS_MAX) {
                throw new Wrong(Fault.HEAD_COUNT, key, keys.getOrDefault(key, ""));
            }
            return (int) number;
        }

        private static double number(TreeMap<String, String> keys, String key) throws Wrong {
            var text = keys.get(key);
            if (text == null) {
                throw new Wrong(Fault.HEAD_MISSING, key);
            }
            try {
                var number = Double.parseDouble(text);
                if (Double.isFinite(number)) {
                    return number;
                }
            } catch (NumberFormatException notANumber) {
                throw new Wrong(Fault.HEAD_NUMBER, key, text);
            }
            throw new Wrong(Fault.HEAD_NUMBER, key, text);
        }

        private boolean startsNumber() {
            var first = word[0];
            return first >= '0' && first <= '9' || first == '-' || first == '+' || first == '.' || isNan();
        }

        /** GDAL writes missing cells so, and the head that says it, when the raster before had no number for them. */
        private boolean isNan() {
            return wordLength == 3 && wordText().equalsIgnoreCase("nan");
        }

        private boolean nextWord() throws IOException, Wrong {
            wordLength = 0;
            int c;
            do {
                c = next();
            } while (c == ' ' || c == '\n' || c == '\r' || c == '\t');
            while (c >= 0 && c != ' ' && c != '\n' && c != '\r' && c != '\t') {
                if (wordLength == word.length) {
                    throw new Wrong(Fault.WORD_LONG, word.length, wordText());
                }
                word[wordLength++] = (byte) c;
                c = next();
            }
            return wordLength > 0;
        }

        private int next() throws IOException {
            if (at == end) {
                end = in.read(buffer, 0, buffer.length);
                at = 0;
                if (end <= 0) {
                    end = 0;
                    return -1;
                }
            }
            return buffer[at++] & 0xff;
        }

        private String wordText() {
            return new String(word, 0, wordLength, StandardCharsets.UTF_8);
        }

        /** Digits with at most one point are added up here, exactly; everything else goes to the JDK. */
        private double wordNumber(int cell, Frame frame) throws Wrong {
            var i = word[0] == '-' ? 1 : 0;
            var mantissa = 0L;
            var digits = 0;
            var decimals = -1;
            for (; i < wordLength; i++) {
                var c = word[i];
                if (c >= '0' && c <= '9') {
                    mantissa = mantissa * 10 + (c - '0');
                    digits++;
                    decimals += decimals >= 0 ? 1 : 0;
                } else if (c == '.' && decimals < 0) {
                    decimals = 0;
                } else {
                    return anyNumber(cell, frame);
                }
            }
            if (digits == 0 || digits > 15) {
                return anyNumber(cell, frame);
            }
            var value = mantissa / POWERS[Math.max(decimals, 0)];
            return word[0] == '-' ? -value : value;
        }

        private double anyNumber(int cell, Frame frame) throws Wrong {
            try {
                var value = isNan() ? Double.NaN : Double.parseDouble(wordText());
                if (Double.isFinite(value) || Double.isNaN(value)) {
                    return value;
                }
            } catch (NumberFormatException notANumber) {
                throw new Wrong(Fault.CELL, wordText(), cell / frame.columns(), cell % frame.columns());
            }
            throw new Wrong(Fault.CELL, wordText(), cell / frame.columns(), cell % frame.columns());
        }
    }
}
