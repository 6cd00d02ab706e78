package jiaoying.sim.storm;

/** An area named by areas.csv. */
public record StormArea(String code, String name) {}
