package jiaoying.server.page;

import java.util.List;
import java.util.Set;

/** The outlines of the areas (行政区划边界), as far as somebody has drawn them. */
@FunctionalInterface
public interface Outlines {
    /** @param corners of a polygon, three or more, longitude and latitude in degrees; closed by itself */
    Meeting meeting(List<double[]> corners);

    /**
     * What a polygon meets.
     *
     * @param drawn codes of the areas that have an outline
     * @param met   those of them that the polygon covers in part or whole
     */
    record Meeting(Set<String> drawn, Set<String> met) {}
}
