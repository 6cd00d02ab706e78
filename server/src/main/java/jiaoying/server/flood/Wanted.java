package jiaoying.server.flood;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import jiaoying.water.inundation.Inflow.Place;

/**
 * What a run shall write.
 *
 * @param peak         the largest depths
 * @param everySeconds seconds between maps, if any are wanted
 * @param formats      of the maps
 * @param maps         that are written at each of these times
 * @param arrivalDepth depth, m, whose first second and whose duration are wanted, if any; also peak speed and hazard then
 */
public record Wanted(
        boolean peak,
        Optional<Integer> everySeconds,
        List<Format> formats,
        List<Kind> maps,
        Optional<Double> arrivalDepth,
        List<Point> points,
        List<Site> sites,
        double pointEvery_s,
        boolean saveState) {

    public Wanted {
        formats = List.copyOf(new TreeSet<>(formats));
        maps = List.copyOf(new TreeSet<>(maps));
        points = List.copyOf(points);
        sites = List.copyOf(sites);
    }

    /** How a map is written. */
    public enum Format {
        ASC,
        TIF,
        PNG,
        CSV,
        GEOJSON,
        FRAMES
    }

    /** What a map shows. */
    public enum Kind {
        DEPTH,
        LEVEL,
        SPEED,
        HAZARD
    }

    /** A place whose depth is written over time. */
    public record Point(String name, Place place) {}

    /**
     * An area whose water is written over time, an underpass or a housing estate.
     *
     * @param cells row * columns + column, each once, rising
     */
    public record Site(String name, List<Integer> cells) {
        public Site {
            cells = List.copyOf(cells);
        }
    }
}
