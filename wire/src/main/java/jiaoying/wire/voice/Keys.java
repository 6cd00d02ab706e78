package jiaoying.wire.voice;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Keys that a person presses in a call (按键). */
public final class Keys {
    private static final String NAMES = "0123456789*#ABCD";
    private static final Pattern RELAY = Pattern.compile("(?im)^\\s*Signal\\s*=\\s*([0-9A-D*#]{1,2})\\s*$");
    private static final int EVENT = 4;

    private long last = -1;

    /**
     * The key of an event packet (RFC 4733 §2.3): event, end and volume, duration. One press is many packets with the same
     * timestamp, and the last comes three times: each press is told once.
     */
    public Optional<Character> press(long timestamp, byte[] payload) {
        if (payload.length < EVENT || payload[0] < 0 || payload[0] >= NAMES.length() || timestamp == last) {
            return Optional.empty();
        }
        last = timestamp;
        return Optional.of(NAMES.charAt(payload[0]));
    }

    /** The payload of one event packet. @param duration in timestamp units */
    public static byte[] event(char key, boolean end, int duration) {
        return new byte[] {
            (byte) NAMES.indexOf(key), (byte) (end ? 0x8A : 0x0A), (byte) (duration >> 8), (byte) duration
        };
    }

    /** The key in the body of an INFO: {@code application/dtmf-relay} with {@code Signal=}, or {@code application/dtmf}. */
    public static Optional<Character> ofInfo(String contentType, String body) {
        var type = contentType.toLowerCase(Locale.ROOT);
        if (type.startsWith("application/dtmf-relay")) {
            var signal = RELAY.matcher(body);
            return signal.find() ? of(signal.group(1)) : Optional.empty();
        }
        return type.startsWith("application/dtmf") ? of(body.strip()) : Optional.empty();
    }

    /** A key's own name, or its number from 10 on for star and hash. */
    private static Optional<Character> of(String name) {
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "10" -> Optional.of('*');
            case "11" -> Optional.of('#');
            case String one when one.length() == 1 && NAMES.contains(one) -> Optional.of(one.charAt(0));
            default -> Optional.empty();
        };
    }
}
