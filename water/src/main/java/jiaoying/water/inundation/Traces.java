package jiaoying.water.inundation;

import java.util.Arrays;

/**
 * What the water left behind in each cell over a run: when it came, how long it stood, how fast and how dangerous it was. It is
 * looked at every {@link #EVERY_S} seconds of the run and at its end; times are exact to that.
 */
public final class Traces {
    /** Seconds between two looks. */
    public static final double EVERY_S = 5;

    private final double depth_m;
    private final int columns;
    private final float[] arrival;
    private final float[] duration;
    private final float[] speed;
    private final float[] product;
    private final byte[] hazard;
    private double seen;

    Traces(Field field, double depth_m) {
        this.depth_m = depth_m;
        columns = field.columns;
        var cells = field.rows * field.columns;
        arrival = new float[cells];
        duration = new float[cells];
        speed = new float[cells];
        product = new float[cells];
        hazard = new byte[cells];
        Arrays.fill(arrival, Float.NaN);
    }

    boolean due(double now) {
        return now == 0 || now - seen >= EVERY_S;
    }

    void row(Field field, Solver solver, int row, double now) {
        var since = (float) (now - seen);
        for (int column = 0, at = field.first(row), cell = row * columns; column < columns; column++, at++, cell++) {
            var depth = field.depth[at];
            if (depth >= depth_m) {
                arrival[cell] = Float.isNaN(arrival[cell]) ? (float) now : arrival[cell];
                duration[cell] += since;
            }
            if (depth >= 0.01f) {
                var fast = (float) (Math.hypot(solver.eastThrough(at), solver.southThrough(at)) / depth);
                speed[cell] = Math.max(speed[cell], fast);
                product[cell] = Math.max(product[cell], depth * fast);
                hazard[cell] = (byte) Math.max(hazard[cell], Hazard.of(depth, fast));
            }
        }
    }

    void seen(double now) {
        seen = now;
    }

    /** Second at which the depth was first reached; NaN where it never was. */
    public double arrival_s(int row, int column) {
        return arrival[row * columns + column];
    }

    /** Seconds with at least that depth, all together. */
    public double duration_s(int row, int column) {
        return duration[row * columns + column];
    }

    /** The fastest water, m/s, of at least 1 cm. */
    public double speed_m_s(int row, int column) {
        return speed[row * columns + column];
    }

    /** The largest product of depth and speed, m2/s. */
    public double product_m2_s(int row, int column) {
        return product[row * columns + column];
    }

    /** The worst class of {@link Hazard}. */
    public int hazard(int row, int column) {
        return hazard[row * columns + column];
    }
}
