package jiaoying.water.inundation;

import java.util.List;

/**
 * Water that comes in on cells: the cells that a line touches share the flow.
 *
 * @param line_m x, y of the line's ends; a point has equal ends
 * @param m3_s   flow over seconds, 0 or more
 */
public record Inflow(String name, List<Place> line_m, Series m3_s) {
    public Inflow {
        line_m = List.copyOf(line_m);
    }

    /** Whether the line touches any cell of the ground that is not missing. */
    public boolean touches(jiaoying.water.grid.Raster ground) {
        return !Scene.cells(ground, line_m).isEmpty();
    }

    /** A place in the ground's system, m. */
    public record Place(double x, double y) {}
}
