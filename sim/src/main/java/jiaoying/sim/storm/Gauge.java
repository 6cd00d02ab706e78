package jiaoying.sim.storm;

import java.util.Optional;

/**
 * One station of the storm, where it is played.
 *
 * @param kind rain, level or depth: what it measures first of all
 * @param area the area named by areas.csv, if the folder has one
 */
public record Gauge(String id, String name, Place place, String kind, Optional<StormArea> area) {}
