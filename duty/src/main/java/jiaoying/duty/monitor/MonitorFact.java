package jiaoying.duty.monitor;

import java.time.Instant;
import java.util.List;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.measure.Check;
import jiaoying.duty.measure.Finding;
import jiaoying.duty.measure.Quantity;
import jiaoying.duty.measure.Sentence;

/** What the monitor noticed. */
public sealed interface MonitorFact extends Fact {
    /** Rows of a message that are not as they should be; the good rows were stored. */
    record ReadingsQuestioned(String source, List<Finding> findings) implements MonitorFact {}

    /**
     * The level of an area for a hazard moved, or began or ceased to fall.
     *
     * @param single true when only one gauge stood behind it
     */
    record AreaLevelMoved(
            String hazard, String area, LevelTracker from, LevelTracker to, boolean single, List<Basis> basis)
            implements MonitorFact {}

    record StationFellSilent(String station, Instant lastObservedAt) implements MonitorFact {}

    record StationHeardAgain(String station) implements MonitorFact {}

    /** A station is not believed until the condition has gone or an officer overrules it. @param evidence numbers behind it */
    record StationDoubted(String station, Check check, Sentence evidence) implements MonitorFact {}

    /**
     * A doubt ended.
     *
     * @param by     the officer who overruled it: it stays mute until its condition has gone; empty: the condition has gone,
     *               or the station was registered anew
     * @param reason the officer's words, or the numbers behind it
     */
    record StationTrusted(String station, Check check, String by, Sentence reason) implements MonitorFact {}

    /** Something not believed would have raised an area's level to {@code color}, had it counted: a person must look. */
    record SuspectWouldRaise(
            String hazard, String area, SignalColor color, String station, Instant observedAt, Check check)
            implements MonitorFact {}

    /** An officer took a suspect reading for true; it counts from now on. @param milli see {@link Quantity} */
    record ReadingAccepted(String station, Quantity quantity, long milli, Instant observedAt, String by, String reason)
            implements MonitorFact {}
}
