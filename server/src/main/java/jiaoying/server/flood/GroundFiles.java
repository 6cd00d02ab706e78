package jiaoying.server.flood;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jiaoying.water.grid.EsriAscii;
import jiaoying.water.grid.GeoTiff;
import jiaoying.water.grid.Raster;
import jiaoying.water.terrain.BurnIn;
import jiaoying.water.terrain.BurnIn.Way;
import jiaoying.water.terrain.City;

/** Terrain models from files and to files. */
public final class GroundFiles {
    private static final double LEVEL_MAX = 1e4;

    private GroundFiles() {}

    public static Raster read(Path file) throws IOException, ScenarioRefused {
        var problems = new ArrayList<Problem>();
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new ScenarioRefused(List.of(Problem.of("no-file", "FILE", file)));
        }
        var raster = new ScenarioFiles(Path.of("."), problems)
                .raster(
                        new Entry("FILE", Optional.of(file.toString()), problems),
                        file,
                        Optional.empty(),
                        -LEVEL_MAX,
                        LEVEL_MAX);
        if (raster.isEmpty()) {
            throw new ScenarioRefused(problems);
        }
        return raster.get();
    }

    public static void write(Raster ground, Path file) throws IOException {
        if (file.toAbsolutePath().getParent() != null) {
            Files.createDirectories(file.toAbsolutePath().getParent());
        }
        try (var out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 18)) {
            if (GeoTiff.named(String.valueOf(file.getFileName()))) {
                GeoTiff.write(ground.frame(), ground::at, true, out);
            } else {
                EsriAscii.write(ground.frame(), ground::at, out);
            }
        }
    }

    /**
     * Cuts lines into a terrain: those with {@code bed_m} (or {@code bed_from_m} and {@code bed_to_m}) lower it over their
     * {@code width_m}, with {@code crest_m} they raise it, with {@code set: true} they put it to their bed whatever it was.
     *
     * @return cells changed
     */
    public static int burn(Path file, Path lines, Path out) throws IOException, ScenarioRefused {
        var burn = new BurnIn(read(file));
        if (!Files.isRegularFile(lines)) {
            throw new ScenarioRefused(List.of(Problem.of("no-file", "--lines", lines)));
        }
        try {
            var number = 0;
            for (var feature : GeoJson.read(lines)) {
                burn(burn, feature, number++);
            }
        } catch (GeoJson.Broken broken) {
            throw new ScenarioRefused(List.of(Problem.of("raster", "--lines", lines, broken.what())));
        }
        write(burn.ground(), out);
        return burn.changed();
    }

    private static void burn(BurnIn burn, GeoJson.Feature feature, int number) throws ScenarioRefused {
        var crest = feature.number("crest_m");
        var bed = feature.number("bed_m");
        var from = crest.orElse(feature.number("bed_from_m").orElse(bed.orElse(Double.NaN)));
        var to = crest.orElse(feature.number("bed_to_m").orElse(bed.orElse(Double.NaN)));
        if (Double.isNaN(from) || Double.isNaN(to)) {
            throw new ScenarioRefused(List.of(Problem.of("burn", "--lines", number)));
        }
        var way =
                crest.isPresent() ? Way.RAISE : feature.properties().path("set").asBoolean(false) ? Way.SET : Way.LOWER;
        var width = feature.number("width_m").orElse(0);
        for (var ring : feature.rings()) {
            var length = 0.0;
            for (var i = 1; i < ring.size(); i++) {
                length += distance(ring.get(i - 1), ring.get(i));
            }
            var walked = 0.0;
            for (var i = 1; i < ring.size(); i++) {
                var a = ring.get(i - 1);
                var b = ring.get(i);
                var next = walked + distance(a, b);
                burn.line(
                        a.x(),
                        a.y(),
                        b.x(),
                        b.y(),
                        width,
                        from + (to - from) * (length > 0 ? walked / length : 0),
                        from + (to - from) * (length > 0 ? next / length : 1),
                        way);
                walked = next;
            }
        }
    }

    private static double distance(jiaoying.water.inundation.Inflow.Place a, jiaoying.water.inundation.Inflow.Place b) {
        return Math.hypot(b.x() - a.x(), b.y() - a.y());
    }

    /** Writes a city: its ground, canals and houses, and a scenario of a cloudburst over it that runs as it stands. */
    public static void write(City city, Path folder) throws IOException {
        write(city, city.ground(), city.blocks(), OptionalDouble.empty(), folder);
    }

    /**
     * The same with ground and houses that were changed.
     *
     * @param outside_m level of the water around the city, to which its canals are joined; empty: it is a closed box
     */
    public static void write(City city, Raster ground, List<City.Block> blocks, OptionalDouble outside_m, Path folder)
            throws IOException {
        Files.createDirectories(folder);
        write(ground, folder.resolve("ground.tif"));
        var beyond = outside_m.isPresent() ? ground.frame().cellSize() : 0;
        Files.writeString(
                folder.resolve("canals.geojson"),
                features(city.canals().stream()
                        .map(it -> String.format(
                                Locale.ROOT,
                                "{\"type\":\"Feature\",\"properties\":{\"synthetic\":true,\"width_m\":%.0f,\"bed_m\":%.2f,\"level_m\":%.2f},"
                                        + "\"geometry\":{\"type\":\"LineString\",\"coordinates\":[[%.1f,%.1f],[%.1f,%.1f]]}}",
                                it.width_m(),
                                city.canalBed(),
                                city.canalLevel(),
                                it.x0() < it.x1() ? it.x0() - beyond : it.x0(),
                                it.y0() < it.y1() ? it.y0() - beyond : it.y0(),
                                it.x0() < it.x1() ? it.x1() + beyond : it.x1(),
                                it.y0() < it.y1() ? it.y1() + beyond : it.y1()))
                        .toList()));
        Files.writeString(
                folder.resolve("buildings.geojson"),
                features(blocks.stream()
                        .map(it -> String.format(
                                Locale.ROOT,
                                "{\"type\":\"Feature\",\"properties\":{\"synthetic\":true},\"geometry\":{\"type\":\"Polygon\","
                                        + "\"coordinates\":[[[%1$.1f,%2$.1f],[%3$.1f,%2$.1f],[%3$.1f,%4$.1f],[%1$.1f,%4$.1f],[%1$.1f,%2$.1f]]]}}",
                                it.west(),
                                it.south(),
                                it.east(),
                                it.north()))
                        .toList()));
        Files.writeString(folder.resolve("scenario.yaml"), scenario(city, outside_m));
    }

    private static String features(List<String> features) {
        return "{\"type\":\"FeatureCollection\",\"features\":[\n" + String.join(",\n", features) + "\n]}\n";
    }

    private static String scenario(City city, OptionalDouble outside_m) {
        var sides = outside_m.isEmpty()
                ? ""
                : Stream.of("west", "east", "north", "south")
                        .map(side -> side + ": {level: " + outside_m.getAsDouble() + "}")
                        .collect(Collectors.joining(", ", "boundaries: {", "}\n"));
        var pumps = city.pumps().stream()
                .map(it -> String.format(
                        Locale.ROOT,
                        "  - {type: pump, name: %s, from: [%.1f, %.1f], to: [%.1f, %.1f], m3_s: %.1f, start_m: 0.1, stop_m: 0.03}%n",
                        it.name(),
                        it.x(),
                        it.y(),
                        it.toX(),
                        it.toY(),
                        it.m3_s()))
                .collect(Collectors.joining());
        var points = city.underpasses().stream()
                .map(it ->
                        String.format(Locale.ROOT, "    - {name: %s, x: %.1f, y: %.1f}%n", it.name(), it.x(), it.y()))
                .collect(Collectors.joining());
        return """
                # A made-up city; no real place. Made by ./jiaoying ground city.
                name: cloudburst over a made-up polder city
                ground: ground.tif
                roughness: 0.04
                rain: [{from_s: 0, to_s: 3600, mm_h: 60}]
                losses: {infiltration_mm_h: 3, drain_mm_h: 20}
                buildings: {file: buildings.geojson, as: raised, height_m: 3}
                canals: canals.geojson
                %sstructures:
                %sduration_s: 7200
                outputs:
                  every_s: 1800
                  arrival_m: 0.15
                  formats: [tif, png, geojson, frames]
                  point_every_s: 60
                  points:
                %s""".formatted(sides, pumps.isEmpty() ? "  []\n" : pumps, points.isEmpty() ? "    []\n" : points);
    }
}
