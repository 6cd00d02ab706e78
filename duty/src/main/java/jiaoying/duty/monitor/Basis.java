package jiaoying.duty.monitor;

import java.time.Instant;

/**
 * A value that caused a level: this station, over this window, ending then.
 *
 * @param windowH  hours of the window of rain; 0 for a water level or depth as it stands; 1 for its rise per hour
 * @param sumMilli thousandths of a millimetre (rain, depth) or of a metre (water level)
 */
public record Basis(String station, int windowH, long sumMilli, Instant at) {}
