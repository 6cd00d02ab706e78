package jiaoying.duty.monitor;

import java.time.Duration;

/** Warning criteria (预警标准) of one hazard (灾种), from a pack. */
public sealed interface Criteria permits RainCriteria, WaterCriteria {
    String name();

    String version();

    /** The word of the hazard: rainstorm, water-level or waterlogging. */
    String hazard();

    /** A level falls only after its keeping condition has been absent for this span. */
    Duration hold();

    /** Where the thresholds come from. */
    String source();
}
