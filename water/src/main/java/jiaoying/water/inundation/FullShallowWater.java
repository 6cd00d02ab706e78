package jiaoying.water.inundation;

import java.util.stream.IntStream;

/**
 * The whole shallow-water equations (完整浅水方程), for dam breaks, steep flow and water that jumps: finite volumes with
 * HLLC fluxes (Toro 2001) on reconstructed beds (Audusse et al. 2004), which keep a lake at rest and depths at or above zero.
 * First order, in double inside a step. Slower than local inertia by an order of magnitude.
 *
 * <p>The unit fluxes of a cell stand where local inertia keeps those of its faces, so that the rest of the run needs to know
 * no difference: the mean through the cell to the east and to the south.
 */
final class FullShallowWater implements Solver {
    private static final double COURANT = 0.45;
    private static final double DRY = 1e-6;

    private final Field field;
    private final Crew crew;
    private final Sides sides;
    private final float[] deepest;

    /** Momentum of a cell, m2/s. */
    private final float[] east;

    private final float[] south;

    /** Through the face: volume, and the two momenta, and the push of the bed on the cell on either side. */
    private final float[][] acrossEast = new float[4][];

    private final float[][] acrossSouth = new float[4][];

    FullShallowWater(Field field, Crew crew, Sides sides) {
        this.field = field;
        this.crew = crew;
        this.sides = sides;
        deepest = new float[field.rows];
        east = new float[field.depth.length];
        south = new float[field.depth.length];
        for (var i = 0; i < 4; i++) {
            acrossEast[i] = new float[field.depth.length];
            acrossSouth[i] = new float[field.depth.length];
        }
        start();
    }

    /** Takes the fluxes of the faces at the start as momenta. */
    void start() {
        for (var row = 0; row < field.rows; row++) {
            touched(row);
            for (int at = field.first(row), end = at + field.columns; at < end; at++) {
                east[at] = mean(field.east[at - 1], field.east[at]);
                south[at] = mean(field.south[at - field.stride], field.south[at]);
            }
        }
    }

    /** A wall's face carries nothing; beside it the other face speaks for the cell. */
    private static float mean(float a, float b) {
        return a == 0 || b == 0 ? a + b : 0.5f * (a + b);
    }

    @Override
    public String name() {
        return "full";
    }

    @Override
    public double stable(double now) {
        var fastest = 0.0;
        for (var row = 0; row < field.rows; row++) {
            for (int at = field.first(row), end = at + field.columns; at < end; at++) {
                double h = field.depth[at];
                if (h > DRY) {
                    var speed = Math.max(Math.abs(east[at]), Math.abs(south[at])) / h;
                    fastest = Math.max(fastest, speed + Math.sqrt(GRAVITY * h));
                }
            }
        }
        var beyond = sides.deepest(now);
        fastest = Math.max(fastest, 2 * Math.sqrt(GRAVITY * Math.max(0, beyond)));
        return Math.min(LocalInertia.STEP_MAX_S, COURANT * field.dx / Math.max(fastest, 1e-3));
    }

    @Override
    public void step(double now, double dt, float rain) {
        sides.at(now, (float) dt);
        System.arraycopy(field.east, 0, field.eastBefore, 0, field.east.length);
        System.arraycopy(field.south, 0, field.southBefore, 0, field.south.length);
        rows(row -> {
            for (int at = field.first(row), end = at + field.columns; at < end; at++) {
                face(at, at + 1, east, south, acrossEast);
                face(at, at + field.stride, south, east, acrossSouth);
            }
            sides.fluxes(row);
            open(row);
        });
        rows(row -> move(row, dt, rain));
        show();
        sides.count(dt);
    }

    private void rows(java.util.function.IntConsumer work) {
        var parts = Math.min(field.rows, 4 * crew.hands());
        crew.each(
                parts,
                part -> IntStream.range((int) ((long) field.rows * part / parts), (int)
                                ((long) field.rows * (part + 1) / parts))
                        .forEach(work));
    }

    /** HLLC through the face behind cell l, with the momenta along and across the flow. */
    private void face(int l, int r, float[] along, float[] aside, float[][] out) {
        double zl = field.bed[l];
        double zr = field.bed[r];
        double depthL = field.depth[l];
        double depthR = field.depth[r];
        var crest = Math.max(zl, zr);
        var hl = Math.max(0, depthL + zl - crest);
        var hr = Math.max(0, depthR + zr - crest);
        var ul = depthL > DRY ? along[l] / depthL : 0;
        var ur = depthR > DRY ? along[r] / depthR : 0;
        var vl = depthL > DRY ? aside[l] / depthL : 0;
        var vr = depthR > DRY ? aside[r] / depthR : 0;
        if (field.wall(l) || field.wall(r)) {
            mirror(l, r, depthL, depthR, ul, ur, out);
            return;
        }
        hllc(hl, hr, ul, ur, vl, vr, l, out);
        var momentum = out[1][l];
        out[1][l] = (float) (momentum + 0.5 * GRAVITY * (depthL * depthL - hl * hl));
        out[3][l] = (float) (momentum + 0.5 * GRAVITY * (depthR * depthR - hr * hr));
    }

    /** A wall throws the water back: no volume, only pressure. */
    private void mirror(int l, int r, double depthL, double depthR, double ul, double ur, float[][] out) {
        out[0][l] = 0;
        out[2][l] = 0;
        out[1][l] = field.wall(l) ? 0 : (float) wallPressure(depthL, ul);
        out[3][l] = field.wall(r) ? 0 : (float) wallPressure(depthR, -ur);
    }

    private static double wallPressure(double h, double into) {
        if (h <= DRY) {
            return 0;
        }
        // Water that runs against a wall piles up; the two-rarefaction star depth with its mirror image.
        var c = Math.max(0, Math.sqrt(GRAVITY * h) + 0.5 * into);
        var star = c * c / GRAVITY;
        return 0.5 * GRAVITY * star * star;
    }

    private static void hllc(double hl, double hr, double ul, double ur, double vl, double vr, int at, float[][] out) {
        if (hl <= DRY && hr <= DRY) {
            out[0][at] = out[1][at] = out[2][at] = 0;
            return;
        }
        var cl = Math.sqrt(GRAVITY * hl);
        var cr = Math.sqrt(GRAVITY * hr);
        var cs = Math.max(0, 0.5 * (cl + cr) + 0.25 * (ul - ur));
        var us = 0.5 * (ul + ur) + cl - cr;
        var sl = hl <= DRY ? ur - 2 * cr : Math.min(ul - cl, us - cs);
        var sr = hr <= DRY ? ul + 2 * cl : Math.max(ur + cr, us + cs);
        var ql = hl * ul;
        var qr = hr * ur;
        var pl = ql * ul + 0.5 * GRAVITY * hl * hl;
        var pr = qr * ur + 0.5 * GRAVITY * hr * hr;
        double volume;
        double momentum;
        if (sl >= 0) {
            volume = ql;
            momentum = pl;
        } else if (sr <= 0) {
            volume = qr;
            momentum = pr;
        } else {
            volume = (sr * ql - sl * qr + sl * sr * (hr - hl)) / (sr - sl);
            momentum = (sr * pl - sl * pr + sl * sr * (qr - ql)) / (sr - sl);
        }
        var middle = (sl * hr * (ur - sr) - sr * hl * (ul - sl)) / (hr * (ur - sr) - hl * (ul - sl));
        out[0][at] = (float) volume;
        out[1][at] = (float) momentum;
        out[2][at] = (float) (volume * (middle >= 0 ? vl : vr));
    }

    /** Sides that are not closed: the volume that they let through carries the momentum of the cell inside. */
    private void open(int row) {
        var first = field.at(row, 0);
        var last = field.at(row, field.columns - 1);
        through(field.east[first - 1], first, first - 1, acrossEast, 3, east, -1);
        through(field.east[last], last, last, acrossEast, 1, east, 1);
        for (int at = first, i = 0; i < field.columns; i++, at++) {
            if (row == 0) {
                through(field.south[at - field.stride], at, at - field.stride, acrossSouth, 3, south, -1);
            }
            if (row == field.rows - 1) {
                through(field.south[at], at, at, acrossSouth, 1, south, 1);
            }
        }
    }

    private void through(float volume, int at, int face, float[][] out, int side, float[] along, int sign) {
        double h = field.depth[at];
        var u = h > DRY ? along[at] / h : 0;
        out[2][face] = 0;
        if (!sides.closed(out == acrossEast, sign)) {
            out[0][face] = volume;
            out[side][face] = (float) (volume * u + 0.5 * GRAVITY * h * h);
        } else {
            out[0][face] = 0;
            out[side][face] = field.wall(at) ? 0 : (float) wallPressure(h, sign * u);
        }
    }

    private void move(int row, double dt, float rain) {
        var share = dt / field.dx;
        var stride = field.stride;
        var most = 0f;
        for (int at = field.first(row), end = at + field.columns; at < end; at++) {
            if (field.wall(at)) {
                continue;
            }
            var net = ((double) acrossEast[0][at - 1] - acrossEast[0][at])
                    + ((double) acrossSouth[0][at - stride] - acrossSouth[0][at]);
            var pushEast = ((double) acrossEast[3][at - 1] - acrossEast[1][at])
                    + ((double) acrossSouth[2][at - stride] - acrossSouth[2][at]);
            var pushSouth = ((double) acrossSouth[3][at - stride] - acrossSouth[1][at])
                    + ((double) acrossEast[2][at - 1] - acrossEast[2][at]);
            var h = Math.max(0, field.depth[at] + share * net);
            var qe = east[at] + share * pushEast;
            var qs = south[at] + share * pushSouth;
            if (h <= Sweep.FILM) {
                qe = 0;
                qs = 0;
            } else {
                var drag = 1 + dt * field.frictionOf(at) * Math.hypot(qe, qs) * Math.pow(h, -7 / 3.0);
                qe /= drag;
                qs /= drag;
            }
            east[at] = (float) qe;
            south[at] = (float) qs;
            field.depth[at] = (float) (h + rain);
            field.peak[at] = Math.max(field.peak[at], field.depth[at]);
            most = Math.max(most, field.depth[at]);
        }
        deepest[row] = most;
    }

    /** The fluxes of the faces, for speeds, saved states and the ledger of the sides. */
    private void show() {
        for (var row = 0; row < field.rows; row++) {
            var first = field.first(row);
            System.arraycopy(acrossEast[0], first - 1, field.east, first - 1, field.columns + 1);
            System.arraycopy(acrossSouth[0], first, field.south, first, field.columns);
        }
        System.arraycopy(
                acrossSouth[0],
                field.at(0, 0) - field.stride,
                field.south,
                field.at(0, 0) - field.stride,
                field.columns);
    }

    @Override
    public void touched(int row) {
        deepest[row] = field.deepest(row);
    }

    @Override
    public void look() {}

    @Override
    public int deepestRow() {
        var best = 0;
        for (var row = 1; row < deepest.length; row++) {
            best = deepest[row] > deepest[best] ? row : best;
        }
        return best;
    }

    @Override
    public float deepest() {
        return deepest[deepestRow()];
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
