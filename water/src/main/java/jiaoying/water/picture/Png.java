package jiaoying.water.picture;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import jiaoying.water.grid.EsriAscii;
import jiaoying.water.grid.Frame;

/**
 * Depths as a PNG picture (ISO/IEC 15948) with a palette: one pixel a cell, dry and missing cells clear, so that it lies over a
 * map. A world file ({@link #place}) says where.
 */
public final class Png {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    private Png() {}

    public static void write(Frame frame, EsriAscii.Row depth_m, DepthClasses classes, OutputStream out)
            throws IOException {
        out.write(SIGNATURE);
        var head = ByteBuffer.allocate(13).putInt(frame.columns()).putInt(frame.rows());
        head.put((byte) 8).put((byte) 3).put((byte) 0).put((byte) 0).put((byte) 0);
        chunk("IHDR", head.array(), out);
        var palette = ByteBuffer.allocate(3 * (classes.rgb().size() + 1)).put(new byte[3]);
        for (int rgb : classes.rgb()) {
            palette.put((byte) (rgb >> 16)).put((byte) (rgb >> 8)).put((byte) rgb);
        }
        chunk("PLTE", palette.array(), out);
        chunk("tRNS", new byte[] {0}, out);
        chunk("IDAT", pixels(frame, depth_m, classes), out);
        chunk("IEND", new byte[0], out);
    }

    private static byte[] pixels(Frame frame, EsriAscii.Row depth_m, DepthClasses classes) {
        var packed = new ByteArrayOutputStream();
        var deflater = new Deflater(6);
        var line = new byte[frame.columns() + 1];
        var piece = new byte[1 << 14];
        for (var row = 0; row < frame.rows(); row++) {
            for (var column = 0; column < frame.columns(); column++) {
                line[column + 1] = (byte) (classes.of(depth_m.at(row, column)) + 1);
            }
            deflater.setInput(line);
            while (!deflater.needsInput()) {
                packed.write(piece, 0, deflater.deflate(piece));
            }
        }
        deflater.finish();
        while (!deflater.finished()) {
            packed.write(piece, 0, deflater.deflate(piece));
        }
        deflater.end();
        return packed.toByteArray();
    }

    private static void chunk(String name, byte[] data, OutputStream out) throws IOException {
        var letters = name.getBytes(StandardCharsets.US_ASCII);
        var sum = new CRC32();
        sum.update(letters);
        sum.update(data);
        out.write(ByteBuffer.allocate(8).putInt(data.length).put(letters).array());
        out.write(data);
        out.write(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
    }

    /** The world file beside the picture ({@code .pgw}): cell sides, and the centre of the north-western pixel. */
    public static String place(Frame frame) {
        return "%s\n0\n0\n-%s\n%s\n%s\n".formatted(frame.cellSize(), frame.cellSize(), frame.xOf(0), frame.yOf(0));
    }
}
