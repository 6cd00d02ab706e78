package jiaoying.duty.measure;

import java.time.Instant;

/**
 * One value of one station.
 *
 * @param station    station id of the register
 * @param milli      value in whole thousandths of the quantity's unit (rain 1.02 mm = 1020, level 1.92 m = 1920)
 * @param observedAt the station's clock; for rain the END of the interval; never confused with the time of receipt
 * @param suspect    true once a check has flagged it: kept in the journal, left out of every decision
 */
public record Reading(String station, Quantity quantity, long milli, Instant observedAt, boolean suspect) {
    public Reading asSuspect() {
        return new Reading(station, quantity, milli, observedAt, true);
    }
}
