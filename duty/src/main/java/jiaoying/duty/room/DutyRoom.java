package jiaoying.duty.room;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.measure.Reading;

/** The duty room of one jurisdiction. Not thread-safe: one writer. */
public final class DutyRoom {
    public DutyRoom(Rules rules) {}

    /**
     * Decides; only reads.
     *
     * @param number the arrival's number, gapless and rising
     * @param at     when it is recorded; never before the previous one
     */
    public Step take(long number, Instant at, Arrival arrival) {
        throw new UnsupportedOperationException();
    }

    /** Keeps readings of one arrival. */
    public void apply(Instant at, List<Reading> journal) {}

    /** Changes the state; the same code that a rebuild uses. */
    public void apply(Instant at, Fact fact) {}

    /** The rows of the projections that a fact changed. */
    public Set<ViewKey> touched(Fact fact) {
        throw new UnsupportedOperationException();
    }

    /** One row of the projections as it is now. */
    public View view(ViewKey key) {
        throw new UnsupportedOperationException();
    }
}
