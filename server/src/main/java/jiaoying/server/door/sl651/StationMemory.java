package jiaoying.server.door.sl651;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the door of telemetry stations does not forget when the program ends: what stations are to be asked, and the pictures
 * they sent. Each call is durable when it returns, or throws. May be used from any thread.
 */
public interface StationMemory {
    /** What a station is to be asked at its next contact. */
    enum Kind {
        /** 校时 (4AH). */
        CLOCK,
        /** 补要 (38H) of rain in steps of 5 minutes. */
        RAIN,
        /** 补要 (38H) of hourly levels. */
        LEVEL
    }

    /**
     * A wish that no contact has carried yet.
     *
     * @param address ten digits of the station
     * @param station of the register
     * @param from begin of the time asked for, station's clock; {@code to} for a clock
     * @param by who wants it
     */
    record Wish(String address, String station, Kind kind, LocalDateTime from, LocalDateTime to, String by) {}

    /**
     * A picture (图片, 36H).
     *
     * @param observedAt station's clock, where the frame says it
     * @param sha256 of the bytes, 64 hexadecimal digits
     */
    record Picture(
            String station, Optional<LocalDateTime> observedAt, Instant receivedAt, String sha256, byte[] jpeg) {}

    /** Earliest time first. */
    List<Wish> wishes();

    void keep(Wish wish);

    /** It was asked, or is not wanted any more. */
    void drop(Wish wish);

    /** Twice the same picture is kept once. */
    void keep(Picture picture);

    /** Latest observation of each station of the last two days, as the journal has it. */
    Map<String, Instant> lastObserved();

    /** Forgets everything. */
    StationMemory NONE = new StationMemory() {
        @Override
        public List<Wish> wishes() {
            return List.of();
        }

        @Override
        public void keep(Wish wish) {}

        @Override
        public void drop(Wish wish) {}

        @Override
        public void keep(Picture picture) {}

        @Override
        public Map<String, Instant> lastObserved() {
            return Map.of();
        }
    };
}
