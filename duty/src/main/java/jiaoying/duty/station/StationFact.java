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

    /**
     * The thresholds of a water-level station (警戒水位, 保证水位), above its own datum.
     *
     * @param warningMilli    warning level, thousandths of a metre
     * @param guaranteedMilli guaranteed level, thousandths of a metre, above the warning level
     * @param datum           name of the station's datum (基面), for example Wusong 吴淞
     * @param nationalMilli   what is added to a level to give it above the national 1985 datum, thousandths of a metre
     * @param source          who approved them
     */
    record ThresholdsSet(
            String station, long warningMilli, long guaranteedMilli, String datum, long nationalMilli, String source)
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
