package jiaoying.server.door.sl651;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import jiaoying.wire.sl651.LinkMode;

/**
 * How the door of telemetry stations is set, {@code stations.yaml} of the data directory.
 *
 * @param port of TCP and UDP; 0 for any free one
 * @param centre our own address (中心站地址), 1..255; frames to another are refused; empty takes all
 * @param password two bytes; frames with another are refused; empty takes all. Never shown or logged
 * @param mode M1 never answers, M2 and M4 do; packets of a longer body are M3 whatever is set here
 * @param stay stations are asked to keep the line (ESC) and not let go (EOT)
 * @param stations stations of the register behind an address (ten digits, or the code people use), one for each thing it
 *     measures; others are found by their code
 * @param rain element that carries the rain of a station, where the table of {@link ElementMap} would choose another
 * @param fillers numbers that some makers send for "no value", as they are written in the frame
 * @param limits what one peer may cost the others
 */
public record StationSettings(
        int port,
        OptionalInt centre,
        OptionalInt password,
        LinkMode mode,
        boolean stay,
        Map<String, List<String>> stations,
        Map<String, String> rain,
        Set<String> fillers,
        Limits limits) {
    /**
     * Bounds on peers.
     *
     * @param connections in all
     * @param perAddress connections of one address
     * @param bytesPerSecond of one connection; whoever sends faster is read slower
     * @param firstFrame within this a connection must have sent a good frame
     * @param idle after this without a good frame a connection ends; the standard keeps a line 10 minutes
     * @param write within this a peer must have taken an answer
     * @param noise bytes that are no frame, of one connection, before it ends
     * @param unknownAnHour frames of stations that are not registered, kept and answered, in an hour
     * @param bodyBytes longest body of many packets
     * @param frames of one station at once, such as those of an outage sent again
     * @param framesAMinute of one station in the long run; whoever sends more is read slower, or not heard by UDP
     */
    public record Limits(
            int connections,
            int perAddress,
            int bytesPerSecond,
            Duration firstFrame,
            Duration idle,
            Duration write,
            int noise,
            int unknownAnHour,
            int bodyBytes,
            int frames,
            int framesAMinute) {
        public static final Limits USUAL = new Limits(
                5_000,
                500,
                16 * 1024,
                Duration.ofSeconds(60),
                Duration.ofMinutes(15),
                Duration.ofSeconds(10),
                16 * 1024,
                60,
                1 << 20,
                600,
                120);
    }

    public static StationSettings usual(int port) {
        return new StationSettings(
                port,
                OptionalInt.empty(),
                OptionalInt.empty(),
                LinkMode.M2,
                false,
                Map.of(),
                Map.of(),
                Set.of("9999.999", "9999.99"),
                Limits.USUAL);
    }

    public StationSettings withLimits(Limits changed) {
        return new StationSettings(port, centre, password, mode, stay, stations, rain, fillers, changed);
    }

    /** The stations that are set for an address. */
    List<String> stations(String hex, String code) {
        return Optional.ofNullable(stations.get(hex))
                .or(() -> Optional.ofNullable(stations.get(code)))
                .orElse(List.of());
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "StationSettings[port=" + port + ", mode=" + mode + ", stations=" + stations.size() + "]";
    }
}
