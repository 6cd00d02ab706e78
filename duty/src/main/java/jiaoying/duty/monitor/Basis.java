package jiaoying.duty.monitor;

import java.time.Instant;

/** A sum that caused a level: this station, over this window, ending then. @param sumMilli thousandths of a millimetre */
public record Basis(String station, int windowH, long sumMilli, Instant at) {}
