package jiaoying.water.inundation;

import org.jspecify.annotations.Nullable;

/** Rain and losses that a row gets at once, and what the row has lost. */
final class Shower {
    /** The same for every cell: laid on, then taken from it as far as there is water: into the ground, then into the drains; m. */
    final float rain;

    final float infiltration;
    final float drain;

    /** Taken from all cells, m. */
    double infiltrated;

    double drained;

    /** Rain that each cell has of its own, or null. */
    @Nullable
    Map map;

    /**
     * Rain by a map.
     *
     * @param rates on each cell, mm/h
     * @param carry what waits in each cell, m
     * @param time  how long it rained, in 1000 h, in two numbers of which the first is the float nearest to it
     * @param all   whether nothing is to wait; else whole grains are laid on
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Map(float[] rates, float[] carry, float time, float rest, boolean all) {}

    /** Adding this number rounds to whole grains of 2^-20 m; half a grain less, to the whole grains below. */
    static final float TO_GRAINS = 12f;

    static final float HALF_GRAIN = 1f / (1 << 21);

    /** The whole grains in what waits, m. */
    static float grains(float waits) {
        return Math.max(0f, waits - HALF_GRAIN + TO_GRAINS - TO_GRAINS);
    }

    Shower(float rain, float infiltration, float drain) {
        this.rain = rain;
        this.infiltration = infiltration;
        this.drain = drain;
    }
}
