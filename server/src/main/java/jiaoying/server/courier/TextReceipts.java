package jiaoying.server.courier;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import jiaoying.server.store.TextPartStore.Handing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Credits what one gateway tells of texts to the texts it tells of (回执归属). A report may come before the answer that says whose
 * number it has, so it waits a little for that; then it may be the one of a text to the same person whose answer was lost. May be
 * used from many threads.
 */
public final class TextReceipts {
    private static final Logger LOG = LoggerFactory.getLogger(TextReceipts.class);
    private static final int EARLY_MOST = 10_000;

    private final String carrier;
    private final ReplyWords words;
    private final Duration evidenceWithin;
    private final Map<String, BlockingQueue<String>> unanswered = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<Boolean>> early = new ConcurrentHashMap<>();
    private volatile Optional<Post> post = Optional.empty();

    /** @param evidenceWithin how long a text without an answer waits for a report; a report waits half as long for an answer */
    public TextReceipts(String carrier, ReplyWords words, Duration evidenceWithin) {
        this.carrier = carrier;
        this.words = words;
        this.evidenceWithin = evidenceWithin;
    }

    public void start(Post room) {
        room.tidy();
        post = Optional.of(room);
    }

    public boolean started() {
        return post.isPresent();
    }

    /** One handing over of a text, from before it is sent until all its answers are there. To be closed. */
    public Expected expect(String key, int parts, String number, String extension) {
        return new Expected(post.orElseThrow().begin(carrier, key, parts, number, extension));
    }

    /** A text whose answers are waited for. */
    public final class Expected implements AutoCloseable {
        private final Handing handing;
        private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

        private Expected(Handing handing) {
            this.handing = handing;
            unanswered.put(handing.key(), told);
        }

        /** The gateway answered with its number of a part. */
        public void numbered(int part, String ref) {
            post.orElseThrow().numbered(handing, part, ref);
            var waiting = early.remove(ref);
            if (waiting != null) {
                waiting.complete(true);
            }
        }

        /** The number of a part by a report, although its answer was lost. @throws IOException when none comes */
        public String evidence() throws IOException, InterruptedException {
            return Optional.ofNullable(told.poll(evidenceWithin.toMillis(), TimeUnit.MILLISECONDS))
                    .orElseThrow(() -> new IOException("the gateway gave no answer and no report"));
        }

        @Override
        public void close() {
            unanswered.remove(handing.key(), told);
        }
    }

    /**
     * A report came.
     *
     * @param refs   ways to write the gateway's number of the part; the answer had one of them
     * @param number to which it went
     * @param stat   the gateway's word for what became of it
     */
    public void report(List<String> refs, String number, boolean delivered, String stat)
            throws InterruptedException, ExecutionException {
        var whose = credit(refs, number, delivered, stat);
        if (whose.isEmpty()) {
            whose = late(refs, number, delivered, stat);
        }
        if (whose.isEmpty()) {
            LOG.warn("carrier {}: a report {} of {} belongs to no text of ours", carrier, stat, refs.getFirst());
        }
    }

    private Optional<String> late(List<String> refs, String number, boolean delivered, String stat)
            throws InterruptedException, ExecutionException {
        if (early.size() < EARLY_MOST) {
            var numbered = new CompletableFuture<Boolean>();
            refs.forEach(ref -> early.put(ref, numbered));
            var meanwhile = credit(refs, number, delivered, stat); // the answer may have come while we looked
            if (meanwhile.isPresent() || answered(numbered)) {
                refs.forEach(ref -> early.remove(ref, numbered));
                return meanwhile.isPresent() ? meanwhile : credit(refs, number, delivered, stat);
            }
            refs.forEach(ref -> early.remove(ref, numbered));
        }
        var whose = credit(refs.getFirst(), number, delivered, stat, true);
        whose.map(unanswered::get).ifPresent(waiting -> waiting.add(refs.getFirst()));
        return whose;
    }

    private boolean answered(CompletableFuture<Boolean> numbered) throws InterruptedException, ExecutionException {
        try {
            return numbered.get(evidenceWithin.toMillis() / 2, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return false;
        }
    }

    private Optional<String> credit(List<String> refs, String number, boolean delivered, String stat)
            throws InterruptedException, ExecutionException {
        for (var ref : refs) {
            var whose = credit(ref, number, delivered, stat, false);
            if (whose.isPresent()) {
                return whose;
            }
        }
        return Optional.empty();
    }

    private Optional<String> credit(String ref, String number, boolean delivered, String stat, boolean byNumber)
            throws InterruptedException, ExecutionException {
        return post.orElseThrow()
                .report(carrier, ref, number, delivered, delivered ? "" : stat, byNumber)
                .get();
    }

    /** A person wrote. @param event the gateway's own id of it @param extension digits behind our number, or empty */
    public void reply(String event, String number, String extension, String text)
            throws InterruptedException, ExecutionException {
        var key = post.orElseThrow()
                .reply(carrier, "reply/" + event, number, extension, words.kind(text), text)
                .get();
        if (key.isEmpty()) {
            LOG.warn("carrier {}: a text from somebody to whom no call went lately", carrier);
        }
    }
}
