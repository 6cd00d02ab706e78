package jiaoying.water.inundation;

/**
 * The inner loops over a stretch of one row. Two are there, plain Java and Vector API; they do the same operations in the
 * same order, so that their results are equal bit for bit. A stretch starts at a multiple of {@link Field#LANES} from the
 * row's first cell and may be run on to the next multiple.
 */
interface Sweep {
    /** Faces with less water than this above their bed are shut, m. */
    float FILM = 1e-4f;

    /** Share of the new flux that comes from the face itself; the rest from its neighbours along the flow. */
    float THETA = 0.9f;

    float SIDE = 0.5f * (1 - THETA);

    /**
     * First guess of x^(-1/3): a third of the bits of x taken off a number. In float, in steps of 256: the sum lies between 2^23 and
     * 2^24, where floats are whole numbers, and its bits shifted by 8 are those of the guess.
     */
    float GUESS = 13_930_104f;

    float GUESS_FALLS = -1 / 768f;

    /** (1 - e)^(-7/3) for what the guess is off, |e| below 0.33, to 5e-5. */
    float OFF_0 = 0.81942118f;

    float OFF_1 = 4.88904507f;
    float OFF_2 = -8.85125095f;
    float OFF_3 = 29.9633334f;

    /** The largest Froude number of a face, squared, times g. */
    float FASTEST = (float) Solver.GRAVITY;

    /** A cell gives at most this share of its water in a step; the rest covers the rounding of the sum. */
    float GIVES = 1 - 2e-6f;

    /**
     * Water goes from cell to cell in whole numbers of a grain of 2^-22 m: then a float takes and gives it exactly up to 4 m, and
     * a small steady inflow into a deep cell does not lose or make water by being rounded the same way at each step. Adding and
     * taking off this number rounds to the grain.
     */
    float TO_GRAIN = 3f;

    /** What a cell keeps back, m: its four faces may each be rounded up by half a grain. */
    float KEEPS = 2 * 2.4e-7f;

    /** Depth that goes through a face in a step, m. */
    static float moved(float flux, float share) {
        return Fused.of(share, flux, TO_GRAIN) - TO_GRAIN;
    }

    /**
     * Levels that differ by less than this share of the water above the face and the step in the bed are equal: the rest is
     * rounding, and a flux that follows it makes water, because it is too small for one side's depth and not for the other's.
     */
    float LEVEL = 2.4e-7f;

    /** New fluxes of the east and south faces of the cells. */
    void fluxes(Field field, float dt, int from, int count);

    /** Scales the outflows of cells that would give more than they hold. */
    void limit(Field field, float dt, int from, int count);

    /**
     * New depths, and the peak depths so far.
     *
     * @param rain added to every cell, m, 0 or more
     * @return the largest new depth, m
     */
    float depths(Field field, float dt, float rain, int from, int count);

    /**
     * Lays rain on the cells and takes their losses.
     *
     * @param from a row's first cell
     * @return the largest new depth, m
     */
    float soak(Field field, Shower shower, int from, int count);

    /** Whether any cell of a stretch, or the one behind or below any, is deeper; a stretch may be looked at to the next multiple. */
    boolean deeper(Field field, float limit, int from, int count);

    /** Keeps what the water leaves behind: {@link Traces}. */
    void trace(Field field, Traces traces, double now, int from, int count);
}
