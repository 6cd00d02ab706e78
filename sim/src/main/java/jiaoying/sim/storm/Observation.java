package jiaoying.sim.storm;

import java.time.Instant;

/** What a station measured. @param quantity rain, level or depth; milli: whole thousandths of mm (level: of m) */
public record Observation(String station, String quantity, long milli, Instant at) {}
