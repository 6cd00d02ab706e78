package jiaoying.server.flood;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import jiaoying.server.flood.Wanted.Format;
import jiaoying.water.inundation.Crew;
import jiaoying.water.inundation.Hazard;
import jiaoying.water.inundation.Kernel;
import jiaoying.water.inundation.Simulation;
import jiaoying.water.inundation.Traces;
import jiaoying.water.picture.Frames;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** One run of a scenario into a folder: maps, series at points and sites, a report. */
public final class FloodRun {
    private final Scenario scenario;
    private final Wanted wanted;
    private final Kernel kernel;
    private final int threads;
    private final Path out;
    private final Maps maps;
    private final long began;
    private long moving;

    /** @param began {@link System#nanoTime} when the command started to read */
    public FloodRun(Scenario scenario, Kernel kernel, int threads, Path out, long began) {
        this.scenario = scenario;
        this.kernel = kernel;
        this.threads = threads;
        this.out = out;
        this.began = began;
        wanted = scenario.wanted();
        maps = new Maps(out, scenario.scene().ground().frame(), wanted.formats());
    }

    /**
     * Runs to the end and returns the report, which also stands in {@code report.json}.
     *
     * @throws ScenarioRefused when the saved state is of a run of another kind
     */
    public Report run() throws IOException, ScenarioRefused {
        Files.createDirectories(out);
        try (var hands = new Hands(threads)) {
            return run(threads == 1 ? Crew.ALONE : hands);
        }
    }

    private Report run(Crew crew) throws IOException, ScenarioRefused {
        var simulation = new Simulation(scenario.scene(), scenario.method(), kernel, crew);
        resume(simulation);
        var traces = wanted.arrivalDepth().map(simulation::trace);
        try (var points = table("points.csv", "time_s,name,depth_m,level_m,speed_m_s\n");
                var sites = wanted.sites().isEmpty()
                        ? new PrintWriter(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)
                        : table("sites.csv", "time_s,name,depth_max_m,depth_mean_m,wet_share\n");
                var frames = frames()) {
            play(simulation, crew, points, sites, frames);
        }
        if (wanted.saveState()) {
            try (var file = new BufferedOutputStream(Files.newOutputStream(out.resolve("state.bin")), 1 << 16)) {
                simulation.save().write(file);
            }
        }
        simulation.settle();
        simulation.lookAgain();
        var sheets = new ArrayList<Maps.Sheet>();
        if (wanted.peak()) {
            sheets.addAll(maps.depth("peak_depth", simulation::peak));
        }
        traces.ifPresent(kept -> sheets.addAll(traces(kept, simulation)));
        Maps.write(sheets, crew);
        var report = report(simulation);
        Files.writeString(out.resolve("report.json"), json(report.fields()) + "\n");
        return report;
    }

    private void resume(Simulation simulation) throws ScenarioRefused {
        try {
            scenario.state().ifPresent(simulation::resume);
        } catch (IllegalArgumentException ofAnotherKind) {
            throw new ScenarioRefused(List.of(Problem.of("state", "start.state")));
        }
    }

    private PrintWriter table(String name, String head) throws IOException {
        var table = new PrintWriter(Files.newBufferedWriter(out.resolve(name), StandardCharsets.UTF_8));
        table.print(head);
        return table;
    }

    private FrameFile frames() throws IOException {
        return new FrameFile(
                wanted.formats().contains(Format.FRAMES)
                                && wanted.everySeconds().isPresent()
                        ? Optional.of(
                                new BufferedOutputStream(Files.newOutputStream(out.resolve("frames.bin")), 1 << 18))
                        : Optional.empty(),
                scenario.scene().ground().frame());
    }

    /** The frames for a screen, when they are wanted. */
    private record FrameFile(Optional<Frames> frames, Optional<OutputStream> file) implements AutoCloseable {
        FrameFile(Optional<OutputStream> file, jiaoying.water.grid.Frame frame) throws IOException {
            this(file.isPresent() ? Optional.of(new Frames(frame, file.get())) : Optional.empty(), file);
        }

        void add(Simulation simulation) throws IOException {
            if (frames.isPresent()) {
                frames.get().add((int) simulation.now(), simulation::depth);
            }
        }

        @Override
        public void close() throws IOException {
            frames.ifPresent(Frames::end);
            if (file.isPresent()) {
                file.get().close();
            }
        }
    }

    /**
     * What a run came to.
     *
     * @param fields the document {@code report.json}
     * @param wall_s from the start of reading to the last map
     */
    public record Report(
            Map<String, Object> fields, long steps, double wall_s, double cellsPerSecond, double volumeError) {}

    public static String json(Map<String, Object> report) {
        return JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsString(report);
    }

    private void play(Simulation simulation, Crew crew, PrintWriter points, PrintWriter sites, FrameFile frames)
            throws IOException {
        var end = scenario.duration_s();
        var watched = !wanted.points().isEmpty() || !wanted.sites().isEmpty();
        series(simulation, points, sites);
        frames.add(simulation);
        long map = 1;
        long point = 1;
        while (simulation.now() < end) {
            var nextMap = wanted.everySeconds().isPresent()
                    ? map * (double) wanted.everySeconds().get()
                    : Double.POSITIVE_INFINITY;
            var nextPoint = watched ? point * wanted.pointEvery_s() : Double.POSITIVE_INFINITY;
            var next = Math.min(end, Math.min(nextMap, nextPoint));
            var from = System.nanoTime();
            simulation.advanceTo(next);
            moving += System.nanoTime() - from;
            if (next == nextPoint) {
                point++;
                series(simulation, points, sites);
            }
            if (next == nextMap) {
                map++;
                simulation.settle();
                maps(simulation, crew);
                frames.add(simulation);
            }
        }
    }

    private void maps(Simulation it, Crew crew) throws IOException {
        var sheets = new ArrayList<Maps.Sheet>();
        var second = "_%06d".formatted((long) it.now());
        for (var kind : wanted.maps()) {
            sheets.addAll(
                    switch (kind) {
                        case DEPTH -> maps.depth("depth" + second, it::depth);
                        case LEVEL -> maps.map("level" + second, it::level, true);
                        case SPEED -> maps.map("speed" + second, it::speed, false);
                        case HAZARD ->
                            maps.map(
                                    "hazard" + second,
                                    (row, column) -> Double.isNaN(it.depth(row, column))
                                            ? Double.NaN
                                            : Hazard.of(it.depth(row, column), it.speed(row, column)),
                                    false);
                    });
        }
        Maps.write(sheets, crew);
    }

    private List<Maps.Sheet> traces(Traces traces, Simulation it) {
        var sheets = new ArrayList<Maps.Sheet>();
        sheets.addAll(maps.map("arrival_s", traces::arrival_s, false));
        sheets.addAll(maps.map(
                "duration_s", (row, column) -> onGround(it, row, column, traces.duration_s(row, column)), false));
        sheets.addAll(maps.map(
                "peak_speed", (row, column) -> onGround(it, row, column, traces.speed_m_s(row, column)), false));
        sheets.addAll(maps.map(
                "peak_depth_speed",
                (row, column) -> onGround(it, row, column, traces.product_m2_s(row, column)),
                false));
        sheets.addAll(
                maps.map("peak_hazard", (row, column) -> onGround(it, row, column, traces.hazard(row, column)), false));
        if (wanted.peak()) {
            sheets.addAll(maps.map(
                    "peak_level",
                    (row, column) ->
                            it.peak(row, column) + scenario.scene().ground().at(row, column),
                    true));
        }
        return sheets;
    }

    private static double onGround(Simulation it, int row, int column, double value) {
        return Double.isNaN(it.peak(row, column)) ? Double.NaN : value;
    }

    private void series(Simulation it, PrintWriter points, PrintWriter sites) {
        var time = Entry.plain(it.now());
        for (var point : wanted.points()) {
            var row = it.frame().rowOf(point.place().y());
            var column = it.frame().columnOf(point.place().x());
            points.print(time + "," + quoted(point.name())
                    + String.format(
                            Locale.ROOT,
                            ",%.6f,%.6f,%.6f\n",
                            it.depth(row, column),
                            level(it, row, column),
                            it.speed(row, column)));
        }
        for (var site : wanted.sites()) {
            var columns = it.frame().columns();
            var depths = site.cells().stream()
                    .mapToDouble(cell -> it.depth(cell / columns, cell % columns))
                    .toArray();
            sites.print(time + "," + quoted(site.name())
                    + String.format(
                            Locale.ROOT,
                            ",%.6f,%.6f,%.4f\n",
                            java.util.Arrays.stream(depths).max().orElse(0),
                            java.util.Arrays.stream(depths).average().orElse(0),
                            java.util.Arrays.stream(depths)
                                            .filter(depth -> depth >= Frames.DRY_M)
                                            .count()
                                    / (double) depths.length));
        }
    }

    /** Where the ground is dry and a canal runs, that of the canal. */
    private static double level(Simulation it, int row, int column) {
        var canal = it.canalLevel(row, column);
        return Double.isNaN(canal) || it.depth(row, column) > 0 ? it.level(row, column) : canal;
    }

    private static String quoted(String name) {
        return name.matches("[^,\"\\r\\n]*") ? name : "\"" + name.replace("\"", "\"\"") + "\"";
    }

    private Report report(Simulation simulation) throws IOException {
        var report = new LinkedHashMap<String, Object>();
        report.put("name", scenario.name());
        report.put("solver", simulation.solver());
        report.put("kernel", kernel.name().toLowerCase(Locale.ROOT));
        report.put("cells", simulation.frame().cells());
        report.put("active_cells", simulation.activeCells());
        report.put("steps", simulation.steps());
        report.put("threads", threads);
        report.put("simulated_s", simulation.now());
        var wall_s = (System.nanoTime() - began) / 1e9;
        var rate = simulation.steps() * (double) simulation.activeCells() / (moving / 1e9);
        report.put("wall_s", wall_s);
        report.put("solver_s", moving / 1e9);
        report.put("cell_updates_per_s", rate);
        report.put("limiting_cell", simulation.limiting());
        report.put("slowed_in_still_pools", simulation.slowed());
        var balance = simulation.balance();
        var volume = new LinkedHashMap<String, Object>();
        volume.put("start_m3", balance.start_m3());
        volume.put("rain_m3", balance.rain_m3());
        volume.put("inflow_m3", balance.inflow_m3());
        volume.put("infiltrated_m3", balance.infiltrated_m3());
        volume.put("drained_m3", balance.drained_m3());
        volume.put("outflow_m3", balance.outflow_m3());
        volume.put("end_m3", balance.end_m3());
        volume.put("error_m3", balance.error_m3());
        volume.put("error_relative", balance.error_relative());
        report.put("volume", volume);
        report.put("peak_memory_mib", peakMemory());
        return new Report(report, simulation.steps(), wall_s, rate, balance.error_relative());
    }

    private static long peakMemory() throws IOException {
        var status = Path.of("/proc/self/status");
        if (Files.isReadable(status)) {
            for (var line : Files.readAllLines(status)) {
                if (line.startsWith("VmHWM:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
                }
            }
        }
        return Runtime.getRuntime().totalMemory() >> 20;
    }
}
