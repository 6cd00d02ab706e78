package jiaoying.server.cap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import jiaoying.duty.room.Arrival;
import jiaoying.server.reply.Texts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Feeds polled from a real web server on this machine. */
class CapFeedsTest {
    private final Map<String, String> pages = new LinkedHashMap<>();
    private final List<String> asked = new ArrayList<>();
    private final List<Arrival> arrivals = new ArrayList<>();
    private final HttpServer server;

    CapFeedsTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        var page = pages.get(path);
        var tag = "\"" + String.valueOf(page).hashCode() + "\"";
        var same = tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
        asked.add(path + (same ? " same" : ""));
        exchange.getResponseHeaders().set("ETag", tag);
        if (same || page == null) {
            exchange.sendResponseHeaders(same ? 304 : 404, -1);
        } else {
            var bytes = page.getBytes(UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    private String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private CapFeeds feeds() {
        var feed = new CapSettings.FeedSource(
                "office",
                URI.create(address() + "/cap.atom"),
                Duration.ofMinutes(1),
                Optional.empty(),
                Set.of("127.0.0.1"));
        var settings = new CapSettings(
                Optional.empty(), Duration.ofHours(24), false, List.of(), List.of(feed), List.of(), Optional.empty());
        return new CapDesk(settings, Sample::areas, () -> Sample.OUTLINES, false)
                .feeds(
                        arrival -> {
                            arrivals.add(arrival);
                            return CompletableFuture.completedFuture((long) arrivals.size());
                        },
                        () -> Instant.parse("2026-07-01T02:00:00Z"));
    }

    private static String atom(String... links) {
        var out = new StringBuilder("<feed xmlns=\"http://www.w3.org/2005/Atom\"><id>x</id><title>t</title>");
        for (var link : links) {
            out.append("<entry><id>")
                    .append(link)
                    .append("</id><title>t</title><updated>2026-07-01T02:00:00Z</updated>")
                    .append("<link type=\"application/cap+xml\" href=\"")
                    .append(link)
                    .append("\"/></entry>");
        }
        return out.append("</feed>").toString();
    }

    @Test
    void each_message_is_fetched_once_and_an_unchanged_feed_is_not_sent_again() {
        pages.put("/cap.atom", atom("/1.xml", address() + "/2.xml"));
        pages.put("/1.xml", new Sample().text());
        pages.put("/2.xml", new Sample().text().replace("_2026", "_2027"));
        try (var feeds = feeds()) {
            feeds.readAll();
            assertThat(arrivals).hasSize(2).allMatch(Arrival.BulletinReceived.class::isInstance);
            feeds.readAll();
            assertThat(asked).containsExactly("/cap.atom", "/1.xml", "/2.xml", "/cap.atom same");
            pages.put("/cap.atom", atom("/1.xml", "/3.xml"));
            pages.put("/3.xml", new Sample().text().replace("_2026", "_2028"));
            feeds.readAll();
            assertThat(asked).endsWith("/cap.atom", "/3.xml");
            assertThat(feeds.states(Texts.EN)).singleElement().satisfies(state -> {
                assertThat(state.messages()).isEqualTo(3);
                assertThat(state.trouble()).isEmpty();
                assertThat(state.readAt()).isPresent();
            });
        }
    }

    @Test
    void a_message_that_cannot_be_fetched_is_asked_for_again() {
        pages.put("/cap.atom", atom("/1.xml", "/2.xml"));
        pages.put("/2.xml", new Sample().text());
        try (var feeds = feeds()) {
            feeds.readAll();
            assertThat(arrivals).hasSize(1);
            assertThat(feeds.states(Texts.EN).getFirst().trouble()).contains("404");
            pages.put("/1.xml", new Sample().text().replace("_2026", "_2027"));
            feeds.readAll();
            assertThat(arrivals).hasSize(2);
            assertThat(asked).endsWith("/cap.atom", "/1.xml");
        }
    }

    @Test
    void what_is_no_message_is_shown_to_the_officer() {
        pages.put("/cap.atom", atom("/1.xml"));
        pages.put("/1.xml", "<html/>");
        try (var feeds = feeds()) {
            feeds.readAll();
        }
        assertThat(arrivals)
                .singleElement()
                .isInstanceOfSatisfying(
                        Arrival.Readings.class,
                        findings -> assertThat(findings.malformed()).isNotEmpty());
    }

    @Test
    void a_feed_sends_us_to_no_host_that_the_operator_did_not_name() {
        pages.put("/cap.atom", atom("http://localhost:1/secret"));
        try (var feeds = feeds()) {
            feeds.readAll();
            assertThat(arrivals).isEmpty();
            assertThat(feeds.states(Texts.EN).getFirst().trouble()).contains("another host");
            assertThat(feeds.states(Texts.ZH).getFirst().trouble()).startsWith("其中一条消息在别的主机上：");
        }
    }

    @Test
    void a_message_inside_of_the_feed_is_taken_from_there() {
        pages.put("/cap.atom", """
                <feed xmlns="http://www.w3.org/2005/Atom"><id>x</id><title>t</title><entry><id>e</id><title>t</title>\
                <updated>2026-07-01T02:00:00Z</updated><content type="text/xml">%s</content></entry></feed>""".formatted(new Sample().text().replaceFirst("<\\?.*\\?>\n", "")));
        try (var feeds = feeds()) {
            feeds.readAll();
        }
        assertThat(arrivals).singleElement().isInstanceOf(Arrival.BulletinReceived.class);
    }
}
