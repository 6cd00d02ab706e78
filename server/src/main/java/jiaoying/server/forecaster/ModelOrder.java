package jiaoying.server.forecaster;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import jiaoying.duty.forecast.WhatIf;
import jiaoying.duty.station.StationFact.SiteRegistered;

/**
 * Everything that one run of the model needs to know (演算单), so that it can be computed in a process of its own.
 *
 * @param data    the data directory, in which maps and water are kept
 * @param sites   that are registered, on this ground or not
 * @param gauges  stations that measure depths, likewise
 * @param rain    of each rain gauge, {@link GaugeRain.Steps}, from {@code rainFrom} on until the end of the run
 */
record ModelOrder(
        String run,
        Instant start,
        WhatIf whatIf,
        ForecasterSettings settings,
        Path data,
        List<SiteRegistered> sites,
        List<Spot> gauges,
        Instant rainFrom,
        List<GaugeRain.Steps> rain) {
    /** A station, degrees. */
    record Spot(String station, double lon, double lat) {}
}
