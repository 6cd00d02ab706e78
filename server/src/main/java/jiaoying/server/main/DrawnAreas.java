package jiaoying.server.main;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import jiaoying.server.page.Outlines;
import jiaoying.server.register.AreaLocator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.util.GeometryFixer;

/** The areas that a polygon meets, by the outlines there are now. @param geojson what cannot be read counts as not drawn */
record DrawnAreas(Supplier<String> geojson) implements Outlines {
    /** Neighbours share borders that were not drawn to the metre: an area counts from this share of it. */
    private static final double SHARE = 1e-3;

    @Override
    public Meeting meeting(List<double[]> corners) {
        try {
            var areas = AreaLocator.of(geojson.get());
            return new Meeting(areas.codes(), areas.areasMeant(shape(corners), SHARE));
        } catch (IOException _) {
            return new Meeting(Set.of(), Set.of());
        }
    }

    /** A line that crosses itself encloses what either loop encloses. */
    private static Geometry shape(List<double[]> corners) {
        var ring = Stream.concat(corners.stream(), corners.stream().limit(1))
                .map(corner -> new Coordinate(corner[0], corner[1]))
                .toArray(Coordinate[]::new);
        return GeometryFixer.fix(new GeometryFactory().createPolygon(ring));
    }
}
