package jiaoying.wire.cap;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * Where (3.2.4): the union of its polygons, circles and geocodes.
 *
 * @param altitude the lowest, feet above mean sea level
 * @param ceiling the highest, feet above mean sea level; only with altitude
 */
public record Area(
        String areaDesc,
        List<Polygon> polygons,
        List<Circle> circles,
        List<NamedValue> geocodes,
        Optional<BigDecimal> altitude,
        Optional<BigDecimal> ceiling) {
    public Area {
        polygons = List.copyOf(polygons);
        circles = List.copyOf(circles);
        geocodes = List.copyOf(geocodes);
    }

    public static Area named(String areaDesc, List<NamedValue> geocodes) {
        return new Area(areaDesc, List.of(), List.of(), geocodes, Optional.empty(), Optional.empty());
    }

    /** WGS 84, degrees: latitude -90..90 first, then longitude -180..180 (GeoJSON has them the other way). */
    public record Point(BigDecimal latitude, BigDecimal longitude) {
        /** As CAP writes it. */
        @Override
        public String toString() {
            return latitude.toPlainString() + "," + longitude.toPlainString();
        }

        boolean isAt(Point other) {
            return latitude.compareTo(other.latitude) == 0 && longitude.compareTo(other.longitude) == 0;
        }
    }

    /** Four points or more; the last is the first. */
    public record Polygon(List<Point> points) {
        public Polygon {
            points = List.copyOf(points);
        }

        /** As CAP writes it. */
        @Override
        public String toString() {
            return String.join(" ", points.stream().map(Point::toString).toList());
        }
    }

    /** Radius 0 is the point. */
    public record Circle(Point centre, BigDecimal radius_km) {
        /** As CAP writes it. */
        @Override
        public String toString() {
            return centre + " " + radius_km.toPlainString();
        }
    }
}
