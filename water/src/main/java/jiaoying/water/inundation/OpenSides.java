package jiaoying.water.inundation;

import jiaoying.water.inundation.FullSweep.State;
import jiaoying.water.inundation.Scene.Edges;

/**
 * The four sides of the ground in the full equations. A level stands beyond the side with the speed that the outgoing wave
 * brings there (the Riemann invariant u + 2c), at most the critical one inwards; uniform flow leaves with its own momentum.
 */
final class OpenSides {
    private final Field field;
    private final Edges edges;
    private final float[] west;
    private final float[] east;
    private final float[] north;
    private final float[] south;
    private double cameIn;
    private double wentOut;

    OpenSides(Field field, Edges edges) {
        this.field = field;
        this.edges = edges;
        west = new float[field.rows];
        east = new float[field.rows];
        north = new float[field.columns];
        south = new float[field.columns];
    }

    /** What goes out through one face: volume, m2/s, and the push on the cell beyond the pressure of its own depth, m3/s2. */
    private record Out(float volume, float push) {}

    /** The fastest signal that may come from beyond a side, m/s. */
    double fastest(double time) {
        var deepest = 0.0;
        for (var row = 0; row < field.rows; row++) {
            deepest = Math.max(deepest, beyond(edges.west(), time, field.at(row, 0)));
            deepest = Math.max(deepest, beyond(edges.east(), time, field.at(row, field.columns - 1)));
        }
        for (var column = 0; column < field.columns; column++) {
            deepest = Math.max(deepest, beyond(edges.north(), time, field.at(0, column)));
            deepest = Math.max(deepest, beyond(edges.south(), time, field.at(field.rows - 1, column)));
        }
        return 2 * Math.sqrt(Solver.GRAVITY * deepest);
    }

    private double beyond(Edge edge, double time, int at) {
        return edge instanceof Edge.Level level && !field.wall(at)
                ? Math.max(0, level.level_m().at(time) - field.datum - field.bed[at])
                : 0;
    }

    /** Whether water may come in over a side that the row touches. */
    boolean open(int row) {
        return edges.west() instanceof Edge.Level
                || edges.east() instanceof Edge.Level
                || row == 0 && edges.north() instanceof Edge.Level
                || row == field.rows - 1 && edges.south() instanceof Edge.Level;
    }

    /** Sets the western and the eastern face of a row. */
    void ends(int row, State state, double time, float dt, FaceRow x) {
        var first = field.first(row);
        var last = first + field.columns - 1;
        if (!(edges.west() instanceof Edge.Closed)) {
            var out = through(edges.west(), time, dt, state, state.east(), first, 1, -1);
            west[row] = -out.volume;
            x.volume[Field.LANES - 1] = -out.volume;
            x.behind[Field.LANES - 1] = out.push;
            x.across[Field.LANES - 1] = -Math.max(out.volume, 0f) * state.south()[first];
        }
        if (!(edges.east() instanceof Edge.Closed)) {
            var out = through(edges.east(), time, dt, state, state.east(), last, -1, 1);
            var j = Field.LANES + field.columns - 1;
            east[row] = out.volume;
            x.volume[j] = out.volume;
            x.before[j] = out.push;
            x.across[j] = Math.max(out.volume, 0f) * state.south()[last];
        }
    }

    /** Sets the faces on the northern side when the row is the first. */
    void north(int row, State state, double time, float dt, FaceRow faces) {
        if (row > 0 || edges.north() instanceof Edge.Closed) {
            return;
        }
        for (var column = 0; column < field.columns; column++) {
            var at = field.at(0, column);
            var out = through(edges.north(), time, dt, state, state.south(), at, field.stride, -1);
            var j = Field.LANES + column;
            north[column] = -out.volume;
            faces.volume[j] = -out.volume;
            faces.behind[j] = out.push;
            faces.across[j] = -Math.max(out.volume, 0f) * state.east()[at];
        }
    }

    /** Sets the faces on the southern side when the row is the last. */
    void south(int row, State state, double time, float dt, FaceRow faces) {
        if (row < field.rows - 1 || edges.south() instanceof Edge.Closed) {
            return;
        }
        for (var column = 0; column < field.columns; column++) {
            var at = field.at(row, column);
            var out = through(edges.south(), time, dt, state, state.south(), at, -field.stride, 1);
            var j = Field.LANES + column;
            south[column] = out.volume;
            faces.volume[j] = out.volume;
            faces.before[j] = out.push;
            faces.across[j] = Math.max(out.volume, 0f) * state.east()[at];
        }
    }

    /**
     * @param speeds of the cells along the axis
     * @param inward offset of the next cell inside
     * @param sign   1 where the axis points outwards
     */
    private Out through(Edge edge, double time, float dt, State state, float[] speeds, int at, int inward, int sign) {
        if (field.wall(at)) {
            return new Out(0, 0);
        }
        double depth = state.depth()[at];
        double speed = sign * speeds[at];
        var out = switch (edge) {
            case Edge.Closed closed -> new Out(0, 0);
            case Edge.Free free -> uniform(depth, speed, at, inward);
            case Edge.Level level -> atLevel(depth, speed, level.level_m().at(time) - field.datum, at, inward);
        };
        var most = (float) (Math.max(depth * FullSweep.QUARTER - FullSweep.SPARES, 0) * field.dx / dt);
        return out.volume > most ? new Out(most, out.push) : out;
    }

    private Out uniform(double depth, double speed, int at, int inward) {
        var inside = field.bed[at + inward];
        var slope = inside == Field.WALL ? 0 : (inside - field.bed[at]) / field.dx;
        if (!(depth > Sweep.FILM) || slope <= 0) {
            return new Out(0, wallPush(depth, speed));
        }
        var most = depth * Math.max(Math.sqrt(Solver.GRAVITY * depth), speed);
        var manning = Math.pow(depth, 5 / 3.0) * Math.sqrt(slope * Solver.GRAVITY / field.frictionOf(at));
        var flow = Math.min(most, manning);
        return new Out((float) flow, (float) (flow * flow / depth));
    }

    /** Where nothing leaves the side is a wall: the push of the mirrored flow. */
    private static float wallPush(double depth, double speed) {
        return depth > FullSweep.DRY ? (float) hll(depth, speed, depth, -speed)[1] : 0f;
    }

    /** On the side itself the bed is that of the cell and half a step on; the level in the cell reaches there. */
    private Out atLevel(double depth, double speed, double level, int at, int inward) {
        double bed = field.bed[at];
        var inside = field.bed[at + inward];
        var step = inside == Field.WALL || Math.abs(bed - inside) > depth ? 0 : 0.5 * (bed - inside);
        var deep = Math.max(0, depth - step);
        return driven(deep, deep > Sweep.FILM ? speed * depth / deep : 0, Math.max(0, level - bed - step));
    }

    private static Out driven(double depth, double speed, double outside) {
        if (depth <= FullSweep.DRY && outside <= FullSweep.DRY) {
            return new Out(0, 0);
        }
        var c = Math.sqrt(Solver.GRAVITY * outside);
        var beyond = Math.max(-c, speed + 2 * (Math.sqrt(Solver.GRAVITY * depth) - c));
        var flux = hll(depth, speed, outside, beyond);
        return new Out((float) flux[0], (float) flux[1]);
    }

    /** Volume through the face and the push on the left cell; as {@link PlainFullSweep#faces}, in double. */
    private static double[] hll(double hl, double ul, double hr, double ur) {
        var g = Solver.GRAVITY;
        var cl = Math.sqrt(g * hl);
        var cr = Math.sqrt(g * hr);
        var cs = Math.max(0.5 * (cl + cr) + 0.25 * (ul - ur), 0);
        var us = 0.5 * (ul + ur) + cl - cr;
        var sl = Math.min(hl > FullSweep.DRY ? Math.min(ul - cl, us - cs) : ur - 2 * cr, 0);
        var sr = Math.max(hr > FullSweep.DRY ? Math.max(ur + cr, us + cs) : ul + 2 * cl, 0);
        var ql = hl * ul;
        var qr = hr * ur;
        var press = (qr * ur + 0.5 * g * hr * hr) - (ql * ul + 0.5 * g * hl * hl);
        var over = 1 / (sr - sl + 1e-12);
        return new double[] {
            (sr * ql - sl * qr + sl * sr * (hr - hl)) * over, ql * ul - sl * (press - sr * (qr - ql)) * over
        };
    }

    /** Books what went through the sides in one of the two stages of a step, in a fixed order. */
    void count(float dt) {
        var share = dt / field.dx;
        var half = 0.5 * field.dx * field.dx;
        for (var row = 0; row < field.rows; row++) {
            book(FullSweep.moved(west[row], share) * half);
            book(-FullSweep.moved(east[row], share) * half);
        }
        for (var column = 0; column < field.columns; column++) {
            book(FullSweep.moved(north[column], share) * half);
            book(-FullSweep.moved(south[column], share) * half);
        }
    }

    private void book(double in) {
        if (in > 0) {
            cameIn += in;
        } else {
            wentOut -= in;
        }
    }

    double cameIn() {
        return cameIn;
    }

    double wentOut() {
        return wentOut;
    }
}
