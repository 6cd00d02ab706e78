package jiaoying.server.courier.cmpp;

import java.time.Duration;
import jiaoying.server.courier.ReplyWords;
import jiaoying.wire.cmpp.Version;

/**
 * A text gateway of a carrier and our account there (短信网关), as the contract says.
 *
 * @param name            of the carrier on screens and in the ledger
 * @param account         SP_Id, at most 6
 * @param secret          shared secret; never printed
 * @param number          the number that readers see (接入号), digits
 * @param serviceId       Service_Id, or empty
 * @param signature       registered signature with its brackets, as 【平湖防汛】, or empty
 * @param connections     at the same time
 * @param window          unanswered texts on each connection; the protocol's usual figure is 16
 * @param perSecond       most parts a second
 * @param extensionDigits how many digits we may put behind our number, 0 for none
 * @param replies         which replies answer a call
 * @param answersWithin   after which a submission that has no answer has an unknown fate
 * @param activeEvery     how often a connection is tried
 */
public record Gateway(
        String name,
        String host,
        int port,
        Version version,
        String account,
        String secret,
        String number,
        String serviceId,
        String signature,
        int connections,
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
        return "Gateway[" + name + ", " + place() + ", account " + account + "]";
    }
}
