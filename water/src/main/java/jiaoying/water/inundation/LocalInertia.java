package jiaoying.water.inundation;

import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * Local inertia (局部惯性): shallow water without the convective term, for floods on flat ground below Froude number 0.5 or
 * so. A step is one sweep down each band of rows: fluxes of a row, limiting of it, depths of the row above; the first two
 * rows and the last of a band wait until all bands are through. What a cell gets does not depend on how rows are banded.
 */
final class LocalInertia implements Solver {
    /**
     * Share of the largest step that gravity waves allow along one axis (Bates, Horritt and Fewtrell 2010 say 0.7). With the
     * q-centred flux a wave across both axes stays within bounds up to sqrt((1 + (2 theta - 1)) / 4) = 0.671.
     */
    private static final double COURANT = 0.65;

    /** Depth up to which the water may be a sheet on a slope, m: such flow nears the critical and bears half the step. */
    private static final double SHEET_M = 0.05;

    private static final double NO_SHEET_M = 0.2;

    /** More bands than hands, so that a hand that is held up does not hold up the others. */
    private static final int BANDS_A_HAND = 8;

    static final double STEP_MAX_S = 5;

    private final Field field;
    private final Sweep sweep;
    private final Crew crew;
    private final Sides sides;
    private final Tiles tiles;
    private final int bands;
    private final float[] deepest;

    /** Rows whose deepest cell lost water since the last sweep. */
    private final boolean[] stale;

    private final boolean mayRest;
    private final Optional<StillPools> pools;
    private int sinceLook = Tiles.STEPS_BETWEEN_LOOKS;

    /** @param maySlow whether deep pools that stand may be slowed */
    LocalInertia(Field field, Sweep sweep, Crew crew, Sides sides, Tiles tiles, boolean mayRest, boolean maySlow) {
        this.field = field;
        this.sweep = sweep;
        this.crew = crew;
        this.sides = sides;
        this.tiles = tiles;
        this.mayRest = mayRest;
        pools = maySlow ? Optional.of(new StillPools(field, sweep, tiles, crew)) : Optional.empty();
        bands = crew.hands() == 1 ? 1 : Math.max(1, Math.min(BANDS_A_HAND * crew.hands(), field.rows / 8));
        deepest = new float[field.rows];
        stale = new boolean[field.rows];
        for (var row = 0; row < field.rows; row++) {
            touched(row);
        }
    }

    @Override
    public String name() {
        return "local-inertia";
    }

    @Override
    public double stable(double now) {
        for (var row = 0; row < stale.length; row++) {
            if (stale[row]) {
                touched(row);
            }
        }
        var deepestNow = deepestDepth();
        pools.ifPresent(it -> it.look(deepestNow));
        var depth = Math.max(Math.max(Math.min(deepestNow, field.reach), sides.deepest(now)), Sweep.FILM);
        var deep = Math.clamp((depth - SHEET_M) / (NO_SHEET_M - SHEET_M), 0, 1);
        return Math.min(STEP_MAX_S, COURANT * (0.5 + 0.5 * deep) * field.dx / Math.sqrt(GRAVITY * depth));
    }

    @Override
    public void step(double now, double dt, float rain, IntConsumer after) {
        rest(rain);
        field.turn();
        sides.at(now, (float) dt);
        var step = (float) dt;
        crew.each(bands, band -> sweepDown(start(band), start(band + 1), step, rain, after));
        crew.each(bands, band -> limit(start(band), step));
        crew.each(bands, band -> finish(start(band), start(band + 1), step, rain, after));
        sides.count(dt);
    }

    private int start(int band) {
        return (int) ((long) field.rows * band / bands);
    }

    private void sweepDown(int from, int to, float dt, float rain, IntConsumer after) {
        for (var row = from; row < to; row++) {
            flux(row, dt);
            if (row > from) {
                limit(row, dt);
            }
            if (row - 1 >= from + 2) {
                move(row - 1, dt, rain, after);
            }
        }
    }

    private void finish(int from, int to, float dt, float rain, IntConsumer after) {
        for (var row = from; row < Math.min(from + 2, to); row++) {
            move(row, dt, rain, after);
        }
        if (to - 1 >= from + 2) {
            move(to - 1, dt, rain, after);
        }
    }

    private void flux(int row, float dt) {
        var first = field.first(row);
        var stretches = tiles.stretches(row);
        for (var s = 0; s < stretches.length; s += 2) {
            sweep.fluxes(field, dt, first + stretches[s], stretches[s + 1]);
        }
        sides.fluxes(row);
    }

    private void limit(int row, float dt) {
        var first = field.first(row);
        var stretches = tiles.stretches(row);
        for (var s = 0; s < stretches.length; s += 2) {
            sweep.limit(field, dt, first + stretches[s], stretches[s + 1]);
        }
    }

    private void move(int row, float dt, float rain, IntConsumer after) {
        var first = field.first(row);
        var stretches = tiles.stretches(row);
        var most = 0f;
        for (var s = 0; s < stretches.length; s += 2) {
            most = Math.max(most, sweep.depths(field, dt, rain, first + stretches[s], stretches[s + 1]));
        }
        deepest[row] = most;
        after.accept(row);
    }

    private void rest(float rain) {
        if (!mayRest) {
            return;
        }
        if (rain > 0) {
            tiles.wakeAll();
            sinceLook = 0;
        } else if (++sinceLook >= Tiles.STEPS_BETWEEN_LOOKS) {
            sinceLook = 0;
            var hands = Math.min(crew.hands(), tiles.rowsOfTiles());
            crew.each(hands, hand -> {
                for (var row = hand; row < tiles.rowsOfTiles(); row += hands) {
                    tiles.look(row);
                }
            });
            tiles.settle();
        }
    }

    @Override
    public void touched(int row) {
        deepest[row] = field.deepest(row);
        stale[row] = false;
    }

    @Override
    public void changed(int row, float before, float after) {
        if (after >= deepest[row]) {
            deepest[row] = after;
        } else if (before >= deepest[row]) {
            stale[row] = true;
        }
        if (after > Sweep.FILM && !(before > Sweep.FILM)) {
            look();
        }
    }

    @Override
    public void look() {
        sinceLook = Tiles.STEPS_BETWEEN_LOOKS;
    }

    @Override
    public void lookAgain() {
        pools.ifPresent(StillPools::lookAgain);
    }

    @Override
    public Slowed slowed() {
        return pools.map(StillPools::slowed).orElse(NOTHING_SLOWED);
    }

    @Override
    public int deepestRow() {
        var best = 0;
        for (var row = 1; row < deepest.length; row++) {
            best = deepest[row] > deepest[best] ? row : best;
        }
        return best;
    }

    private float deepestDepth() {
        return deepest[deepestRow()];
    }

    @Override
    public void soak(Soak soak, int row) {
        if (soak.even()) {
            deepest[row] = soak.row(row, sweep);
        } else {
            soak.row(row);
            touched(row);
        }
    }

    /** Where the ground sleeps there is less water than anyone asks for. */
    @Override
    public void trace(Traces traces, int row, double now) {
        var first = field.first(row);
        if (traces.come <= Sweep.FILM) {
            sweep.trace(field, traces, now, first, field.columns);
            return;
        }
        var stretches = tiles.stretches(row);
        for (var s = 0; s < stretches.length; s += 2) {
            sweep.trace(field, traces, now, first + stretches[s], stretches[s + 1]);
        }
    }

    @Override
    public double eastThrough(int at) {
        return 0.5 * (field.east[at - 1] + field.east[at]);
    }

    @Override
    public double southThrough(int at) {
        return 0.5 * (field.south[at - field.stride] + field.south[at]);
    }

    @Override
    public List<float[]> memory() {
        return List.of(field.east, field.south);
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
