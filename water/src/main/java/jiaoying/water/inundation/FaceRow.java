package jiaoying.water.inundation;

/**
 * What goes through a row of faces in the full equations. The face behind the cell that is k cells from the row's first
 * stands at {@link Field#LANES} + k.
 */
final class FaceRow {
    /** Volume through the face, m2/s, positive along the axis. */
    final float[] volume;

    /** Push on the cell before the face and on the one behind it, beyond the pressure of each one's own depth there, m3/s2. */
    final float[] before;

    final float[] behind;

    /** Momentum across the axis that the volume carries, m3/s2. */
    final float[] across;

    /** Rise of the water's surface through the cell before the face, m a cell. */
    final float[] tilt;

    FaceRow(Field field) {
        var size = field.stride + 2 * Field.LANES;
        volume = new float[size];
        before = new float[size];
        behind = new float[size];
        across = new float[size];
        tilt = new float[size];
    }
}
