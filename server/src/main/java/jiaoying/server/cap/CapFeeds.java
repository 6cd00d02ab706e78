package jiaoying.server.cap;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import jiaoying.duty.measure.Finding;
import jiaoying.duty.measure.Sentence;
import jiaoying.duty.room.Arrival;
import jiaoying.server.cap.CapIntake.Taken;
import jiaoying.server.cap.CapSettings.FeedSource;
import jiaoying.server.reply.Texts;
import jiaoying.wire.cap.Alert;
import jiaoying.wire.cap.Cap;
import jiaoying.wire.cap.CapRead;
import jiaoying.wire.feed.Feed;
import jiaoying.wire.feed.FeedEntry;
import jiaoying.wire.feed.FeedRead;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Doors that fetch (订阅入口): Atom and RSS feeds that the operator configured are asked again and again, with ETag and
 * If-Modified-Since, and every message in them comes in once. Each feed has a thread of its own and waits for itself only.
 */
public final class CapFeeds implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CapFeeds.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final int FEED_BYTES = 8 << 20;
    private static final int ENTRIES = 500;
    private static final int REMEMBERED = 5_000;

    private final List<Poll> polls;
    private final CapIntake intake;
    private final Function<Arrival, CompletableFuture<Long>> inbox;
    private final InstantSource clock;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** @param inbox completes when the arrival is durable */
    CapFeeds(
            List<FeedSource> feeds,
            CapIntake intake,
            Function<Arrival, CompletableFuture<Long>> inbox,
            InstantSource clock) {
        this.polls = feeds.stream().map(Poll::new).toList();
        this.intake = intake;
        this.inbox = inbox;
        this.clock = clock;
    }

    /** Why a feed cannot be read, without its words. */
    private static final class Unread extends IOException {
        private static final long serialVersionUID = 1L;

        private final transient Sentence why;

        Unread(Sentence why) {
            super(Texts.EN.say(why));
            this.why = why;
        }
    }

    /**
     * How a feed fares.
     *
     * @param trouble empty while it can be read
     */
    public record State(
            String name, String url, Optional<Instant> readAt, String trouble, long messages, long refused) {}

    /** A feed with what is remembered between two polls. Its own thread writes; others read the volatile fields. */
    private static final class Poll {
        private final FeedSource feed;
        private final Map<String, String> seen = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
                return size() > REMEMBERED;
            }
        };
        private String etag = "";
        private String modified = "";
        private volatile Optional<Instant> readAt = Optional.empty();
        private volatile Optional<Sentence> trouble = Optional.empty();
        private volatile long messages;
        private volatile long refused;

        Poll(FeedSource feed) {
            this.feed = feed;
        }
    }

    public List<State> states(Texts reader) {
        return polls.stream()
                .map(poll -> new State(
                        poll.feed.name(),
                        poll.feed.url().toString(),
                        poll.readAt,
                        poll.trouble.map(reader::say).orElse(""),
                        poll.messages,
                        poll.refused))
                .toList();
    }

    void start() {
        polls.forEach(poll -> Thread.ofVirtual()
                .name("feed-" + poll.feed.name())
                .start(() -> {
                    do {
                        read(poll);
                    } while (!closedWithin(poll.feed.every()));
                }));
    }

    /** Reads all feeds once, in order. */
    void readAll() {
        polls.forEach(this::read);
    }

    private boolean closedWithin(Duration time) {
        try {
            return closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }

    private void read(Poll poll) {
        try {
            var reply = fetch(poll.feed, poll.feed.url(), poll.etag, poll.modified, FEED_BYTES);
            if (reply.status() == 200) {
                take(poll, reply);
            }
            poll.trouble = Optional.empty();
            poll.readAt = Optional.of(clock.instant());
        } catch (IOException | CompletionException e) {
            poll.trouble = Optional.of(why(e));
            LOG.warn("Feed {} could not be read: {}", poll.feed.name(), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            poll.trouble = Optional.of(Sentence.of("feed-stumbled", e.getClass().getSimpleName()));
            LOG.error("Bug: feed {} stumbled", poll.feed.name(), e);
        }
    }

    private static Sentence why(Exception failed) {
        return failed instanceof Unread unread
                ? unread.why
                : Sentence.of("feed-silent", failed.getClass().getSimpleName());
    }

    /** What the feed is asked for next time is kept only when everything in it was taken in. */
    private void take(Poll poll, Reply reply) throws IOException, InterruptedException {
        var entries = switch (Feed.read(reply.body())) {
            case FeedRead.NotXml _ -> throw new Unread(Sentence.of("feed-no-xml"));
            case FeedRead.NotAFeed(var root) -> throw new Unread(Sentence.of("feed-other", root));
            case Feed feed -> feed.entries();
        };
        var failed = Optional.<IOException>empty();
        for (var entry : entries.subList(0, Math.min(entries.size(), ENTRIES))) {
            var mark = entry.updated().map(String::valueOf).orElse("");
            var name = entry.id().isEmpty() ? entry.findMessage().orElse("") : entry.id();
            if (!name.isEmpty() && !mark.isEmpty() && mark.equals(poll.seen.get(name))) {
                continue;
            }
            try {
                take(poll, entry);
                poll.seen.put(name, mark);
            } catch (IOException e) {
                failed = Optional.of(e);
            }
        }
        if (failed.isPresent()) {
            throw failed.get();
        }
        poll.etag = reply.etag();
        poll.modified = reply.modified();
    }

    /** The message's own file where there is one, for only that can be signed; else what stands in the entry. */
    private void take(Poll poll, FeedEntry entry) throws IOException, InterruptedException {
        var link = entry.findMessage();
        var inside = entry.alerts();
        if (!inside.isEmpty() && (link.isEmpty() || !isFetchable(poll.feed, link.get()))) {
            for (var read : inside) {
                switch (read) {
                    case CapRead.Understood(Alert alert, var _, var _) -> bring(poll, written(alert));
                    case CapRead.Refused(var findings) -> refuse(poll, entry.title(), findings);
                }
            }
        } else if (link.isPresent()) {
            var place = resolved(poll.feed, link.get());
            var reply = fetch(poll.feed, place, "", "", CapIntake.MOST_BYTES);
            if (reply.status() != 200) {
                throw new Unread(Sentence.of("feed-status", place, reply.status()));
            }
            bring(poll, reply.body());
        }
    }

    /** A message inside of a feed has no bytes of its own; what our writer would not write is passed on as an empty one. */
    private static byte[] written(Alert alert) {
        try {
            return Cap.write(alert);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private static boolean isFetchable(FeedSource feed, String link) {
        try {
            resolved(feed, link);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Only from hosts that the operator named: a feed must not send us about in the house. */
    private static URI resolved(FeedSource feed, String link) throws IOException {
        try {
            var place = feed.url().resolve(link);
            if (List.of("http", "https").contains(String.valueOf(place.getScheme()))
                    && feed.hosts().contains(String.valueOf(place.getHost()))) {
                return place;
            }
        } catch (IllegalArgumentException e) {
            throw new Unread(Sentence.of("feed-link", link));
        }
        throw new Unread(Sentence.of("feed-host", link, String.join(", ", feed.hosts())));
    }

    private void bring(Poll poll, byte[] message) {
        switch (intake.take(poll.feed.name(), message)) {
            case Taken.Understood(var arrival, var _) -> {
                poll.messages++;
                inbox.apply(arrival).join();
            }
            case Taken.Refused(var findings) -> refuse(poll, "message " + (poll.messages + poll.refused + 1), findings);
        }
    }

    /** The duty officer sees it among the findings. */
    private void refuse(Poll poll, String title, List<jiaoying.wire.cap.Finding> findings) {
        poll.refused++;
        var rows = new ArrayList<Finding>();
        for (var finding : findings.subList(0, Math.min(findings.size(), 10))) {
            rows.add(Finding.unread(
                    (int) Math.min(poll.refused, Integer.MAX_VALUE),
                    finding.path(),
                    finding.value().isEmpty() ? title : finding.value(),
                    FindingWords.allowed(finding)));
        }
        inbox.apply(new Arrival.Readings("CAP " + poll.feed.name(), List.of(), List.copyOf(rows)))
                .join();
    }

    private record Reply(int status, String etag, String modified, byte[] body) {}

    private Reply fetch(FeedSource feed, URI place, String etag, String modified, int most)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(place)
                .timeout(TIMEOUT)
                .header("Accept", "application/atom+xml, application/rss+xml, " + Cap.MEDIA_TYPE + ", application/xml");
        feed.token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
        if (!etag.isEmpty()) {
            request.header("If-None-Match", etag);
        }
        if (!modified.isEmpty()) {
            request.header("If-Modified-Since", modified);
        }
        var reply = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        try (var body = reply.body()) {
            var status = reply.statusCode();
            if (status != 200 && status != 304) {
                throw new Unread(Sentence.of("feed-status", place, status));
            }
            return new Reply(
                    status,
                    reply.headers().firstValue("ETag").orElse(""),
                    reply.headers().firstValue("Last-Modified").orElse(""),
                    bounded(body, most));
        }
    }

    private static byte[] bounded(InputStream body, int most) throws IOException {
        var bytes = body.readNBytes(most + 1);
        if (bytes.length > most) {
            throw new Unread(Sentence.of("feed-long", most));
        }
        return bytes;
    }

    @Override
    public void close() {
        closed.countDown();
        http.shutdownNow();
    }
}
