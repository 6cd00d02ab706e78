package jiaoying.water.inundation;

import java.util.List;
import jiaoying.water.grid.Raster;

/** An inflow at work: what a float depth cannot hold of a step's water waits in double. */
final class Source {
    private final Inflow inflow;
    private final Field field;
    private final int[] cells;
    private final List<Integer> rows;
    private final double[] waiting;
    private final double area;

    Source(Inflow inflow, Raster ground, Field field, Tiles tiles) {
        this.inflow = inflow;
        this.field = field;
        var found = Scene.cells(ground, inflow.line_m());
        if (found.isEmpty()) {
            throw new IllegalArgumentException("inflow " + inflow.name() + " touches no cell of the ground");
        }
        found.forEach(cell -> tiles.keep(cell / field.columns, cell % field.columns));
        cells = found.stream()
                .mapToInt(cell -> field.at(cell / field.columns, cell % field.columns))
                .toArray();
        rows = found.stream().map(cell -> cell / field.columns).distinct().toList();
        waiting = new double[cells.length];
        area = (double) field.dx * field.dx;
    }

    List<Integer> rows() {
        return rows;
    }

    /** Pours in the water of a step; returns its volume, m3. */
    double feed(double now, double dt) {
        var volume = inflow.m3_s().between(now, now + dt);
        for (var i = 0; i < cells.length; i++) {
            var at = cells[i];
            var depth = volume / (area * cells.length * field.openness(at)) + waiting[i];
            var next = (float) (field.depth[at] + depth);
            waiting[i] = depth - (next - (double) field.depth[at]);
            field.set(at, next);
        }
        return volume;
    }

    /** The deepest cell after a step if nothing flowed away, m. */
    double depthAfter(double now, double dt) {
        var deepest = 0f;
        for (var at : cells) {
            deepest = Math.max(deepest, field.depth[at]);
        }
        return deepest + inflow.m3_s().between(now, now + dt) / (area * cells.length);
    }

    /** Drops the rounding that waits; returns its volume, m3. */
    double forget() {
        var volume = waiting();
        java.util.Arrays.fill(waiting, 0);
        return volume;
    }

    double waiting() {
        var sum = 0.0;
        for (var i = 0; i < waiting.length; i++) {
            sum += waiting[i] * field.openness(cells[i]);
        }
        return sum * area;
    }
}
