package jiaoying.duty.monitor;

import java.time.Instant;
import java.util.List;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.measure.Finding;

/** What the monitor noticed. */
public sealed interface MonitorFact extends Fact {
    /** Rows of a message that are not as they should be; the good rows were stored. */
    record ReadingsQuestioned(String source, List<Finding> findings) implements MonitorFact {}

    /** The level of an area moved, or began or ceased to fall. @param single true when only one gauge stood behind it */
    record AreaLevelMoved(String area, LevelTracker from, LevelTracker to, boolean single, List<Basis> basis)
            implements MonitorFact {}

    record StationFellSilent(String station, Instant lastObservedAt) implements MonitorFact {}

    record StationHeardAgain(String station) implements MonitorFact {}
}
