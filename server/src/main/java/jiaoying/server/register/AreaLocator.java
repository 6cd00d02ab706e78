package jiaoying.server.register;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import jiaoying.duty.measure.Sentence;
import jiaoying.server.reply.ParserWords;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.prep.PreparedGeometry;
import org.locationtech.jts.geom.prep.PreparedGeometryFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Says in which area a point lies, by the polygons of {@code areas.geojson}: features with a {@code code}, WGS 84 or CGCS2000
 * degrees. The feature of kind {@code outline} is drawn and locates nothing. Safe for many threads.
 */
public final class AreaLocator {
    private static final int POINTS_MAX = 1_000_000;
    private static final Pattern DEGREES = Pattern.compile("(CRS84|EPSG:{1,2}(4326|4490))$");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final SortedMap<String, Area> areas;

    private record Area(PreparedGeometry shape, boolean schematic) {}

    private AreaLocator(SortedMap<String, Area> areas) {
        this.areas = areas;
    }

    public static AreaLocator read(Path geojson) throws IOException {
        return of(Files.readString(geojson, StandardCharsets.UTF_8));
    }

    /** @throws Undrawn says what is wrong with the text */
    public static AreaLocator of(String geojson) throws Undrawn {
        try {
            return new Reader().read(JSON.readTree(geojson));
        } catch (JacksonException e) {
            throw new Undrawn(ParserWords.json(e));
        }
    }

    /** Code of the area that covers the point; of two that share it on their border the lower code. */
    public Optional<String> areaOf(double lon, double lat) {
        var point = new GeometryFactory().createPoint(new Coordinate(lon, lat));
        return areas.entrySet().stream()
                .filter(area -> area.getValue().shape().covers(point))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /**
     * Codes of the areas that a shape means: it covers a point inside of the area that stands for it, or at least this share
     * of the area; a shape without extent means the areas that it touches.
     */
    public SortedSet<String> areasMeant(Geometry shape, double share) {
        var meant = new TreeSet<String>();
        areas.forEach((code, area) -> {
            var own = area.shape().getGeometry();
            if (area.shape().intersects(shape)
                    && (shape.getArea() == 0
                            || shape.covers(own.getInteriorPoint())
                            || shape.intersection(own).getArea() >= share * own.getArea())) {
                meant.add(code);
            }
        });
        return meant;
    }

    /** The outline of an area, as it was drawn. */
    public Optional<Geometry> shape(String code) {
        return Optional.ofNullable(areas.get(code)).map(area -> area.shape().getGeometry());
    }

    /** Codes of the areas that have a polygon. */
    public Set<String> codes() {
        return areas.keySet();
    }

    /** Whether any polygon is a sketch (示意), by which a real room must not decide. */
    public boolean schematic() {
        return areas.values().stream().anyMatch(Area::schematic);
    }

    public boolean schematic(String code) {
        var area = areas.get(code);
        return area != null && area.schematic();
    }

    /** What is wrong with the outlines. */
    public static final class Undrawn extends IOException {
        private static final long serialVersionUID = 1L;

        private final transient Sentence what;

        Undrawn(Sentence what) {
            super(what.toString());
            this.what = what;
        }

        Sentence what() {
            return what;
        }
    }

    private static final class Reader {
        private final GeometryFactory factory = new GeometryFactory();
        private final SortedMap<String, Area> areas = new TreeMap<>();
        private int points;

        AreaLocator read(JsonNode root) throws Undrawn {
            if (!root.path("type").asString("").equals("FeatureCollection")) {
                throw new Undrawn(Sentence.of("geo-collection"));
            }
            var system = root.path("crs").path("properties").path("name").asString("");
            if (!system.isEmpty() && !DEGREES.matcher(system).find()) {
                throw new Undrawn(Sentence.of("geo-system", system));
            }
            for (var feature : root.path("features")) {
                if (!feature.path("properties").path("kind").asString("").equals("outline")) {
                    area(feature);
                }
            }
            return new AreaLocator(areas);
        }

        private void area(JsonNode feature) throws Undrawn {
            var code = feature.path("properties").path("code").asString("");
            if (code.isEmpty()) {
                throw new Undrawn(Sentence.of("geo-code"));
            }
            var schematic = feature.path("properties").path("schematic").asBoolean(false);
            var shape = new PreparedGeometryFactory().create(shape(code, feature.path("geometry")));
            if (areas.put(code, new Area(shape, schematic)) != null) {
                throw new Undrawn(Sentence.of("geo-twice", code));
            }
        }

        private Geometry shape(String code, JsonNode geometry) throws Undrawn {
            var coordinates = geometry.path("coordinates");
            var polygons = new ArrayList<Polygon>();
            switch (geometry.path("type").asString("")) {
                case "Polygon" -> polygons.add(polygon(code, coordinates));
                case "MultiPolygon" -> {
                    for (var polygon : coordinates) {
                        polygons.add(polygon(code, polygon));
                    }
                }
                default -> throw new Undrawn(Sentence.of("geo-polygon", code));
            }
            var shape = factory.createMultiPolygon(polygons.toArray(Polygon[]::new));
            if (shape.isEmpty() || !shape.isValid()) {
                throw new Undrawn(Sentence.of("geo-crosses", code));
            }
            return shape;
        }

        private Polygon polygon(String code, JsonNode rings) throws Undrawn {
            var all = new ArrayList<LinearRing>();
            for (var ring : rings) {
                all.add(ring(code, ring));
            }
            if (all.isEmpty()) {
                throw new Undrawn(Sentence.of("geo-ringless", code));
            }
            return factory.createPolygon(
                    all.getFirst(), all.subList(1, all.size()).toArray(LinearRing[]::new));
        }

        private LinearRing ring(String code, JsonNode positions) throws Undrawn {
            List<Coordinate> ring = new ArrayList<>();
            for (var position : positions) {
                ring.add(position(code, position));
            }
            if (ring.size() < 4 || !ring.getFirst().equals2D(ring.getLast())) {
                throw new Undrawn(Sentence.of("geo-open", code));
            }
            return factory.createLinearRing(ring.toArray(Coordinate[]::new));
        }

        private Coordinate position(String code, JsonNode position) throws Undrawn {
            var lon = position.path(0).asDouble(Double.NaN);
            var lat = position.path(1).asDouble(Double.NaN);
            if (!(Math.abs(lon) <= 180 && Math.abs(lat) <= 90)) {
                throw new Undrawn(Sentence.of("geo-position", code, position));
            }
            if (++points > POINTS_MAX) {
                throw new Undrawn(Sentence.of("geo-points", POINTS_MAX));
            }
            return new Coordinate(lon, lat);
        }
    }
}
