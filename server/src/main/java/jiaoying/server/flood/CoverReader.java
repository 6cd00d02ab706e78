package jiaoying.server.flood;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jiaoying.water.grid.Raster;
import jiaoying.water.inundation.Amount;
import jiaoying.water.inundation.Losses;

/** Reads what covers the ground: losses, classes of land cover, buildings. */
final class CoverReader {
    private static final double RAIN_MAX = 1000;
    private static final double LEVEL_MAX = 1e4;

    private final ScenarioFiles files;
    private final Optional<Raster> ground;

    CoverReader(ScenarioFiles files, Optional<Raster> ground) {
        this.files = files;
        this.ground = ground;
    }

    Losses losses(Entry entry) throws IOException {
        var map = entry.keys(List.of("infiltration_mm_h", "drain_mm_h", "runoff", "green_ampt", "outfall_level"));
        var frame = ground.map(Raster::frame);
        var losses = new Losses(
                files.amount(entry.key(map, "infiltration_mm_h"), frame, 0, RAIN_MAX),
                files.amount(entry.key(map, "drain_mm_h"), frame, 0, RAIN_MAX),
                files.amount(entry.key(map, "runoff"), frame, 0, 1, 1),
                Optional.empty(),
                Optional.empty());
        var soil = entry.key(map, "green_ampt");
        if (soil.given()) {
            losses = losses.withSoil(soil(soil));
        }
        var outfall = entry.key(map, "outfall_level");
        return outfall.given() ? losses.withOutfall(outfall.series(-LEVEL_MAX, LEVEL_MAX)) : losses;
    }

    private Losses.Soil soil(Entry entry) throws IOException {
        var map = entry.keys(List.of("conductivity_mm_h", "suction_mm", "deficit"));
        var frame = ground.map(Raster::frame);
        return new Losses.Soil(
                files.amount(entry.needed(map, "conductivity_mm_h"), frame, 0, RAIN_MAX),
                files.amount(entry.needed(map, "suction_mm"), frame, 0, 5000),
                files.amount(entry.needed(map, "deficit"), frame, 0, 1));
    }

    /** Roughness and losses where classes of land cover say them; else as they were. */
    Covered covered(Entry entry, Amount roughness, Losses losses) throws IOException {
        var map = entry.keys(List.of("raster", "classes"));
        if (!entry.given()) {
            return new Covered(roughness, losses);
        }
        var classes = new HashMap<Integer, Map<String, Double>>();
        for (var item : entry.needed(map, "classes").items()) {
            var keys = item.keys(List.of("code", "roughness", "runoff", "infiltration_mm_h"));
            var code = (int) item.needed(keys, "code").number(0, 0, 1e6);
            var values = new HashMap<String, Double>();
            put(values, "roughness", item.key(keys, "roughness"), 1);
            put(values, "runoff", item.key(keys, "runoff"), 1);
            put(values, "infiltration_mm_h", item.key(keys, "infiltration_mm_h"), RAIN_MAX);
            if (classes.put(code, values) != null) {
                item.key(keys, "code").wrong("twice");
            }
        }
        var cover = files.raster(entry.needed(map, "raster"), ground.map(Raster::frame), 0, 1e6);
        return cover.isEmpty()
                ? new Covered(roughness, losses)
                : new Covered(
                        mixed(cover.get(), classes, "roughness", roughness),
                        new Losses(
                                mixed(cover.get(), classes, "infiltration_mm_h", losses.infiltration_mm_h()),
                                losses.drain_mm_h(),
                                mixed(cover.get(), classes, "runoff", losses.runoff()),
                                losses.soil(),
                                losses.outfall_m()));
    }

    /** What the ground is like with its cover. */
    record Covered(Amount roughness, Losses losses) {}

    private static void put(Map<String, Double> values, String name, Entry entry, double max) {
        if (entry.given()) {
            values.put(name, entry.number(0, 0, max));
        }
    }

    private static Amount mixed(
            Raster cover, Map<Integer, Map<String, Double>> classes, String name, Amount otherwise) {
        if (classes.values().stream().noneMatch(values -> values.containsKey(name))) {
            return otherwise;
        }
        var values = new double[cover.values().length];
        for (var i = 0; i < values.length; i++) {
            var code = cover.values()[i];
            var own = Double.isNaN(code) ? null : classes.get((int) code);
            var value = own == null ? null : own.get(name);
            values[i] = value == null ? otherwise.at(i) : value;
        }
        return Amount.of(new Raster(cover.frame(), values));
    }

    /** The ground with its buildings, and the share that they leave open. */
    record Built(Raster ground, Amount openness) {}

    Built built(Entry entry, Raster bare) throws IOException {
        var map = entry.keys(List.of("file", "areas", "as", "height_m", "open"));
        if (!entry.given()) {
            return new Built(bare, Amount.of(1));
        }
        var way = entry.needed(map, "as").oneOf("blocked", "blocked", "raised", "porous");
        var height = entry.key(map, "height_m").positive(3, 1000);
        var open = entry.key(map, "open").number(0.3, 0.05, 1);
        var cells = new java.util.TreeSet<Integer>();
        for (var shape : shapes(entry, map)) {
            cells.addAll(shape.cells(bare));
        }
        if (way.equals("porous")) {
            var share = new double[bare.values().length];
            java.util.Arrays.fill(share, 1);
            cells.forEach(cell -> share[cell] = open);
            return new Built(bare, Amount.of(new Raster(bare.frame(), share)));
        }
        var levels = bare.values().clone();
        cells.forEach(cell -> levels[cell] = way.equals("raised") ? levels[cell] + height : Double.NaN);
        return new Built(new Raster(bare.frame(), levels), Amount.of(1));
    }

    private List<Shape> shapes(Entry entry, Map<?, ?> map) throws IOException {
        var shapes = new java.util.ArrayList<Shape>();
        for (var area : entry.key(map, "areas").items()) {
            shapes.add(new Shape(List.of(area.line())));
        }
        var file = entry.key(map, "file");
        for (var feature : files.features(file)) {
            if (feature.area()) {
                shapes.add(new Shape(feature.rings()));
            }
        }
        return shapes;
    }
}
