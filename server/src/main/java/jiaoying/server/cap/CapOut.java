package jiaoying.server.cap;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import jiaoying.duty.room.Settings;
import jiaoying.duty.room.View.SignalView;
import jiaoying.duty.roster.RosterFact.AreaRegistered;
import jiaoying.duty.warn.WarnFact;
import jiaoying.server.store.CapOutStore;
import jiaoying.server.store.CapOutStore.Message;
import jiaoying.server.store.CapOutStore.Owed;
import jiaoying.server.store.Entry;
import jiaoying.wire.cap.Alert;
import jiaoying.wire.cap.Area;
import jiaoying.wire.cap.Cap;
import jiaoying.wire.cap.CapRead;
import jiaoying.wire.cap.CapSignature;
import jiaoying.wire.cap.CapTime;
import jiaoying.wire.cap.MessageId;
import jiaoying.wire.feed.Atom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes our own signals (发布预警消息): follows the ledger, makes and signs a message for each fact that changed a signal,
 * keeps it as it left, and owes it to the webhooks until each has taken it. Only a room that issues signals itself publishes.
 * A crash loses nothing: the ledger is read on from the last message kept.
 */
public final class CapOut implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CapOut.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
    private static final Duration REST_MAX = Duration.ofMinutes(5);

    private final CapSettings.Out out;
    private final CapOutStore store;
    private final Ledger ledger;
    private final PrivateKey key;
    private final InstantSource clock;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final Semaphore bell = new Semaphore(0);
    private volatile boolean open = true;
    private volatile String trouble = "";
    private long seen = -1;

    /** Webhooks that did not take their oldest message. Used by the thread that turns. */
    private final Map<String, Rest> resting = new TreeMap<>();

    private record Rest(String why, Instant until) {
        @Override
        public String toString() {
            return why;
        }
    }

    /** What is read of the room. @param held nothing leaves it; @param entries after a fact number, in order; outlines of an area by its code; settings as they stood at a fact */
    record Ledger(
            BooleanSupplier held,
            Supplier<Long> lastFact,
            Function<Long, List<Entry>> entries,
            Function<String, Optional<SignalView>> signals,
            Supplier<Map<String, AreaRegistered>> areas,
            Function<String, List<Area.Polygon>> outlines,
            Function<Long, Settings> settings) {}

    CapOut(CapSettings.Out out, CapOutStore store, Ledger ledger, PrivateKey key, InstantSource clock) {
        this.out = out;
        this.store = store;
        this.ledger = ledger;
        this.key = key;
        this.clock = clock;
    }

    public boolean isPublic() {
        return out.isPublic();
    }

    /** Why a webhook is still owed something; empty when all is well. */
    public String trouble() {
        return trouble;
    }

    void start() {
        Thread.ofPlatform().name("cap-out").start(() -> {
            while (open) {
                turn();
                pause();
            }
        });
    }

    /** The ledger has grown. */
    public void wake() {
        bell.release();
    }

    private void pause() {
        try {
            if (bell.tryAcquire(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                bell.drainPermits();
            }
        } catch (InterruptedException e) {
            open = false;
        }
    }

    /** What a room that is held would publish waits until it is released. */
    void turn() {
        try {
            if (!ledger.held().getAsBoolean()) {
                follow();
                pay();
            }
        } catch (RuntimeException e) {
            trouble = e.getClass().getSimpleName();
            LOG.error("Messages could not be published and will be later", e);
        }
    }

    private void follow() {
        if (seen < 0) {
            seen = store.last().orElseGet(this::begin);
        }
        for (var entries = ledger.entries().apply(seen); !entries.isEmpty(); ) {
            for (var entry : entries) {
                if (entry.fact() instanceof WarnFact fact
                        && ledger.settings().apply(entry.number()).issuer() == Settings.Issuer.WEATHER_OFFICE) {
                    publish(entry, fact);
                }
                seen = entry.number();
            }
            entries = ledger.entries().apply(seen);
        }
    }

    /** What was issued before the room began to publish is not published. */
    private long begin() {
        long from = ledger.lastFact().get();
        store.put(new Message(from, "", Instant.EPOCH, "", "", Instant.EPOCH, new byte[0]), List.of());
        return from;
    }

    private void publish(Entry entry, WarnFact fact) {
        var signal = signal(fact).flatMap(ledger.signals());
        var area = signal.map(SignalView::area).map(ledger.areas().get()::get);
        if (signal.isEmpty() || area.isEmpty()) {
            return;
        }
        var place = signal.get().hazard() + "/" + signal.get().area();
        var chain = store.chain(place).stream()
                .filter(message -> message.until().isAfter(entry.at()))
                .map(CapOut::id)
                .toList();
        var latest = store.latest().map(Message::identifier).orElse("");
        var messages = new CapMessages(out, ledger.settings().apply(entry.number()));
        var where = new CapMessages.Place(
                area.get(), ledger.outlines().apply(area.get().area()));
        messages.message(entry.at(), fact, signal.get(), where, chain, latest).ifPresent(alert -> {
            var bytes = CapSignature.sign(Cap.write(alert), key);
            var message = new Message(
                    entry.number(),
                    alert.id().identifier(),
                    alert.id().sent().instant(),
                    place,
                    alert.msgType().name(),
                    alert.id().sent().instant().plus(messages.lasts()),
                    bytes);
            store.put(message, out.hooks().stream().map(CapSettings.Hook::name).toList());
        });
    }

    private static Optional<String> signal(WarnFact fact) {
        return switch (fact) {
            case WarnFact.SignalIssued issued -> Optional.of(issued.signal());
            case WarnFact.SignalCorrected corrected -> Optional.of(corrected.signal());
            case WarnFact.SignalLifted lifted -> Optional.of(lifted.signal());
            case WarnFact.SignalRetracted retracted -> Optional.of(retracted.signal());
            case WarnFact.ThresholdAlertRaised _ -> Optional.empty();
            case WarnFact.ThresholdAlertDecided _ -> Optional.empty();
        };
    }

    private static MessageId id(Message message) {
        return alert(message).id();
    }

    private static Alert alert(Message message) {
        return Cap.read(message.bytes()) instanceof CapRead.Understood understood
                ? understood.alert()
                : bug(message.identifier());
    }

    private static Alert bug(String identifier) {
        throw new IllegalStateException("Bug: our own message cannot be read: " + identifier);
    }

    /**
     * Sends what is owed, the oldest first. A webhook that does not take it rests, longer each time, with its later ones; what
     * is over by then is not sent any more.
     */
    private void pay() {
        var now = clock.instant();
        var owing = new TreeSet<String>();
        for (var owed : store.owed()) {
            var hook = out.hooks().stream()
                    .filter(one -> one.name().equals(owed.hook()))
                    .findFirst();
            if (hook.isEmpty() || !now.isBefore(owed.message().until())) {
                LOG.warn("Message {} is not sent to {} any more", owed.message().identifier(), owed.hook());
                store.paid(owed);
            } else {
                owing.add(owed.hook());
                pay(hook.get(), owed, now);
            }
        }
        resting.keySet().retainAll(owing);
        trouble = resting.isEmpty() ? "" : resting.toString();
    }

    private void pay(CapSettings.Hook hook, Owed owed, Instant now) {
        if (Optional.ofNullable(resting.get(hook.name()))
                .filter(rest -> now.isBefore(rest.until()))
                .isEmpty()) {
            send(hook, owed).ifPresentOrElse(why -> resting.put(hook.name(), rest(why, now, owed.tries())), () -> {
                resting.remove(hook.name());
                store.paid(owed);
            });
        }
    }

    private static Rest rest(String why, Instant now, int tries) {
        var pause = LOOK_EVERY.multipliedBy(1L << Math.min(tries, 10));
        return new Rest(why, now.plus(pause.compareTo(REST_MAX) > 0 ? REST_MAX : pause));
    }

    /** Empty when it was taken. */
    private Optional<String> send(CapSettings.Hook hook, Owed owed) {
        var bytes = owed.message().bytes();
        var request = HttpRequest.newBuilder(hook.url())
                .timeout(TIMEOUT)
                .header("Content-Type", Cap.MEDIA_TYPE)
                .header("X-Jiaoying-Message", owed.message().identifier())
                .header("X-Jiaoying-Signature", "sha256=" + hmac(hook.secret(), bytes))
                .POST(HttpRequest.BodyPublishers.ofByteArray(bytes))
                .build();
        try {
            var status =
                    http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status / 100 == 2) {
                return Optional.empty();
            }
            store.tried(owed);
            return Optional.of("answered " + status);
        } catch (IOException e) {
            store.tried(owed);
            return Optional.of(e.getClass().getSimpleName());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("stopped");
        }
    }

    /** HMAC-SHA-256 over the body, hex. */
    static String hmac(String secret, byte[] body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Bug: every Java platform has HMAC-SHA-256", e);
        }
    }

    /** The Atom feed of messages whose chain is not over. @param self where the reader found it */
    public byte[] feed(String self) {
        var messages = store.list(clock.instant());
        var updated = messages.stream().map(Message::sent).findFirst().orElse(Instant.EPOCH);
        var listed = messages.stream()
                .map(message -> new Atom.Listed(
                        alert(message), self.replaceFirst("cap\\.atom$", "cap/" + message.identifier() + ".xml")))
                .toList();
        var offset = ZoneOffset.ofHours(8);
        return Atom.write(
                "urn:jiaoying:cap:" + out.office(),
                self,
                out.nameZh() + " " + out.nameEn(),
                out.nameZh(),
                CapTime.of(updated, offset),
                listed);
    }

    /** The bytes of a message as they were signed. */
    public Optional<byte[]> find(String identifier) {
        return store.find(identifier).map(Message::bytes);
    }

    @Override
    public void close() {
        open = false;
        bell.release();
        http.shutdownNow();
    }
}
