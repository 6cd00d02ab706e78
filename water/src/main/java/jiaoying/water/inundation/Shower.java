package jiaoying.water.inundation;

/** Rain and losses that are the same in every cell of a row, and what the row has lost. */
final class Shower {
    /** Laid on each cell, then taken from it as far as there is water: into the ground, then into the drains; m. */
    final float rain;

    final float infiltration;
    final float drain;

    /** Taken from all cells, m. */
    double infiltrated;

    double drained;

    Shower(float rain, float infiltration, float drain) {
        this.rain = rain;
        this.infiltration = infiltration;
        this.drain = drain;
    }
}
