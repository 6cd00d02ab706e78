package jiaoying.water.inundation;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import jiaoying.water.grid.Frame;

/**
 * The water between two runs (热启动状态): depths, fluxes and running pumps, bit for bit. Times start anew in the next run.
 */
public final class SavedState {
    private static final int MAGIC = 0x4a595731; // JYW1

    private final int rows;
    private final int columns;
    private final double dx;
    private final float[] depth;
    private final float[] east;
    private final float[] south;
    private final boolean[] running;

    private SavedState(
            int rows, int columns, double dx, float[] depth, float[] east, float[] south, boolean[] running) {
        this.rows = rows;
        this.columns = columns;
        this.dx = dx;
        this.depth = depth;
        this.east = east;
        this.south = south;
        this.running = running;
    }

    static SavedState of(Field field, Frame frame, boolean[] running) {
        return new SavedState(
                field.rows,
                field.columns,
                frame.cellSize(),
                field.depth.clone(),
                field.east.clone(),
                field.south.clone(),
                running.clone());
    }

    /** Whether it was saved on ground of the same shape. */
    public boolean fits(Frame frame) {
        return rows == frame.rows() && columns == frame.columns() && dx == frame.cellSize();
    }

    /** Its shape in words for a message. */
    public String words() {
        return rows + " rows x " + columns + " columns of " + dx + " m";
    }

    void into(Field field, boolean[] pumps) {
        if (depth.length != field.depth.length) {
            throw new IllegalArgumentException("the saved state is of " + rows + " x " + columns + " cells");
        }
        System.arraycopy(depth, 0, field.depth, 0, depth.length);
        System.arraycopy(east, 0, field.east, 0, east.length);
        System.arraycopy(south, 0, field.south, 0, south.length);
        System.arraycopy(running, 0, pumps, 0, Math.min(running.length, pumps.length));
    }

    public void write(OutputStream out) throws IOException {
        var head = ByteBuffer.allocate(28 + running.length);
        head.putInt(MAGIC)
                .putInt(rows)
                .putInt(columns)
                .putDouble(dx)
                .putInt(depth.length)
                .putInt(running.length);
        for (var on : running) {
            head.put((byte) (on ? 1 : 0));
        }
        out.write(head.array());
        write(depth, out);
        write(east, out);
        write(south, out);
    }

    private static void write(float[] values, OutputStream out) throws IOException {
        var piece = ByteBuffer.allocate(1 << 16);
        for (var from = 0; from < values.length; from += 1 << 14) {
            var count = Math.min(1 << 14, values.length - from);
            piece.clear().asFloatBuffer().put(values, from, count);
            out.write(piece.array(), 0, 4 * count);
        }
    }

    /** Reads what {@link #write} wrote; empty when the bytes are not a saved state. */
    public static Optional<SavedState> read(InputStream in) throws IOException {
        var head = ByteBuffer.wrap(in.readNBytes(28));
        if (head.remaining() < 28 || head.getInt() != MAGIC) {
            return Optional.empty();
        }
        var rows = head.getInt();
        var columns = head.getInt();
        var dx = head.getDouble();
        var length = head.getInt();
        var pumps = head.getInt();
        if (rows < 1
                || columns < 1
                || length < (long) rows * columns
                || length > 1 << 29
                || pumps < 0
                || pumps > 1 << 16) {
            return Optional.empty();
        }
        var running = new boolean[pumps];
        for (var i = 0; i < pumps; i++) {
            running[i] = in.read() == 1;
        }
        var depth = new float[length];
        var east = new float[length];
        var south = new float[length];
        if (!read(depth, in) || !read(east, in) || !read(south, in) || in.read() >= 0) {
            return Optional.empty();
        }
        return Optional.of(new SavedState(rows, columns, dx, depth, east, south, running));
    }

    private static boolean read(float[] values, InputStream in) throws IOException {
        for (var from = 0; from < values.length; from += 1 << 14) {
            var count = Math.min(1 << 14, values.length - from);
            var bytes = in.readNBytes(4 * count);
            if (bytes.length < 4 * count) {
                return false;
            }
            ByteBuffer.wrap(bytes).asFloatBuffer().get(values, from, count);
        }
        return true;
    }
}
