package jiaoying.duty.monitor;

/** How hard it rains at a gauge (雨强). @param milliPerHour thousandths of a millimetre an hour, the mean of the last half hour */
public record RainRate(String station, long milliPerHour) {}
