package jiaoying.server.courier.sip;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.sip.ClientTransaction;
import javax.sip.InvalidArgumentException;
import javax.sip.SipException;
import javax.sip.message.Request;
import javax.sip.message.Response;
import jiaoying.duty.errand.CarrierEvent.Kind;
import jiaoying.server.courier.Submission;
import jiaoying.server.store.RecordingStore.Draft;
import jiaoying.wire.voice.Keys;
import jiaoying.wire.voice.Sdp;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call (呼叫) from INVITE to BYE. {@link #run} is the call's own thread; what the exchange says comes to it through a queue.
 * Early media of the exchange are no answer, and neither is a voice that picks up: only a key is.
 */
final class Call implements Phone.Party {
    private static final Logger LOG = LoggerFactory.getLogger(Call.class);
    private static final Duration CANCELLED_WITHIN = Duration.ofSeconds(5);
    private static final long BETWEEN_READINGS_MILLIS = 2_500;
    private static final int SESSION = 1;
    private static final Map<Character, Kind> ANSWERS =
            Map.of('1', Kind.CONFIRMED, '2', Kind.IN_PLACE, '9', Kind.NOT_ME);

    private final Trunk trunk;
    private final Phone phone;
    private final String number;
    private final short[] words;
    private final Told told;
    private final boolean canary;
    private final String callId;
    private final String tag = Phone.newTag();
    private final String uri;
    private final BlockingQueue<Happening> happenings = new LinkedBlockingQueue<>();
    private final CompletableFuture<Submission> begun = new CompletableFuture<>();
    private final Sound sound;
    private long cseq;
    private boolean proved;
    private boolean rang;
    private volatile Optional<ClientTransaction> invite = Optional.empty();

    /** What becomes of it. */
    interface Told {
        void event(Kind kind, String detail);

        /** It rings: a sign of life, and no more. */
        void rings();

        /** Somebody picked up: where to keep what is said, if that is allowed. */
        default Optional<Draft> listens() {
            return Optional.empty();
        }

        /** The call is over, all of it was heard. */
        default void listened(Draft draft) {}
    }

    private sealed interface Happening {
        record Progress(int status) implements Happening {}

        record Picked(Response response, ClientTransaction transaction) implements Happening {}

        record Refused(Response response) implements Happening {}

        record Lost() implements Happening {}
    }

    /** @param words samples of 8 kHz */
    Call(Trunk trunk, Phone phone, String number, short[] words, Told told) throws IOException {
        this(trunk, phone, number, words, told, false);
    }

    /** A call that shows only whether calls get through (线路自检): let go of as soon as it rings or somebody picks up. */
    static Call canary(Trunk trunk, Phone phone, String number, Told told) throws IOException {
        return new Call(trunk, phone, number, new short[0], told, true);
    }

    private Call(Trunk trunk, Phone phone, String number, short[] words, Told told, boolean canary) throws IOException {
        this.canary = canary;
        this.trunk = trunk;
        this.phone = phone;
        this.number = number;
        this.words = words;
        this.told = told;
        callId = phone.newCallId();
        uri = "sip:" + number + "@" + trunk.domain();
        sound = new Sound(trunk.local());
    }

    /** Whether the exchange took the call; fails with an IOException when nobody knows. */
    CompletableFuture<Submission> begun() {
        return begun;
    }

    void run() throws InterruptedException {
        phone.listen(callId, this);
        try (sound) {
            sound.listen();
            dial("");
            ring();
        } catch (IOException e) {
            LOG.warn("trunk {}: {}", trunk.name(), e.getMessage());
            begun.complete(new Submission.NotNow(String.valueOf(e.getMessage())));
        } finally {
            phone.forget(callId);
            begun.complete(new Submission.NotNow("the call was given up"));
        }
    }

    private void dial(String proof) throws IOException {
        cseq++;
        var sdp = Sdp.offer(trunk.local(), sound.port(), SESSION, Sdp.KEYS);
        invite = Optional.of(phone.send("INVITE", uri, uri, callId, tag, cseq, proof, sdp));
    }

    private void ring() throws IOException, InterruptedException {
        long until = System.nanoTime() + trunk.ringing().toNanos();
        while (true) {
            var next = happenings.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
            switch (next) {
                case null -> {
                    giveUp();
                    return;
                }
                case Happening.Progress(int status) -> {
                    taken();
                    if (status >= 180 && !rang) {
                        rang = true;
                        told.rings();
                        if (canary) {
                            giveUp();
                            return;
                        }
                    }
                }
                case Happening.Picked picked -> {
                    talk(picked);
                    return;
                }
                case Happening.Refused(var response) -> {
                    if (!proves(response)) {
                        refused(response.getStatusCode());
                        return;
                    }
                }
                case Happening.Lost _ -> {
                    begun.completeExceptionally(new IOException("the exchange " + trunk.place() + " says nothing"));
                    return;
                }
            }
        }
    }

    private void taken() {
        begun.complete(new Submission.Taken(callId));
    }

    /** Answers a challenge, once. */
    private boolean proves(Response response) throws IOException {
        int status = response.getStatusCode();
        if (proved || status != 401 && status != 407) {
            return false;
        }
        proved = true;
        var proof = phone.proof(response, "INVITE", uri);
        if (proof.isPresent()) {
            dial(proof.get());
        }
        return proof.isPresent();
    }

    /** Nobody picked up in time. Who picks up while it is being taken back is talked to. */
    private void giveUp() throws IOException, InterruptedException {
        try {
            phone.send(invite.orElseThrow().createCancel());
        } catch (SipException e) {
            LOG.debug("the call had ended already", e);
        }
        long until = System.nanoTime() + CANCELLED_WITHIN.toNanos();
        for (var next = happenings.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
                next != null;
                next = happenings.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS)) {
            if (next instanceof Happening.Picked picked) {
                talk(picked);
                return;
            }
            if (next instanceof Happening.Refused) {
                break;
            }
        }
        taken();
        if (rang || !canary) {
            told.event(Kind.NO_ANSWER, "");
        }
    }

    private void refused(int status) {
        var spoken = rang || begun.isDone();
        switch (status) {
            case 486, 600 -> {
                taken();
                told.event(Kind.BUSY, "");
            }
            case 408, 480, 487 -> {
                taken();
                told.event(Kind.NO_ANSWER, Integer.toString(status));
            }
            case 603 -> {
                taken();
                told.event(Kind.UNDELIVERED, "declined (603)");
            }
            default -> {
                if (spoken) {
                    told.event(Kind.UNDELIVERED, "the exchange answers " + status);
                } else {
                    begun.complete(
                            status / 100 == 5 || status == 401 || status == 407 || status == 403
                                    ? new Submission.NotNow("the exchange answers " + status)
                                    : new Submission.Turned("the exchange answers " + status));
                }
            }
        }
    }

    private void talk(Happening.Picked picked) throws IOException, InterruptedException {
        taken();
        acknowledge(picked);
        var answer = Sdp.find(Phone.body(picked.response));
        if (answer.isEmpty()) {
            told.event(Kind.UNDELIVERED, "the phone and we have no sound in common");
            hangUp(picked);
            return;
        }
        sound.direct(answer.get());
        told.event(Kind.CONNECTED, "");
        var draft = told.listens();
        draft.ifPresent(sound::keep);
        try {
            if (!canary) {
                say();
            }
            hangUp(picked);
        } finally {
            draft.ifPresent(told::listened);
        }
    }

    private void say() throws InterruptedException {
        var heard = false;
        var answer = new char[1];
        Sound.KeyTaken taking = key -> {
            var ends = ANSWERS.containsKey(key);
            answer[0] = ends ? key : answer[0];
            return ends;
        };
        for (var reading = 1; reading <= trunk.readings() && sound.open() && answer[0] == 0; reading++) {
            var whole = sound.say(words, taking);
            if (whole && !heard) {
                heard = true;
                told.event(Kind.HEARD_TO_END, "");
            }
            if (whole) {
                sound.pause(BETWEEN_READINGS_MILLIS, taking);
            }
        }
        if (answer[0] != 0) {
            told.event(ANSWERS.getOrDefault(answer[0], Kind.CONFIRMED), "key " + answer[0]);
        }
    }

    private static void acknowledge(Happening.Picked picked) {
        try {
            var dialog = picked.transaction.getDialog();
            dialog.sendAck(dialog.createAck(Phone.cseq(picked.response).getSeqNumber()));
        } catch (SipException | InvalidArgumentException e) {
            LOG.warn("a call could not be acknowledged: {}", e.getMessage());
        }
    }

    private void hangUp(Happening.Picked picked) {
        if (!sound.open()) {
            return;
        }
        try {
            var dialog = picked.transaction.getDialog();
            dialog.sendRequest(phone.transaction(dialog.createRequest(Request.BYE)));
        } catch (SipException e) {
            LOG.debug("the call had ended already", e);
        }
    }

    /** The program ends. */
    void stop() {
        sound.close();
        happenings.add(new Happening.Lost());
    }

    @Override
    public void answered(Response response, ClientTransaction transaction) {
        var about = Phone.cseq(response);
        if (!about.getMethod().equals(Request.INVITE)) {
            return;
        }
        int status = response.getStatusCode();
        if (status < 200) {
            happenings.add(new Happening.Progress(status));
        } else if (status < 300) {
            picked(response, Optional.ofNullable(transaction));
        } else {
            happenings.add(new Happening.Refused(response));
        }
    }

    /** A 200 that comes again was not acknowledged in time; the stack says so without a transaction. */
    private void picked(Response response, Optional<ClientTransaction> transaction) {
        transaction
                .or(() -> invite)
                .map(known -> new Happening.Picked(response, known))
                .ifPresent(picked -> {
                    if (transaction.isPresent()) {
                        happenings.add(picked);
                    } else {
                        acknowledge(picked);
                    }
                });
    }

    @Override
    public void timedOut(String method) {
        if (method.equals(Request.INVITE)) {
            happenings.add(new Happening.Lost());
        }
    }

    @Override
    public Phone.Reply asked(Request request) {
        return switch (request.getMethod()) {
            case Request.BYE -> {
                sound.close();
                yield Phone.Reply.OK;
            }
            case Request.INFO -> {
                Keys.ofInfo(Phone.contentType(request), Phone.body(request)).ifPresent(sound::press);
                yield Phone.Reply.OK;
            }
            case Request.INVITE, Request.UPDATE -> again(request);
            default -> Phone.Reply.OK;
        };
    }

    /** A change of the sound within the call, or only a sign that it goes on (RFC 4028). */
    private Phone.Reply again(Request request) {
        var body = Phone.body(request);
        var offer = Sdp.find(body);
        try {
            if (offer.isPresent()) {
                sound.direct(offer.get());
            }
        } catch (IOException e) {
            return new Phone.Reply(488, "");
        }
        var answers = request.getMethod().equals(Request.INVITE) || !body.isEmpty();
        int keys = offer.map(Sdp::keys).filter(type -> type > 0).orElse(Sdp.KEYS);
        return new Phone.Reply(200, answers ? Sdp.offer(trunk.local(), sound.port(), SESSION, keys) : "");
    }
}
