package jiaoying.water.inundation;

import java.util.List;
import java.util.TreeSet;
import jiaoying.water.grid.Frame;

/**
 * Structures at work. Each moves exactly what it takes, at most what its intake holds, and never so much that the levels at
 * its ends change places.
 */
final class Works {
    private static final int OUTSIDE = -1;
    private static final double WEIR = 1.7;
    private static final double ORIFICE = 0.6;

    private final Field field;
    private final List<Structure> structures;
    private final int[] from;
    private final int[] to;
    private final boolean[] running;
    private final TreeSet<Integer> rows = new TreeSet<>();
    private final double area;

    Works(List<Structure> structures, Frame frame, Field field, Tiles tiles) {
        this.structures = structures;
        this.field = field;
        area = (double) field.dx * field.dx;
        from = new int[structures.size()];
        to = new int[structures.size()];
        running = new boolean[structures.size()];
        for (var i = 0; i < from.length; i++) {
            var structure = structures.get(i);
            from[i] = cell(structure.from(), frame, tiles);
            to[i] = cell(far(structure), frame, tiles);
            if (from[i] == OUTSIDE || to[i] == OUTSIDE && !(structure instanceof Structure.Pump)) {
                throw new IllegalArgumentException(structure.name() + " does not stand on the ground with both ends");
            }
        }
    }

    static Inflow.Place far(Structure structure) {
        return switch (structure) {
            case Structure.Pump pump -> pump.to();
            case Structure.Culvert culvert -> culvert.to();
            case Structure.Weir weir -> weir.to();
            case Structure.Gate gate -> gate.to();
        };
    }

    private int cell(Inflow.Place place, Frame frame, Tiles tiles) {
        if (!frame.holds(place.x(), place.y())) {
            return OUTSIDE;
        }
        var row = frame.rowOf(place.y());
        var column = frame.columnOf(place.x());
        if (field.wall(field.at(row, column))) {
            return OUTSIDE;
        }
        tiles.keep(row, column);
        rows.add(row);
        return field.at(row, column);
    }

    Iterable<Integer> rows() {
        return rows;
    }

    boolean[] running() {
        return running;
    }

    /** Moves the water of a step; returns what left the ground, m3. */
    double act(double now, double dt) {
        var left = 0.0;
        for (var i = 0; i < from.length; i++) {
            left += act(i, now, dt);
        }
        return left;
    }

    private double act(int i, double now, double dt) {
        return switch (structures.get(i)) {
            case Structure.Pump pump -> pump(i, pump, now, dt);
            case Structure.Culvert it -> {
                exchange(i, it.width_m(), it.invert_m(), it.height_m(), it.oneWay(), dt);
                yield 0;
            }
            case Structure.Weir it -> {
                exchange(i, it.width_m(), it.crest_m(), Double.POSITIVE_INFINITY, false, dt);
                yield 0;
            }
            case Structure.Gate it -> {
                exchange(i, it.width_m(), it.sill_m(), it.opening_m().at(now), false, dt);
                yield 0;
            }
        };
    }

    private double pump(int i, Structure.Pump pump, double now, double dt) {
        var depth = field.depth[from[i]];
        running[i] = depth >= pump.start_m() || running[i] && depth > pump.stop_m();
        if (!running[i]) {
            return 0;
        }
        var room = Math.max(0, depth - pump.stop_m()) * area;
        var moved = take(from[i], Math.min(room, pump.m3_s().between(now, now + dt)));
        if (to[i] == OUTSIDE) {
            return moved;
        }
        return moved - give(to[i], moved);
    }

    private void exchange(int i, double width, double sill, double height, boolean oneWay, double dt) {
        var a = level(from[i]);
        var b = level(to[i]);
        var forward = a >= b;
        if (!forward && oneWay) {
            return;
        }
        var high = Math.max(a, b) - (sill - field.datum);
        var low = Math.min(a, b) - (sill - field.datum);
        if (high <= 0 || height <= 0) {
            return;
        }
        var even = 0.25 * Math.abs(a - b) * area;
        var volume = Math.min(even, flow(width, height, high, Math.max(0, low)) * dt);
        var giver = forward ? from[i] : to[i];
        var taker = forward ? to[i] : from[i];
        var moved = take(giver, volume);
        take(taker, -moved);
    }

    /** Weir flow below the top of the opening, drowned by Villemonte (1947); orifice flow above. */
    private static double flow(double width, double height, double high, double low) {
        if (high <= height) {
            var drowned = 1 - Math.pow(low / high, 1.5);
            return WEIR * width * Math.pow(high, 1.5) * Math.pow(Math.max(0, drowned), 0.385);
        }
        var head = low > height / 2 ? high - low : high - height / 2;
        return ORIFICE * width * height * Math.sqrt(2 * Solver.GRAVITY * head);
    }

    private double level(int at) {
        return (double) field.bed[at] + field.depth[at];
    }

    /** Takes a volume, m3, or what is there; returns what the float depth really lost. Below 0 it gives. */
    private double take(int at, double volume) {
        var before = field.depth[at];
        field.set(at, (float) Math.max(0, before - volume / area));
        return ((double) before - field.depth[at]) * area;
    }

    private double give(int at, double volume) {
        return -take(at, -volume);
    }
}
