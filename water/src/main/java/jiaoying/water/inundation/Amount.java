package jiaoying.water.inundation;

import jiaoying.water.grid.Raster;
import org.jspecify.annotations.Nullable;

/** A number that is the same everywhere or stands in a raster of the ground's frame. Missing cells of a raster are 0. */
public final class Amount {
    private final double uniform;
    private final double @Nullable [] values;

    private Amount(double uniform, double @Nullable [] values) {
        this.uniform = uniform;
        this.values = values;
    }

    public static Amount of(double uniform) {
        return new Amount(uniform, null);
    }

    public static Amount of(Raster raster) {
        return new Amount(0, raster.values());
    }

    public boolean varied() {
        return values != null;
    }

    double uniform() {
        return uniform;
    }

    /** The number of a cell, row * columns + column. */
    public double at(int cell) {
        if (values == null) {
            return uniform;
        }
        return Double.isNaN(values[cell]) ? 0 : values[cell];
    }
}
