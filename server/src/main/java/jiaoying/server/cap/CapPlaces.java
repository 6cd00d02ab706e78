package jiaoying.server.cap;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import jiaoying.duty.roster.RosterFact.AreaRegistered;
import jiaoying.duty.warn.Bulletin.Remark;
import jiaoying.server.register.AreaLocator;
import jiaoying.wire.cap.Area;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.operation.valid.IsValidOp;
import org.locationtech.jts.simplify.TopologyPreservingSimplifier;

/**
 * Which areas of the register a message means (地域对应): by codes, then by shapes, then by name. An area below another one
 * that is meant is not named again.
 */
final class CapPlaces {
    /** An area counts when this much of it lies within a shape, even if its middle does not. */
    static final double SHARE = 0.5;

    private static final double NEAR_DEGREES = 0.0005;
    private static final int KM_PER_DEGREE = 111;
    private static final int CORNERS = 64;
    private static final GeometryFactory SHAPES = new GeometryFactory();

    private final Map<String, AreaRegistered> areas;
    private final Optional<AreaLocator> boundaries;

    /** @param boundaries empty when there are none that count */
    CapPlaces(Map<String, AreaRegistered> areas, Optional<AreaLocator> boundaries) {
        this.areas = areas;
        this.boundaries = boundaries;
    }

    /** @param remarks what could not be placed is added */
    List<String> areas(List<Area> said, List<Remark> remarks) {
        var meant = new TreeSet<String>();
        for (var area : said) {
            var found = one(area, remarks);
            if (found.isEmpty()) {
                remarks.add(remark("area-unknown", area));
            }
            meant.addAll(found);
        }
        return meant.stream().filter(code -> !isBelowAny(code, meant)).toList();
    }

    private SortedSet<String> one(Area area, List<Remark> remarks) {
        var meant = new TreeSet<String>();
        area.geocodes().forEach(code -> byCode(code.value().strip()).ifPresent(meant::add));
        var shapes = shapes(area, remarks);
        if (!shapes.isEmpty() && boundaries.isEmpty()) {
            remarks.add(remark("no-boundaries", area));
        }
        boundaries.ifPresent(known -> shapes.forEach(shape -> meant.addAll(known.areasMeant(shape, SHARE))));
        if (meant.isEmpty() && shapes.isEmpty()) {
            byName(area.areaDesc().strip()).ifPresent(code -> {
                meant.add(code);
                remarks.add(remark("area-by-name", area));
            });
        }
        return meant;
    }

    /**
     * The outlines of an area for a message of our own: its own polygons, else those of the areas below it; none when there are no
     * boundaries that count. CAP has no holes, and corners nearer than 50 m are left out.
     */
    List<Area.Polygon> polygons(String code) {
        var known = boundaries.map(AreaLocator::codes).orElse(Set.of());
        var drawn = known.contains(code)
                ? List.of(code)
                : known.stream()
                        .filter(other -> isBelowAny(other, new TreeSet<>(Set.of(code))))
                        .toList();
        return drawn.stream()
                .flatMap(one -> boundaries.orElseThrow().shape(one).stream())
                .map(shape -> TopologyPreservingSimplifier.simplify(shape, NEAR_DEGREES))
                .flatMap(CapPlaces::rings)
                .toList();
    }

    private static Stream<Area.Polygon> rings(Geometry shape) {
        return IntStream.range(0, shape.getNumGeometries())
                .mapToObj(shape::getGeometryN)
                .filter(Polygon.class::isInstance)
                .map(polygon -> ((Polygon) polygon).getExteriorRing().getCoordinates())
                .map(ring -> new Area.Polygon(
                        Arrays.stream(ring).map(CapPlaces::point).toList()));
    }

    private static Area.Point point(Coordinate at) {
        return new Area.Point(degrees(at.y), degrees(at.x));
    }

    /** To about a metre. */
    private static BigDecimal degrees(double value) {
        return BigDecimal.valueOf(value).setScale(5, RoundingMode.HALF_EVEN);
    }

    /** A code of the register; with zeros behind it; or that of a region around the whole register. */
    Optional<String> byCode(String code) {
        for (var digits = code; !digits.isEmpty(); ) {
            if (areas.containsKey(digits)) {
                return Optional.of(digits);
            }
            if (!digits.endsWith("00") || !digits.matches("\\d{6}|\\d{9}|\\d{12}")) {
                break;
            }
            digits = digits.length() > 6 ? cut(digits) : "";
        }
        return code.matches("\\d{2}0000|\\d{4}00") ? root().filter(root -> isAround(code, root)) : Optional.empty();
    }

    private static String cut(String digits) {
        return digits.endsWith("000") ? digits.substring(0, digits.length() - 3) : "";
    }

    private static boolean isAround(String code, String root) {
        return root.length() == 6 && root.startsWith(code.replaceFirst("(00)+$", ""));
    }

    private Optional<String> root() {
        return areas.values().stream()
                .filter(area -> area.parent().isEmpty())
                .map(AreaRegistered::area)
                .findFirst();
    }

    private Optional<String> byName(String name) {
        return areas.values().stream()
                .filter(area -> area.nameZh().equals(name) || area.nameEn().equalsIgnoreCase(name))
                .map(AreaRegistered::area)
                .findFirst();
    }

    private boolean isBelowAny(String code, SortedSet<String> meant) {
        var at =
                Optional.ofNullable(areas.get(code)).map(AreaRegistered::parent).orElse("");
        for (var depth = 0; depth < 16 && !at.isEmpty(); depth++) {
            if (meant.contains(at)) {
                return true;
            }
            at = Optional.ofNullable(areas.get(at)).map(AreaRegistered::parent).orElse("");
        }
        return false;
    }

    private static List<Geometry> shapes(Area area, List<Remark> remarks) {
        var shapes = new ArrayList<Geometry>();
        for (var polygon : area.polygons()) {
            var shape = SHAPES.createPolygon(
                    polygon.points().stream().map(CapPlaces::position).toArray(Coordinate[]::new));
            if (new IsValidOp(shape).isValid()) {
                shapes.add(shape);
            } else {
                shapes.add(shape.buffer(0));
                remarks.add(remark("straightened", area));
            }
        }
        area.circles().forEach(circle -> shapes.add(circle(circle)));
        return shapes;
    }

    private static Remark remark(String kind, Area area) {
        var name = area.areaDesc().strip();
        return Remark.of(kind, name.length() <= 60 ? name : name.substring(0, 60) + "…");
    }

    private static Coordinate position(Area.Point point) {
        return new Coordinate(point.longitude().doubleValue(), point.latitude().doubleValue());
    }

    /** A ring of corners, flattened by the latitude; radius 0 is the point. */
    private static Geometry circle(Area.Circle circle) {
        var centre = position(circle.centre());
        var radius_km = circle.radius_km().doubleValue();
        if (radius_km == 0) {
            return SHAPES.createPoint(centre);
        }
        var ring = new Coordinate[CORNERS + 1];
        for (var i = 0; i < CORNERS; i++) {
            var angle = 2 * Math.PI * i / CORNERS;
            ring[i] = new Coordinate(
                    centre.x + radius_km / (KM_PER_DEGREE * Math.cos(Math.toRadians(centre.y))) * Math.cos(angle),
                    centre.y + radius_km / KM_PER_DEGREE * Math.sin(angle));
        }
        ring[CORNERS] = ring[0];
        return SHAPES.createPolygon(ring);
    }
}
