package jiaoying.wire.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Random;
import jiaoying.wire.cap.Alert;
import jiaoying.wire.cap.AlertDraft;
import jiaoying.wire.cap.Cap;
import jiaoying.wire.cap.CapRead;
import jiaoying.wire.cap.CapTime;
import jiaoying.wire.cap.Info;
import jiaoying.wire.cap.InfoDraft;
import jiaoying.wire.cap.MessageId;
import jiaoying.wire.cap.NamedValue;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class FeedTest {
    private static final CapTime SENT = new CapTime(OffsetDateTime.parse("2026-07-20T08:00:00+08:00"));

    private static Alert alert(String identifier) {
        var info = new InfoDraft(
                        "zh-CN",
                        Info.Category.MET,
                        "暴雨",
                        Info.Urgency.IMMEDIATE,
                        Info.Severity.EXTREME,
                        Info.Certainty.OBSERVED)
                .headline("示例 & 暴雨")
                .info();
        return new AlertDraft(new MessageId("s@example.com", identifier, SENT), Alert.Status.EXERCISE, List.of(info))
                .alert();
    }

    private static final byte[] ATOM = Atom.write(
            "urn:example:feed",
            "https://example.com/feed",
            "示例",
            "示例气象台",
            SENT,
            List.of(
                    new Atom.Listed(alert("urn:oid:2.49.1"), "https://example.com/1.cap?a=1&b=2"),
                    new Atom.Listed(alert("2"), "2.cap")));

    @Test
    void atom_that_we_write_is_what_we_read() {
        var feed = (Feed) Feed.read(ATOM);
        assertThat(feed.kind()).isEqualTo(Feed.Kind.ATOM);
        assertThat(feed.id()).isEqualTo("urn:example:feed");
        assertThat(feed.entries()).hasSize(2);
        var first = feed.entries().getFirst();
        assertThat(first.id()).isEqualTo("urn:oid:2.49.1");
        assertThat(first.title()).isEqualTo("示例 & 暴雨");
        assertThat(first.updated()).contains(SENT.value());
        assertThat(first.findMessage()).contains("https://example.com/1.cap?a=1&b=2");
        assertThat(feed.entries().getLast().id()).isEqualTo("urn:cap:s@example.com:2:2026-07-20T08:00:00+08:00");
    }

    @Test
    void atom_index_of_a_weather_service_has_elements_of_cap_in_the_entry() {
        var feed = feed("<feed xmlns='http://www.w3.org/2005/Atom' xmlns:cap='urn:oasis:names:tc:emergency:cap:1.1'>"
                + "<entry><id>i</id><updated>2026-07-20T08:00:00Z</updated>"
                + "<link href='https://example.com/i.html' type='text/html'/>"
                + "<link rel='related' href='https://example.com/i.cap' type='application/cap+xml'/>"
                + "<cap:event>Flood</cap:event></entry></feed>");
        assertThat(feed.entries()).singleElement().satisfies(it -> {
            assertThat(it.findMessage()).contains("https://example.com/i.cap");
            assertThat(it.summary()).containsExactly(new NamedValue("event", "Flood"));
            assertThat(it.alerts()).isEmpty();
        });
    }

    @Test
    void messages_inside_of_entries_are_read() {
        var message = new String(Cap.write(alert("1")), StandardCharsets.UTF_8);
        var feed = feed("<feed xmlns='http://www.w3.org/2005/Atom'><entry><content type='application/cap+xml'>"
                + message.substring(message.indexOf("<alert")) + "</content></entry></feed>");
        assertThat(feed.entries().getFirst().alerts())
                .singleElement()
                .isInstanceOfSatisfying(
                        CapRead.Understood.class, it -> assertThat(it.alert()).isEqualTo(alert("1")));
    }

    @Test
    void rss_has_link_or_enclosure_or_guid() {
        var feed = feed("<rss version='2.0'><channel><title>t</title><link>https://example.com</link>"
                + "<item><guid>g</guid><link>https://example.com/1.cap</link>"
                + "<pubDate>Mon, 20 Jul 2026 00:00:00 GMT</pubDate></item>"
                + "<item><enclosure url='https://example.com/2.cap' type='application/cap+xml'/>"
                + "<link>https://example.com/2.html</link><pubDate>Mon, 20 Jul 2026 08:00:00 +0800</pubDate></item>"
                + "<item><guid>https://example.com/3.cap</guid><pubDate>yesterday</pubDate></item>"
                + "<item><guid isPermaLink='false'>https://example.com/no</guid></item></channel></rss>");
        assertThat(feed.kind()).isEqualTo(Feed.Kind.RSS);
        assertThat(feed.entries())
                .extracting(it -> it.findMessage().orElse(""))
                .containsExactly(
                        "https://example.com/1.cap", "https://example.com/2.cap", "https://example.com/3.cap", "");
        assertThat(feed.entries())
                .extracting(
                        it -> it.updated().map(at -> at.toInstant().toString()).orElse(""))
                .containsExactly("2026-07-20T00:00:00Z", "2026-07-20T00:00:00Z", "", "");
    }

    @Test
    void what_is_no_feed_says_what_it_is() {
        assertThat(read("<html/>")).isEqualTo(new FeedRead.NotAFeed("html"));
        assertThat(read("<rss")).isInstanceOf(FeedRead.NotXml.class);
        assertThat(read("<!DOCTYPE rss><rss/>")).isInstanceOf(FeedRead.NotXml.class);
        assertThat(feed("<rss/>").entries()).isEmpty();
    }

    @Property(tries = 500)
    void any_bytes_have_an_outcome(@ForAll long seed) {
        var random = new Random(seed);
        var bytes = ATOM.clone();
        for (var i = 1 + random.nextInt(5); i > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(128);
        }
        assertThat(Feed.read(bytes)).isNotNull();
    }

    private static FeedRead read(String text) {
        return Feed.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Feed feed(String text) {
        return (Feed) read(text);
    }
}
