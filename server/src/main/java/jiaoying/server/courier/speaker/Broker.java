package jiaoying.server.courier.speaker;

import java.time.Duration;
import java.util.Optional;

/**
 * The broker behind which loudspeakers and sirens are (喇叭与警报器).
 *
 * @param name     of the carrier; the register writes a device as {@code NAME:TOPIC}
 * @param user     empty when none is asked for
 * @param password never printed
 * @param told     topic to which devices say what they did, or empty
 */
public record Broker(
        String name,
        String host,
        int port,
        boolean tls,
        Optional<String> user,
        String password,
        String clientId,
        String told,
        Duration answersWithin) {
    String place() {
        return host + ":" + port;
    }

    @Override
    public String toString() {
        return "Broker[" + name + ", " + place() + "]";
    }
}
