package jiaoying.water.inundation;

import java.util.List;

/**
 * A thin wall or levee (堤防) along a line: every face between two cells whose centres lie on its two sides has its crest as
 * bed.
 *
 * @param crest_m m above the ground's zero
 */
public record Levee(String name, List<Inflow.Place> line_m, double crest_m) {
    public Levee {
        line_m = List.copyOf(line_m);
    }
}
