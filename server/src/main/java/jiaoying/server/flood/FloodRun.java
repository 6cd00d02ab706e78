package jiaoying.server.flood;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import jiaoying.water.grid.EsriAscii;
import jiaoying.water.inundation.Crew;
import jiaoying.water.inundation.Kernel;
import jiaoying.water.inundation.Simulation;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** One run of a scenario into a folder: maps, series at points, a report. */
public final class FloodRun {
    private final Scenario scenario;
    private final Kernel kernel;
    private final int threads;
    private final Path out;
    private final long began;
    private long moving;

    /** @param began {@link System#nanoTime} when the command started to read */
    public FloodRun(Scenario scenario, Kernel kernel, int threads, Path out, long began) {
        this.scenario = scenario;
        this.kernel = kernel;
        this.threads = threads;
        this.out = out;
        this.began = began;
    }

    /** Runs to the end and returns the report, which also stands in {@code report.json}. */
    public Report run() throws IOException {
        Files.createDirectories(out);
        try (var hands = new Hands(threads)) {
            return run(threads == 1 ? Crew.ALONE : hands);
        }
    }

    private Report run(Crew crew) throws IOException {
        var simulation = new Simulation(scenario.scene(), scenario.method(), kernel, crew);
        scenario.state().ifPresent(simulation::resume);
        try (var points = new PrintWriter(Files.newBufferedWriter(out.resolve("points.csv"), StandardCharsets.UTF_8))) {
            points.print("time_s,name,depth_m,level_m,speed_m_s\n");
            play(simulation, points);
        }
        if (scenario.saveState()) {
            try (var file = new BufferedOutputStream(Files.newOutputStream(out.resolve("state.bin")), 1 << 16)) {
                simulation.save().write(file);
            }
        }
        simulation.settle();
        if (scenario.peak()) {
            map("peak_depth.asc", simulation, simulation::peak);
        }
        var report = report(simulation);
        Files.writeString(out.resolve("report.json"), json(report.fields()) + "\n");
        return report;
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

    private void play(Simulation simulation, PrintWriter points) throws IOException {
        var end = scenario.duration_s();
        write(simulation, points);
        long map = 1;
        long point = 1;
        while (simulation.now() < end) {
            var nextMap = scenario.everySeconds().isPresent()
                    ? map * (double) scenario.everySeconds().get()
                    : Double.POSITIVE_INFINITY;
            var nextPoint = scenario.points().isEmpty() ? Double.POSITIVE_INFINITY : point * scenario.pointEvery_s();
            var next = Math.min(end, Math.min(nextMap, nextPoint));
            var from = System.nanoTime();
            simulation.advanceTo(next);
            moving += System.nanoTime() - from;
            if (next == nextPoint) {
                point++;
                write(simulation, points);
            }
            if (next == nextMap) {
                map++;
                simulation.settle();
                map("depth_%06d.asc".formatted((long) next), simulation, simulation::depth);
            }
        }
    }

    private void write(Simulation simulation, PrintWriter to) {
        for (var point : scenario.points()) {
            var row = simulation.frame().rowOf(point.place().y());
            var column = simulation.frame().columnOf(point.place().x());
            to.print(Entry.plain(simulation.now()) + "," + quoted(point.name())
                    + String.format(
                            Locale.ROOT,
                            ",%.6f,%.6f,%.6f\n",
                            simulation.depth(row, column),
                            simulation.level(row, column),
                            simulation.speed(row, column)));
        }
    }

    private static String quoted(String name) {
        return name.matches("[^,\"\\r\\n]*") ? name : "\"" + name.replace("\"", "\"\"") + "\"";
    }

    private void map(String name, Simulation simulation, EsriAscii.Row values) throws IOException {
        try (var file = new BufferedOutputStream(Files.newOutputStream(out.resolve(name)), 1 << 18)) {
            EsriAscii.write(simulation.frame(), values, file);
        }
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
