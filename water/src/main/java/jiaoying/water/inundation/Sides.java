package jiaoying.water.inundation;

import jiaoying.water.inundation.Scene.Edges;

/**
 * The faces on the four sides of the ground and what flows through them. A level acts at the face itself, half a cell from
 * the centre of the cell inside.
 */
final class Sides {
    private final Field field;
    private final Edges edges;
    private float dt;
    private double west;
    private double east;
    private double north;
    private double south;
    private double cameIn;
    private double wentOut;

    Sides(Field field, Edges edges, Tiles tiles) {
        this.field = field;
        this.edges = edges;
        for (var row = 0; row < field.rows; row++) {
            keep(tiles, edges.west(), row, 0);
            keep(tiles, edges.east(), row, field.columns - 1);
        }
        for (var column = 0; column < field.columns; column++) {
            keep(tiles, edges.north(), 0, column);
            keep(tiles, edges.south(), field.rows - 1, column);
        }
    }

    private static void keep(Tiles tiles, Edge edge, int row, int column) {
        if (edge instanceof Edge.Level) {
            tiles.keep(row, column);
        }
    }

    void at(double time, float step) {
        dt = step;
        west = level(edges.west(), time);
        east = level(edges.east(), time);
        north = level(edges.north(), time);
        south = level(edges.south(), time);
    }

    private double level(Edge edge, double time) {
        return edge instanceof Edge.Level level ? level.level_m().at(time) - field.datum : 0;
    }

    /** The deepest water beyond a side, m. */
    float deepest(double time) {
        at(time, dt);
        var deepest = 0.0;
        for (var row = 0; row < field.rows; row++) {
            deepest = Math.max(deepest, beyond(edges.west(), west, field.at(row, 0)));
            deepest = Math.max(deepest, beyond(edges.east(), east, field.at(row, field.columns - 1)));
        }
        for (var column = 0; column < field.columns; column++) {
            deepest = Math.max(deepest, beyond(edges.north(), north, field.at(0, column)));
            deepest = Math.max(deepest, beyond(edges.south(), south, field.at(field.rows - 1, column)));
        }
        return (float) deepest;
    }

    private double beyond(Edge edge, double level, int at) {
        return edge instanceof Edge.Level ? level - field.bed[at] : 0;
    }

    /** Sets the new fluxes through the sides that a row touches. */
    void fluxes(int row) {
        var first = field.at(row, 0);
        var last = field.at(row, field.columns - 1);
        set(edges.west(), west, first, 1, field.east, field.eastBefore, first - 1, first, -1);
        set(edges.east(), east, last, -1, field.east, field.eastBefore, last, last - 1, 1);
        if (row == 0) {
            side(edges.north(), north, row, field.stride, -field.stride, -1);
        }
        if (row == field.rows - 1) {
            side(edges.south(), south, row, -field.stride, 0, 1);
        }
    }

    private void side(Edge edge, double level, int row, int inward, int face, int sign) {
        if (edge instanceof Edge.Closed) {
            return;
        }
        for (var column = 0; column < field.columns; column++) {
            var at = field.at(row, column);
            var next = sign < 0 ? at : at - field.stride;
            set(edge, level, at, inward, field.south, field.southBefore, at + face, next, sign);
        }
    }

    /**
     * @param inward offset of the next cell inside
     * @param face   the face on the side
     * @param next   the next face inside
     * @param sign   1 where the axis points outwards
     */
    private void set(
            Edge edge, double level, int at, int inward, float[] now, float[] before, int face, int next, int sign) {
        switch (edge) {
            case Edge.Closed closed -> {}
            case Edge.Free free -> now[face] = sign * uniform(at, inward);
            case Edge.Level ghost -> now[face] = (float) driven(level, at, before[face], before[next], sign);
        }
    }

    /** Uniform flow by Manning's formula down the bed at the side, outwards, m2/s. */
    private float uniform(int at, int inward) {
        var h = field.depth[at];
        var inside = field.bed[at + inward];
        var slope = inside == Field.WALL ? 0 : (inside - field.bed[at]) / field.dx;
        if (!(h > Sweep.FILM) || slope <= 0) {
            return 0;
        }
        var most = h * Math.sqrt(Solver.GRAVITY * h);
        var friction = field.frictionOf(at);
        var manning = h * Math.cbrt(h * (double) h) * Math.sqrt(slope * Solver.GRAVITY / friction);
        return (float) Math.min(most, manning);
    }

    private double driven(double level, int at, float q, float inner, int sign) {
        if (field.wall(at)) {
            return 0;
        }
        var outside = Math.max(0, level - field.bed[at]);
        var inside = field.depth[at];
        var flow = Math.max(outside, inside);
        if (!(flow > Sweep.FILM)) {
            return 0;
        }
        var push = q - Solver.GRAVITY * dt * flow * sign * (outside - inside) / (field.dx / 2);
        var drag = 1 + field.frictionOf(at) * dt * Math.abs(q) * PlainSweep.sevenThirds((float) flow);
        var most = flow * Math.sqrt(Solver.GRAVITY * flow);
        return Math.clamp(push / drag, -most, most);
    }

    /** Books what went through the sides in a step, in a fixed order, after the limiting. */
    void count(double step) {
        var share = (float) step / field.dx;
        var area = (double) field.dx * field.dx;
        if (!(edges.west() instanceof Edge.Closed) || !(edges.east() instanceof Edge.Closed)) {
            for (var row = 0; row < field.rows; row++) {
                book(Sweep.moved(field.east[field.at(row, 0) - 1], share) * area);
                book(-Sweep.moved(field.east[field.at(row, field.columns - 1)], share) * area);
            }
        }
        if (!(edges.north() instanceof Edge.Closed) || !(edges.south() instanceof Edge.Closed)) {
            for (var column = 0; column < field.columns; column++) {
                book(Sweep.moved(field.south[field.at(0, column) - field.stride], share) * area);
                book(-Sweep.moved(field.south[field.at(field.rows - 1, column)], share) * area);
            }
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
