package jiaoying.server.flood;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import jiaoying.water.grid.BadRaster;
import jiaoying.water.grid.EsriAscii;
import jiaoying.water.grid.Frame;
import jiaoying.water.grid.Raster;
import jiaoying.water.inundation.Amount;
import jiaoying.water.inundation.Edge;
import jiaoying.water.inundation.Inflow;
import jiaoying.water.inundation.Inflow.Place;
import jiaoying.water.inundation.Levee;
import jiaoying.water.inundation.Rain;
import jiaoying.water.inundation.SavedState;
import jiaoying.water.inundation.Scene;
import jiaoying.water.inundation.Simulation.Method;
import jiaoying.water.inundation.Structure;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads a scenario with everything it names; finds all that is wrong in one go. */
public final class ScenarioReader {
    private static final List<String> KEYS = List.of(
            "name",
            "solver",
            "ground",
            "roughness",
            "start",
            "rain",
            "losses",
            "inflows",
            "boundaries",
            "structures",
            "duration_s",
            "outputs");
    private static final double RAIN_MAX = 1000;
    private static final double TIME_MAX = 1e8;
    private static final double LEVEL_MAX = 1e4;
    private static final Pattern RAIN_MAP = Pattern.compile("rain_(\\d{1,9})\\.asc");

    private final Path folder;
    private final List<Problem> problems = new ArrayList<>();

    private ScenarioReader(Path folder) {
        this.folder = folder;
    }

    public static Scenario read(Path file) throws ScenarioRefused, IOException {
        var reader = new ScenarioReader(
                Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of("/")));
        var scenario = reader.scenario(file);
        if (scenario.isEmpty() || !reader.problems.isEmpty()) {
            throw new ScenarioRefused(reader.problems);
        }
        return scenario.get();
    }

    private Optional<Scenario> scenario(Path file) throws IOException {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            problems.add(Problem.of("file", "SCENARIO", file));
            return Optional.empty();
        }
        try {
            var settings = LoadSettings.builder().setAllowDuplicateKeys(false).build();
            var root = new Load(settings).loadFromString(Files.readString(file));
            return scenario(new Entry("", Optional.ofNullable(root).or(() -> Optional.of("")), problems));
        } catch (YamlEngineException | java.nio.charset.MalformedInputException notYaml) {
            problems.add(Problem.of(
                    "yaml", file, String.valueOf(notYaml.getMessage()).replaceAll("\\s*\\n\\s*", "; ")));
            return Optional.empty();
        }
    }

    private Optional<Scenario> scenario(Entry root) throws IOException {
        var map = root.keys(KEYS);
        if (!root.isMap()) {
            return Optional.empty();
        }
        var name = root.key(map, "name").text("");
        var method = switch (root.key(map, "solver").oneOf("local-inertia", "local-inertia", "full")) {
            case "full" -> Method.FULL;
            default -> Method.LOCAL_INERTIA;
        };
        var duration = root.needed(map, "duration_s").positive(1, TIME_MAX);
        var ground = raster(root.needed(map, "ground"), Optional.empty(), -LEVEL_MAX, LEVEL_MAX);
        var frame = ground.map(Raster::frame);
        var roughness = amount(root.needed(map, "roughness"), frame, 0, 1);
        var rain = rain(root.key(map, "rain"), frame);
        var losses = losses(root.key(map, "losses"));
        var inflows = inflows(root.key(map, "inflows"), ground);
        var edges = edges(root.key(map, "boundaries"));
        var levees = new ArrayList<Levee>();
        var structures = structures(root.key(map, "structures"), ground, levees);
        var outputs = root.key(map, "outputs");
        var wanted = outputs.keys(List.of("peak", "every_s", "points", "point_every_s", "save_state"));
        var every = every(outputs.key(wanted, "every_s"));
        var points = points(outputs.key(wanted, "points"), ground);
        var pointEvery = outputs.key(wanted, "point_every_s").positive(10, TIME_MAX);
        var peak = outputs.key(wanted, "peak").truth(true);
        var save = outputs.key(wanted, "save_state").truth(false);
        var start = new Start(root.key(map, "start"), frame, ground);
        if (method == Method.FULL && (save || start.state.isPresent())) {
            root.key(map, "solver").wrong("kind", "local-inertia (start.state, outputs.save_state)");
        }
        if (ground.isEmpty()) {
            return Optional.empty();
        }
        var dry = Scene.dry(ground.get(), 0)
                .withRoughness(roughness)
                .withRain(rain)
                .withLosses(losses)
                .withInflows(inflows)
                .withEdges(edges)
                .withLevees(levees)
                .withStructures(structures);
        return Optional.of(new Scenario(
                name, method, start.fill(dry), start.state, duration, peak, every, points, pointEvery, save));
    }

    /** How the water stands at the start. */
    private final class Start {
        private final Entry entry;
        private final Map<?, ?> map;
        private Optional<SavedState> state = Optional.empty();
        private final Amount depth;
        private final Amount u;
        private final Amount v;

        Start(Entry entry, Optional<Frame> frame, Optional<Raster> ground) throws IOException {
            this.entry = entry;
            map = entry.keys(List.of("depth", "level", "state", "u", "v"));
            depth = amount(entry.key(map, "depth"), frame, 0, 1000);
            u = amount(entry.key(map, "u"), frame, -100, 100);
            v = amount(entry.key(map, "v"), frame, -100, 100);
            var ways = List.of("depth", "level", "state").stream()
                    .filter(map::containsKey)
                    .toList();
            if (ways.size() > 1) {
                entry.wrong("kind", "{depth: ...} | {level: ...} | {state: ...}");
            }
            if (map.containsKey("state")) {
                state = saved(entry.key(map, "state"), frame);
                if (map.containsKey("u") || map.containsKey("v")) {
                    entry.wrong("kind", "{state: ...}");
                }
            }
        }

        Scene fill(Scene dry) {
            var level = entry.key(map, "level");
            var filled = level.given() ? dry.withLevel(level.number(0, -LEVEL_MAX, LEVEL_MAX)) : dry.withDepth(depth);
            return filled.withSpeed(u, v);
        }
    }

    private Optional<SavedState> saved(Entry entry, Optional<Frame> frame) throws IOException {
        var file = file(entry);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try (var in = new BufferedInputStream(Files.newInputStream(file.get()), 1 << 16)) {
            var state = SavedState.read(in);
            if (state.isEmpty()) {
                entry.wrong("raster", "not a state saved by ./jiaoying flood");
            } else if (frame.isPresent() && !state.get().fits(frame.get())) {
                entry.wrong("shape", state.get().words(), frame.get().words());
                return Optional.empty();
            }
            return state;
        }
    }

    private Optional<Path> file(Entry entry) {
        if (!entry.given()) {
            return Optional.empty();
        }
        if (!entry.isText()) {
            entry.wrong("kind", "file name");
            return Optional.empty();
        }
        try {
            var file = folder.resolve(entry.text(""));
            if (Files.isRegularFile(file) && Files.isReadable(file)) {
                return Optional.of(file);
            }
        } catch (InvalidPathException notAPath) {
            // said below
        }
        problems.add(Problem.of("file", entry.path(), entry.text("")));
        return Optional.empty();
    }

    private Optional<Raster> raster(Entry entry, Optional<Frame> frame, double min, double max) throws IOException {
        var file = file(entry);
        return file.isEmpty() ? Optional.empty() : raster(entry, file.get(), frame, min, max);
    }

    private Optional<Raster> raster(Entry entry, Path file, Optional<Frame> frame, double min, double max)
            throws IOException {
        try (var in = Files.newInputStream(file)) {
            return switch (EsriAscii.read(in)) {
                case BadRaster bad -> {
                    problems.add(Problem.of("raster", entry.path(), file.getFileName(), bad.what()));
                    yield Optional.empty();
                }
                case Raster raster -> checked(entry, file, raster, frame, min, max);
            };
        }
    }

    private Optional<Raster> checked(
            Entry entry, Path file, Raster raster, Optional<Frame> frame, double min, double max) {
        if (frame.isPresent() && !raster.frame().matches(frame.get())) {
            problems.add(Problem.of(
                    "shape",
                    entry.path(),
                    file.getFileName(),
                    raster.frame().words(),
                    frame.get().words()));
            return Optional.empty();
        }
        for (var value : raster.values()) {
            if (value < min || value > max) {
                problems.add(Problem.of(
                        "cell", entry.path(), file.getFileName(), value, Entry.plain(min), Entry.plain(max)));
                return Optional.empty();
            }
        }
        return Optional.of(raster);
    }

    private Amount amount(Entry entry, Optional<Frame> frame, double min, double max) throws IOException {
        if (!entry.given()) {
            return Amount.of(0);
        }
        if (entry.isText()) {
            return raster(entry, frame, min, max).map(Amount::of).orElse(Amount.of(0));
        }
        return Amount.of(entry.number(0, min, max));
    }

    private Rain rain(Entry entry, Optional<Frame> frame) throws IOException {
        if (entry.isMap()) {
            return maps(entry, frame);
        }
        var spells = new ArrayList<Rain.Spell>();
        for (var item : entry.items()) {
            var map = item.keys(List.of("from_s", "to_s", "mm_h"));
            var from = item.needed(map, "from_s").number(0, 0, TIME_MAX);
            var to = item.needed(map, "to_s").number(TIME_MAX, 0, TIME_MAX);
            var rate = item.needed(map, "mm_h").number(0, 0, RAIN_MAX);
            if (to <= from) {
                item.key(map, "to_s").wrong("after", Entry.plain(from));
            }
            if (spells.stream().anyMatch(other -> from < other.to_s() && other.from_s() < to)) {
                item.wrong("overlap");
            }
            spells.add(new Rain.Spell(from, to, rate));
        }
        return new Rain.Spells(spells);
    }

    private Rain maps(Entry entry, Optional<Frame> frame) throws IOException {
        var map = entry.keys(List.of("raster_dir", "step_min"));
        var step = entry.needed(map, "step_min").positive(5, 1e6) * 60;
        var where = entry.needed(map, "raster_dir");
        var files = new TreeMap<Integer, Path>();
        var directory = folder.resolve(where.text("."));
        if (where.given() && Files.isDirectory(directory)) {
            try (var list = Files.list(directory)) {
                for (var file : list.sorted(Comparator.naturalOrder()).toList()) {
                    var name = RAIN_MAP.matcher(String.valueOf(file.getFileName()));
                    if (name.matches()) {
                        files.put(Integer.parseInt(name.group(1)), file);
                    }
                }
            }
        }
        if (files.isEmpty()) {
            problems.add(Problem.of("rain_maps", where.path(), where.text("")));
            return new Rain.Spells(List.of());
        }
        for (var file : files.values()) {
            raster(where, file, frame, 0, RAIN_MAX);
        }
        var times = files.keySet().stream().map(Integer::doubleValue).toList();
        var paths = List.copyOf(files.values());
        return new Rain.Maps(times, times.getLast() + step, number -> again(paths.get(number)));
    }

    /** Reads a map that was found good before. */
    private static double[] again(Path file) {
        try (var in = Files.newInputStream(file)) {
            if (EsriAscii.read(in) instanceof Raster raster) {
                return raster.values();
            }
            throw new IOException(file + " was changed during the run");
        } catch (IOException gone) {
            throw new java.io.UncheckedIOException(gone);
        }
    }

    private Scene.Losses losses(Entry entry) {
        var map = entry.keys(List.of("infiltration_mm_h", "drain_mm_h"));
        return new Scene.Losses(
                entry.key(map, "infiltration_mm_h").number(0, 0, RAIN_MAX),
                entry.key(map, "drain_mm_h").number(0, 0, RAIN_MAX));
    }

    private List<Inflow> inflows(Entry entry, Optional<Raster> ground) {
        var inflows = new ArrayList<Inflow>();
        for (var item : entry.items()) {
            var map = item.keys(List.of("name", "line", "hydrograph"));
            var name = item.key(map, "name").text("inflow " + (inflows.size() + 1));
            var where = item.needed(map, "line");
            var line = where.line();
            var flow = item.needed(map, "hydrograph").series(0, 1e6);
            var inflow = new Inflow(name, line, flow);
            if (ground.isPresent() && line.size() >= 2 && !inflow.touches(ground.get())) {
                where.wrong("outside", ground.get().frame().words());
            }
            inflows.add(inflow);
        }
        return inflows;
    }

    private Scene.Edges edges(Entry entry) {
        var map = entry.keys(List.of("west", "east", "north", "south"));
        return new Scene.Edges(
                edge(entry.key(map, "west")),
                edge(entry.key(map, "east")),
                edge(entry.key(map, "north")),
                edge(entry.key(map, "south")));
    }

    private Edge edge(Entry entry) {
        if (entry.isMap()) {
            var map = entry.keys(List.of("level"));
            return new Edge.Level(entry.needed(map, "level").series(-LEVEL_MAX, LEVEL_MAX));
        }
        if (entry.given() && !(entry.isText() && List.of("closed", "free").contains(entry.text("")))) {
            entry.wrong("kind", "closed | free | {level: [[t_s, m], ...]}");
        }
        return entry.isText() && entry.text("").equals("free") ? new Edge.Free() : new Edge.Closed();
    }

    private Optional<Integer> every(Entry entry) {
        if (!entry.given()) {
            return Optional.empty();
        }
        var every = entry.positive(1, TIME_MAX);
        if (every != Math.rint(every)) {
            entry.wrong("kind", "1, 2, 3 ...");
        }
        return Optional.of((int) every);
    }

    private List<Scenario.Point> points(Entry entry, Optional<Raster> ground) {
        var points = new ArrayList<Scenario.Point>();
        var names = new HashSet<String>();
        for (var item : entry.items()) {
            var map = item.keys(List.of("name", "x", "y"));
            var name = item.needed(map, "name").text("");
            var place = new Place(
                    item.needed(map, "x").number(0, -1e9, 1e9),
                    item.needed(map, "y").number(0, -1e9, 1e9));
            if (!name.isEmpty() && !names.add(name)) {
                item.key(map, "name").wrong("twice");
            }
            onGround(item, place, ground);
            points.add(new Scenario.Point(name, place));
        }
        return points;
    }

    private void onGround(Entry entry, Place place, Optional<Raster> ground) {
        if (entry.given() && ground.isPresent() && !on(ground.get(), place)) {
            entry.wrong("outside", ground.get().frame().words());
        }
    }

    private static boolean on(Raster ground, Place place) {
        var frame = ground.frame();
        return frame.holds(place.x(), place.y())
                && !Double.isNaN(ground.at(frame.rowOf(place.y()), frame.columnOf(place.x())));
    }

    private List<Structure> structures(Entry entry, Optional<Raster> ground, List<Levee> levees) {
        var structures = new ArrayList<Structure>();
        for (var item : entry.items()) {
            structure(item, ground, levees).ifPresent(structures::add);
        }
        return structures;
    }

    private Optional<Structure> structure(Entry item, Optional<Raster> ground, List<Levee> levees) {
        if (!(item.value().orElse("") instanceof Map<?, ?> all)) {
            item.wrong("kind", "{type: ..., ...}");
            return Optional.empty();
        }
        var type = item.needed(all, "type").oneOf("", "pump", "culvert", "weir", "gate", "levee");
        return switch (type) {
            case "pump" -> Optional.of(pump(item, ground));
            case "culvert" -> Optional.of(culvert(item, ground));
            case "weir" -> Optional.of(weir(item, ground));
            case "gate" -> Optional.of(gate(item, ground));
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

    private Place end(Entry item, Map<?, ?> map, String key, Optional<Raster> ground) {
        var entry = item.needed(map, key);
        var place = entry.place();
        onGround(entry, place, ground);
        return place;
    }

    private Structure pump(Entry item, Optional<Raster> ground) {
        var map = item.keys(List.of("type", "name", "from", "to", "m3_s", "start_m", "stop_m"));
        var start = item.needed(map, "start_m").positive(1, 100);
        var stop = item.needed(map, "stop_m").number(0, 0, 100);
        if (stop >= start) {
            item.key(map, "stop_m").wrong("number", "0", Entry.plain(start));
        }
        return new Structure.Pump(
                item.key(map, "name").text(item.path()),
                end(item, map, "from", ground),
                item.needed(map, "to").place(),
                item.needed(map, "m3_s").series(0, 1e4),
                start,
                stop);
    }

    private Structure culvert(Entry item, Optional<Raster> ground) {
        var map = item.keys(List.of("type", "name", "from", "to", "width_m", "height_m", "invert_m", "one_way"));
        return new Structure.Culvert(
                item.key(map, "name").text(item.path()),
                end(item, map, "from", ground),
                end(item, map, "to", ground),
                item.needed(map, "width_m").positive(1, 1000),
                item.needed(map, "height_m").positive(1, 100),
                item.needed(map, "invert_m").number(0, -LEVEL_MAX, LEVEL_MAX),
                item.key(map, "one_way").truth(false));
    }

    private Structure weir(Entry item, Optional<Raster> ground) {
        var map = item.keys(List.of("type", "name", "from", "to", "width_m", "crest_m"));
        return new Structure.Weir(
                item.key(map, "name").text(item.path()),
                end(item, map, "from", ground),
                end(item, map, "to", ground),
                item.needed(map, "width_m").positive(1, 1e5),
                item.needed(map, "crest_m").number(0, -LEVEL_MAX, LEVEL_MAX));
    }

    private Structure gate(Entry item, Optional<Raster> ground) {
        var map = item.keys(List.of("type", "name", "from", "to", "width_m", "sill_m", "opening_m"));
        return new Structure.Gate(
                item.key(map, "name").text(item.path()),
                end(item, map, "from", ground),
                end(item, map, "to", ground),
                item.needed(map, "width_m").positive(1, 1e5),
                item.needed(map, "sill_m").number(0, -LEVEL_MAX, LEVEL_MAX),
                item.needed(map, "opening_m").series(0, 100));
    }
}
