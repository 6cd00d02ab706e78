package jiaoying.water.grid;

/**
 * A raster (栅格): one number a cell, row 0 in the north, column 0 in the west. Missing cells are NaN.
 *
 * <p>Not a record: the array is handed out as it is.
 */
public final class Raster implements RasterRead {
    private final Frame frame;
    private final double[] values;

    /** @param values rows x columns, row by row */
    public Raster(Frame frame, double[] values) {
        if (values.length != frame.cells()) {
            throw new IllegalArgumentException(
                    values.length + " values do not fill " + frame.rows() + " x " + frame.columns() + " cells");
        }
        this.frame = frame;
        this.values = values;
    }

    public Frame frame() {
        return frame;
    }

    /** The numbers, rows x columns, row by row, NaN where missing; the raster's own array. */
    public double[] values() {
        return values;
    }

    public double at(int row, int column) {
        return values[row * frame.columns() + column];
    }
}
