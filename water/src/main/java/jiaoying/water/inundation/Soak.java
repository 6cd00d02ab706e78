package jiaoying.water.inundation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rain and losses that wait until there is enough to lay on: a float depth would swallow the drop of a single step. What
 * waits is kept in double, or per cell where the rain has a map.
 */
final class Soak {
    private static final double MM_H = 1 / 3_600_000.0;
    private static final double GRAIN = 1.0 / (1 << 20);

    /** Losses that change with the water wait no longer than this, s. */
    private static final double PATIENCE_S = 10;

    private final Field field;
    private final Losses losses;
    private final boolean constant;
    private final double[] infiltrated;
    private final double[] drained;

    /** What has gone into the soil of each cell, m; null without soil. */
    private final float @Nullable [] soaked;

    private double uniform;
    private double infiltration;
    private double drain;
    private int map = -1;

    /** What rains on each cell of the field under the map of now, mm/h, and what of it still waits, m; null before any map. */
    private float @Nullable [] rates;

    private float @Nullable [] carry;
    private double ratesSum;
    private double keptSum;
    private double ratesMost;
    private double mapTime;
    private double lossTime;
    private boolean all;
    private double rainNow;
    private float infiltrationNow;
    private float drainNow;
    private float mapNow;
    private float mapRest;

    /** Whether what is less than a grain waits in the cells. */
    private boolean carried;

    private double outfallNow;

    Soak(Field field, Scene scene) {
        this.field = field;
        losses = scene.losses();
        constant = losses.constant();
        infiltrated = new double[field.rows];
        drained = new double[field.rows];
        soaked = losses.soil().isPresent() ? new float[field.depth.length] : null;
    }

    List<float[]> memory() {
        return soaked == null ? List.of() : List.of(soaked);
    }

    void uniform(double depth) {
        uniform += depth;
    }

    void losses(double dt) {
        if (constant) {
            infiltration += losses.infiltration_mm_h().uniform() * MM_H * dt;
            drain += losses.drain_mm_h().uniform() * MM_H * dt;
        } else {
            lossTime += dt;
        }
    }

    /** Whether rain goes cell by cell: it has maps, or the ground takes its share. */
    boolean byCells(Rain rain) {
        return rain instanceof Rain.Maps || losses.sharesRain();
    }

    /** Rain of a step summed over the cells, m. */
    record Fallen(double all, double intoGround) {}

    /** Lets the rain at a moment fall for a step. */
    Fallen falls(Rain rain, double now, double dt) {
        var at = switch (rain) {
            case Rain.Spells spells -> spells.spellAt(now);
            case Rain.Maps maps -> maps.mapAt(now);
        };
        if (at != map) {
            assert mapTime == 0 : "what one map rained is laid on before the next";
            map = at;
            take(at < 0 ? null : rates(rain, at));
        }
        if (map < 0) {
            return new Fallen(0, 0);
        }
        mapTime += dt;
        return new Fallen(ratesSum * MM_H * dt, (ratesSum - keptSum) * MM_H * dt);
    }

    private double[] rates(Rain rain, int at) {
        return switch (rain) {
            case Rain.Maps maps -> maps.map().apply(at);
            case Rain.Spells spells -> {
                var even = new double[field.rows * field.columns];
                java.util.Arrays.fill(even, spells.spells().get(at).mm_h());
                yield even;
            }
        };
    }

    private void take(double @Nullable [] next) {
        ratesSum = 0;
        keptSum = 0;
        ratesMost = 0;
        if (next == null) {
            return;
        }
        if (rates == null || carry == null) {
            rates = new float[field.depth.length];
            carry = new float[field.depth.length];
        }
        for (var row = 0; row < field.rows; row++) {
            for (var column = 0; column < field.columns; column++) {
                var cell = row * field.columns + column;
                var at = field.at(row, column);
                var rate = Double.isNaN(next[cell]) || field.wall(at) ? 0 : next[cell];
                rates[at] =
                        (float) (losses.sharesRain() ? rate * losses.runoff().at(cell) : rate);
                ratesSum += losses.sharesRain() ? rate : rates[at];
                keptSum += rates[at];
                ratesMost = Math.max(ratesMost, rates[at]);
            }
        }
    }

    /** The most that waits in any cell, m; losses that change with the water count as much when their time has come. */
    double waiting() {
        if (lossTime >= PATIENCE_S) {
            return Double.POSITIVE_INFINITY;
        }
        return Math.max(Math.max(uniform, infiltration + drain), ratesMost * MM_H * mapTime);
    }

    boolean any() {
        return uniform > 0 || infiltration > 0 || drain > 0 || mapTime > 0 || lossTime > 0 || carried;
    }

    boolean brings() {
        return rainNow > 0 || ratesMost * mapTime > 0 || all && carried;
    }

    /** Rain that waits, summed over the cells, m. */
    double waitingSum() {
        var sum = uniform * field.activeCells + keptSum * MM_H * mapTime;
        if (carry != null) {
            for (var left : carry) {
                sum += left;
            }
        }
        return sum;
    }

    void begin(boolean everything, double now) {
        all = everything;
        rainNow = part(uniform);
        infiltrationNow = (float) part(infiltration);
        drainNow = (float) part(drain);
        mapNow = (float) (MM_H * mapTime);
        mapRest = (float) (MM_H * mapTime - mapNow);
        outfallNow =
                losses.outfall_m().map(level -> level.at(now) - field.datum).orElse(Double.NEGATIVE_INFINITY);
    }

    private double part(double waiting) {
        return all ? waiting : Math.floor(waiting / GRAIN) * GRAIN;
    }

    /** Whether a row gets and loses the same in every cell, so that {@link Sweep#soak} can do it. */
    boolean even() {
        return constant && field.open == null && !field.speeds;
    }

    /** Lays on and takes what waits in a row, the same in every cell; returns its deepest water. */
    float row(int row, Sweep sweep) {
        var shower = new Shower((float) rainNow, infiltrationNow, drainNow);
        if (rates != null && carry != null && maps()) {
            shower.map = new Shower.Map(rates, carry, mapNow, mapRest, all);
        }
        var deepest = sweep.soak(field, shower, field.first(row), field.columns);
        infiltrated[row] = shower.infiltrated;
        drained[row] = shower.drained;
        return deepest;
    }

    void row(int row) {
        infiltrated[row] = 0;
        drained[row] = 0;
        for (int column = 0, at = field.first(row); column < field.columns; column++, at++) {
            if (!field.wall(at)) {
                cell(row, row * field.columns + column, at);
            }
        }
    }

    private void cell(int row, int cell, int at) {
        var open = field.openness(at);
        var depth = rained(at, open);
        if (constant) {
            var ground = Math.min(depth, infiltrationNow);
            depth -= ground;
            infiltrated[row] += ground * open;
            var drains = Math.min(depth, drainNow);
            depth -= drains;
            drained[row] += drains * open;
        } else if (depth > 0) {
            var left = (float) Math.max(0, depth - intoSoil(cell, at, depth));
            left = (float) Math.max(0, left - losses.infiltration_mm_h().at(cell) * MM_H * lossTime);
            infiltrated[row] += ((double) depth - left) * open;
            depth = left;
            if (field.bed[at] + (double) depth > outfallNow) {
                left = (float) Math.max(0, depth - losses.drain_mm_h().at(cell) * MM_H * lossTime);
                drained[row] += ((double) depth - left) * open;
                depth = left;
            }
        }
        field.set(at, depth);
    }

    private float rained(int at, double open) {
        var mapped = ofMap(at);
        return open == 1
                ? (float) (field.depth[at] + rainNow) + mapped
                : (float) (field.depth[at] + (rainNow + mapped) / open);
    }

    /** What the soil takes of a depth, m: F grows by K t + S ln((F' + S) / (F + S)), solved by Newton from above. */
    private double intoSoil(int cell, int at, float depth) {
        if (soaked == null || losses.soil().isEmpty()) {
            return 0;
        }
        var soil = losses.soil().get();
        var enters = soil.conductivity_mm_h().at(cell) * MM_H * lossTime;
        var room = (soil.suction_mm().at(cell) / 1000 + depth) * soil.deficit().at(cell);
        if (enters <= 0) {
            return 0;
        }
        double before = soaked[at];
        var after = before + enters + Math.sqrt(2 * room * enters);
        for (var i = 0; i < 4 && room > 0; i++) {
            var wrong = after - before - enters - room * Math.log((after + room) / (before + room));
            after -= wrong * (after + room) / after;
        }
        var taken = Math.min(depth, room > 0 ? after - before : enters);
        soaked[at] = (float) (before + taken);
        return taken;
    }

    private float ofMap(int at) {
        if (rates == null || carry == null || !maps()) {
            return 0;
        }
        var waits = carry[at] + (rates[at] * mapNow + rates[at] * mapRest);
        var laid = all ? waits : Shower.grains(waits);
        carry[at] = waits - laid;
        return laid;
    }

    private boolean maps() {
        return mapNow > 0 || all && carried;
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
        carried = carry != null && !all;
        mapTime = 0;
        lossTime = 0;
    }
}
