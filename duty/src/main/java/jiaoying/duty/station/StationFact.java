package jiaoying.duty.station;

import jiaoying.duty.ledger.Fact;

/** What happened to the register of stations and sites. */
public sealed interface StationFact extends Fact {
    /**
     * @param kind        rain, level or depth
     * @param area        area whose warnings it may drive, or empty: drawn, never warned for
     * @param intervalMin minutes between two reports
     */
    record StationRegistered(
            String station, String name, String kind, double lon, double lat, String area, int intervalMin)
            implements StationFact {}

    /** @param kind underpass, low-lying-community, school, pump-station or nursing-home */
    record SiteRegistered(
            String site,
            String nameZh,
            String nameEn,
            String kind,
            String area,
            double lon,
            double lat,
            String responsible)
            implements StationFact {}
}
