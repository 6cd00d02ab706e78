package jiaoying.server.store;

import java.time.Instant;
import jiaoying.duty.ledger.Fact;

/**
 * One entry of the ledger (台账条目).
 *
 * @param number  of the fact, gapless from 1
 * @param arrival number of the arrival that caused it
 * @param at      when it was recorded
 */
public record Entry(long number, long arrival, Instant at, Fact fact) {}
