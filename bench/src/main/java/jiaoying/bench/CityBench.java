package jiaoying.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import jiaoying.server.flood.FloodRun;
import jiaoying.server.flood.GroundFiles;
import jiaoying.server.flood.ScenarioReader;
import jiaoying.server.flood.ScenarioRefused;
import jiaoying.water.inundation.Kernel;
import jiaoying.water.terrain.City;
import org.jspecify.annotations.Nullable;

/**
 * A whole polder city two hours ahead, from files to maps: 537 km2 in cells of 10 m with canals of their own every 400 to 800
 * m, houses, dikes, roads, underpasses, a pumping station and a culvert under the road for each polder, 60 mm/h for an hour.
 */
final class CityBench {
    private static final double SIDE_M = 23_180;
    private static final double GOAL_S = 100;

    private CityBench() {}

    static boolean run() throws IOException {
        var folder = Bench.folder("city");
        try {
            var city = new City(Double.parseDouble(System.getProperty("side_m", String.valueOf(SIDE_M))), 10, 1);
            GroundFiles.write(city, folder);
            addCulverts(city, folder.resolve("scenario.yaml"));
            return run(city, folder) & asExact(folder);
        } catch (ScenarioRefused refused) {
            throw new IllegalStateException("Bug: " + refused.problems(), refused);
        } finally {
            try (var files = Files.walk(folder)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void addCulverts(City city, Path scenario) throws IOException {
        var culverts = city.roads().stream()
                .filter(road -> road.x0() == road.x1())
                .map(road -> String.format(
                        Locale.ROOT,
                        "  - {type: culvert, name: culvert %1$.0f %2$.0f, from: [%3$.1f, %2$.1f], to: [%4$.1f, %2$.1f], width_m: 1, height_m: 0.8, invert_m: 1.9}%n",
                        road.x0(),
                        road.y0() + 60,
                        road.x0() - 25,
                        road.x0() + 25))
                .collect(Collectors.joining());
        Files.writeString(scenario, Files.readString(scenario).replace("structures:\n", "structures:\n" + culverts));
    }

    private static boolean run(City city, Path folder) throws IOException, ScenarioRefused {
        var began = System.nanoTime();
        var processor = processor_s();
        var scenario = ScenarioReader.read(folder.resolve("scenario.yaml"));
        var read_s = (System.nanoTime() - began) / 1e9;
        var report = new FloodRun(scenario, Kernel.fastest(), 2, folder.resolve("out"), began).run();
        var solver_s = number(report.fields().get("solver_s"));
        System.out.printf(
                Locale.ROOT,
                "a city of %.1f million cells: %d canals, %d structures, %d houses, %d underpasses; 2 h ahead, file to file, 2 threads%n",
                city.ground().frame().cells() / 1e6,
                city.canals().size(),
                scenario.scene().structures().size(),
                city.blocks().size(),
                city.underpasses().size());
        System.out.printf(
                Locale.ROOT,
                "  %.1f s (goal %.0f, then 60): reading %.1f, water %.1f, maps %.1f; %.1f s of processor, %d steps, %.0f million cells a second; load %.1f%n",
                report.wall_s(),
                GOAL_S,
                read_s,
                solver_s,
                report.wall_s() - solver_s - read_s,
                processor_s() - processor,
                report.steps(),
                report.cellsPerSecond() / 1e6,
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        System.out.printf(
                Locale.ROOT,
                "  volume error %.1e (goal 1e-6), %s, %s, process at most %s MiB%n",
                report.volumeError(),
                report.fields().get("limiting_cell"),
                report.fields().get("slowed_in_still_pools"),
                report.fields().get("peak_memory_mib"));
        return Math.abs(report.volumeError()) <= 1e-6;
    }

    /** The same run with nothing slowed in deep pools, and what is different in the maps. */
    private static boolean asExact(Path folder) throws IOException, ScenarioRefused {
        var file = folder.resolve("exact.yaml");
        Files.writeString(file, Files.readString(folder.resolve("scenario.yaml")) + "still_pools: exact\n");
        var began = System.nanoTime();
        var report = new FloodRun(ScenarioReader.read(file), Kernel.fastest(), 2, folder.resolve("exact"), began).run();
        System.out.printf(
                Locale.ROOT,
                "  with still_pools: exact %.1f s, %d steps, volume error %.1e; what the fast run has otherwise:%n",
                report.wall_s(),
                report.steps(),
                report.volumeError());
        return compare(folder, "depth_003600.tif", "m of depth after 1 h", 0.05)
                & compare(folder, "depth_007200.tif", "m of depth after 2 h", 0.05)
                & compare(folder, "peak_depth.tif", "m of peak depth", 0.05)
                & compare(folder, "arrival_s.tif", "s of arrival of 0.15 m", 600);
    }

    /** Few cells may be off by more than a limit, one in 100,000. Where one map alone says anything the depths tell how far it is off. */
    private static boolean compare(Path folder, String map, String what, double limit)
            throws IOException, ScenarioRefused {
        var fast = GroundFiles.read(folder.resolve("out").resolve(map)).values();
        var exact = GroundFiles.read(folder.resolve("exact").resolve(map)).values();
        var off = IntStream.range(0, fast.length)
                .filter(i -> !Double.isNaN(fast[i]) && !Double.isNaN(exact[i]))
                .mapToDouble(i -> Math.abs(fast[i] - exact[i]))
                .sorted()
                .toArray();
        var one = IntStream.range(0, fast.length)
                .filter(i -> Double.isNaN(fast[i]) != Double.isNaN(exact[i]))
                .count();
        var far = DoubleStream.of(off).filter(it -> it > limit).count();
        System.out.printf(
                Locale.ROOT,
                "    %s: 99th percentile %.2g, 99.9th %.2g, 99.99th %.2g, largest %.2g; %d of %d cells over %s off, %d in one map only%n",
                what,
                quantile(off, 0.99),
                quantile(off, 0.999),
                quantile(off, 0.9999),
                quantile(off, 1),
                far,
                off.length,
                limit,
                one);
        return far * 100_000 <= fast.length;
    }

    private static double quantile(double[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[(int) Math.ceil(share * (sorted.length - 1))];
    }

    private static double processor_s() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean machine
                ? machine.getProcessCpuTime() / 1e9
                : Double.NaN;
    }

    private static double number(@Nullable Object value) {
        return value instanceof Number number ? number.doubleValue() : Double.NaN;
    }
}
