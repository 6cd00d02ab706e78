package jiaoying.server.door.sl651;

/**
 * A station of the register as this door needs it.
 *
 * @param kind rain, level or depth
 * @param intervalMin minutes between two reports
 */
public record KnownStation(String station, String kind, int intervalMin) {}
