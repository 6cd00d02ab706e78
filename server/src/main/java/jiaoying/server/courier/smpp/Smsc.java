package jiaoying.server.courier.smpp;

import java.time.Duration;
import jiaoying.server.courier.ReplyWords;

/**
 * A text centre and our account there (短信中心), as the contract says.
 *
 * @param password   never printed
 * @param systemType or empty
 * @param number     that readers see
 * @param signature  registered signature with its brackets, or empty
 * @param window     unanswered texts
 * @param perSecond  most parts a second
 * @param extensionDigits how many digits we may put behind our number, 0 for none
 */
public record Smsc(
        String name,
        String host,
        int port,
        String systemId,
        String password,
        String systemType,
        String number,
        String signature,
        int window,
        int perSecond,
        int extensionDigits,
        ReplyWords replies,
        Duration answersWithin,
        Duration activeEvery) {
    String place() {
        return host + ":" + port;
    }

    @Override
    public String toString() {
        return "Smsc[" + name + ", " + place() + ", account " + systemId + "]";
    }
}
