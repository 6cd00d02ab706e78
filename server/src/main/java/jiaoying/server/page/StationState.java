package jiaoying.server.page;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;

/**
 * The page of one station at one instant, in the words of its JSON.
 *
 * @param kind      rain, level or depth
 * @param unit      of every value here: mm or m
 * @param areaName  empty for a station outside every area
 * @param sums      rain over the hours before now
 * @param rise      of a level or depth
 * @param rules     by which its values give its area a level
 * @param doubts    why it is not believed, also what an officer overruled while its condition lasts
 * @param events    what happened to the belief in it within the span, the latest first
 * @param from      of the readings: observed after it and until {@code to}
 * @param readings  the latest first
 * @param cut       true when the span holds more of them
 * @param pictures  that came within the span, the latest first, at most {@value StationController#PICTURES_MOST}
 */
record StationState(
        Instant at,
        long fact,
        String id,
        String name,
        String kind,
        String unit,
        double lon,
        double lat,
        String area,
        String areaName,
        int intervalMin,
        boolean silent,
        Optional<Reading> last,
        Optional<Watch.Rain> sums,
        Optional<Rise> rise,
        Optional<Thresholds> thresholds,
        List<Rule> rules,
        Optional<By> criteria,
        List<Doubt> doubts,
        List<Event> events,
        Instant from,
        Instant to,
        List<Reading> readings,
        boolean cut,
        List<Picture> pictures) {

    /** By how much a level or depth changed. @param minutes between the two readings that it was taken from */
    record Rise(double perHour, double change, long minutes) {}

    /** Of a water level, metres above its own datum. @param national what is added to have it above the national 1985 datum */
    record Thresholds(double warning, double guaranteed, String datum, double national, String source) {}

    /** The pack that the rules are from. */
    record By(String name, String version, String source) {}

    /**
     * @param how     sum (of rain over a window), stands (a level or depth) or rise
     * @param minutes of the window or of the rise; 0 for what stands
     * @param base    warning, guaranteed, ground or empty: what {@code value} is counted from in the rule's text
     * @param offset  from that base
     * @param value   what is to be reached; of a rise how much it rises; empty while the base is not registered
     * @param least   of a rise: the level or depth from which on it counts
     * @param reached true while the station's present value reaches it
     */
    record Rule(
            String color,
            String how,
            int minutes,
            String base,
            double offset,
            Optional<Double> value,
            Optional<Double> least,
            boolean reached) {}

    /** @param silences whether the station counts like a silent one meanwhile; overruledAt: empty while the doubt stands */
    record Doubt(
            String check,
            Instant since,
            String why,
            boolean silences,
            String overruledBy,
            String reason,
            Optional<Instant> overruledAt) {}

    /** @param what doubted, trusted, overruled, accepted, would-raise, silent or heard; check: empty where none is behind it */
    record Event(
            Instant at,
            String what,
            String check,
            String value,
            Optional<Instant> observedAt,
            String by,
            String text) {}

    /** @param acceptable whether an officer may take it for true now */
    record Reading(
            Instant observedAt,
            Instant recordedAt,
            double value,
            boolean suspect,
            List<Flag> flags,
            Optional<Accepted> accepted,
            boolean acceptable) {
        boolean counts() {
            return !suspect || accepted.isPresent();
        }
    }

    /** @param observedAt by the station's clock, without zone; empty where the frame did not say it */
    record Picture(String sha256, Optional<LocalDateTime> observedAt, Instant receivedAt, int bytes) {}

    record Flag(String check, String why) {}

    record Accepted(String by, String reason, Instant at) {}
}
