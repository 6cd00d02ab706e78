package jiaoying.server.flood;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import jiaoying.duty.measure.Sentence;
import jiaoying.server.reply.ParserWords;
import jiaoying.water.inundation.Inflow.Place;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Lines and areas of a GeoJSON file whose coordinates are those of the ground. */
final class GeoJson {
    private GeoJson() {}

    /**
     * A feature; those of several parts come apart.
     *
     * @param area  whether the rings enclose one; else the first of them is a line
     * @param rings places
     */
    record Feature(boolean area, List<List<Place>> rings, JsonNode properties) {
        OptionalDouble number(String name) {
            var value = properties.path(name);
            return value.isNumber() ? OptionalDouble.of(value.asDouble()) : OptionalDouble.empty();
        }

        String text(String name, String otherwise) {
            return properties.path(name).isString() ? properties.path(name).asString() : otherwise;
        }
    }

    /** A file that is not GeoJSON. */
    static final class Broken extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Sentence what;

        Broken(Sentence what) {
            super(what.toString());
            this.what = what;
        }

        Sentence what() {
            return what;
        }
    }

    static List<Feature> read(Path file) throws IOException, Broken {
        try {
            var root = JsonMapper.shared().readTree(Files.readString(file));
            if (!root.path("features").isArray()) {
                throw new Broken(Sentence.of("geojson-features"));
            }
            var found = new ArrayList<Feature>();
            for (var feature : root.path("features")) {
                add(feature.path("geometry"), feature.path("properties"), found);
            }
            return found;
        } catch (JacksonException notJson) {
            throw new Broken(ParserWords.json(notJson));
        } catch (MalformedInputException notText) {
            throw new Broken(Sentence.of("not-utf8"));
        }
    }

    private static void add(JsonNode geometry, JsonNode properties, List<Feature> into) throws Broken {
        var coordinates = geometry.path("coordinates");
        switch (geometry.path("type").asString("")) {
            case "LineString" -> into.add(new Feature(false, List.of(places(coordinates)), properties));
            case "MultiLineString" -> {
                for (var line : coordinates) {
                    into.add(new Feature(false, List.of(places(line)), properties));
                }
            }
            case "Polygon" -> into.add(new Feature(true, rings(coordinates), properties));
            case "MultiPolygon" -> {
                for (var polygon : coordinates) {
                    into.add(new Feature(true, rings(polygon), properties));
                }
            }
            default -> {
                // Points and collections say nothing here.
            }
        }
    }

    private static List<List<Place>> rings(JsonNode polygon) throws Broken {
        var rings = new ArrayList<List<Place>>();
        for (var ring : polygon) {
            rings.add(places(ring));
        }
        return rings;
    }

    private static List<Place> places(JsonNode line) throws Broken {
        var places = new ArrayList<Place>();
        for (var place : line) {
            if (!place.path(0).isNumber() || !place.path(1).isNumber()) {
                throw new Broken(Sentence.of("geojson-place", place));
            }
            places.add(new Place(place.path(0).asDouble(), place.path(1).asDouble()));
        }
        return places;
    }
}
