package jiaoying.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import jiaoying.server.flood.FloodRun;
import jiaoying.server.flood.Hands;
import jiaoying.server.flood.ScenarioReader;
import jiaoying.server.flood.ScenarioRefused;
import jiaoying.water.grid.EsriAscii;
import jiaoying.water.grid.Frame;
import jiaoying.water.grid.GeoTiff;
import jiaoying.water.grid.Raster;
import jiaoying.water.inundation.Crew;
import jiaoying.water.inundation.Inflow;
import jiaoying.water.inundation.Kernel;
import jiaoying.water.inundation.Rain;
import jiaoying.water.inundation.Scene;
import jiaoying.water.inundation.Series;
import jiaoying.water.inundation.Simulation;

/**
 * The flood model on the cloudburst over a closed box: 1000 x 1000 cells of 10 m, 50 mm/h for an hour, two hours simulated.
 * Bumps, hollows, a winding channel, a pond and 2 cm of roughness, all by formula. Correct beside fast: the volume, and the
 * two kernels against each other.
 */
final class FloodBench {
    private static final int CELLS = 1000;
    private static final double DX = 10;

    /** 537 km2 in cells of 10 m. */
    private static final int CITY_CELLS = 2318;

    /** Bytes that a step must move for each cell: bed, depth, four fluxes and the peak read, depth, two fluxes and the peak written. */
    private static final int BYTES_A_CELL = 44;

    /** Additions, multiplications, comparisons, roots and divisions of the two faces, the limiting and the depth of a cell. */
    private static final int FLOPS_A_CELL = 2 * 58 + 12 + 7;

    private FloodBench() {}

    static boolean run() throws IOException {
        var ground = ground();
        var scene = Scene.dry(ground, 0.05).withRain(new Rain.Spells(List.of(new Rain.Spell(0, 3600, 50))));
        var right = true;
        for (var threads : new int[] {1, 2}) {
            right &= measure(scene, Kernel.fastest(), threads);
        }
        limits();
        right &= equal(scene);
        right &= lakeAtRest(ground);
        right &= full();
        right &= city();
        return right;
    }

    private static boolean measure(Scene scene, Kernel kernel, int threads) throws IOException {
        var rates = new double[8];
        try (var hands = new Hands(threads)) {
            var began = System.nanoTime();
            var run = new Simulation(scene, Simulation.Method.LOCAL_INERTIA, kernel, threads == 1 ? Crew.ALONE : hands);
            for (var part = 0; part < rates.length; part++) {
                var from = System.nanoTime();
                var steps = run.steps();
                run.advanceTo(7200.0 * (part + 1) / rates.length);
                rates[part] = (run.steps() - steps) * 1e9 * CELLS * CELLS / (System.nanoTime() - from);
            }
            run.settle();
            EsriAscii.write(run.frame(), run::peak, OutputStream.nullOutputStream());
            var seconds = (System.nanoTime() - began) / 1e9;
            var error = run.balance().error_relative();
            var right = Math.abs(error) <= 1e-6;
            Figures.rate(
                    "flood, %s, %d threads, cells, eighths of a run"
                            .formatted(kernel.name().toLowerCase(Locale.ROOT), threads),
                    rates,
                    "250,000,000 then 400,000,000 then 700,000,000 on 2",
                    right);
            var rate = run.steps() * (double) CELLS * CELLS / seconds;
            System.out.printf(
                    Locale.ROOT,
                    "  whole run %.1f s (goal 20, then 11), %d steps, volume error %.1e (goal 1e-6), %.1f GB/s, %.0f Gflop/s%n",
                    seconds,
                    run.steps(),
                    error,
                    rate * BYTES_A_CELL / 1e9,
                    rate * FLOPS_A_CELL / 1e9);
            return right;
        }
    }

    /** What this machine moves and computes at most, measured now: the roof over the rates above. */
    private static void limits() {
        for (var threads : new int[] {1, 2}) {
            try (var hands = new Hands(threads)) {
                System.out.printf(
                        Locale.ROOT,
                        "  this machine now, %d threads: %.1f GB/s (a + s b over 192 MB), %.0f Gflop/s (multiply and add)%n",
                        threads,
                        Roof.bandwidth(threads == 1 ? Crew.ALONE : hands) / 1e9,
                        Roof.flops(threads == 1 ? Crew.ALONE : hands) / 1e9);
            }
        }
    }

    /** The whole equations on test 4 of the Environment Agency's benchmark: 80 000 cells of 5 m. */
    private static boolean full() {
        var flat = new Raster(Frame.of(200, 400, 0, 0, 5), new double[200 * 400]);
        var flow = new Series(new double[] {0, 300, 3600, 14400, 18000}, new double[] {0, 0, 20, 20, 0});
        var scene = Scene.dry(flat, 0.05)
                .withInflows(List.of(
                        new Inflow("gap", List.of(new Inflow.Place(1, 990.1), new Inflow.Place(1, 1009.9)), flow)));
        var right = true;
        for (var threads : new int[] {1, 2}) {
            try (var hands = new Hands(threads)) {
                var run = new Simulation(
                        scene, Simulation.Method.FULL, Kernel.fastest(), threads == 1 ? Crew.ALONE : hands);
                run.advanceTo(3600);
                var steps = run.steps();
                var from = System.nanoTime();
                run.advanceTo(18_000);
                var seconds = (System.nanoTime() - from) / 1e9;
                var error = run.balance().error_relative();
                right &= Math.abs(error) <= 1e-6;
                System.out.printf(
                        Locale.ROOT,
                        "full equations, EA test 4, %d threads: %.1f million cells a second of second order (LISFLOOD-FP fv1, first order, whole grid: 16 a core), %d steps, volume error %.1e%n",
                        threads,
                        (run.steps() - steps) * 80_000.0 / seconds / 1e6,
                        run.steps(),
                        error);
            }
        }
        return right;
    }

    /** A city of 5.4 million cells two hours ahead, from file to file. */
    private static boolean city() throws IOException {
        var folder = Bench.folder("flood");
        var ground = ground(CITY_CELLS);
        try (var file = new BufferedOutputStream(Files.newOutputStream(folder.resolve("ground.tif")), 1 << 18)) {
            GeoTiff.write(ground.frame(), ground::at, false, file);
        }
        Files.writeString(folder.resolve("scenario.yaml"), """
                name: cloudburst over a city
                ground: ground.tif
                roughness: 0.05
                rain: [{from_s: 0, to_s: 3600, mm_h: 50}]
                duration_s: 7200
                outputs: {formats: [tif]}
                """);
        memory(ground);
        var began = System.nanoTime();
        try {
            var scenario = ScenarioReader.read(folder.resolve("scenario.yaml"));
            var report = new FloodRun(scenario, Kernel.fastest(), 2, folder.resolve("out"), began).run();
            System.out.printf(
                    Locale.ROOT,
                    "%.1f million cells, 2 h ahead, file to file, 2 threads: %.1f s (goal 100, 60, 30), %.0f million cells a second, %.1f GB/s, %d steps, %.1f s reading and writing, volume error %.1e, process at most %s MiB%n",
                    ground.frame().cells() / 1e6,
                    (System.nanoTime() - began) / 1e9,
                    report.cellsPerSecond() / 1e6,
                    report.cellsPerSecond() * BYTES_A_CELL / 1e9,
                    report.steps(),
                    report.wall_s() - report.steps() * (double) ground.frame().cells() / report.cellsPerSecond(),
                    report.volumeError(),
                    report.fields().get("peak_memory_mib"));
            return Math.abs(report.volumeError()) <= 1e-6;
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

    /** Live bytes of ground, scene and water together, after a collection. */
    private static void memory(Raster ground) {
        var before = live();
        var scene = Scene.dry(new Raster(ground.frame(), ground.values().clone()), 0.05)
                .withRain(new Rain.Spells(List.of(new Rain.Spell(0, 3600, 50))));
        var run = new Simulation(scene, Simulation.Method.LOCAL_INERTIA, Kernel.fastest(), Crew.ALONE);
        run.advanceTo(10);
        System.out.printf(
                Locale.ROOT,
                "%.1f million cells: %.1f bytes a cell live, ground included (goal 60)%n",
                ground.frame().cells() / 1e6,
                (live() - before) / (double) run.frame().cells());
    }

    private static long live() {
        for (var i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static boolean equal(Scene scene) {
        var plain = new Simulation(scene, Simulation.Method.LOCAL_INERTIA, Kernel.PLAIN, Crew.ALONE);
        var fast = new Simulation(scene, Simulation.Method.LOCAL_INERTIA, Kernel.fastest(), Crew.ALONE);
        plain.advanceTo(600);
        fast.advanceTo(600);
        var different = 0;
        for (var row = 0; row < CELLS; row++) {
            for (var column = 0; column < CELLS; column++) {
                different += plain.depth(row, column) == fast.depth(row, column) ? 0 : 1;
            }
        }
        System.out.printf("plain kernel beside the %s one after 600 s: %d cells differ%n", Kernel.fastest(), different);
        return different == 0;
    }

    private static boolean lakeAtRest(Raster ground) {
        var lake = new Simulation(
                Scene.dry(ground, 0.05).withLevel(5), Simulation.Method.LOCAL_INERTIA, Kernel.fastest(), Crew.ALONE);
        lake.advanceTo(300);
        var most = 0.0;
        for (var row = 0; row < CELLS; row++) {
            for (var column = 0; column < CELLS; column++) {
                most = Math.max(most, Math.abs(lake.level(row, column) - Math.max(5, ground.at(row, column))));
            }
        }
        System.out.printf(
                Locale.ROOT, "lake at rest on the same bed after 300 s: level off by %.1e m (goal 1e-6)%n", most);
        return most <= 1e-6;
    }

    private static Raster ground() {
        return ground(CELLS);
    }

    /** The bed, row 0 in the north, x to the east and y to the south from the north-west corner. */
    private static Raster ground(int cells) {
        var length = cells * DX;
        var s = length / 10_000;
        var z = new double[cells * cells];
        for (var i = 0; i < z.length; i++) {
            z[i] = 11.5 - 0.001 * x(i, cells) / s - 0.0005 * y(i, cells) / s;
        }
        bumps(z, cells);
        for (var i = 0; i < z.length; i++) {
            z[i] += roughness(i / cells, i % cells)
                    - channel(x(i, cells), y(i, cells), length)
                    - pond(x(i, cells), y(i, cells), length);
            z[i] = Math.rint(z[i] * 1000) / 1000;
        }
        return new Raster(Frame.of(cells, cells, 0, 0, DX), z);
    }

    private static double x(int i, int cells) {
        return (i % cells + 0.5) * DX;
    }

    private static double y(int i, int cells) {
        return (i / cells + 0.5) * DX;
    }

    private static void bumps(double[] z, int cells) {
        var draw = new Draw();
        var length = cells * DX;
        for (var bump = 0; bump < 400; bump++) {
            var cx = draw.next() * length;
            var cy = draw.next() * length;
            var radius = (60 + 240 * draw.next()) * length / 10_000;
            var size = 0.2 + 0.8 * draw.next();
            size = draw.next() < 0.5 ? size : -size;
            var rowTo = Math.min(cells, (int) ((cy + 4 * radius) / DX) + 1);
            var columnTo = Math.min(cells, (int) ((cx + 4 * radius) / DX) + 1);
            for (var row = Math.max(0, (int) ((cy - 4 * radius) / DX)); row < rowTo; row++) {
                for (var column = Math.max(0, (int) ((cx - 4 * radius) / DX)); column < columnTo; column++) {
                    var i = row * cells + column;
                    var square = (x(i, cells) - cx) * (x(i, cells) - cx) + (y(i, cells) - cy) * (y(i, cells) - cy);
                    z[i] += size * Math.exp(-square / (2 * (radius / 2) * (radius / 2)));
                }
            }
        }
    }

    private static double roughness(int row, int column) {
        var k = ((long) row * 73856093 ^ (long) column * 19349663) * 2654435761L & 0xFFFFFFFFL;
        return (k / 4294967295.0 - 0.5) * 0.04;
    }

    private static double channel(double x, double y, double length) {
        var middle = 0.5 * length
                + 0.08 * length * Math.sin(2 * Math.PI * x / (0.35 * length))
                + 0.03 * length * Math.sin(2 * Math.PI * x / (0.11 * length));
        var t = Math.abs(y - middle) / (22.5 * length / 10_000);
        return t < 1 ? 1.5 * (1 - t * t) : 0;
    }

    private static double pond(double x, double y, double length) {
        var half = 150 * length / 10_000;
        return Math.abs(x - 0.85 * length) < half && Math.abs(y - 0.85 * length) < half ? 0.8 : 0;
    }

    /** A 64-bit linear congruential generator; the top 31 bits as a number from 0 to below 1. */
    private static final class Draw {
        private long state = 20_240_611;

        double next() {
            state = 6364136223846793005L * state + 1442695040888963407L;
            return (state >>> 33) / 2147483648.0;
        }
    }
}
