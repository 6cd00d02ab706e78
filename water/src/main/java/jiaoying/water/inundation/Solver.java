package jiaoying.water.inundation;

import java.util.function.IntConsumer;

/** A way to move the water by one step. */
interface Solver {
    /** Standard gravity, m/s2. */
    double GRAVITY = 9.80665;

    Slowed NOTHING_SLOWED = new Slowed(0, 1, 0);

    String name();

    /** The largest step that is stable now, s. */
    double stable(double now);

    /**
     * Moves the water; the sides stand as at its beginning.
     *
     * @param rain  added to every cell at the end, m
     * @param after what is done to each row of cells when its water has moved, while it is in the cache; it changes and reads
     *              nothing but that row, and the fluxes of its faces
     */
    void step(double now, double dt, float rain, IntConsumer after);

    /** Depths of a row were changed from outside. */
    void touched(int row);

    /** The depth of one cell was changed from outside; not for two cells of a row at the same time. */
    void changed(int row, float before, float after);

    /** Water was laid on from outside where it may have been dry. */
    void look();

    /** At the next step it looks anew at whatever it looks at only now and then; a run that goes on later begins so too. */
    default void lookAgain() {}

    /** What was slowed so far. */
    default Slowed slowed() {
        return NOTHING_SLOWED;
    }

    /** The row with the deepest water. */
    int deepestRow();

    /** Lays on and takes what waits, in a row. */
    void soak(Soak soak, int row);

    /** Keeps what the water leaves behind in a row. */
    void trace(Traces traces, int row, double now);

    /** Unit flux through a cell, m2/s, to the east and to the south. */
    double eastThrough(int at);

    double southThrough(int at);

    /** What it keeps from step to step beside the depths, its own arrays: all that a later run needs. */
    java.util.List<float[]> memory();

    /** Water that came in over the sides since the start, m3, and that went out. */
    double cameIn();

    double wentOut();
}
