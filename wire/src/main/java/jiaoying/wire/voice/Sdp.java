package jiaoying.wire.voice;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the other side says of its sound (SDP): where it wants it, in which law, and how it sends keys.
 *
 * @param address   IP address, as it stands there; the caller must not resolve names
 * @param keys      payload type of telephone-event, or -1
 * @param sends     false when it is on hold or only listens
 */
public record Sdp(String address, int port, G711 law, int keys, boolean sends) {
    /** Payload type under which we offer telephone-event. */
    public static final int KEYS = 101;

    private static final Pattern CONNECTION = Pattern.compile("(?m)^c=IN IP[46] ([0-9A-Fa-f.:]{2,45})\\s*$");
    private static final Pattern AUDIO =
            Pattern.compile("(?m)^m=audio (\\d{1,5})(?:/\\d+)? RTP/AVP((?: \\d{1,3})+)\\s*$");
    private static final Pattern EVENTS = Pattern.compile("(?im)^a=rtpmap:(\\d{1,3}) telephone-event/8000");
    private static final Pattern INACTIVE = Pattern.compile("(?m)^a=(inactive|recvonly)\\s*$");

    /** An offer, or the answer to one, from {@code address:port}. @param keys payload type of telephone-event */
    public static String offer(String address, int port, long session, int keys) {
        return String.join(
                "\r\n",
                "v=0",
                "o=- " + session + " " + session + " IN " + family(address) + " " + address,
                "s=call",
                "c=IN " + family(address) + " " + address,
                "t=0 0",
                "m=audio " + port + " RTP/AVP 8 0 " + keys,
                "a=rtpmap:8 PCMA/8000",
                "a=rtpmap:0 PCMU/8000",
                "a=rtpmap:" + keys + " telephone-event/8000",
                "a=fmtp:" + keys + " 0-15",
                "a=ptime:20",
                "a=sendrecv",
                "");
    }

    private static String family(String address) {
        return address.contains(":") ? "IP6" : "IP4";
    }

    /** Empty when there is no sound of G.711 in it, or it is refused (port 0). */
    public static Optional<Sdp> find(String text) {
        var audio = AUDIO.matcher(text);
        if (!audio.find()) {
            return Optional.empty();
        }
        int port = Integer.parseInt(audio.group(1));
        var types = new HashSet<>(Arrays.asList(audio.group(2).strip().split(" ")));
        var law = types.contains("8")
                ? Optional.of(G711.PCMA)
                : types.contains("0") ? Optional.of(G711.PCMU) : Optional.<G711>empty();
        var address = address(text, audio.end());
        if (port == 0 || port > 65_535 || law.isEmpty() || address.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Sdp(
                address.get(),
                port,
                law.get(),
                keys(text, types),
                !INACTIVE.matcher(text).find()));
    }

    /** The one of the medium goes before that of the session. */
    private static Optional<String> address(String text, int mediaFrom) {
        var connection = CONNECTION.matcher(text);
        if (connection.find(mediaFrom)) {
            return Optional.of(connection.group(1));
        }
        return connection.find(0) ? Optional.of(connection.group(1)) : Optional.empty();
    }

    private static int keys(String text, Set<String> types) {
        var events = EVENTS.matcher(text);
        while (events.find()) {
            if (types.contains(events.group(1))) {
                return Integer.parseInt(events.group(1));
            }
        }
        return -1;
    }
}
