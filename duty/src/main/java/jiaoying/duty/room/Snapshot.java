package jiaoying.duty.room;

import java.time.Instant;
import java.util.List;

/**
 * Where a room stood: enough to go on from there without folding every fact. A cache; dropped and made again it is equal.
 *
 * @param fact          number of the last fact folded
 * @param at            when that was recorded
 * @param journalCount  readings kept so far
 * @param journalDigest hex digest over them
 * @param matters       numbers of the facts that still shape the state, rising; see {@link DutyRoom#restore}
 */
public record Snapshot(long fact, Instant at, long journalCount, String journalDigest, List<Long> matters) {}
