package jiaoying.water.inundation;

/** What is beyond one side of the ground. */
public sealed interface Edge {
    /** A wall. */
    record Closed() implements Edge {}

    /** Water leaves at the depth and speed of uniform flow down the bed's slope at the edge; none comes in. */
    record Free() implements Edge {}

    /** The water's level on the edge itself, m above the ground's zero, over seconds; flow both ways. */
    record Level(Series level_m) implements Edge {}
}
