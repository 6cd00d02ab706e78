package jiaoying.sim.storm;

/** A point on the earth, WGS 84, degrees. */
public record Place(double lon, double lat) {}
