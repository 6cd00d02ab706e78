package jiaoying.water.inundation;

import org.jspecify.annotations.Nullable;

/**
 * The state of the water on a staggered raster: depths in cells, unit fluxes on faces. Flat float arrays with a ring of
 * walls around, so that the sweeps need no branch: cell (row, column) is at {@link #at}, its neighbours at +-1 and
 * +-{@link #stride}. A missing cell is a wall: bed {@link #WALL}, depth 0.
 */
final class Field {
    /** Rows begin at multiples of this, and sweeps may run on to the next one. */
    static final int LANES = 16;

    /**
     * Floats before the first row's margin. An array's numbers begin 16 bytes into its object; where the JVM lays objects at
     * multiples of 64 bytes ({@code -XX:ObjectAlignmentInBytes=64}), rows so begin at a line of the cache, and a vector of 16
     * floats is read from one line, not from two. Elsewhere it does no harm.
     */
    private static final int AHEAD = 12;

    /** Bed of a wall above the datum, m. */
    static final float WALL = 1e5f;

    final int rows;
    final int columns;
    final int stride;
    final float dx;

    /** Level that the beds are counted from, m. */
    final double datum;

    final float[] bed;
    final float[] depth;
    final float[] peak;

    /** Unit flux through the east face of a cell, m2/s, positive to the east; and of the step before. */
    float[] east;

    float[] eastBefore;

    /** Unit flux through the south face of a cell, m2/s, positive to the south; and of the step before. */
    float[] south;

    float[] southBefore;

    /** g n2 of each cell, or null when it is the same everywhere. */
    final float @Nullable [] frictions;

    /** g n2 where it is the same everywhere. */
    final float friction;

    /** Height of a crest above the higher of the two beds, per east and south face; null without crests. */
    final float @Nullable [] crestEast;

    final float @Nullable [] crestSouth;

    final int activeCells;

    /** Share of each cell that is open to the water, and of each east and south face; null where all are. */
    final float @Nullable [] open;

    final float @Nullable [] openEast;

    final float @Nullable [] openSouth;

    /** Whether {@link #eastBefore} and {@link #southBefore} are speeds of the cells. */
    boolean speeds;

    /** Depth whose waves the step bears, m: a deeper face answers as slowly as if its waves were no faster ({@link StillPools}). */
    float reach = Float.POSITIVE_INFINITY;

    Field(Scene scene) {
        var frame = scene.ground().frame();
        rows = frame.rows();
        columns = frame.columns();
        stride = LANES + (columns + LANES - 1) / LANES * LANES;
        dx = (float) frame.cellSize();
        var size = (rows + 2) * stride + 4 * LANES + AHEAD;
        bed = new float[size];
        depth = new float[size];
        peak = new float[size];
        east = new float[size];
        eastBefore = new float[size];
        south = new float[size];
        southBefore = new float[size];
        java.util.Arrays.fill(bed, WALL);
        var ground = scene.ground().values();
        datum = lowest(ground);
        activeCells = lay(ground);
        var roughness = scene.roughness();
        var porous = scene.porous();
        open = porous ? new float[size] : null;
        openEast = porous ? new float[size] : null;
        openSouth = porous ? new float[size] : null;
        if (open != null && openEast != null && openSouth != null) {
            leaveOpen(scene.openness(), open, openEast, openSouth);
        }
        var varied = roughness.varied() || scene.hasCrests();
        friction = gn2(roughness.uniform());
        frictions = varied ? new float[size] : null;
        crestEast = varied ? new float[size] : null;
        crestSouth = varied ? new float[size] : null;
        if (frictions != null && crestEast != null && crestSouth != null) {
            rub(roughness, frictions);
            scene.raise(this, crestEast, crestSouth);
        }
    }

    private void leaveOpen(Amount openness, float[] cells, float[] easts, float[] souths) {
        java.util.Arrays.fill(cells, 1f);
        for (var row = 0; row < rows; row++) {
            for (var column = 0; column < columns; column++) {
                cells[at(row, column)] = (float) openness.at(row * columns + column);
            }
        }
        for (var at = 0; at + stride < cells.length; at++) {
            easts[at] = Math.min(cells[at], cells[at + 1]);
            souths[at] = Math.min(cells[at], cells[at + stride]);
        }
    }

    /** Share of a cell that is open to the water. */
    double openness(int at) {
        return open == null ? 1 : open[at];
    }

    private static double lowest(double[] ground) {
        var lowest = Double.POSITIVE_INFINITY;
        for (var z : ground) {
            lowest = z < lowest ? z : lowest;
        }
        return lowest == Double.POSITIVE_INFINITY ? 0 : Math.floor(lowest);
    }

    private int lay(double[] ground) {
        var cells = 0;
        for (var row = 0; row < rows; row++) {
            for (var column = 0; column < columns; column++) {
                var z = ground[row * columns + column];
                if (!Double.isNaN(z)) {
                    bed[at(row, column)] = (float) (z - datum);
                    cells++;
                }
            }
        }
        return cells;
    }

    private void rub(Amount roughness, float[] into) {
        java.util.Arrays.fill(into, friction);
        for (var row = 0; row < rows; row++) {
            for (var column = 0; column < columns; column++) {
                into[at(row, column)] = gn2(roughness.at(row * columns + column));
            }
        }
    }

    private static float gn2(double manning) {
        return (float) (Solver.GRAVITY * manning * manning);
    }

    /** Where the first cell of a row is. */
    int first(int row) {
        return (row + 1) * stride + LANES + AHEAD;
    }

    int at(int row, int column) {
        return first(row) + column;
    }

    boolean wall(int at) {
        return bed[at] == WALL;
    }

    float frictionOf(int at) {
        return frictions == null ? friction : frictions[at];
    }

    /** A depth that was changed from outside, m. Water that comes has no speed of its own. */
    void set(int at, float next) {
        if (speeds && next > depth[at]) {
            var share = depth[at] / next;
            eastBefore[at] *= share;
            southBefore[at] *= share;
        }
        if (next > depth[at]) {
            peak[at] = Math.max(peak[at], next);
        }
        depth[at] = next;
    }

    /** The fluxes just computed become those of the step before. */
    void turn() {
        var spare = eastBefore;
        eastBefore = east;
        east = spare;
        spare = southBefore;
        southBefore = south;
        south = spare;
    }

    /** Water in a row, m over whole cells, summed in a fixed order. */
    double sum(int row) {
        var sum = 0.0;
        for (int i = first(row), end = i + columns; i < end; i++) {
            sum += depth[i] * openness(i);
        }
        return sum;
    }

    float deepest(int row) {
        var deepest = 0f;
        for (int i = first(row), end = i + columns; i < end; i++) {
            deepest = Math.max(deepest, depth[i]);
        }
        return deepest;
    }
}
