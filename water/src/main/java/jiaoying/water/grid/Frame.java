package jiaoying.water.grid;

/**
 * Where a raster lies: the head of an ESRI ASCII grid, in the units of its map projection (metres).
 *
 * @param west     x of the western edge of the cells
 * @param south    y of the southern edge of the cells
 * @param cellSize side of a square cell, above 0
 * @param noData   the number that stands for a missing cell in a file
 * @param head     the head's lines as they stood in the file, each ended by a line feed
 * @param system   what the coordinates mean
 */
public record Frame(
        int columns,
        int rows,
        double west,
        double south,
        double cellSize,
        double noData,
        String head,
        CoordinateSystem system) {

    public static Frame of(int columns, int rows, double west, double south, double cellSize) {
        var head = "ncols %d%nnrows %d%nxllcorner %s%nyllcorner %s%ncellsize %s%nNODATA_value -9999%n"
                .formatted(columns, rows, plain(west), plain(south), plain(cellSize))
                .replace("\r", "");
        return new Frame(columns, rows, west, south, cellSize, -9999, head, CoordinateSystem.UNKNOWN);
    }

    public Frame in(CoordinateSystem other) {
        return new Frame(columns, rows, west, south, cellSize, noData, head, other);
    }

    static String plain(double number) {
        return new java.math.BigDecimal(Double.toString(number))
                .stripTrailingZeros()
                .toPlainString();
    }

    public int cells() {
        return columns * rows;
    }

    public double east() {
        return west + columns * cellSize;
    }

    public double north() {
        return south + rows * cellSize;
    }

    /** Whether both cover the same cells; a thousandth of a cell apart is the same. */
    public boolean matches(Frame other) {
        return system.agrees(other.system)
                && columns == other.columns
                && rows == other.rows
                && Math.abs(cellSize - other.cellSize) <= 1e-6 * cellSize
                && Math.abs(west - other.west) <= 1e-3 * cellSize
                && Math.abs(south - other.south) <= 1e-3 * cellSize;
    }

    /** The column of a place, below 0 or at least {@link #columns} when it lies outside. */
    public int columnOf(double x) {
        return (int) Math.floor((x - west) / cellSize);
    }

    /** The row of a place, below 0 or at least {@link #rows} when it lies outside. */
    public int rowOf(double y) {
        return rows - 1 - (int) Math.floor((y - south) / cellSize);
    }

    public boolean holds(double x, double y) {
        var column = columnOf(x);
        var row = rowOf(y);
        return column >= 0 && column < columns && row >= 0 && row < rows;
    }

    public double xOf(int column) {
        return west + (column + 0.5) * cellSize;
    }

    public double yOf(int row) {
        return south + (rows - 1 - row + 0.5) * cellSize;
    }
}
