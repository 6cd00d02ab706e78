package jiaoying.water.picture;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.Deflater;
import jiaoying.water.grid.EsriAscii;
import jiaoying.water.grid.Frame;

/**
 * Depths over time for a screen (水深帧): one byte a cell, each frame as the difference to the one before, packed.
 *
 * <p>The file, numbers big-endian: the letters {@code JYF1}; columns and rows, int; west, south and side of a cell, double, m;
 * then for each frame its second, int, the length of its packed bytes, int, and these (zlib, RFC 1950): rows x columns bytes
 * from the north-west, each to be added to that of the frame before (of 0 at the first), modulo 256. A byte 0 is dry (below
 * {@link #DRY_M}), 255 missing ground, b from 1 to 254 a depth of (b/254)^2 x {@link #DEPTH_MAX} m: steps of millimetres where
 * it is shallow and of 4 cm where it is deep.
 */
public final class Frames {
    /** The most that a byte says, m. */
    public static final double DEPTH_MAX = 5;

    /** Less water than this is dry, m. */
    public static final double DRY_M = 0.01;

    private static final int MISSING = 255;
    private static final int CELLS_A_SIDE_MAX = 1000;

    private final Frame frame;
    private final int block;
    private final int columns;
    private final int rows;
    private final OutputStream out;
    private final Deflater deflater = new Deflater(6);
    private byte[] before;
    private int count;

    /** Cells are joined in blocks until neither side has more than 1000; a block shows its deepest cell. */
    public Frames(Frame frame, OutputStream out) throws IOException {
        this.frame = frame;
        this.out = out;
        block = (Math.max(frame.columns(), frame.rows()) + CELLS_A_SIDE_MAX - 1) / CELLS_A_SIDE_MAX;
        columns = (frame.columns() + block - 1) / block;
        rows = (frame.rows() + block - 1) / block;
        before = new byte[columns * rows];
        var head = ByteBuffer.allocate(36).put(new byte[] {'J', 'Y', 'F', '1'});
        var side = frame.cellSize() * block;
        head.putInt(columns).putInt(rows).putDouble(frame.west());
        head.putDouble(frame.north() - rows * side).putDouble(side);
        out.write(head.array());
    }

    /** The byte of a depth. */
    public static int code(double depth_m) {
        if (Double.isNaN(depth_m)) {
            return MISSING;
        }
        return depth_m < DRY_M
                ? 0
                : Math.clamp(Math.round(254 * Math.sqrt(Math.min(depth_m, DEPTH_MAX) / DEPTH_MAX)), 1, 254);
    }

    /** The depth of a byte, m; NaN where the ground is missing. */
    public static double depth(int code) {
        return code == MISSING ? Double.NaN : code * code / (254.0 * 254.0) * DEPTH_MAX;
    }

    public void add(int second, EsriAscii.Row depth_m) throws IOException {
        var now = new byte[before.length];
        var changes = new byte[before.length];
        for (var i = 0; i < now.length; i++) {
            now[i] = (byte) code(deepest(depth_m, i / columns * block, i % columns * block));
            changes[i] = (byte) (now[i] - before[i]);
        }
        before = now;
        var packed = packed(changes);
        out.write(ByteBuffer.allocate(8).putInt(second).putInt(packed.length).array());
        out.write(packed);
        count++;
    }

    private double deepest(EsriAscii.Row depth_m, int row, int column) {
        var deepest = Double.NaN;
        for (var r = row; r < Math.min(frame.rows(), row + block); r++) {
            for (var c = column; c < Math.min(frame.columns(), column + block); c++) {
                var depth = depth_m.at(r, c);
                deepest = depth >= deepest || Double.isNaN(deepest) ? depth : deepest;
            }
        }
        return deepest;
    }

    private byte[] packed(byte[] bytes) {
        deflater.reset();
        deflater.setInput(bytes);
        deflater.finish();
        var packed = new ByteArrayOutputStream();
        var piece = new byte[1 << 14];
        while (!deflater.finished()) {
            packed.write(piece, 0, deflater.deflate(piece));
        }
        return packed.toByteArray();
    }

    public int count() {
        return count;
    }

    /** Frees what packs; no frame can be added afterwards. */
    public void end() {
        deflater.end();
        Arrays.fill(before, (byte) 0);
    }
}
