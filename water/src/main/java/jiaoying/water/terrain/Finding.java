package jiaoying.water.terrain;

/**
 * Something in a terrain model that water would take for real.
 *
 * @param row    of its first cell from the north-west, and its column
 * @param cells  how many
 * @param from_m level of the cells, m, or of the water that they dam up
 * @param to_m   level around them, or that would let the water through
 */
public record Finding(Kind kind, int row, int column, int cells, double from_m, double to_m) {
    /** What it is. */
    public enum Kind {
        /** Missing cells inside the ground: they act as walls. */
        VOID,
        /** A cell far above or below all around it. */
        SPIKE,
        /** One exact level in many places, well above what lies around: ditches, water or buildings masked by a number. */
        MASKED,
        /** Ground across a canal or ditch: a bridge or culvert that the survey saw from above. */
        BRIDGED,
        /** A small steep block: a roof left in. */
        ROOF
    }
}
