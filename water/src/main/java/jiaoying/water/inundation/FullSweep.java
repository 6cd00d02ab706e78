package jiaoying.water.inundation;

import org.jspecify.annotations.Nullable;

/**
 * The inner loops of the full equations over one row. Two are there, plain Java and Vector API, equal bit for bit.
 */
interface FullSweep {
    float GRAVITY = (float) Solver.GRAVITY;

    /** Depth below which a cell's water is taken as flat within it, m. */
    float SLOPING = 5e-4f;

    /** Depth at a face below which there is none, m. */
    float DRY = 1e-6f;

    /** How much steeper than the flatter neighbour the water within a cell may be: 1 is minmod, 2 van Leer's limit. */
    float STEEP = 1.5f;

    /** Share of a cell's water that may leave through one of its four faces in a step. */
    float QUARTER = 0.25f * Sweep.GIVES;

    /**
     * In each of its two stages water moves in whole numbers of 2^-21 m, twice the grain of {@link Sweep#TO_GRAIN}: then the mean
     * of the stages is a whole number of that grain and a float holds it exactly up to 4 m.
     */
    float TO_GRAIN = 6f;

    /** What a cell keeps back of that quarter, m: what goes through the face may be rounded up by half a grain. */
    float SPARES = 0.5f * Sweep.KEEPS;

    /** Depth that goes through a face in a stage, m. */
    static float moved(float flux, float share) {
        return share * flux + TO_GRAIN - TO_GRAIN;
    }

    /** The state between two stages: depth, m, and speeds to the east and the south, m/s. */
    record State(float[] depth, float[] east, float[] south) {}

    /**
     * The cells beside a row of faces as offsets from the cell before the face.
     *
     * @param along  the cell behind the face
     * @param back   the one before the cell before, 0 where there is none
     * @param ahead  the one behind the cell behind, as {@code along} where there is none
     * @param crests above the higher of the two beds, m, if there are any
     */
    record Axis(int along, int back, int ahead, float @Nullable [] crests) {}

    /** Through the faces behind the cells from {@code from}; {@code along} and {@code aside} are speeds. */
    void faces(
            Field field,
            State state,
            float[] along,
            float[] aside,
            Axis axis,
            float share,
            int from,
            int count,
            FaceRow out,
            int to);

    /**
     * One stage of Heun's method for a row.
     *
     * @param now   the state that the faces were made from
     * @param next  takes the new state
     * @param mean  the new state is the mean with what stands in {@code next}: the second stage
     * @param rain  laid on at the end, m
     * @return the fastest signal, m/s, as {@link #signal} counts it
     */
    float row(
            Field field,
            State now,
            State next,
            boolean mean,
            float dt,
            float rain,
            int first,
            FaceRow x,
            FaceRow north,
            FaceRow south);

    /** Speed that bounds the step: of the waves, or of water that must not leave a cell through one face. */
    static float signal(float depth, float east, float south) {
        var speed = Math.max(Math.abs(east), Math.abs(south));
        return Math.max(speed + (float) Math.sqrt(GRAVITY * depth), 1.875f * speed);
    }
}
