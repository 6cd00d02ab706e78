package jiaoying.server.courier.web;

import java.net.URI;
import java.time.Duration;
import java.util.Set;
import jiaoying.duty.errand.Channel;

/**
 * A platform that takes errands by HTTP (推送接口).
 *
 * @param secret       of the signature; never printed
 * @param keepsKey     whether it brings what comes twice with one key once
 * @param tellsReceipts whether it tells of each what became of it
 * @param window       most at the same time
 */
public record Webhook(
        String name,
        URI url,
        Set<Channel> channels,
        String secret,
        boolean keepsKey,
        boolean tellsReceipts,
        int window,
        int perSecond,
        String signature,
        Duration timeout) {
    @Override
    public String toString() {
        return "Webhook[" + name + ", " + url.getHost() + "]";
    }
}
