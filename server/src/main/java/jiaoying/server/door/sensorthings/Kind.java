package jiaoying.server.door.sensorthings;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The entity types of the standard, 18-088 §8.2, with their relations. */
enum Kind {
    THINGS("Things", "Thing"),
    LOCATIONS("Locations", "Location"),
    HISTORICAL_LOCATIONS("HistoricalLocations", "HistoricalLocation"),
    DATASTREAMS("Datastreams", "Datastream"),
    SENSORS("Sensors", "Sensor"),
    OBSERVED_PROPERTIES("ObservedProperties", "ObservedProperty"),
    OBSERVATIONS("Observations", "Observation"),
    FEATURES_OF_INTEREST("FeaturesOfInterest", "FeatureOfInterest");

    private final String plural;
    private final String singular;

    Kind(String plural, String singular) {
        this.plural = plural;
        this.singular = singular;
    }

    String plural() {
        return plural;
    }

    static Optional<Kind> find(String plural) {
        return Arrays.stream(values()).filter(it -> it.plural.equals(plural)).findFirst();
    }

    /** Names of the relations; plural ones lead to many. */
    Map<String, Kind> relations() {
        return switch (this) {
            case THINGS -> many(LOCATIONS, HISTORICAL_LOCATIONS, DATASTREAMS);
            case LOCATIONS -> many(THINGS, HISTORICAL_LOCATIONS);
            case HISTORICAL_LOCATIONS -> with(many(LOCATIONS), THINGS);
            case DATASTREAMS -> with(many(OBSERVATIONS), THINGS, SENSORS, OBSERVED_PROPERTIES);
            case SENSORS, OBSERVED_PROPERTIES -> many(DATASTREAMS);
            case OBSERVATIONS -> with(new LinkedHashMap<>(), DATASTREAMS, FEATURES_OF_INTEREST);
            case FEATURES_OF_INTEREST -> many(OBSERVATIONS);
        };
    }

    /** Names of the properties, 18-088 §8.2, those that no entity here has a value for included. */
    List<String> properties() {
        return switch (this) {
            case THINGS -> List.of("name", "description", "properties");
            case LOCATIONS -> List.of("name", "description", "properties", "encodingType", "location");
            case HISTORICAL_LOCATIONS -> List.of("time");
            case DATASTREAMS ->
                List.of(
                        "name",
                        "description",
                        "properties",
                        "observationType",
                        "unitOfMeasurement",
                        "observedArea",
                        "phenomenonTime",
                        "resultTime");
            case SENSORS -> List.of("name", "description", "properties", "encodingType", "metadata");
            case OBSERVED_PROPERTIES -> List.of("name", "description", "properties", "definition");
            case OBSERVATIONS ->
                List.of("phenomenonTime", "resultTime", "result", "resultQuality", "validTime", "parameters");
            case FEATURES_OF_INTEREST -> List.of("name", "description", "properties", "encodingType", "feature");
        };
    }

    private static Map<String, Kind> many(Kind... kinds) {
        var all = new LinkedHashMap<String, Kind>();
        for (var kind : kinds) {
            all.put(kind.plural, kind);
        }
        return all;
    }

    private static Map<String, Kind> with(Map<String, Kind> all, Kind... one) {
        for (var kind : one) {
            all.put(kind.singular, kind);
        }
        return all;
    }
}
