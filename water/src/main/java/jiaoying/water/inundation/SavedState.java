package jiaoying.water.inundation;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jiaoying.water.grid.Frame;

/**
 * The water between two runs (热启动状态): depths, fluxes, running pumps and what the ground has soaked up, bit for bit. Times
 * start anew in the next run.
 */
public final class SavedState {
    private static final int MAGIC = 0x4a595732; // JYW2
    private static final int LAYERS_MAX = 64;

    private final String solver;
    private final int rows;
    private final int columns;
    private final double dx;
    private final List<float[]> layers;
    private final boolean[] running;

    private SavedState(String solver, int rows, int columns, double dx, List<float[]> layers, boolean[] running) {
        this.solver = solver;
        this.rows = rows;
        this.columns = columns;
        this.dx = dx;
        this.layers = layers;
        this.running = running;
    }

    static SavedState of(String solver, Frame frame, List<float[]> layers, boolean[] running) {
        return new SavedState(
                solver,
                frame.rows(),
                frame.columns(),
                frame.cellSize(),
                layers.stream().map(float[]::clone).toList(),
                running.clone());
    }

    /** Whether it was saved on ground of the same shape. */
    public boolean fits(Frame frame) {
        return rows == frame.rows() && columns == frame.columns() && dx == frame.cellSize();
    }

    /** The solver whose state it is. */
    public String solver() {
        return solver;
    }

    public int rows() {
        return rows;
    }

    public int columns() {
        return columns;
    }

    /** Side of a cell, m. */
    public double cellSize() {
        return dx;
    }

    /** @throws IllegalArgumentException when the layers are of another run's kind */
    void into(List<float[]> arrays, boolean[] pumps) {
        if (arrays.size() != layers.size()) {
            throw new IllegalArgumentException("a saved state of " + layers.size() + " layers for a run of "
                    + arrays.size() + "; expected the same solver, losses and canals");
        }
        for (var i = 0; i < arrays.size(); i++) {
            if (arrays.get(i).length != layers.get(i).length) {
                throw new IllegalArgumentException(
                        "the saved state is of " + rows + " x " + columns + " cells, or of other canals");
            }
            System.arraycopy(layers.get(i), 0, arrays.get(i), 0, arrays.get(i).length);
        }
        System.arraycopy(running, 0, pumps, 0, Math.min(running.length, pumps.length));
    }

    public void write(OutputStream out) throws IOException {
        var name = solver.getBytes(StandardCharsets.US_ASCII);
        var head = ByteBuffer.allocate(32 + name.length + running.length);
        head.putInt(MAGIC).putInt(rows).putInt(columns).putDouble(dx);
        head.putInt(name.length).putInt(layers.size()).putInt(running.length);
        head.put(name);
        for (var on : running) {
            head.put((byte) (on ? 1 : 0));
        }
        out.write(head.array());
        for (var layer : layers) {
            out.write(ByteBuffer.allocate(4).putInt(layer.length).array());
            write(layer, out);
        }
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
        var head = ByteBuffer.wrap(in.readNBytes(32));
        if (head.remaining() < 32 || head.getInt() != MAGIC) {
            return Optional.empty();
        }
        var rows = head.getInt();
        var columns = head.getInt();
        var dx = head.getDouble();
        var name = head.getInt();
        var count = head.getInt();
        var pumps = head.getInt();
        var sane = rows > 0 && columns > 0 && (long) rows * columns < 1 << 29;
        if (!sane || name < 0 || name > 100 || count < 1 || count > LAYERS_MAX || pumps < 0 || pumps > 1 << 16) {
            return Optional.empty();
        }
        var solver = new String(in.readNBytes(name), StandardCharsets.US_ASCII);
        var running = new boolean[pumps];
        for (var i = 0; i < pumps; i++) {
            running[i] = in.read() == 1;
        }
        var layers = new ArrayList<float[]>();
        for (var i = 0; i < count; i++) {
            var layer = layer(in, 4L * rows * columns + (1 << 20));
            if (layer.isEmpty()) {
                return Optional.empty();
            }
            layers.add(layer.get());
        }
        return in.read() >= 0
                ? Optional.empty()
                : Optional.of(new SavedState(solver, rows, columns, dx, layers, running));
    }

    private static Optional<float[]> layer(InputStream in, long most) throws IOException {
        var size = in.readNBytes(4);
        var length = size.length < 4 ? -1 : ByteBuffer.wrap(size).getInt();
        if (length < 0 || length > most) {
            return Optional.empty();
        }
        var values = new float[length];
        for (var from = 0; from < values.length; from += 1 << 14) {
            var count = Math.min(1 << 14, values.length - from);
            var bytes = in.readNBytes(4 * count);
            if (bytes.length < 4 * count) {
                return Optional.empty();
            }
            ByteBuffer.wrap(bytes).asFloatBuffer().get(values, from, count);
        }
        return Optional.of(values);
    }
}
