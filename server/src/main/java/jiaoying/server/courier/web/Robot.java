package jiaoying.server.courier.web;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A group robot of a work chat (群机器人): what it is sent, and what its answer says. Each kind has its own signature and limits;
 * none can hear an answer, so each message carries the person's link.
 */
public sealed interface Robot permits DingTalk, Feishu, WeCom {
    /** Messages a minute; one that sends more is blocked for a while. */
    int perMinute();

    /** Most bytes of a text in UTF-8. */
    int bytesMost();

    /** A card with a button for each person where there is something to answer and the chat can show it, else text. */
    Call call(Letter letter, Instant now);

    /** @param body of an answer with HTTP 200, which may hold an error all the same */
    Verdict read(String body);

    /** A POST of JSON. */
    record Call(URI place, String json) {
        /** The address is secret. */
        @Override
        public String toString() {
            return "Call[" + place.getHost() + "]";
        }
    }

    /** What the answer says. */
    enum Kind {
        TAKEN,
        /** Sent too often: later. */
        TOO_OFTEN,
        /** Nobody's message gets through until somebody corrects the settings. */
        SETTINGS,
        REFUSED
    }

    record Verdict(Kind kind, long code) {}

    /** The code of an answer under the first of these names. */
    static Verdict verdict(String body, List<String> names, Map<Long, Kind> known) {
        try {
            var answer = JSON.MAPPER.readTree(body);
            for (var name : names) {
                if (answer.path(name).isNumber()) {
                    long code = answer.path(name).asLong();
                    return new Verdict(code == 0 ? Kind.TAKEN : known.getOrDefault(code, Kind.REFUSED), code);
                }
            }
            return new Verdict(Kind.REFUSED, -1);
        } catch (tools.jackson.core.JacksonException e) {
            return new Verdict(Kind.REFUSED, -1);
        }
    }

    /** The one mapper of robots. */
    final class JSON {
        static final tools.jackson.databind.json.JsonMapper MAPPER = new tools.jackson.databind.json.JsonMapper();

        private JSON() {}
    }
}
