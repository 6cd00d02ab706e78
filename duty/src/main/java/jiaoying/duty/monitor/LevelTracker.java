package jiaoying.duty.monitor;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A level that rises at once and falls only after its condition has been absent for a hold time.
 *
 * @param fallingSince since when the level's keeping condition has been absent without a break; empty while it is met
 */
public record LevelTracker(SignalColor level, Optional<Instant> fallingSince) {
    public static final LevelTracker CALM = new LevelTracker(SignalColor.NONE, Optional.empty());

    /**
     * @param raised the highest level whose raising condition is met now
     * @param kept   the highest level whose keeping condition is met now; at least {@code raised}
     */
    public LevelTracker next(SignalColor raised, SignalColor kept, Instant now, Duration hold) {
        if (raised.above(level)) {
            return new LevelTracker(raised, Optional.empty());
        }
        if (!level.above(kept)) {
            return new LevelTracker(level, Optional.empty());
        }
        if (fallingSince.isEmpty()) {
            return new LevelTracker(level, Optional.of(now));
        }
        return Duration.between(fallingSince.get(), now).compareTo(hold) < 0
                ? this
                : new LevelTracker(kept, Optional.empty());
    }
}
