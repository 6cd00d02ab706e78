package jiaoying.water.terrain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import jiaoying.water.grid.CoordinateSystem;
import jiaoying.water.grid.Frame;
import jiaoying.water.grid.Raster;

/**
 * A made-up polder city (虚拟圩区城市) for demonstrations and tests, in the manner of the plain east of Lake Tai: plots at 1.8 to 2.6 m,
 * canals every 400 to 800 m with dikes beside them, roads on low embankments, blocks of houses, underpasses below the roads, a
 * pumping station for each polder. Nothing in it is any real place; the same seed makes the same city.
 */
public final class City {
    private static final double CANAL_BED_M = -1.5;
    private static final double CANAL_LEVEL_M = 0.9;
    private static final double DIKE_M = 3.2;
    private static final double ROAD_M = 0.35;
    private static final double UNDERPASS_M = 3.2;

    /** So far a canal goes aside for a dry place. */
    private static final double ASIDE_M = 200;

    private final double side;
    private final List<Line> canals = new ArrayList<>();
    private final List<Line> roads = new ArrayList<>();
    private final List<Underpass> underpasses = new ArrayList<>();
    private final List<Pump> pumps = new ArrayList<>();
    private final List<Block> blocks = new ArrayList<>();
    private final double[] canalsAcross;
    private final double[] canalsDown;
    private final Raster ground;
    private long state;

    /** A straight line with a width, m. */
    public record Line(double x0, double y0, double x1, double y1, double width_m) {}

    /** A road that dips below another. */
    public record Underpass(String name, double x, double y, double bed_m) {}

    /** A pumping station that lifts a polder's water over the dike into a canal. */
    public record Pump(String name, double x, double y, double toX, double toY, double m3_s) {}

    /** A place with its surroundings, m, that no canal shall cross. */
    public record Dry(double x, double y, double around_m) {
        private Span inX() {
            return new Span(x - around_m, x + around_m);
        }

        private Span inY() {
            return new Span(y - around_m, y + around_m);
        }
    }

    private record Span(double from, double to) {
        boolean holds(double at) {
            return at > from && at < to;
        }
    }

    /** A house or a row of houses. */
    public record Block(double west, double south, double east, double north) {}

    /**
     * @param side_m side of the square city, 500 to 40 000
     * @param cell_m side of a cell, 1 to 50
     */
    public City(double side_m, double cell_m, long seed) {
        this(side_m, cell_m, seed, List.of());
    }

    /** @param dry places that canals keep away from, as far as they can without coming closer than 200 m to each other */
    public City(double side_m, double cell_m, long seed, List<Dry> dry) {
        var frame = frame(side_m, cell_m);
        state = seed;
        side = frame.columns() * cell_m;
        canalsAcross = cuts(dry.stream().map(Dry::inY).toList());
        canalsDown = cuts(dry.stream().map(Dry::inX).toList());
        lay();
        ground = ground(frame);
    }

    /** The grid of such a city, before it is drawn. */
    public static Frame frame(double side_m, double cell_m) {
        if (!(side_m >= 500 && side_m <= 40_000 && cell_m >= 1 && cell_m <= 50)) {
            throw new IllegalArgumentException("side 500 to 40000 m and cells of 1 to 50 m");
        }
        var cells = (int) Math.round(side_m / cell_m);
        return Frame.of(cells, cells, 0, 0, cell_m).in(CoordinateSystem.epsg(4549));
    }

    /** A linear congruential generator: the top bits as a number from 0 to below 1. */
    private double next() {
        state = 6364136223846793005L * state + 1442695040888963407L;
        return (state >>> 33) / 2147483648.0;
    }

    /** Where canals run, 400 to 800 m apart, the first near the edge; less where they keep away from dry places. */
    private double[] cuts(List<Span> dry) {
        var cuts = new ArrayList<Double>();
        for (var at = 60 + 100 * next(); at < side - 60; at += 400 + 400 * next()) {
            at = beside(at, dry);
            cuts.add(at);
        }
        return cuts.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** The nearest place outside all of the spans, or the place itself when none is near. */
    private double beside(double at, List<Span> dry) {
        return dry.stream()
                .flatMap(span -> Stream.of(span.from(), span.to()))
                .filter(edge -> edge > 0 && edge < side && Math.abs(edge - at) <= ASIDE_M)
                .filter(edge -> dry.stream().noneMatch(span -> span.holds(edge)))
                .min(Comparator.comparingDouble(edge -> Math.abs(edge - at)))
                .filter(edge -> dry.stream().anyMatch(span -> span.holds(at)))
                .orElse(at);
    }

    private void lay() {
        for (var y : canalsAcross) {
            canals.add(new Line(0, y, side, y, 6 + Math.floor(7 * next())));
        }
        for (var x : canalsDown) {
            canals.add(new Line(x, 0, x, side, 6 + Math.floor(7 * next())));
        }
        for (var i = 0; i + 1 < canalsDown.length; i++) {
            for (var j = 0; j + 1 < canalsAcross.length; j++) {
                polder(canalsDown[i], canalsAcross[j], canalsDown[i + 1], canalsAcross[j + 1], i + "-" + j);
            }
        }
    }

    private void polder(double west, double south, double east, double north, String name) {
        var x = (west + east) / 2 + 40 * (next() - 0.5);
        var y = (south + north) / 2 + 40 * (next() - 0.5);
        roads.add(new Line(west, y, east, y, 16));
        roads.add(new Line(x, south, x, north, 16));
        if (next() < 0.3) {
            underpasses.add(new Underpass("underpass " + name, x, y, 2.2 - UNDERPASS_M));
        }
        pumps.add(new Pump("pump " + name, west + 45, y - 45, west, y - 45, 0.5 + Math.floor(10 * next()) / 5));
        for (var bx = west + 70; bx + 60 < east - 40; bx += 90) {
            for (var by = south + 70; by + 40 < north - 40; by += 70) {
                var clear =
                        Math.abs(bx + 22 - x) > 50 && Math.abs(by + 12 - y) > 45 && Math.abs(by + 12 - (y - 45)) > 30;
                if (clear && next() < 0.7) {
                    blocks.add(new Block(bx, by, bx + 30 + Math.floor(20 * next()), by + 14 + Math.floor(10 * next())));
                }
            }
        }
    }

    private Raster ground(Frame frame) {
        var z = new double[frame.cells()];
        for (var i = 0; i < z.length; i++) {
            var x = frame.xOf(i % frame.columns());
            var y = frame.yOf(i / frame.columns());
            z[i] = Math.rint(1000 * natural(x, y)) / 1000;
        }
        return new Raster(frame, underpass(frame, z));
    }

    /** Plots, and dikes along the canals. */
    private double natural(double x, double y) {
        var plot = plot(x, y);
        var off = Math.min(nearest(canalsDown, x), nearest(canalsAcross, y));
        if (off < 12) {
            return plot;
        }
        var dike = DIKE_M - Math.abs(off - 20) / 3;
        var road = onRoad(x, y) ? plot + ROAD_M : plot;
        return Math.max(road, dike);
    }

    private static double nearest(double[] cuts, double at) {
        var next = after(cuts, at);
        return Math.min(
                next < cuts.length ? Math.abs(cuts[next] - at) : Double.POSITIVE_INFINITY,
                next > 0 ? Math.abs(cuts[next - 1] - at) : Double.POSITIVE_INFINITY);
    }

    /** The first cut at or beyond a place. */
    private static int after(double[] cuts, double at) {
        var found = Arrays.binarySearch(cuts, at);
        return found < 0 ? -found - 1 : found;
    }

    /** Whether one of the two roads of its polder runs over a place that is no canal. */
    private boolean onRoad(double x, double y) {
        var i = after(canalsDown, x) - 1;
        var j = after(canalsAcross, y) - 1;
        if (i < 0 || j < 0 || i + 1 >= canalsDown.length || j + 1 >= canalsAcross.length) {
            return false;
        }
        var first = 2 * (i * (canalsAcross.length - 1) + j);
        return near(roads.get(first), x, y) || near(roads.get(first + 1), x, y);
    }

    private static boolean near(Line line, double x, double y) {
        var half = line.width_m() / 2;
        return x >= Math.min(line.x0(), line.x1()) - half
                && x <= Math.max(line.x0(), line.x1()) + half
                && y >= Math.min(line.y0(), line.y1()) - half
                && y <= Math.max(line.y0(), line.y1()) + half;
    }

    /** 1.8 to 2.6 m, rolling over some hundred metres, with a few centimetres between fields of 50 m. */
    private static double plot(double x, double y) {
        var field = ((long) Math.floor(x / 50) * 73856093L ^ (long) Math.floor(y / 50) * 19349663L) * 2654435761L;
        var bumps = (field & 0xffffL) / 65535.0 - 0.5;
        return 2.2 + 0.18 * Math.sin(x / 310 + 1) + 0.16 * Math.sin(y / 270) + 0.12 * bumps;
    }

    private double[] underpass(Frame frame, double[] z) {
        for (var pass : underpasses) {
            var half = Math.max(8, frame.cellSize() / 2);
            var top = Math.max(0, frame.rowOf(pass.y() + half) - 1);
            var bottom = Math.min(frame.rows() - 1, frame.rowOf(pass.y() - half) + 1);
            var left = Math.max(0, frame.columnOf(pass.x() - 80) - 1);
            var right = Math.min(frame.columns() - 1, frame.columnOf(pass.x() + 80) + 1);
            for (var row = top; row <= bottom; row++) {
                for (var column = left; column <= right; column++) {
                    var along = Math.abs(frame.xOf(column) - pass.x());
                    if (Math.abs(frame.yOf(row) - pass.y()) <= half && along < 80) {
                        lower(z, row * frame.columns() + column, pass.bed_m() + Math.max(0, along - 15) * 0.05);
                    }
                }
            }
        }
        return z;
    }

    private static void lower(double[] z, int cell, double bed_m) {
        z[cell] = Math.min(z[cell], Math.rint(1000 * bed_m) / 1000);
    }

    public Raster ground() {
        return ground;
    }

    /** Canals, wide as said, their bed at {@link #canalBed} and their water at {@link #canalLevel}. */
    public List<Line> canals() {
        return List.copyOf(canals);
    }

    public double canalBed() {
        return CANAL_BED_M;
    }

    public double canalLevel() {
        return CANAL_LEVEL_M;
    }

    public List<Line> roads() {
        return List.copyOf(roads);
    }

    public List<Underpass> underpasses() {
        return List.copyOf(underpasses);
    }

    public List<Pump> pumps() {
        return List.copyOf(pumps);
    }

    public List<Block> blocks() {
        return List.copyOf(blocks);
    }
}
