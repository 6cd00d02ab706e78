package jiaoying.water.inundation;

import org.jspecify.annotations.Nullable;

/**
 * Rain and losses that wait until there is enough to lay on: a float depth would swallow the drop of a single step. What
 * waits is kept in double, or per cell where the rain has a map.
 */
final class Soak {
    private static final double MM_H = 1 / 3_600_000.0;
    private static final double GRAIN = 1.0 / (1 << 20);

    private final Field field;
    private final Scene scene;
    private final double[] infiltrated;
    private final double[] drained;
    private double uniform;
    private double infiltration;
    private double drain;
    private int map = -1;
    private double @Nullable [] rates;
    private float @Nullable [] carry;
    private double ratesSum;
    private double ratesMost;
    private double mapTime;
    private boolean all;
    private double rainNow;
    private float infiltrationNow;
    private float drainNow;

    Soak(Field field, Scene scene) {
        this.field = field;
        this.scene = scene;
        infiltrated = new double[field.rows];
        drained = new double[field.rows];
    }

    void uniform(double depth) {
        uniform += depth;
    }

    void losses(double dt) {
        infiltration += scene.losses().infiltration_mm_h() * MM_H * dt;
        drain += scene.losses().drain_mm_h() * MM_H * dt;
    }

    /** Lets the map at a moment rain for a step; returns the rain summed over the cells, m. */
    double mapped(Rain.Maps maps, double now, double dt) {
        var at = maps.mapAt(now);
        if (at != map) {
            assert mapTime == 0 : "what one map rained is laid on before the next";
            map = at;
            take(at < 0 ? null : maps.map().apply(at));
        }
        if (rates == null) {
            return 0;
        }
        mapTime += dt;
        return ratesSum * MM_H * dt;
    }

    private void take(double @Nullable [] next) {
        rates = next;
        ratesSum = 0;
        ratesMost = 0;
        if (next == null) {
            return;
        }
        if (carry == null) {
            carry = new float[field.depth.length];
        }
        for (var row = 0; row < field.rows; row++) {
            for (var column = 0; column < field.columns; column++) {
                var rate = next[row * field.columns + column];
                if (!Double.isNaN(rate) && !field.wall(field.at(row, column))) {
                    ratesSum += rate;
                    ratesMost = Math.max(ratesMost, rate);
                }
            }
        }
    }

    /** The most that waits in any cell, m. */
    double waiting() {
        return Math.max(Math.max(uniform, infiltration + drain), ratesMost * MM_H * mapTime);
    }

    boolean any() {
        return uniform > 0 || infiltration > 0 || drain > 0 || mapTime > 0;
    }

    boolean brings() {
        return rainNow > 0 || mapTime > 0;
    }

    /** Rain that waits, summed over the cells, m. */
    double waitingSum() {
        var sum = uniform * field.activeCells + ratesSum * MM_H * mapTime;
        if (carry != null) {
            for (var left : carry) {
                sum += left;
            }
        }
        return sum;
    }

    void begin(boolean everything) {
        all = everything;
        rainNow = part(uniform);
        infiltrationNow = (float) part(infiltration);
        drainNow = (float) part(drain);
    }

    private double part(double waiting) {
        return all ? waiting : Math.floor(waiting / GRAIN) * GRAIN;
    }

    void row(int row) {
        infiltrated[row] = 0;
        drained[row] = 0;
        for (int column = 0, at = field.first(row); column < field.columns; column++, at++) {
            if (!field.wall(at)) {
                cell(row, column, at);
            }
        }
    }

    private void cell(int row, int column, int at) {
        var depth = (float) (field.depth[at] + rainNow) + ofMap(row * field.columns + column, at);
        var ground = Math.min(depth, infiltrationNow);
        depth -= ground;
        infiltrated[row] += ground;
        var drains = Math.min(depth, drainNow);
        depth -= drains;
        drained[row] += drains;
        field.set(at, depth);
    }

    private float ofMap(int cell, int at) {
        if (rates == null || carry == null || mapTime == 0) {
            return 0;
        }
        var rate = Double.isNaN(rates[cell]) ? 0 : rates[cell];
        var waits = carry[at] + rate * MM_H * mapTime;
        var laid = (float) part(waits);
        carry[at] = all ? 0 : (float) (waits - laid);
        return laid;
    }

    void end(Ledger ledger, double area) {
        for (var row = 0; row < field.rows; row++) {
            ledger.infiltrated += infiltrated[row] * area;
            ledger.drained += drained[row] * area;
        }
        uniform -= rainNow;
        infiltration = all ? 0 : infiltration - infiltrationNow;
        drain = all ? 0 : drain - drainNow;
        if (all) {
            uniform = 0;
        }
        mapTime = 0;
    }
}
