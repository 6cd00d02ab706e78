package jiaoying.server.store;

import java.time.Instant;

/**
 * Rain at one station over the last 1, 3, 6, 12 and 24 hours.
 *
 * @param h1Milli thousandths of a millimetre
 */
public record StationRain(
        String station,
        long h1Milli,
        long h3Milli,
        long h6Milli,
        long h12Milli,
        long h24Milli,
        Instant lastObservedAt) {}
