package jiaoying.server.door;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a door is: who was heard and what went wrong, for the health page.
 *
 * @param door {@code sl651}, {@code mqtt}, {@code http}, {@code sensorthings} or {@code cap}
 * @param open whether it takes anything in now
 * @param where address it listens on or is connected to
 * @param connections open now
 * @param frames good messages since the start
 * @param lastAt when the last good one came
 * @param faults how often each kind of fault was met since the start
 * @param stations heard since the start, latest first
 */
public record DoorHealth(
        String door,
        boolean open,
        String where,
        int connections,
        long frames,
        Optional<Instant> lastAt,
        Map<String, Long> faults,
        List<Station> stations) {

    /**
     * A station as this door heard it.
     *
     * @param address as the station gives it
     * @param station of the register, empty when it is not registered; where the address is its id it may still be unknown
     * @param frames  messages, or readings where one message has those of many stations
     * @param missing frames that were numbered and did not come; 0 where nothing is numbered
     * @param drift station's clock less ours
     * @param voltage of its battery, V, as sent
     */
    public record Station(
            String address,
            Optional<String> station,
            Instant lastAt,
            long frames,
            long missing,
            Optional<Duration> drift,
            String voltage) {}
}
