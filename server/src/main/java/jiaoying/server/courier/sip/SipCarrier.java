package jiaoying.server.courier.sip;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sip.ClientTransaction;
import javax.sip.message.Request;
import javax.sip.message.Response;
import jiaoying.duty.errand.CarrierEvent;
import jiaoying.duty.errand.CarrierEvent.Kind;
import jiaoying.duty.errand.Channel;
import jiaoying.duty.room.Arrival;
import jiaoying.server.courier.Carrier;
import jiaoying.server.courier.Parcel;
import jiaoying.server.courier.Post;
import jiaoying.server.courier.Submission;
import jiaoying.server.courier.Terms;
import jiaoying.server.store.RecordingStore.Draft;
import jiaoying.server.store.RecordingStore.Kept;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls people over a SIP trunk (语音电话): says the words, and hears key 1 (answered) or 9 (not me). */
public final class SipCarrier implements Carrier {
    private static final Logger LOG = LoggerFactory.getLogger(SipCarrier.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(30);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);
    private static final int EXPIRES = 120;

    private final Trunk trunk;
    private final Terms terms;
    private final Speech speech;
    private final Duration lookEvery;
    private final Optional<Recordings> recordings;
    private final Set<Call> calls = ConcurrentHashMap.newKeySet();
    private final AtomicInteger beginning = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Optional<Post> post = Optional.empty();
    private volatile Optional<Phone> phone = Optional.empty();
    private volatile String trouble = "not connected yet";

    /** @param recordings empty: nothing that is said is kept */
    public SipCarrier(Trunk trunk, Terms terms, Optional<Recordings> recordings) {
        this(trunk, terms, recordings, LOOK_EVERY);
    }

    SipCarrier(Trunk trunk, Terms terms, Duration lookEvery) {
        this(trunk, terms, Optional.empty(), lookEvery);
    }

    SipCarrier(Trunk trunk, Terms terms, Optional<Recordings> recordings, Duration lookEvery) {
        this.recordings = recordings;
        this.trunk = trunk;
        this.terms = terms;
        this.lookEvery = lookEvery;
        speech = new Speech(trunk.voice(), trunk.recording());
    }

    @Override
    public String name() {
        return trunk.name();
    }

    @Override
    public Set<Channel> channels() {
        return Set.of(Channel.VOICE);
    }

    @Override
    public boolean keepsKey() {
        return false;
    }

    /** Lines that nobody talks on; a call that is only beginning is counted by whoever hands it over. */
    @Override
    public int window() {
        return Math.max(0, trunk.lines() - Math.max(0, calls.size() - beginning.get()));
    }

    @Override
    public int lines() {
        return trunk.lines();
    }

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
        post = Optional.of(room);
        Thread.ofVirtual().name("sip-" + trunk.name()).start(this::keepInTouch);
    }

    private void keepInTouch() {
        try {
            var line = new Phone(trunk);
            phone = Optional.of(line);
            var touch = new Touch(line);
            recordings.ifPresent(this::resume);
            var well = touch.once();
            while (!closed.await((well ? lookEvery : AFTER_FAILURE).toMillis(), TimeUnit.MILLISECONDS)) {
                recordings.ifPresent(Recordings::tidy);
                well = touch.once();
            }
        } catch (IOException e) {
            trouble(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            LOG.debug("stopped");
        }
    }

    /** What was kept before a kill and not told. */
    private void resume(Recordings own) {
        own.tidy();
        own.resume(trunk.name()).forEach(kept -> Thread.ofVirtual().start(() -> tell(own, kept)));
    }

    /** The digest of a recording goes into the ledger as what it is: a sign that the person was connected. */
    private void tell(Recordings own, Kept kept) {
        var event = new CarrierEvent(
                trunk.name(), kept.sha256() + "/recorded", kept.key(), Kind.CONNECTED, own.words(kept));
        if (bring(new Arrival.CarrierEvents(List.of(event)))) {
            own.told(kept);
        }
    }

    private void trouble(String why) {
        var now = why.isEmpty() ? "" : "exchange " + trunk.place() + ": " + why;
        if (!now.equals(trouble)) {
            LOG.warn("trunk {}: {}", trunk.name(), now.isEmpty() ? "works" : now);
        }
        trouble = now;
    }

    /** Registers, or asks whether the exchange is there, again and again. */
    private final class Touch implements Phone.Party {
        private final Phone line;
        private final String callId;
        private final String tag = Phone.newTag();
        private final String method = trunk.registers() ? Request.REGISTER : Request.OPTIONS;
        private final String uri = "sip:" + trunk.domain();
        private final String to = trunk.registers() ? "sip:" + trunk.user() + "@" + trunk.domain() : uri;
        private final java.util.concurrent.BlockingQueue<Optional<Response>> answers =
                new java.util.concurrent.LinkedBlockingQueue<>();
        private long cseq;

        Touch(Phone line) {
            this.line = line;
            callId = line.newCallId();
            line.listen(callId, this);
        }

        boolean once() throws InterruptedException {
            try {
                var answer = ask("");
                if (answer.filter(Touch::challenge).isPresent()) {
                    var proof = line.proof(answer.get(), method, uri);
                    answer = proof.isPresent() ? ask(proof.get()) : answer;
                }
                var well = answer.filter(this::lets).isPresent();
                trouble(
                        well
                                ? ""
                                : answer.map(no -> "answers " + no.getStatusCode())
                                        .orElse("says nothing"));
                return well;
            } catch (IOException e) {
                trouble("cannot be reached");
                return false;
            }
        }

        private Optional<Response> ask(String proof) throws IOException, InterruptedException {
            answers.clear();
            var expires = trunk.registers() ? "Expires: " + EXPIRES + "\r\n" : "";
            var unused = line.send(method, uri, to, callId, tag, ++cseq, expires + proof, "");
            return answers.take();
        }

        private static boolean challenge(Response answer) {
            return answer.getStatusCode() == 401 || answer.getStatusCode() == 407;
        }

        /** To be asked, any answer will do that does not say that the exchange is ill. */
        private boolean lets(Response answer) {
            return trunk.registers() ? answer.getStatusCode() / 100 == 2 : answer.getStatusCode() < 500;
        }

        @Override
        public void answered(Response response, ClientTransaction transaction) {
            if (response.getStatusCode() >= 200) {
                answers.add(Optional.of(response));
            }
        }

        @Override
        public void timedOut(String asked) {
            answers.add(Optional.empty());
        }

        @Override
        public Phone.Reply asked(Request request) {
            return Phone.Reply.OK;
        }
    }

    @Override
    public Submission submit(Parcel parcel) throws IOException, InterruptedException {
        var number = number(parcel.address());
        if (!number.matches("\\+?\\d{3,20}")) {
            return new Submission.Turned("not a phone number");
        }
        if (phone.isEmpty() || post.isEmpty() || !trouble.isEmpty()) {
            return new Submission.NotNow("exchange " + trunk.place() + " is not connected");
        }
        short[] words;
        try {
            words = speech.of(parcel.message());
        } catch (IOException e) {
            return new Submission.NotNow("no voice: " + e.getMessage());
        }
        return dial(parcel.key(), number, words, phone.get());
    }

    private Submission dial(String key, String number, short[] words, Phone line)
            throws IOException, InterruptedException {
        var call = new Call(trunk, line, number, words, told(key));
        beginning.incrementAndGet();
        calls.add(call);
        Thread.ofVirtual().name("call").start(() -> run(call));
        try {
            return call.begun().get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException unknown ? unknown : new IOException(e.getCause());
        } finally {
            beginning.decrementAndGet();
        }
    }

    private void run(Call call) {
        try {
            call.run();
        } catch (InterruptedException e) {
            LOG.debug("stopped");
        } catch (RuntimeException e) {
            LOG.error("Bug: a call over {} broke off", trunk.name(), e);
        } finally {
            calls.remove(call);
        }
    }

    private static String number(String address) {
        return address.replaceAll("[\\s().-]", "").replaceFirst("^(\\+|00)86", "");
    }

    /** A call to a phone of our own, let go of when it rings; it is no errand and stands in no ledger. */
    @Override
    public CompletableFuture<Boolean> canary() throws IOException, InterruptedException {
        if (phone.isEmpty() || !trouble.isEmpty()) {
            throw new IOException("exchange " + trunk.place() + " is not connected");
        }
        var arrived = new CompletableFuture<Boolean>();
        var call = Call.canary(trunk, phone.get(), number(terms.canary()), new Call.Told() {
            @Override
            public void event(Kind kind, String detail) {
                arrived.complete(kind != Kind.UNDELIVERED);
            }

            @Override
            public void rings() {
                arrived.complete(true);
            }
        });
        calls.add(call);
        Thread.ofVirtual().name("canary").start(() -> run(call));
        try {
            return switch (call.begun().get()) {
                case Submission.Taken _ -> arrived;
                case Submission.NotNow notNow -> throw new IOException(notNow.reason());
                case Submission.Turned turned -> throw new IOException(turned.reason());
            };
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
    }

    private Call.Told told(String key) {
        var id = UUID.randomUUID().toString();
        return new Call.Told() {
            private CompletableFuture<Boolean> before = CompletableFuture.completedFuture(true);

            /** One after the other, as it happened. */
            @Override
            public synchronized void event(Kind kind, String detail) {
                var event = new CarrierEvent(trunk.name(), id + "/" + kind, key, kind, detail);
                before = before.thenApplyAsync(
                        done -> bring(new Arrival.CarrierEvents(List.of(event))),
                        work -> Thread.ofVirtual().start(work));
            }

            @Override
            public void rings() {
                post.orElseThrow().alive(trunk.name(), key);
            }

            @Override
            public Optional<Draft> listens() {
                return recordings.flatMap(own -> own.begin(trunk.name(), key));
            }

            @Override
            public void listened(Draft draft) {
                draft.end().ifPresent(kept -> Thread.ofVirtual().start(() -> tell(recordings.orElseThrow(), kept)));
            }
        };
    }

    /** Tried again until it is durable: an answer must not be lost because the inbox was full for a moment. */
    private boolean bring(Arrival.CarrierEvents events) {
        try {
            while (!brought(events)) {
                LOG.warn("trunk {}: what became of a call is not stored yet", trunk.name());
                if (closed.await(1, TimeUnit.SECONDS)) {
                    return false;
                }
            }
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private boolean brought(Arrival.CarrierEvents events) throws InterruptedException {
        try {
            return post.orElseThrow().bring(events).get() >= 0;
        } catch (ExecutionException e) {
            return false;
        }
    }

    @Override
    public void stop() {
        closed.countDown();
        calls.forEach(Call::stop);
        phone.ifPresent(Phone::close);
    }
}
