package jiaoying.water.inundation;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import jiaoying.water.inundation.FullSweep.Axis;
import jiaoying.water.inundation.FullSweep.State;

/**
 * The whole shallow-water equations (完整浅水方程), for dam breaks, steep flow and water that jumps: finite volumes of second
 * order where the water is smooth. Level, depth and speeds are limited straight lines within each cell (van Leer 1979), the
 * faces' fluxes are HLLC's (Toro 2001) between beds put right as by Audusse et al. (2004), which keeps a lake at rest, and a step
 * is two stages of Heun's method with Manning's friction solved for the new flow. Momentum is kept as the difference to the
 * pressure of each cell's own depth, so that float numbers suffice.
 *
 * <p>No cell gives more than a quarter of its water through one face, so depths stay at or above zero; the step is so short that
 * this bound does not bind in ordinary flow.
 *
 * <p>The field's {@code eastBefore} and {@code southBefore} hold the speeds of the cells, {@code east} and {@code south} those
 * between the stages.
 */
final class FullShallowWater implements Solver {
    private static final double COURANT = 0.45;

    private final Field field;
    private final FullSweep sweep;
    private final Crew crew;
    private final OpenSides sides;
    private final State now;
    private final State between;
    private final FaceRow[][] faces;
    private final float[] fastest;

    /** Rows that hold water, now and between the stages. */
    private final boolean[] wet;

    private final boolean[] wetBetween;

    /** Rows with cells that were changed from outside since the last step. */
    private final boolean[] stale;

    FullShallowWater(Field field, FullSweep sweep, Crew crew, OpenSides sides) {
        this.field = field;
        this.sweep = sweep;
        this.crew = crew;
        this.sides = sides;
        field.speeds = true;
        now = new State(field.depth, field.eastBefore, field.southBefore);
        between = new State(new float[field.depth.length], field.east, field.south);
        faces = new FaceRow[Math.min(field.rows, 4 * crew.hands())][3];
        for (var part : faces) {
            Arrays.setAll(part, i -> new FaceRow(field));
        }
        fastest = new float[field.rows];
        wet = new boolean[field.rows];
        wetBetween = new boolean[field.rows];
        stale = new boolean[field.rows];
        Arrays.fill(wetBetween, true);
        for (var row = 0; row < field.rows; row++) {
            touched(row);
        }
    }

    @Override
    public String name() {
        return "full";
    }

    @Override
    public double stable(double time) {
        var most = sides.fastest(time);
        for (var row = 0; row < fastest.length; row++) {
            if (stale[row]) {
                touched(row);
            }
            most = Math.max(most, fastest[row]);
        }
        return Math.min(LocalInertia.STEP_MAX_S, COURANT * field.dx / Math.max(most, 1e-3));
    }

    @Override
    public void step(double time, double dt, float rain, IntConsumer after) {
        var step = (float) dt;
        parts(part -> stage(part, now, between, wet, wetBetween, time, step, 0f, false));
        sides.count(step);
        parts(part -> stage(part, between, now, wetBetween, wet, time + dt, step, rain, true));
        sides.count(step);
        parts(part -> {
            for (var row = first(part); row < first(part + 1); row++) {
                after.accept(row);
            }
        });
    }

    private int first(int part) {
        return (int) ((long) field.rows * part / faces.length);
    }

    private void parts(IntConsumer work) {
        crew.each(faces.length, work);
    }

    private void stage(
            int part,
            State from,
            State to,
            boolean[] wetFrom,
            boolean[] wetTo,
            double time,
            float dt,
            float rain,
            boolean mean) {
        var first = first(part);
        var end = first(part + 1);
        var x = faces[part][0];
        var above = faces[part][1];
        var below = faces[part][2];
        var ready = false;
        for (var row = first; row < end; row++) {
            if (!reached(row, wetFrom) && !(mean && wetTo[row]) && rain == 0 && !sides.open(row)) {
                ready = false;
                dry(row, to, wetTo, mean);
                continue;
            }
            if (!ready) {
                across(row - 1, from, dt, above);
                sides.north(row, from, time, dt, above);
            }
            var at = field.first(row);
            sweep.faces(
                    field,
                    from,
                    from.east(),
                    from.south(),
                    new Axis(1, -1, 2, field.crestEast),
                    dt / field.dx,
                    at - 1,
                    field.stride - Field.LANES + 1,
                    x,
                    Field.LANES - 1);
            sides.ends(row, from, time, dt, x);
            across(row, from, dt, below);
            sides.south(row, from, time, dt, below);
            fastest[row] = sweep.row(field, from, to, mean, dt, rain, at, x, above, below);
            wetTo[row] = fastest[row] > 0;
            var spare = above;
            above = below;
            below = spare;
            ready = true;
        }
    }

    private boolean reached(int row, boolean[] holds) {
        return holds[row] || row > 0 && holds[row - 1] || row + 1 < field.rows && holds[row + 1];
    }

    /** A row that no water reached: what stood between the stages before goes. */
    private void dry(int row, State to, boolean[] wetTo, boolean mean) {
        if (!mean && wetTo[row]) {
            var at = field.first(row);
            Arrays.fill(to.depth(), at, at + field.columns, 0f);
            Arrays.fill(to.east(), at, at + field.columns, 0f);
            Arrays.fill(to.south(), at, at + field.columns, 0f);
            wetTo[row] = false;
        }
    }

    /** The faces south of a row, -1 for those on the northern side. */
    private void across(int row, State from, float dt, FaceRow out) {
        var axis = new Axis(
                field.stride,
                row < 0 ? 0 : -field.stride,
                row + 1 < field.rows ? 2 * field.stride : field.stride,
                field.crestSouth);
        sweep.faces(
                field,
                from,
                from.south(),
                from.east(),
                axis,
                dt / field.dx,
                field.first(row),
                field.columns,
                out,
                Field.LANES);
    }

    @Override
    public void touched(int row) {
        var most = 0f;
        for (int at = field.first(row), end = at + field.columns; at < end; at++) {
            var depth = field.depth[at];
            most = Math.max(
                    most, depth > 0f ? FullSweep.signal(depth, field.eastBefore[at], field.southBefore[at]) : 0f);
        }
        fastest[row] = most;
        wet[row] = most > 0;
        stale[row] = false;
    }

    @Override
    public void changed(int row, float before, float after) {
        stale[row] = true;
    }

    @Override
    public void look() {}

    @Override
    public int deepestRow() {
        var best = 0;
        for (var row = 1; row < fastest.length; row++) {
            best = fastest[row] > fastest[best] ? row : best;
        }
        return best;
    }

    @Override
    public void soak(Soak soak, int row) {
        soak.row(row);
        touched(row);
    }

    @Override
    public void trace(Traces traces, int row, double now) {
        for (int at = field.first(row), end = at + field.columns; at < end; at++) {
            var depth = field.depth[at];
            if (depth >= Traces.SHALLOW) {
                var east = depth * field.eastBefore[at];
                var south = depth * field.southBefore[at];
                traces.keep(at, depth, east * east + south * south);
            }
            if (depth >= traces.come) {
                traces.stand(at, now);
            }
        }
    }

    @Override
    public double eastThrough(int at) {
        return (double) field.depth[at] * field.eastBefore[at];
    }

    @Override
    public double southThrough(int at) {
        return (double) field.depth[at] * field.southBefore[at];
    }

    @Override
    public List<float[]> memory() {
        return List.of(field.eastBefore, field.southBefore);
    }

    @Override
    public double cameIn() {
        return sides.cameIn();
    }

    @Override
    public double wentOut() {
        return sides.wentOut();
    }
}
