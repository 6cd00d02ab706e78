package jiaoying.water.inundation;

import java.util.List;
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
    private final Solver solver;
    private final List<Structure> structures;
    private final boolean[] running;
    private final Canals canals;

    /** Cells of the ends, that from which a structure takes at 2 i, the other at 2 i + 1; {@link #OUTSIDE} beyond the ground. */
    private final int[] cells;

    private final int[] rows;

    /** The canal's piece at each end, below 0 where no canal runs. */
    private final int[] nodes;

    private Sewer sewer = Sewer.ENDLESS;
    private double drained;
    private double surged;

    Works(List<Structure> structures, Frame frame, Field field, Solver solver, Canals canals) {
        this.structures = structures;
        this.field = field;
        this.solver = solver;
        this.canals = canals;
        running = new boolean[structures.size()];
        cells = new int[2 * running.length];
        rows = new int[2 * running.length];
        nodes = new int[2 * running.length];
        for (var i = 0; i < running.length; i++) {
            var structure = structures.get(i);
            stand(from(i), structure.from(), frame);
            stand(to(i), far(structure), frame);
            if (cells[from(i)] == OUTSIDE || cells[to(i)] == OUTSIDE && !(structure instanceof Structure.Pump)) {
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
            case Structure.Inlet inlet -> inlet.from();
        };
    }

    private static int from(int structure) {
        return 2 * structure;
    }

    private static int to(int structure) {
        return 2 * structure + 1;
    }

    private void stand(int end, Inflow.Place place, Frame frame) {
        cells[end] = OUTSIDE;
        nodes[end] = OUTSIDE;
        if (!frame.holds(place.x(), place.y())) {
            return;
        }
        var row = frame.rowOf(place.y());
        var at = field.at(row, frame.columnOf(place.x()));
        if (!field.wall(at)) {
            cells[end] = at;
            rows[end] = row;
            nodes[end] = canals.find(at);
        }
    }

    boolean[] running() {
        return running;
    }

    /** Moves the water of a step; returns what left the ground, m3. */
    double act(double now, double dt) {
        var left = 0.0;
        for (var i = 0; i < running.length; i++) {
            left += act(i, now, dt);
        }
        return left;
    }

    private double act(int i, double now, double dt) {
        return switch (structures.get(i)) {
            case Structure.Pump pump -> pump(i, pump, now, dt);
            case Structure.Inlet inlet -> {
                drain(i, inlet, now, dt);
                yield 0;
            }
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
        var depth = depth(from(i));
        running[i] = depth >= pump.start_m() || running[i] && depth > pump.stop_m();
        if (!running[i]) {
            return 0;
        }
        var room = Math.max(0, depth - pump.stop_m()) * area(from(i));
        var moved = take(from(i), Math.min(room, lifted(i, pump, now, dt)));
        if (cells[to(i)] == OUTSIDE) {
            return moved;
        }
        return moved - give(to(i), moved);
    }

    /** What the pump can lift in a step: its capacity, and no more than its curve says at the head. */
    private double lifted(int i, Structure.Pump pump, double now, double dt) {
        var capacity = pump.m3_s().between(now, now + dt);
        if (pump.curve().isEmpty()) {
            return capacity;
        }
        var outside = pump.outside_m()
                .map(level -> level.at(now) - field.datum)
                .orElseGet(() -> cells[to(i)] == OUTSIDE ? level(from(i)) : level(to(i)));
        var head = Math.max(0, outside - level(from(i)));
        return Math.min(capacity, Math.max(0, pump.curve().get().at(head)) * dt);
    }

    /** Through an inlet's grate into the sewer, or up out of it: weir or orifice, whichever lets less through (HEC-22). */
    private void drain(int i, Structure.Inlet inlet, double now, double dt) {
        var at = cells[from(i)];
        double depth = field.depth[at];
        var area = ground(from(i));
        var here = field.bed[at] + depth;
        var head = inlet.head_m().map(level -> level.at(now)).orElseGet(() -> sewer.head_m(inlet.name(), now))
                - field.datum;
        var down = here > head;
        var drop = down ? Math.min(depth, here - head) : head - here;
        var through = Structure.Inlet.ORIFICE * inlet.area_m2() * Math.sqrt(2 * Solver.GRAVITY * Math.max(0, drop));
        if (down) {
            through = Math.min(through, Structure.Inlet.WEIR * inlet.perimeter_m() * Math.pow(depth, 1.5));
        }
        var bound = down ? depth * area : 0.5 * drop * area;
        var volume = Math.min(Math.min(through, inlet.m3_s()) * dt, bound);
        var taken = takeFromGround(from(i), down ? volume : -volume);
        drained += Math.max(0, taken);
        surged += Math.max(0, -taken);
        sewer.took(inlet.name(), taken, now, dt);
    }

    void connect(Sewer other) {
        sewer = other;
    }

    /** What inlets have taken so far, m3, and what has come up through them. */
    double drained() {
        return drained;
    }

    double surged() {
        return surged;
    }

    private void exchange(int i, double width, double sill, double height, boolean oneWay, double dt) {
        var a = level(from(i));
        var b = level(to(i));
        var forward = a >= b;
        if (!forward && oneWay) {
            return;
        }
        var high = Math.max(a, b) - (sill - field.datum);
        var low = Math.min(a, b) - (sill - field.datum);
        if (high <= 0 || height <= 0) {
            return;
        }
        var even = 0.25 * Math.abs(a - b) * Math.min(area(from(i)), area(to(i)));
        var volume = Math.min(even, flow(width, height, high, Math.max(0, low)) * dt);
        var giver = forward ? from(i) : to(i);
        var taker = forward ? to(i) : from(i);
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

    private boolean inCanal(int end) {
        return nodes[end] >= 0;
    }

    /** Level of the canal where the end has one and its ground is dry, of the water on the ground else. */
    private double level(int end) {
        var at = cells[end];
        return inCanal(end) && !(field.depth[at] > Sweep.FILM)
                ? canals.level(nodes[end])
                : (double) field.bed[at] + field.depth[at];
    }

    /** Where a cell has a canal, pumps stand in it. */
    private double depth(int end) {
        return inCanal(end) ? canals.depth(nodes[end]) : field.depth[cells[end]];
    }

    private double area(int end) {
        return inCanal(end) ? canals.area(nodes[end]) : ground(end);
    }

    /** Ground that is open to the water, m2. */
    private double ground(int end) {
        return (double) field.dx * field.dx * field.openness(cells[end]);
    }

    /** Takes a volume, m3, or what is there; returns what was really lost. Below 0 it gives. */
    private double take(int end, double volume) {
        return inCanal(end) ? canals.take(nodes[end], volume) : takeFromGround(end, volume);
    }

    private double takeFromGround(int end, double volume) {
        var at = cells[end];
        var before = field.depth[at];
        field.set(at, (float) Math.max(0, before - volume / ground(end)));
        solver.changed(rows[end], before, field.depth[at]);
        return ((double) before - field.depth[at]) * ground(end);
    }

    private double give(int end, double volume) {
        return -take(end, -volume);
    }
}
