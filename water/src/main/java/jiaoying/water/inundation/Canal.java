package jiaoying.water.inundation;

import java.util.List;

/**
 * A canal (河道) narrower than a cell: a bed of its own below the cells that its line crosses, with water of its own that runs
 * along the line and over the banks. Canals that cross the same cell meet there.
 *
 * @param line_m     x, y of its course; an end that lies beyond a side with a given level is joined to that level
 * @param width_m    between upright banks
 * @param bedFrom_m  level of the bed at the line's beginning, m above the ground's zero
 * @param bedTo_m    at its end, straight between
 * @param roughness  Manning's n
 * @param level_m    of its water at the start; below the bed it is dry
 */
public record Canal(
        String name,
        List<Inflow.Place> line_m,
        double width_m,
        double bedFrom_m,
        double bedTo_m,
        double roughness,
        double level_m) {
    public Canal {
        line_m = List.copyOf(line_m);
    }

    /** Whether the line touches any cell of the ground that is not missing. */
    public boolean touches(jiaoying.water.grid.Raster ground) {
        return !Scene.cells(ground, line_m).isEmpty();
    }
}
