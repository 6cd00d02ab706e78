package jiaoying.water.inundation;

/** A way to move the water by one step. */
interface Solver {
    /** Standard gravity, m/s2. */
    double GRAVITY = 9.80665;

    String name();

    /** The largest step that is stable now, s. */
    double stable(double now);

    /**
     * Moves the water; the sides stand as at its beginning.
     *
     * @param rain added to every cell at the end, m
     */
    void step(double now, double dt, float rain);

    /** Depths of a row were changed from outside. */
    void touched(int row);

    /** The depth of one cell was changed from outside; not for two cells of a row at the same time. */
    void changed(int row, float before, float after);

    /** Water was laid on from outside where it may have been dry. */
    void look();

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
