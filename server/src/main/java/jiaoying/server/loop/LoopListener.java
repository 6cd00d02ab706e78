package jiaoying.server.loop;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.room.ViewKey;

/** Hears of every commit of a loop, one after the other, on the thread that commits: it must not block and not throw. */
@FunctionalInterface
public interface LoopListener {
    LoopListener NONE = (lastFact, recordedAt, facts, errands, touched) -> {};

    /**
     * @param facts   those of this commit, in order; may be empty
     * @param errands true when couriers should look
     * @param touched rows of the projections that changed
     */
    void committed(long lastFact, Instant recordedAt, List<Fact> facts, boolean errands, Set<ViewKey> touched);

    default LoopListener and(LoopListener other) {
        return (lastFact, recordedAt, facts, errands, touched) -> {
            committed(lastFact, recordedAt, facts, errands, touched);
            other.committed(lastFact, recordedAt, facts, errands, touched);
        };
    }
}
