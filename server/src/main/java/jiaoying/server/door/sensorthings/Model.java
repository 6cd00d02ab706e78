package jiaoying.server.door.sensorthings;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jiaoying.duty.measure.Quantity;
import jiaoying.duty.station.StationFact.StationRegistered;
import org.jspecify.annotations.Nullable;

/** Entities made of the register and the journal, as one caller may see them at one moment. */
final class Model {
    private static final String MEASUREMENT = "http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement";
    private static final String GEO_JSON = "application/geo+json";
    /** More rows in one arrival than a door takes. */
    private static final long ROWS = 65_536;

    private final Map<String, StationRegistered> stations;
    private final Journal journal;
    private final Map<Kind, List<Entity>> made = new LinkedHashMap<>();
    private final Map<String, Entity> byId = new LinkedHashMap<>();

    /** @param stations those that the caller may see, by id */
    Model(Map<String, StationRegistered> stations, Journal journal, Instant heardSince) {
        this.stations = stations;
        this.journal = journal;
        for (var kind : Kind.values()) {
            made.put(kind, new ArrayList<>());
        }
        for (var quantity : Quantity.values()) {
            add(sensor(quantity));
            add(property(quantity));
        }
        var streams = new LinkedHashSet<String>();
        stations.values().forEach(it -> streams.add(it.station() + ":" + it.kind()));
        journal.heard(heardSince).stream().sorted().forEach(streams::add);
        for (var station : stations.values()) {
            add(thing(station));
            add(location(station));
            add(feature(station));
        }
        streams.forEach(stream -> findStation(stream).ifPresent(station -> add(stream(station, quantityOf(stream)))));
    }

    private void add(Entity entity) {
        made.getOrDefault(entity.kind(), new ArrayList<>()).add(entity);
        byId.put(entity.path(), entity);
    }

    private Optional<StationRegistered> findStation(String stream) {
        return Optional.ofNullable(stations.get(stream.substring(0, Math.max(0, stream.lastIndexOf(':')))))
                .filter(_ -> Quantity.find(stream.substring(stream.lastIndexOf(':') + 1))
                        .isPresent());
    }

    private static Quantity quantityOf(String stream) {
        return Quantity.find(stream.substring(stream.lastIndexOf(':') + 1)).orElseThrow();
    }

    /** Everything of a kind that is not kept in the journal. */
    List<Entity> all(Kind kind) {
        return made.getOrDefault(kind, List.of());
    }

    /** @throws Refused 404 */
    Entity get(Kind kind, Object id) {
        if (kind == Kind.OBSERVATIONS && id instanceof Long number) {
            return journal.find(number / ROWS, (int) (number % ROWS))
                    .filter(row -> findStation(row.stream()).isPresent())
                    .map(this::observation)
                    .orElseThrow(() -> nothing(kind, id));
        }
        var wanted = new Entity(kind, id, Map.of());
        return Optional.ofNullable(byId.get(wanted.path())).orElseThrow(() -> nothing(kind, id));
    }

    private static Refused nothing(Kind kind, Object id) {
        return new Refused(404, "nothing", kind.plural() + "(" + id + ")");
    }

    static long observationId(long arrival, int row) {
        return arrival * ROWS + row;
    }

    static Journal.Mark mark(Journal.Row row) {
        return new Journal.Mark(row.observedAt(), row.arrival(), row.row());
    }

    private static String quantity(Entity entity) {
        return String.valueOf(entity.id()).substring(String.valueOf(entity.id()).lastIndexOf(':') + 1);
    }

    private static String station(Entity stream) {
        return String.valueOf(stream.id())
                .substring(0, String.valueOf(stream.id()).lastIndexOf(':'));
    }

    /** The one that a relation leads to. */
    Entity one(Entity from, String relation) {
        return switch (relation) {
            case "Thing" -> get(Kind.THINGS, station(from));
            case "Sensor" -> get(Kind.SENSORS, quantity(from));
            case "ObservedProperty" -> get(Kind.OBSERVED_PROPERTIES, quantity(from));
            case "Datastream" -> get(Kind.DATASTREAMS, streamOf(from));
            case "FeatureOfInterest" -> {
                var stream = streamOf(from);
                yield get(Kind.FEATURES_OF_INTEREST, stream.substring(0, stream.lastIndexOf(':')));
            }
            default ->
                throw new Refused(404, "no-relation", relation, from.kind().plural());
        };
    }

    private static String streamOf(Entity observation) {
        return String.valueOf(observation.properties().get(STREAM));
    }

    /** The many that a relation leads to, but for observations. */
    List<Entity> many(Entity from, Kind to) {
        return switch (to) {
            case DATASTREAMS ->
                all(to).stream()
                        .filter(it -> from.kind() == Kind.THINGS
                                ? station(it).equals(from.id())
                                : quantity(it).equals(from.id()))
                        .toList();
            case LOCATIONS, THINGS -> List.of(get(to, from.id()));
            case HISTORICAL_LOCATIONS -> List.of();
            case SENSORS, OBSERVED_PROPERTIES, OBSERVATIONS, FEATURES_OF_INTEREST ->
                throw new Refused(404, "no-relation", to.plural(), from.kind().plural());
        };
    }

    /** Streams whose observations a relation leads to. */
    Set<String> streams(Entity from) {
        if (from.kind() == Kind.DATASTREAMS) {
            return Set.of(String.valueOf(from.id()));
        }
        var all = new LinkedHashSet<String>();
        all(Kind.DATASTREAMS).stream()
                .filter(it -> station(it).equals(from.id()))
                .forEach(it -> all.add(String.valueOf(it.id())));
        return all;
    }

    Set<String> streams() {
        var all = new LinkedHashSet<String>();
        all(Kind.DATASTREAMS).forEach(it -> all.add(String.valueOf(it.id())));
        return all;
    }

    /** Not shown: to find the Datastream of an observation. */
    static final String STREAM = " stream";

    Entity observation(Journal.Row row) {
        var properties = new LinkedHashMap<String, @Nullable Object>();
        var interval = row.quantity() == Quantity.RAIN
                ? Optional.ofNullable(stations.get(row.station())).map(it -> Duration.ofMinutes(it.intervalMin()))
                : Optional.<Duration>empty();
        properties.put(
                "phenomenonTime",
                interval.map(it -> row.observedAt().minus(it) + "/").orElse("") + row.observedAt());
        properties.put("resultTime", row.recordedAt().toString());
        properties.put("result", BigDecimal.valueOf(row.milli(), 3).stripTrailingZeros());
        properties.put("resultQuality", row.suspect() ? "suspect" : "good");
        properties.put("parameters", Map.of("arrival", row.arrival(), "row", row.row()));
        properties.put(STREAM, row.stream());
        return new Entity(Kind.OBSERVATIONS, observationId(row.arrival(), row.row()), properties);
    }

    private static Entity thing(StationRegistered station) {
        var properties = new LinkedHashMap<String, @Nullable Object>();
        properties.put("name", station.name());
        properties.put("description", "Station " + station.station());
        properties.put(
                "properties",
                new LinkedHashMap<>(Map.of(
                        "stcd",
                        station.station(),
                        "kind",
                        station.kind(),
                        "area",
                        station.area(),
                        "interval_min",
                        station.intervalMin())));
        return new Entity(Kind.THINGS, station.station(), properties);
    }

    private static Map<String, Object> point(StationRegistered station) {
        var point = new LinkedHashMap<String, Object>();
        point.put("type", "Point");
        point.put("coordinates", List.of(station.lon(), station.lat()));
        return point;
    }

    private static Entity location(StationRegistered station) {
        return place(Kind.LOCATIONS, station, "location");
    }

    private static Entity feature(StationRegistered station) {
        return place(Kind.FEATURES_OF_INTEREST, station, "feature");
    }

    private static Entity place(Kind kind, StationRegistered station, String geometry) {
        var properties = new LinkedHashMap<String, @Nullable Object>();
        properties.put("name", station.name());
        properties.put("description", "Where station " + station.station() + " stands");
        properties.put("encodingType", GEO_JSON);
        properties.put(geometry, point(station));
        return new Entity(kind, station.station(), properties);
    }

    private static Entity stream(StationRegistered station, Quantity quantity) {
        var properties = new LinkedHashMap<String, @Nullable Object>();
        properties.put("name", station.name() + " " + zh(quantity));
        properties.put("description", en(quantity) + " at station " + station.station());
        properties.put("observationType", MEASUREMENT);
        var unit = new LinkedHashMap<String, Object>();
        unit.put("name", quantity.unit().equals("m") ? "metre" : "millimetre");
        unit.put("symbol", quantity.unit());
        unit.put("definition", "http://www.opengis.net/def/uom/UCUM/0/" + quantity.unit());
        properties.put("unitOfMeasurement", unit);
        properties.put("observedArea", point(station));
        return new Entity(Kind.DATASTREAMS, station.station() + ":" + quantity.word(), properties);
    }

    private static Entity sensor(Quantity quantity) {
        var properties = new LinkedHashMap<String, @Nullable Object>();
        properties.put("name", en(quantity) + " gauge");
        properties.put("description", zh(quantity) + "计");
        properties.put("encodingType", "text/plain");
        properties.put("metadata", "The register names no maker or model");
        return new Entity(Kind.SENSORS, quantity.word(), properties);
    }

    private static Entity property(Quantity quantity) {
        var properties = new LinkedHashMap<String, @Nullable Object>();
        properties.put("name", zh(quantity));
        properties.put("definition", "urn:jiaoying:quantity:" + quantity.word());
        properties.put("description", meaning(quantity));
        return new Entity(Kind.OBSERVED_PROPERTIES, quantity.word(), properties);
    }

    private static String zh(Quantity quantity) {
        return switch (quantity) {
            case RAIN -> "雨量";
            case RAIN_TOTAL -> "累计雨量";
            case LEVEL -> "水位";
            case DEPTH -> "水深";
        };
    }

    private static String en(Quantity quantity) {
        return switch (quantity) {
            case RAIN -> "Rain";
            case RAIN_TOTAL -> "Cumulative rain";
            case LEVEL -> "Water level";
            case DEPTH -> "Depth of standing water";
        };
    }

    private static String meaning(Quantity quantity) {
        return switch (quantity) {
            case RAIN_TOTAL -> "Cumulative register of a rain gauge, mm";
            case RAIN -> "Rain that fell in the interval that ends with phenomenonTime, mm";
            case LEVEL -> "Water level above the station's datum, m";
            case DEPTH -> "Depth of standing water above ground, mm";
        };
    }
}
