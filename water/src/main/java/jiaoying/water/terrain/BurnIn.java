package jiaoying.water.terrain;

import jiaoying.water.grid.Frame;
import jiaoying.water.grid.Raster;

/** Cuts lines into a terrain model (刻入): canals and culverts deepen it, dikes raise it. Cells are changed one way only. */
public final class BurnIn {
    /** Which way the ground is changed. */
    public enum Way {
        /** Down to the line's level where the ground is higher. */
        LOWER,
        /** Up to it where the ground is lower. */
        RAISE,
        /** To it, also where a number masks the true level. */
        SET
    }

    private final Frame frame;
    private final double[] z;
    private int changed;

    public BurnIn(Raster ground) {
        frame = ground.frame();
        z = ground.values().clone();
    }

    /**
     * Along a piece of a line.
     *
     * @param width_m cells whose centres lie within half of it are changed, and those that the line itself crosses
     * @param from_m  level at its beginning, m; to_m at its end
     */
    public void line(double x0, double y0, double x1, double y1, double width_m, double from_m, double to_m, Way way) {
        var reach = 0.5 * Math.max(width_m, frame.cellSize());
        var length = Math.hypot(x1 - x0, y1 - y0);
        var rowFrom = Math.max(0, frame.rowOf(Math.max(y0, y1) + reach));
        var rowTo = Math.min(frame.rows() - 1, frame.rowOf(Math.min(y0, y1) - reach));
        var columnFrom = Math.max(0, frame.columnOf(Math.min(x0, x1) - reach));
        var columnTo = Math.min(frame.columns() - 1, frame.columnOf(Math.max(x0, x1) + reach));
        for (var row = rowFrom; row <= rowTo; row++) {
            for (var column = columnFrom; column <= columnTo; column++) {
                var dx = frame.xOf(column) - x0;
                var dy = frame.yOf(row) - y0;
                var along = length == 0 ? 0 : Math.clamp((dx * (x1 - x0) + dy * (y1 - y0)) / (length * length), 0, 1);
                var off = Math.hypot(dx - along * (x1 - x0), dy - along * (y1 - y0));
                if (off <= reach) {
                    change(row * frame.columns() + column, from_m + along * (to_m - from_m), way);
                }
            }
        }
    }

    private void change(int cell, double level, Way way) {
        var does = switch (way) {
            case LOWER -> z[cell] > level;
            case RAISE -> z[cell] < level;
            case SET -> z[cell] != level && !Double.isNaN(z[cell]);
        };
        if (does) {
            z[cell] = level;
            changed++;
        }
    }

    /** Cells changed so far, counted each time. */
    public int changed() {
        return changed;
    }

    public Raster ground() {
        return new Raster(frame, z.clone());
    }
}
