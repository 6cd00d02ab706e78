package jiaoying.duty.monitor;

import java.time.Instant;
import jiaoying.duty.measure.Quantity;

/**
 * A value that caused a level: this station, over this window, ending then.
 *
 * @param windowH  hours of the window of rain; 0 for a water level or depth as it stands; 1 for its rise per hour
 * @param sumMilli thousandths of {@link Quantity#unit()}
 */
public record Basis(String station, Quantity quantity, int windowH, long sumMilli, Instant at) {}
