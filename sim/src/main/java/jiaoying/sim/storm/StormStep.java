package jiaoying.sim.storm;

import java.time.Instant;
import java.util.List;

/** What the stations report together at one time. @param bad rows that could not be read and stood for this time */
public record StormStep(Instant end, List<Observation> observations, List<BadRow> bad) {}
