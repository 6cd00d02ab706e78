package jiaoying.server.cap;

import java.net.URI;
import java.security.PublicKey;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How a room speaks CAP (通用警报协议设置), from {@code cap.yaml} in its data directory.
 *
 * @param assumedOffset of times without one; empty: such a message is refused
 * @param lasts         how long a message without expires is in force
 * @param demandSignature a message without a good signature of a configured issuer is kept and does not act
 * @param words         additions to the words that come with the program, asked first
 */
public record CapSettings(
        Optional<ZoneOffset> assumedOffset,
        Duration lasts,
        boolean demandSignature,
        List<Issuer> issuers,
        List<FeedSource> feeds,
        List<CapWords.Event> words,
        Optional<Out> out) {
    /** Without a file: messages may come by the door, nothing is polled and nothing is published. */
    public static final CapSettings USUAL = new CapSettings(
            Optional.empty(), Duration.ofHours(24), false, List.of(), List.of(), List.of(), Optional.empty());

    /**
     * @param sender whose messages the key is good for; empty: everybody's
     * @param sha1 whether its signatures may rest on SHA-1; only with a sender
     */
    public record Issuer(String name, String sender, PublicKey key, boolean sha1) {}

    /**
     * A feed to be polled.
     *
     * @param token sent as a bearer token; never printed
     * @param hosts from where messages may be fetched, the feed's own among them
     */
    public record FeedSource(String name, URI url, Duration every, Optional<String> token, Set<String> hosts) {
        @Override
        public String toString() {
            return "FeedSource[name=" + name + ", url=" + url + "]";
        }
    }

    /**
     * How our own signals go out.
     *
     * @param office  first part of every identifier, 14 characters: area, trade, sub-unit and extension codes
     * @param lasts   how long a message is in force without another one
     * @param isPublic whether the feed is read without signing in
     */
    public record Out(
            String office,
            String sender,
            String nameZh,
            String nameEn,
            Duration lasts,
            boolean isPublic,
            List<Hook> hooks) {}

    /** Where every message is sent. @param secret signs the body; never printed */
    public record Hook(String name, URI url, String secret) {
        @Override
        public String toString() {
            return "Hook[name=" + name + ", url=" + url + "]";
        }
    }
}
