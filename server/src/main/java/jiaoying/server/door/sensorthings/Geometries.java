package jiaoying.server.door.sensorthings;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKTReader;

/**
 * Shapes in expressions, 18-088 tables 21 and 22 (geospatial and spatial relationship functions): WGS 84, longitude first.
 * Distances and lengths are in degrees, the unit of that reference system.
 */
final class Geometries {
    /** Names of the functions, and how many values each takes. */
    static final Map<String, Integer> FUNCTIONS = new TreeMap<>(Map.ofEntries(
            Map.entry("geo.distance", 2),
            Map.entry("geo.length", 1),
            Map.entry("geo.intersects", 2),
            Map.entry("st_equals", 2),
            Map.entry("st_disjoint", 2),
            Map.entry("st_touches", 2),
            Map.entry("st_within", 2),
            Map.entry("st_overlaps", 2),
            Map.entry("st_crosses", 2),
            Map.entry("st_intersects", 2),
            Map.entry("st_contains", 2),
            Map.entry("st_relate", 3)));

    private static final GeometryFactory WGS84 = new GeometryFactory();

    private Geometries() {}

    /** Of well-known text; empty if it is none. */
    static Optional<Geometry> find(String text) {
        try {
            var bare = text.replaceFirst("(?i)^\\s*SRID=4326;", "");
            return Optional.ofNullable(new WKTReader(WGS84).read(bare));
        } catch (ParseException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Of a point in GeoJSON; entities here have no other shape. */
    static Optional<Geometry> find(Map<?, ?> json) {
        return "Point".equals(json.get("type"))
                        && json.get("coordinates") instanceof List<?> place
                        && place.size() >= 2
                        && place.get(0) instanceof Number lon
                        && place.get(1) instanceof Number lat
                ? Optional.of(WGS84.createPoint(new Coordinate(lon.doubleValue(), lat.doubleValue())))
                : Optional.empty();
    }

    /** Null when a value is no shape. */
    static @Nullable Object call(String name, List<@Nullable Object> values) {
        if (!(values.getFirst() instanceof Geometry one)) {
            return null;
        }
        if (name.equals("geo.length")) {
            return one instanceof LineString line ? BigDecimal.valueOf(line.getLength()) : null;
        }
        if (!(values.get(1) instanceof Geometry other)) {
            return null;
        }
        try {
            return related(name, one, other, values);
        } catch (IllegalArgumentException e) {
            return null; // of a shape that crosses itself, of a pattern that is none
        }
    }

    private static @Nullable Object related(String name, Geometry one, Geometry other, List<@Nullable Object> values) {
        return switch (name) {
            case "geo.distance" -> BigDecimal.valueOf(one.distance(other));
            case "geo.intersects", "st_intersects" -> one.intersects(other);
            case "st_equals" -> one.equalsTopo(other);
            case "st_disjoint" -> one.disjoint(other);
            case "st_touches" -> one.touches(other);
            case "st_within" -> one.within(other);
            case "st_overlaps" -> one.overlaps(other);
            case "st_crosses" -> one.crosses(other);
            case "st_contains" -> one.contains(other);
            case "st_relate" -> values.get(2) instanceof String pattern ? one.relate(other, pattern) : null;
            default -> null;
        };
    }
}
