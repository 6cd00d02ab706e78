package jiaoying.server.courier.cmpp;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import jiaoying.duty.errand.Channel;
import jiaoying.duty.errand.Purpose;
import jiaoying.server.courier.Carrier;
import jiaoying.server.courier.Pace;
import jiaoying.server.courier.Parcel;
import jiaoying.server.courier.Post;
import jiaoying.server.courier.Submission;
import jiaoying.server.courier.Terms;
import jiaoying.server.courier.TextReceipts;
import jiaoying.server.courier.Written;
import jiaoying.server.reply.Texts;
import jiaoying.wire.cmpp.Body;
import jiaoying.wire.cmpp.Joined;
import jiaoying.wire.cmpp.LongText;
import jiaoying.wire.cmpp.MsgId;
import jiaoying.wire.cmpp.Part;
import jiaoying.wire.cmpp.StatusReport;
import jiaoying.wire.cmpp.SubmitResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings texts over a carrier's gateway by CMPP (短信). The protocol has no key of ours: when a connection ends before an answer,
 * a report that comes within some seconds settles what became of the text; else nobody knows.
 */
public final class CmppCarrier implements Carrier {
    private static final Logger LOG = LoggerFactory.getLogger(CmppCarrier.class);
    private static final Duration REST_MIN = Duration.ofSeconds(1);
    private static final Duration REST_MAX = Duration.ofSeconds(30);
    private static final int FLOW_TRIES = 6;
    private static final int JOINING_MOST = 1_000;
    private static final int LEVEL_MAX = 9;

    private final Gateway gateway;
    private final Terms terms;
    private final InstantSource clock;
    private final Pace pace;
    private final List<Link> links = new CopyOnWriteArrayList<>();
    private final AtomicInteger references = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final TextReceipts receipts;
    private final Joined joining = new Joined(JOINING_MOST);
    private final ReentrantLock joinings = new ReentrantLock();
    private final Map<MsgId, CompletableFuture<Boolean>> canaries = new ConcurrentHashMap<>();
    private volatile String trouble;

    public CmppCarrier(Gateway gateway, Terms terms, InstantSource clock) {
        this(gateway, terms, clock, Duration.ofSeconds(5));
    }

    CmppCarrier(Gateway gateway, Terms terms, InstantSource clock, Duration evidenceWithin) {
        this.gateway = gateway;
        this.terms = terms;
        this.clock = clock;
        receipts = new TextReceipts(gateway.name(), gateway.replies(), evidenceWithin);
        pace = new Pace(gateway.perSecond());
        trouble = "not connected yet";
    }

    @Override
    public String name() {
        return gateway.name();
    }

    @Override
    public Set<Channel> channels() {
        return Set.of(Channel.TEXT);
    }

    @Override
    public boolean keepsKey() {
        return false;
    }

    /** Not more than go out in a second, so that an answer can still stop the rest. */
    @Override
    public int window() {
        return Math.max(1, Math.min(gateway.connections() * gateway.window(), gateway.perSecond()));
    }

    /** A gateway passes texts on, even one on this machine. */
    @Override
    public boolean loopback() {
        return false;
    }

    @Override
    public boolean tellsReceipts() {
        return true;
    }

    @Override
    public Terms terms() {
        return terms;
    }

    @Override
    public Optional<String> trouble() {
        return trouble.isEmpty() ? Optional.empty() : Optional.of(trouble);
    }

    @Override
    public void start(Post room) {
        receipts.start(room);
        for (var i = 1; i <= gateway.connections(); i++) {
            Thread.ofVirtual().name("cmpp-" + gateway.name() + "-" + i).start(this::keepConnected);
        }
    }

    private void keepConnected() {
        var rest = REST_MIN;
        while (closed.getCount() > 0) {
            try (var link = Link.open(gateway, clock.instant())) {
                links.add(link);
                well();
                rest = REST_MIN;
                var tending = Thread.ofVirtual().start(() -> tend(link));
                try {
                    link.read(this::take);
                } finally {
                    links.remove(link);
                    tending.interrupt();
                }
            } catch (IOException e) {
                trouble(e);
            } catch (RuntimeException e) {
                LOG.error("Bug: connection to {}", gateway, e);
                trouble(new IOException(e.getClass().getSimpleName()));
            }
            if (closedWithin(rest)) {
                return;
            }
            rest = rest.multipliedBy(2).compareTo(REST_MAX) < 0 ? rest.multipliedBy(2) : REST_MAX;
        }
    }

    private void tend(Link link) {
        try {
            while (link.open()) {
                Thread.sleep(gateway.activeEvery());
                link.tend();
            }
        } catch (InterruptedException e) {
            LOG.debug("the connection has ended");
        }
    }

    private boolean closedWithin(Duration time) {
        try {
            return closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }

    private void trouble(IOException e) {
        if (!links.isEmpty() || closed.getCount() == 0) {
            return;
        }
        var now = "gateway " + gateway.place() + ": " + (e.getMessage() == null ? "it hung up" : e.getMessage());
        if (!now.equals(trouble)) {
            LOG.error("carrier {}: {}", gateway.name(), now);
        }
        trouble = now;
    }

    private void well() {
        if (!trouble.isEmpty()) {
            LOG.warn("carrier {} is connected", gateway.name());
        }
        trouble = "";
    }

    @Override
    public Submission submit(Parcel parcel) throws IOException, InterruptedException {
        var number = parcel.address().replaceAll("[\\s().-]", "");
        if (!number.matches("\\+?\\d{3,20}")) {
            return new Submission.Turned("not a phone number");
        }
        if (!receipts.started() || links.isEmpty()) {
            return new Submission.NotNow("gateway " + gateway.place() + " is not connected");
        }
        var text = Written.of(parcel, gateway.signature());
        int reference = references.incrementAndGet();
        var extension = parcel.purpose() == Purpose.CALL ? extension(reference) : "";
        var parts = LongText.cut(text, reference);
        int level = parcel.purpose() == Purpose.CALL ? LEVEL_MAX : 0;
        try (var expected = receipts.expect(parcel.key(), parts.size(), number, extension)) {
            return new Sending(expected, number, extension, parts, level).all();
        }
    }

    /** A text to a phone of our own, which is no errand and stands in no ledger. */
    @Override
    public CompletableFuture<Boolean> canary() throws IOException, InterruptedException {
        var link = freest().orElseThrow(() -> new IOException("gateway " + gateway.place() + " is not connected"));
        var part = LongText.cut(gateway.signature() + Texts.ZH.say("text.canary"), 0)
                .getFirst();
        var arrived = new CompletableFuture<Boolean>();
        if (!link.enter(gateway.answersWithin().toMillis())) {
            throw new IOException("gateway " + gateway.place() + " is busy");
        }
        var unused = link.ask(submit(part, terms.canary(), gateway.number(), 0), late -> {})
                .thenAccept(answer -> canaries.put(answer.msgId(), arrived));
        return arrived;
    }

    private String extension(int reference) {
        int digits = gateway.extensionDigits();
        return digits == 0 ? "" : ("%0" + digits + "d").formatted(Math.floorMod(reference, (int) Math.pow(10, digits)));
    }

    /** One text on its way, part after part. */
    private final class Sending {
        private final TextReceipts.Expected expected;
        private final String number;
        private final String extension;
        private final List<Part> parts;
        private final int level;
        private int taken;
        private String ref = "";
        private String refusal = "";

        Sending(TextReceipts.Expected expected, String number, String extension, List<Part> parts, int level) {
            this.expected = expected;
            this.number = number;
            this.extension = extension;
            this.parts = parts;
            this.level = level;
        }

        /**
         * All parts go before any answer is waited for: there are gateways that join a text before they answer for its parts.
         */
        Submission all() throws IOException, InterruptedException {
            var todo = parts;
            for (var tries = 1; tries <= FLOW_TRIES && !todo.isEmpty() && refusal.isEmpty(); tries++) {
                todo = once(todo);
            }
            if (!refusal.isEmpty()) {
                return new Submission.Turned(refusal);
            }
            return todo.isEmpty() ? new Submission.Taken(ref) : notTaken();
        }

        /** @return the parts that are to go again */
        private List<Part> once(List<Part> todo) throws IOException, InterruptedException {
            var again = new ArrayList<Part>();
            var asked = new LinkedHashMap<Part, CompletableFuture<Body.SubmitResp>>();
            var link = freest();
            for (var part : todo) {
                var answer =
                        link.isEmpty() ? Optional.<CompletableFuture<Body.SubmitResp>>empty() : ask(link.get(), part);
                answer.ifPresentOrElse(future -> asked.put(part, future), () -> again.add(part));
            }
            for (var one : asked.entrySet()) {
                if (!settled(one.getKey(), one.getValue())) {
                    again.add(one.getKey());
                }
            }
            return again;
        }

        /** Empty when certainly nothing was sent. */
        private Optional<CompletableFuture<Body.SubmitResp>> ask(Link link, Part part) throws InterruptedException {
            pace.await();
            try {
                return link.enter(gateway.answersWithin().toMillis())
                        ? Optional.of(link.ask(submit(part), late -> numbered(part, late)))
                        : Optional.empty();
            } catch (IOException e) {
                return Optional.empty();
            }
        }

        /** @return false when the gateway wants it again more slowly */
        private boolean settled(Part part, CompletableFuture<Body.SubmitResp> asked)
                throws IOException, InterruptedException {
            Body.SubmitResp answer;
            try {
                answer = asked.get(gateway.answersWithin().toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException | ExecutionException e) {
                asked.completeExceptionally(e); // its place in the window is free again; the answer may still come
                ref = expected.evidence();
                taken++;
                return true;
            }
            if (answer.result() == SubmitResult.FLOW_CONTROL.code()) {
                pace.slower(System.nanoTime());
                return false;
            }
            if (answer.result() != SubmitResult.OK.code()) {
                refusal = which(part) + refusal(answer.result());
                return true;
            }
            numbered(part, answer.msgId());
            taken++;
            ref = answer.msgId().toString();
            return true;
        }

        private void numbered(Part part, MsgId id) {
            expected.numbered(part.index(), id.toString());
        }

        private String which(Part part) {
            return parts.size() == 1 ? "" : "part " + part.index() + " of " + parts.size() + ": ";
        }

        /** Only what has not begun may go again as a whole. */
        private Submission notTaken() {
            var why = "gateway " + gateway.place() + " takes no more at present";
            return taken == 0
                    ? new Submission.NotNow(why)
                    : new Submission.Turned("only " + taken + " of " + parts.size() + " parts: " + why);
        }

        private Body.Submit submit(Part part) {
            return CmppCarrier.this.submit(part, number, gateway.number() + extension, level);
        }
    }

    private Body.Submit submit(Part part, String number, String from, int level) {
        return new Body.Submit(
                MsgId.NONE,
                part.total(),
                part.index(),
                1,
                level,
                gateway.serviceId(),
                2,
                "",
                0,
                0,
                part.tpUdhi(),
                part.msgFmt(),
                gateway.account(),
                "01",
                "0",
                "",
                "",
                from,
                List.of(number),
                0,
                part.content(),
                "");
    }

    private static String refusal(long result) {
        return "refused with " + result
                + SubmitResult.find(result)
                        .map(known -> " ("
                                + known.name()
                                        .toLowerCase(java.util.Locale.ROOT)
                                        .replace('_', ' ') + ")")
                        .orElse("");
    }

    private Optional<Link> freest() {
        return links.stream().filter(Link::open).max(Comparator.comparingInt(Link::free));
    }

    /** What came from the gateway; completes with true once it is durable or belongs to nobody. */
    private CompletableFuture<Boolean> take(Body.Deliver deliver) {
        var done = new CompletableFuture<Boolean>();
        Thread.ofVirtual().start(() -> {
            try {
                done.complete(deliver.isReport() ? report(deliver) : reply(deliver));
            } catch (RuntimeException | InterruptedException | ExecutionException e) {
                LOG.warn("carrier {}: {} was not stored and will come again", gateway.name(), deliver, e);
                done.complete(false);
            }
        });
        return done;
    }

    private boolean report(Body.Deliver deliver) throws InterruptedException, ExecutionException {
        var found = StatusReport.find(deliver.content());
        if (found.isEmpty()) {
            LOG.warn(
                    "carrier {}: a status report of {} bytes",
                    gateway.name(),
                    deliver.content().size());
            return true;
        }
        var report = found.get();
        var canary = canaries.remove(report.msgId());
        if (canary != null) {
            canary.complete(report.fate() == StatusReport.Fate.DELIVERED);
            return true;
        }
        if (report.fate() == StatusReport.Fate.UNDERWAY) {
            return true;
        }
        receipts.report(
                List.of(report.msgId().toString()),
                report.destTerminalId(),
                report.fate() == StatusReport.Fate.DELIVERED,
                report.stat().strip());
        return true;
    }

    private boolean reply(Body.Deliver deliver) throws InterruptedException, ExecutionException {
        var part = Part.find(deliver.tpUdhi(), deliver.msgFmt(), deliver.content());
        if (part.isEmpty()) {
            LOG.warn("carrier {}: a text whose header cannot be read", gateway.name());
            return true;
        }
        var whole = joined(deliver, part.get());
        if (whole.isEmpty()) {
            return true;
        }
        receipts.reply(deliver.msgId().toString(), deliver.srcTerminalId(), extensionOf(deliver.destId()), whole.get());
        return true;
    }

    private Optional<String> joined(Body.Deliver deliver, Part part) {
        joinings.lock();
        try {
            return joining.add(deliver.srcTerminalId(), part, deliver.tpUdhi());
        } finally {
            joinings.unlock();
        }
    }

    private String extensionOf(String destination) {
        var at = destination.indexOf(gateway.number());
        return at < 0 ? "" : destination.substring(at + gateway.number().length());
    }

    @Override
    public void stop() {
        closed.countDown();
        links.forEach(Link::terminate);
    }
}
