package jiaoying.duty.ledger;

import java.time.Instant;

/** A fact with the instant at which it was recorded. */
public record Dated(Instant at, Fact fact) {}
