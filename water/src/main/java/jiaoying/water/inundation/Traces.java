package jiaoying.water.inundation;

import java.util.Arrays;

/**
 * What the water left behind in each cell over a run: when it came, how long it stood, how fast and how dangerous it was. It is
 * looked at every {@link #EVERY_S} seconds of the run and at its end; times are exact to that.
 */
public final class Traces {
    /** Seconds between two looks. */
    public static final double EVERY_S = 5;

    /** Below this depth water has no speed here, m. */
    static final float SHALLOW = 0.01f;

    /** From this depth on water has come, m. */
    final float come;

    /** Of each cell as it lies in the field: seconds; m2/s and m/s, squared. */
    final float[] arrival;

    final float[] duration;
    final float[] flow;
    final float[] speed;

    /** The last look, s. */
    double seen;

    private final Field field;

    Traces(Field field, double depth_m) {
        this.field = field;
        come = (float) depth_m;
        var size = field.depth.length;
        arrival = new float[size];
        duration = new float[size];
        speed = new float[size];
        flow = new float[size];
        Arrays.fill(arrival, Float.NaN);
    }

    boolean due(double now) {
        return now == 0 || now - seen >= EVERY_S;
    }

    /** @param squared of the flow through the cell, m4/s2 */
    void keep(int at, float depth, float squared) {
        flow[at] = Math.max(flow[at], squared);
        speed[at] = Math.max(speed[at], squared / (depth * depth));
    }

    void stand(int at, double now) {
        arrival[at] = Float.isNaN(arrival[at]) ? (float) now : arrival[at];
        duration[at] += (float) (now - seen);
    }

    void seen(double now) {
        seen = now;
    }

    /** Second at which the depth was first reached; NaN where it never was. */
    public double arrival_s(int row, int column) {
        return arrival[field.at(row, column)];
    }

    /** Seconds with at least that depth, all together. */
    public double duration_s(int row, int column) {
        return duration[field.at(row, column)];
    }

    /** The fastest water, m/s, of at least 1 cm. */
    public double speed_m_s(int row, int column) {
        return Math.sqrt(speed[field.at(row, column)]);
    }

    /** The largest product of depth and speed, m2/s. */
    public double product_m2_s(int row, int column) {
        return Math.sqrt(flow[field.at(row, column)]);
    }

    /**
     * The worst class of {@link Hazard}. The limits of depth, speed and their product all rise with the class, so that it is the
     * class of the three peaks together.
     */
    public int hazard(int row, int column) {
        var at = field.at(row, column);
        return Hazard.worst(field.peak[at], Math.sqrt(speed[at]), Math.sqrt(flow[at]));
    }
}
