package jiaoying.duty.room;

import java.time.Duration;
import java.util.Optional;

/**
 * How a room works; changed only by an arrival.
 *
 * @param issuer        HEADQUARTERS: signals come in from a weather office; WEATHER_OFFICE: the room issues them
 * @param demo          born 演示: reaches loopback carriers only
 * @param exercise      every message begins with 演练
 * @param decideWithin  a threshold alert undecided for this long opens the call order by plan (HEADQUARTERS)
 * @param approveAfter  a proposal is issued automatically after this span (WEATHER_OFFICE); empty: a second person approves
 * @param zone          zone of the times printed in messages, for example Asia/Shanghai
 */
public record Settings(
        String room,
        String name,
        Issuer issuer,
        boolean demo,
        boolean exercise,
        Duration decideWithin,
        Optional<Duration> approveAfter,
        String zone) {
    public enum Issuer {
        HEADQUARTERS,
        WEATHER_OFFICE
    }

    /** The same room in an exercise: every message says so. */
    Settings asExercise() {
        return new Settings(room, name, issuer, demo, true, decideWithin, approveAfter, zone);
    }

    /** What a room has before it is opened; it decides nothing yet. */
    static Settings unset() {
        return new Settings("", "", Issuer.HEADQUARTERS, false, false, Duration.ofMinutes(5), Optional.empty(), "UTC");
    }
}
