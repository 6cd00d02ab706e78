package jiaoying.server.store;

import java.time.Instant;
import jiaoying.duty.measure.Reading;

/** A reading with its place in the journal. @param row of the arrival, from 0 */
public record JournalRow(long arrival, int row, Reading reading, Instant recordedAt) {}
