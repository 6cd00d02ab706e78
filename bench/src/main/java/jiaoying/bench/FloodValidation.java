package jiaoying.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import jiaoying.server.flood.FloodRun;
import jiaoying.server.flood.GroundFiles;
import jiaoying.server.flood.ScenarioReader;
import jiaoying.server.flood.ScenarioRefused;
import jiaoying.water.grid.Frame;
import jiaoying.water.grid.Raster;
import jiaoying.water.inundation.Amount;
import jiaoying.water.inundation.Crew;
import jiaoying.water.inundation.Edge;
import jiaoying.water.inundation.Inflow;
import jiaoying.water.inundation.Inflow.Place;
import jiaoying.water.inundation.Kernel;
import jiaoying.water.inundation.Rain;
import jiaoying.water.inundation.Scene;
import jiaoying.water.inundation.Series;
import jiaoying.water.inundation.Simulation;
import jiaoying.water.inundation.Simulation.Method;

/**
 * The flood model beside solutions that are known from the equations: writes the plots of the validation page and its table of
 * figures, good and bad.
 */
final class FloodValidation {
    private static final double G = 9.80665;

    private final Path folder;
    private final List<String> figures = new ArrayList<>();

    private FloodValidation(Path folder) {
        this.folder = folder;
    }

    static boolean run() throws IOException {
        var home = Path.of(System.getProperty("jiaoying.home", "."));
        var page = new FloodValidation(home.resolve("docs/validation/flood"));
        page.travellingWave();
        page.channel();
        page.rainOnPlane();
        page.dam(2, 0.5, "stoker");
        page.dam(2, 0, "ritter");
        page.bowl();
        page.spread();
        page.polder("real polder", home.resolve("samples/grounds/polder-nl"), "polder.svg");
        page.polder("whole real polder", home.resolve("samples/grounds/polder-nl/whole"), "whole-polder.svg");
        Files.writeString(
                page.folder.resolve("figures.csv"),
                "case,solver,figure,value,unit\n" + String.join("\n", page.figures) + "\n");
        page.figures.forEach(System.out::println);
        return true;
    }

    private void figure(String name, Method method, String what, double value, String unit) {
        figures.add(String.format(Locale.ROOT, "%s,%s,%s,%.4g,%s", name, word(method), what, value, unit));
    }

    private static String word(Method method) {
        return method == Method.FULL ? "full" : "local-inertia";
    }

    private static Raster ground(int columns, int rows, double dx, DoubleBinaryOperator bed) {
        var frame = Frame.of(columns, rows, 0, 0, dx);
        return new Raster(
                frame,
                IntStream.range(0, frame.cells())
                        .mapToDouble(i -> bed.applyAsDouble(frame.xOf(i % columns), frame.yOf(i / columns)))
                        .toArray());
    }

    private static Simulation run(Scene scene, Method method, double until) {
        var run = new Simulation(scene, method, Kernel.fastest(), Crew.ALONE);
        run.advanceTo(until);
        return run;
    }

    private static double[] places(Simulation run) {
        return IntStream.range(0, run.frame().columns())
                .mapToDouble(run.frame()::xOf)
                .toArray();
    }

    private static double[] depths(Simulation run, int row) {
        return IntStream.range(0, run.frame().columns())
                .mapToDouble(column -> run.depth(row, column))
                .toArray();
    }

    private static double[] of(double[] x, DoubleUnaryOperator law) {
        return java.util.Arrays.stream(x).map(law).toArray();
    }

    private static double meanError(double[] found, double[] known) {
        return IntStream.range(0, found.length)
                .mapToDouble(i -> Math.abs(found[i] - known[i]))
                .average()
                .orElse(0);
    }

    /** 3/7 h^(7/3) - 3/4 u2/g h^(4/3) = n2 u2 (ut - x + s): q = u h solves local inertia exactly. */
    private static double wave(double t, double x) {
        var u = 0.5;
        var right = 0.03 * 0.03 * u * u * (u * t - x + 5000);
        double low = u * u / G;
        double high = 10;
        for (var i = 0; i < 100; i++) {
            var h = (low + high) / 2;
            if (3 / 7.0 * Math.pow(h, 7 / 3.0) - 0.75 * u * u / G * Math.pow(h, 4 / 3.0) < right) {
                low = h;
            } else {
                high = h;
            }
        }
        return low;
    }

    private void travellingWave() throws IOException {
        var plot = new Plot("Wave over a plane after 1800 s, dx 40 m", "x, m", "depth, m");
        for (var dx : new double[] {40, 20, 10}) {
            var columns = (int) (2000 / dx);
            var times = IntStream.rangeClosed(0, 180).mapToDouble(i -> 10 * i).toArray();
            var scene = Scene.dry(ground(columns, 3, dx, (x, y) -> 0), 0.03)
                    .withDepth(Amount.of(ground(columns, 3, dx, (x, y) -> wave(0, x))))
                    .withSpeed(Amount.of(0.5), Amount.of(0))
                    .withEdges(new Scene.Edges(
                            new Edge.Level(new Series(times, of(times, t -> wave(t, 0)))),
                            new Edge.Level(new Series(times, of(times, t -> wave(t, 2000)))),
                            new Edge.Closed(),
                            new Edge.Closed()));
            var run = run(scene, Method.LOCAL_INERTIA, 1800);
            var known = of(places(run), x -> wave(1800, x));
            figure(
                    "wave over a plane",
                    Method.LOCAL_INERTIA,
                    "mean error dx " + (int) dx,
                    meanError(depths(run, 1), known),
                    "m");
            if (dx == 40) {
                plot.known("known", places(run), known).computed("local-inertia", places(run), depths(run, 1));
            }
        }
        plot.write(folder.resolve("wave.svg"));
    }

    private static double channelDepth(double x) {
        return 0.8 + 0.1 * Math.sin(2 * Math.PI * x / 1000);
    }

    /** MacDonald's method: each solver on the bed that makes the chosen depth steady by its own equations. */
    private void channel() throws IOException {
        var plot = new Plot("Steady channel (MacDonald), dx 20 m", "x, m", "depth, m");
        for (var method : Method.values()) {
            var convective = method == Method.FULL ? 1 : 0;
            for (var dx : new double[] {40, 20, 10}) {
                var run = run(channel(dx, convective), method, 2 * 3600);
                var known = of(places(run), FloodValidation::channelDepth);
                var from = known.length / 5;
                figure(
                        "steady channel",
                        method,
                        "mean error of the middle dx " + (int) dx,
                        meanError(
                                java.util.Arrays.copyOfRange(depths(run, 1), from, 4 * from),
                                java.util.Arrays.copyOfRange(known, from, 4 * from)),
                        "m");
                if (dx == 20) {
                    if (method == Method.LOCAL_INERTIA) {
                        plot.known("known", places(run), known);
                    }
                    plot.computed(word(method), places(run), depths(run, 1));
                }
            }
        }
        plot.write(folder.resolve("channel.svg"));
    }

    private static Scene channel(double dx, double convective) {
        var columns = (int) (1000 / dx);
        var pieces = 100_000;
        var step = 1000.0 / pieces;
        var bed = new double[pieces + 1];
        for (var i = pieces - 1; i >= 0; i--) {
            var h = channelDepth((i + 0.5) * step);
            var rises = 0.1 * 2 * Math.PI / 1000 * Math.cos(2 * Math.PI * (i + 0.5) * step / 1000);
            bed[i] = bed[i + 1] + step * ((1 - convective / (G * h * h * h)) * rises + 0.0009 / Math.pow(h, 10 / 3.0));
        }
        return Scene.dry(ground(columns, 3, dx, (x, y) -> bed[(int) Math.round(x / step)]), 0.03)
                .withDepth(Amount.of(ground(columns, 3, dx, (x, y) -> channelDepth(x))))
                .withSpeed(Amount.of(ground(columns, 3, dx, (x, y) -> 1 / channelDepth(x))), Amount.of(0))
                .withEdges(new Scene.Edges(
                        new Edge.Level(Series.constant(bed[0] + 0.8)),
                        new Edge.Level(Series.constant(bed[pieces] + 0.8)),
                        new Edge.Closed(),
                        new Edge.Closed()));
    }

    /** 60 mm/h for 2700 s on 150 m at slope 0.005, n 0.015. */
    private static double kinematic(double t) {
        var alpha = Math.sqrt(0.005) / 0.015;
        var rain = 60 / 3.6e6;
        var m = 5 / 3.0;
        var tc = Math.pow(150 / (alpha * Math.pow(rain, m - 1)), 1 / m);
        if (t <= tc) {
            return alpha * Math.pow(rain * t, m);
        }
        if (t <= 2700) {
            return rain * 150;
        }
        double low = 0;
        double high = rain * 150;
        for (var i = 0; i < 100; i++) {
            var q = (low + high) / 2;
            if (q / rain + m * Math.pow(q, 1 - 1 / m) * Math.pow(alpha, 1 / m) * (t - 2700) < 150) {
                low = q;
            } else {
                high = q;
            }
        }
        return low;
    }

    private void rainOnPlane() throws IOException {
        var plot = new Plot("Rain on a plane: outflow, dx 2 m", "time, s", "l/s a metre");
        var times = IntStream.rangeClosed(1, 90).mapToDouble(i -> 60 * i).toArray();
        plot.known("kinematic wave", times, of(times, t -> 1000 * kinematic(t - 30)));
        for (var method : Method.values()) {
            var scene = Scene.dry(ground(75, 4, 2, (x, y) -> 0.005 * (150 - x)), 0.015)
                    .withRain(new Rain.Spells(List.of(new Rain.Spell(0, 2700, 60))))
                    .withEdges(
                            new Scene.Edges(new Edge.Closed(), new Edge.Free(), new Edge.Closed(), new Edge.Closed()));
            var run = new Simulation(scene, method, Kernel.fastest(), Crew.ALONE);
            var flows = new double[times.length];
            var before = 0.0;
            for (var i = 0; i < times.length; i++) {
                run.advanceTo(times[i]);
                var out = run.balance().outflow_m3();
                flows[i] = (out - before) / 60 / 8 * 1000;
                before = out;
            }
            plot.computed(word(method), times, flows);
            figure(
                    "rain on a plane",
                    method,
                    "mean error of the outflow",
                    meanError(flows, of(times, t -> 1000 * kinematic(t - 30))),
                    "l/s/m");
        }
        plot.write(folder.resolve("rain.svg"));
    }

    private void dam(double left, double right, String name) throws IOException {
        var plot = new Plot(
                "Dam break %s after 30 s, dx 5 m"
                        .formatted(right > 0 ? "on wet ground (Stoker)" : "on dry ground (Ritter)"),
                "x, m",
                "depth, m");
        for (var method : new Method[] {Method.FULL, Method.LOCAL_INERTIA}) {
            for (var dx : new double[] {10, 5, 2.5}) {
                var columns = (int) (1000 / dx);
                var scene = Scene.dry(ground(columns, 3, dx, (x, y) -> 0), 0)
                        .withDepth(Amount.of(ground(columns, 3, dx, (x, y) -> x < 500 ? left : right)));
                var run = run(scene, method, 30);
                var known = of(places(run), x -> right > 0 ? stoker((x - 500) / 30) : ritter((x - 500) / 30));
                figure(name, method, "mean error dx " + dx, meanError(depths(run, 1), known), "m");
                if (dx == 5) {
                    if (method == Method.FULL) {
                        plot.known("known", places(run), known);
                    }
                    plot.computed(word(method), places(run), depths(run, 1));
                }
            }
        }
        plot.write(folder.resolve(name + ".svg"));
    }

    private static double ritter(double s) {
        var c = Math.sqrt(2 * G);
        return s <= -c ? 2 : s >= 2 * c ? 0 : (2 * c - s) * (2 * c - s) / (9 * G);
    }

    private static double stoker(double s) {
        var c = Math.sqrt(2 * G);
        var middle = 1.103494;
        var um = 2 * (c - Math.sqrt(G * middle));
        if (s <= -c) {
            return 2;
        }
        if (s <= um - Math.sqrt(G * middle)) {
            return (2 * c - s) * (2 * c - s) / (9 * G);
        }
        return s <= 4.165613 ? middle : 0.5;
    }

    private static double thacker(double r2, double t) {
        var omega = Math.sqrt(8 * G * 10) / 1500;
        var k = 1 - 0.2 * Math.cos(omega * t);
        var level = 10 * (Math.sqrt(0.96) / k - 1 - r2 / (1500 * 1500) * (0.96 / (k * k) - 1));
        return Math.max(0, level + 10 * (1 - r2 / (1500 * 1500)));
    }

    private void bowl() throws IOException {
        var period = 2 * Math.PI / (Math.sqrt(8 * G * 10) / 1500);
        var plot = new Plot("Thacker's bowl after three periods, dx 50 m", "x, m", "depth, m");
        for (var dx : new double[] {100, 50}) {
            var cells = (int) (4000 / dx);
            var bowl = ground(cells, cells, dx, (x, y) -> -10 * (1 - r2(x, y) / (1500 * 1500)));
            var start = ground(cells, cells, dx, (x, y) -> thacker(r2(x, y), 0));
            for (var method : new Method[] {Method.FULL, Method.LOCAL_INERTIA}) {
                var run = run(Scene.dry(bowl, 0).withDepth(Amount.of(start)), method, 3 * period);
                var y = run.frame().yOf(cells / 2);
                var known = of(places(run), x -> thacker(r2(x, y), 3 * period));
                figure(
                        "bowl",
                        method,
                        "mean error across dx " + (int) dx,
                        meanError(depths(run, cells / 2), known),
                        "m");
                figure(
                        "bowl",
                        method,
                        "volume error dx " + (int) dx,
                        Math.abs(run.balance().error_relative()),
                        "1");
                if (dx == 50) {
                    if (method == Method.FULL) {
                        plot.known("known", places(run), known);
                    }
                    plot.computed(word(method), places(run), depths(run, cells / 2));
                }
            }
        }
        plot.write(folder.resolve("bowl.svg"));
    }

    private static double r2(double x, double y) {
        return (x - 2000) * (x - 2000) + (y - 2000) * (y - 2000);
    }

    /** Test 4 of the Environment Agency's 2D benchmark: 20 m3/s from a gap of 20 m over a flat plain, cells of 5 m. */
    private void spread() throws IOException {
        var flow = new Series(new double[] {0, 300, 3600, 14400, 18000}, new double[] {0, 0, 20, 20, 0});
        var radii = new double[] {50, 100, 200, 300, 400};
        var reference = new RadialSpread(flow, 0.05);
        var known = new double[120][radii.length];
        for (var minute = 0; minute < 120; minute++) {
            reference.advanceTo(60 * (minute + 1));
            for (var i = 0; i < radii.length; i++) {
                known[minute][i] = reference.depth(radii[i]);
            }
        }
        var times = IntStream.rangeClosed(1, 120).mapToDouble(i -> i).toArray();
        var plot = new Plot("Spread over a plain (EA test 4): depth 200 m away", "minutes", "depth, m");
        plot.known(
                "radial reference",
                times,
                java.util.Arrays.stream(known).mapToDouble(all -> all[2]).toArray());
        for (var method : Method.values()) {
            var scene = Scene.dry(ground(200, 400, 5, (x, y) -> 0), 0.05)
                    .withInflows(List.of(new Inflow("gap", List.of(new Place(1, 990.1), new Place(1, 1009.9)), flow)));
            var run = new Simulation(scene, method, Kernel.fastest(), Crew.ALONE);
            var found = new double[120];
            var arrival = -1;
            for (var minute = 0; minute < 120; minute++) {
                run.advanceTo(60 * (minute + 1));
                found[minute] = at(run, 200, 1000);
                arrival = arrival < 0 && at(run, 300, 1000) > 0.01 ? minute + 1 : arrival;
            }
            plot.computed(word(method), times, found);
            for (var i = 0; i < radii.length; i++) {
                figure(
                        "EA test 4",
                        method,
                        "depth error after 2 h at " + (int) radii[i] + " m",
                        at(run, radii[i], 1000) - known[119][i],
                        "m");
            }
            figure(
                    "EA test 4",
                    method,
                    "aslant (300; 1300) minus straight (424) after 2 h",
                    at(run, 300, 1300) - at(run, 424.3, 1000),
                    "m");
            figure(
                    "EA test 4",
                    method,
                    "arrival of 1 cm at 300 m minus reference",
                    arrival - reference(known, 3),
                    "min");
            figure("EA test 4", method, "volume error", Math.abs(run.balance().error_relative()), "1");
        }
        plot.write(folder.resolve("spread.svg"));
    }

    /** Real ground, ditches, culverts and pumps under a made-up storm: nobody measured there; the ledger and what structures do. */
    private void polder(String name, Path sample, String plot) throws IOException {
        var work = Bench.folder("polder");
        try {
            GroundFiles.burn(
                    sample.resolve("ground.tif"), sample.resolve("ditches.geojson"), work.resolve("burnt.tif"));
            var text = Files.readString(sample.resolve("scenario.yaml"));
            var with = new Polder(work, "with", text);
            var without = new Polder(
                    work,
                    "without",
                    text.replaceAll("(?m)^ {2}- \\{type: (culvert|pump).*\\n", "")
                            .replace("structures:\n", ""));
            for (var polder : List.of(with, without)) {
                figure(
                        name,
                        Method.LOCAL_INERTIA,
                        "volume error " + polder.name() + " structures",
                        Math.abs(polder.report().volumeError()),
                        "1");
            }
            figure(name, Method.LOCAL_INERTIA, "pumped in an hour (pumps can 25.2)", with.outflow(), "m3");
            figure(
                    name,
                    Method.LOCAL_INERTIA,
                    "level behind the wide culvert after an hour with minus without structures",
                    with.lastLevel("behind-the-wide-culvert") - without.lastLevel("behind-the-wide-culvert"),
                    "m");
            figure(
                    name,
                    Method.LOCAL_INERTIA,
                    "ditch by the large pump after an hour with minus without structures",
                    with.lastLevel("ditch-by-the-pump") - without.lastLevel("ditch-by-the-pump"),
                    "m");
            new Plot("A " + name + ": level behind the wide culvert", "seconds", "m NAP")
                    .known("without structures", without.times(), without.levels("behind-the-wide-culvert"))
                    .computed("with culverts and pumps", with.times(), with.levels("behind-the-wide-culvert"))
                    .write(folder.resolve(plot));
        } catch (ScenarioRefused refused) {
            throw new IllegalStateException("Bug: " + refused.problems(), refused);
        } finally {
            try (var files = Files.walk(work)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /** One run of the polder. */
    private record Polder(String name, FloodRun.Report report, List<String> points) {
        Polder(Path work, String name, String scenario) throws IOException, ScenarioRefused {
            this(
                    name,
                    ran(work, name, scenario),
                    Files.readAllLines(work.resolve(name).resolve("points.csv")));
        }

        private static FloodRun.Report ran(Path work, String name, String scenario)
                throws IOException, ScenarioRefused {
            var file = Files.writeString(work.resolve(name + ".yaml"), scenario);
            return new FloodRun(ScenarioReader.read(file), Kernel.fastest(), 1, work.resolve(name), System.nanoTime())
                    .run();
        }

        double outflow() {
            return report.fields().get("volume") instanceof java.util.Map<?, ?> volume
                            && volume.get("outflow_m3") instanceof Double out
                    ? out
                    : Double.NaN;
        }

        double[] levels(String point) {
            return points.stream()
                    .map(line -> line.split(","))
                    .filter(cells -> cells[1].equals(point))
                    .mapToDouble(cells -> Double.parseDouble(cells[3]))
                    .toArray();
        }

        double[] times() {
            return points.stream()
                    .skip(1)
                    .mapToDouble(line -> Double.parseDouble(line.split(",")[0]))
                    .distinct()
                    .toArray();
        }

        double lastLevel(String point) {
            var all = levels(point);
            return all[all.length - 1];
        }
    }

    private static double at(Simulation run, double x, double y) {
        return run.depth(run.frame().rowOf(y), run.frame().columnOf(x));
    }

    private static int reference(double[][] known, int gauge) {
        for (var minute = 0; minute < known.length; minute++) {
            if (known[minute][gauge] > 0.01) {
                return minute + 1;
            }
        }
        return -1;
    }
}
