package jiaoying.server.flood;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jiaoying.water.grid.Raster;
import jiaoying.water.inundation.Canal;

/** Reads canals narrower than a cell, from the scenario or from a GeoJSON file of lines. */
final class CanalReader {
    private static final double LEVEL_MAX = 1e4;
    private static final double ROUGHNESS = 0.03;

    private final ScenarioFiles files;
    private final Optional<Raster> ground;

    CanalReader(ScenarioFiles files, Optional<Raster> ground) {
        this.files = files;
        this.ground = ground;
    }

    List<Canal> read(Entry entry) throws IOException {
        var canals = new ArrayList<Canal>();
        if (entry.isText()) {
            for (var feature : files.features(entry)) {
                if (!feature.area()) {
                    ofFile(feature, entry, canals.size()).ifPresent(canals::add);
                }
            }
            return canals;
        }
        for (var item : entry.items()) {
            var map = item.keys(List.of("name", "line", "width_m", "bed_m", "roughness", "level_m"));
            var bed = item.needed(map, "bed_m");
            var ends = bed.isNumber() ? bed.number(0, -LEVEL_MAX, LEVEL_MAX) : 0;
            var pair = bed.isNumber() ? new double[] {ends, ends} : bed.pair("[from, to]", -LEVEL_MAX, LEVEL_MAX);
            var line = item.needed(map, "line");
            var canal = new Canal(
                    item.key(map, "name").text(item.path()),
                    line.line(),
                    item.needed(map, "width_m").positive(1, 1000),
                    pair[0],
                    pair[1],
                    item.key(map, "roughness").number(ROUGHNESS, 0.005, 1),
                    item.key(map, "level_m").number(-LEVEL_MAX, -LEVEL_MAX, LEVEL_MAX));
            onGround(canal, line);
            canals.add(canal);
        }
        return canals;
    }

    private void onGround(Canal canal, Entry line) {
        if (ground.isPresent() && canal.line_m().size() > 1 && !canal.touches(ground.get())) {
            line.wrong("outside", GridWords.of(ground.get().frame()));
        }
    }

    private Optional<Canal> ofFile(GeoJson.Feature feature, Entry entry, int number) {
        var width = feature.number("width_m").orElse(0);
        var bed = feature.number("bed_m");
        var from = feature.number("bed_from_m").orElse(bed.orElse(Double.NaN));
        var to = feature.number("bed_to_m").orElse(bed.orElse(Double.NaN));
        if (!(width > 0) || Double.isNaN(from) || Double.isNaN(to)) {
            files.problems().add(Problem.of("canal", entry.path(), number));
            return Optional.empty();
        }
        var canal = new Canal(
                feature.text("name", entry.path() + "[" + number + "]"),
                feature.rings().getFirst(),
                width,
                from,
                to,
                feature.number("roughness").orElse(ROUGHNESS),
                feature.number("level_m").orElse(-LEVEL_MAX));
        return ground.isPresent() && canal.touches(ground.get()) ? Optional.of(canal) : Optional.empty();
    }
}
