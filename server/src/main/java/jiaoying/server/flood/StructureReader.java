package jiaoying.server.flood;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jiaoying.water.grid.Raster;
import jiaoying.water.inundation.Inflow.Place;
import jiaoying.water.inundation.Levee;
import jiaoying.water.inundation.Series;
import jiaoying.water.inundation.Structure;

/** Reads the structures of a scenario. */
final class StructureReader {
    private static final double LEVEL_MAX = 1e4;

    private final Optional<Raster> ground;
    private final List<Structure> structures = new ArrayList<>();
    private final List<Levee> levees = new ArrayList<>();

    StructureReader(Optional<Raster> ground) {
        this.ground = ground;
    }

    void read(Entry entry) {
        for (var item : entry.items()) {
            structure(item).ifPresent(structures::add);
        }
    }

    List<Structure> structures() {
        return structures;
    }

    List<Levee> levees() {
        return levees;
    }

    private Optional<Structure> structure(Entry item) {
        if (!(item.value().orElse("") instanceof Map<?, ?> all)) {
            item.wrong("kind", "{type: ..., ...}");
            return Optional.empty();
        }
        var type = item.needed(all, "type").oneOf("", "pump", "culvert", "weir", "gate", "levee", "inlet");
        return switch (type) {
            case "pump" -> Optional.of(pump(item));
            case "culvert" -> Optional.of(culvert(item));
            case "weir" -> Optional.of(weir(item));
            case "gate" -> Optional.of(gate(item));
            case "inlet" -> Optional.of(inlet(item));
            case "levee" -> {
                var map = item.keys(List.of("type", "name", "line", "crest_m"));
                var line = item.needed(map, "line").line();
                levees.add(new Levee(
                        item.key(map, "name").text(item.path()),
                        line,
                        item.needed(map, "crest_m").number(0, -LEVEL_MAX, LEVEL_MAX)));
                yield Optional.empty();
            }
            default -> Optional.empty();
        };
    }

    private Place end(Entry item, Map<?, ?> map, String key) {
        var entry = item.needed(map, key);
        var place = entry.place();
        entry.onGround(place, ground);
        return place;
    }

    private Structure pump(Entry item) {
        var map =
                item.keys(List.of("type", "name", "from", "to", "m3_s", "start_m", "stop_m", "curve", "outside_level"));
        var start = item.needed(map, "start_m").positive(1, 100);
        var stop = item.needed(map, "stop_m").number(0, 0, 100);
        if (stop >= start) {
            item.key(map, "stop_m").wrong("number", "0", Entry.plain(start));
        }
        return new Structure.Pump(
                item.key(map, "name").text(item.path()),
                end(item, map, "from"),
                item.needed(map, "to").place(),
                item.needed(map, "m3_s").series(0, 1e4),
                start,
                stop,
                maybe(item.key(map, "curve"), 0, 1e4),
                maybe(item.key(map, "outside_level"), -LEVEL_MAX, LEVEL_MAX));
    }

    private static Optional<Series> maybe(Entry entry, double min, double max) {
        return entry.given() ? Optional.of(entry.series(min, max)) : Optional.empty();
    }

    private Structure inlet(Entry item) {
        var map = item.keys(List.of("type", "name", "at", "perimeter_m", "area_m2", "m3_s", "sewer_level"));
        return new Structure.Inlet(
                item.key(map, "name").text(item.path()),
                end(item, map, "at"),
                item.needed(map, "perimeter_m").positive(1, 1000),
                item.needed(map, "area_m2").positive(1, 1000),
                item.needed(map, "m3_s").positive(1, 1000),
                maybe(item.key(map, "sewer_level"), -LEVEL_MAX, LEVEL_MAX));
    }

    private Structure culvert(Entry item) {
        var map = item.keys(List.of("type", "name", "from", "to", "width_m", "height_m", "invert_m", "one_way"));
        return new Structure.Culvert(
                item.key(map, "name").text(item.path()),
                end(item, map, "from"),
                end(item, map, "to"),
                item.needed(map, "width_m").positive(1, 1000),
                item.needed(map, "height_m").positive(1, 100),
                item.needed(map, "invert_m").number(0, -LEVEL_MAX, LEVEL_MAX),
                item.key(map, "one_way").truth(false));
    }

    private Structure weir(Entry item) {
        var map = item.keys(List.of("type", "name", "from", "to", "width_m", "crest_m"));
        return new Structure.Weir(
                item.key(map, "name").text(item.path()),
                end(item, map, "from"),
                end(item, map, "to"),
                item.needed(map, "width_m").positive(1, 1e5),
                item.needed(map, "crest_m").number(0, -LEVEL_MAX, LEVEL_MAX));
    }

    private Structure gate(Entry item) {
        var map = item.keys(List.of("type", "name", "from", "to", "width_m", "sill_m", "opening_m"));
        return new Structure.Gate(
                item.key(map, "name").text(item.path()),
                end(item, map, "from"),
                end(item, map, "to"),
                item.needed(map, "width_m").positive(1, 1e5),
                item.needed(map, "sill_m").number(0, -LEVEL_MAX, LEVEL_MAX),
                item.needed(map, "opening_m").series(0, 100));
    }
}
