package jiaoying.server.flood;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jiaoying.duty.measure.Sentence;
import jiaoying.server.reply.ParserWords;
import jiaoying.water.grid.CoordinateSystem;
import jiaoying.water.grid.Frame;
import jiaoying.water.grid.Raster;
import jiaoying.water.inundation.Amount;
import jiaoying.water.inundation.Edge;
import jiaoying.water.inundation.Inflow;
import jiaoying.water.inundation.SavedState;
import jiaoying.water.inundation.Scene;
import jiaoying.water.inundation.Simulation.Method;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads a scenario with everything it names; finds all that is wrong in one go. */
public final class ScenarioReader {
    private static final List<String> KEYS = List.of(
            "name",
            "solver",
            "still_pools",
            "ground",
            "system",
            "roughness",
            "start",
            "rain",
            "losses",
            "land_cover",
            "buildings",
            "canals",
            "inflows",
            "boundaries",
            "structures",
            "duration_s",
            "outputs");
    private static final double TIME_MAX = 1e8;
    private static final double LEVEL_MAX = 1e4;

    private final List<Problem> problems = new ArrayList<>();

    private final ScenarioFiles files;

    private ScenarioReader(Path folder) {
        files = new ScenarioFiles(folder, problems);
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
            problems.add(Problem.of("no-file", "SCENARIO.yaml", file));
            return Optional.empty();
        }
        try {
            var settings = LoadSettings.builder().setAllowDuplicateKeys(false).build();
            var root = new Load(settings).loadFromString(Files.readString(file));
            return scenario(new Entry("", Optional.ofNullable(root).or(() -> Optional.of("")), problems));
        } catch (YamlEngineException notYaml) {
            problems.add(Problem.of("yaml", file + ParserWords.place(notYaml), ParserWords.yaml(notYaml)));
            return Optional.empty();
        } catch (MalformedInputException notText) {
            problems.add(Problem.of("yaml", file, Sentence.of("not-utf8")));
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
        var exact =
                root.key(map, "still_pools").oneOf("slowed", "slowed", "exact").equals("exact");
        var duration = root.needed(map, "duration_s").positive(1, TIME_MAX);
        var bare = ground(root.needed(map, "ground"), root.key(map, "system"));
        var buildings = root.key(map, "buildings");
        var built = bare.isEmpty()
                ? Optional.<CoverReader.Built>empty()
                : Optional.of(new CoverReader(files, bare).built(buildings, bare.get()));
        var ground = built.map(CoverReader.Built::ground);
        var frame = ground.map(Raster::frame);
        var cover = new CoverReader(files, ground);
        var covered = cover.covered(
                root.key(map, "land_cover"),
                files.everywhere(root.needed(map, "roughness"), ground, 0, 1),
                cover.losses(root.key(map, "losses")));
        var rain = new RainReader(files, frame).read(root.key(map, "rain"));
        var canals = new CanalReader(files, ground).read(root.key(map, "canals"));
        var inflows = inflows(root.key(map, "inflows"), ground);
        var edges = edges(root.key(map, "boundaries"));
        var structures = new StructureReader(ground);
        structures.read(root.key(map, "structures"));
        var wanted = new OutputReader(ground).read(root.key(map, "outputs"));
        var start = new Start(root.key(map, "start"), frame, ground);
        start.state.ifPresent(state -> {
            if (state.solver().equals("full") != (method == Method.FULL)) {
                problems.add(Problem.of("solver", "start.state", state.solver()));
            }
        });
        if (method == Method.FULL && built.isPresent() && built.get().openness().varied()) {
            buildings.wrong("kind", "as: blocked | as: raised (solver: full)");
        }
        if (ground.isEmpty()) {
            return Optional.empty();
        }
        var dry = Scene.dry(ground.get(), 0)
                .withRoughness(covered.roughness())
                .withRain(rain)
                .withLosses(covered.losses())
                .withInflows(inflows)
                .withEdges(edges)
                .withLevees(structures.levees())
                .withStructures(structures.structures())
                .withOpenness(built.map(CoverReader.Built::openness).orElse(Amount.of(1)))
                .withCanals(canals)
                .withExactPools(exact);
        return Optional.of(new Scenario(name, method, start.fill(dry), start.state, duration, wanted));
    }

    /** The ground, with the system of its coordinates when that is said by hand. */
    private Optional<Raster> ground(Entry entry, Entry system) throws IOException {
        var code = system.given() ? (int) system.number(1024, 1024, 32766) : 0;
        return files.raster(entry, Optional.empty(), -LEVEL_MAX, LEVEL_MAX)
                .map(raster -> code == 0
                        ? raster
                        : new Raster(raster.frame().in(CoordinateSystem.epsg(code)), raster.values()));
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
            depth = files.amount(entry.key(map, "depth"), frame, 0, 1000);
            u = files.amount(entry.key(map, "u"), frame, -100, 100);
            v = files.amount(entry.key(map, "v"), frame, -100, 100);
            var ways = List.of("depth", "level", "state").stream()
                    .filter(map::containsKey)
                    .toList();
            if (ways.size() > 1) {
                entry.wrong("kind", "{depth: ...} | {level: ...} | {state: ...}");
            }
            if (map.containsKey("state")) {
                state = files.saved(entry.key(map, "state"), frame);
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
                where.wrong("outside", GridWords.of(ground.get().frame()));
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
}
