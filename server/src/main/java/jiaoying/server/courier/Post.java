package jiaoying.server.courier;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import jiaoying.duty.errand.CarrierEvent;
import jiaoying.duty.room.Arrival;
import jiaoying.server.store.Database;
import jiaoying.server.store.ErrandStore;
import jiaoying.server.store.Inbox;
import jiaoying.server.store.TextPartStore;
import jiaoying.server.store.TextPartStore.Handing;
import jiaoying.server.store.TextPartStore.Told;

/**
 * Where carriers bring what they hear afterwards (回执与回复): it becomes an arrival of the room, once. Remembers which text had
 * which of the carrier's numbers. May be used from any thread.
 */
public final class Post {
    private static final Duration REMEMBERED = Duration.ofDays(8);

    /** A reply to a text that is older than this answers nothing. */
    private static final Duration REPLIED_WITHIN = Duration.ofDays(2);

    private static final int LAST_DIGITS = 11;

    private final String room;
    private final Inbox inbox;
    private final InstantSource clock;
    private final UnaryOperator<String> marks;
    private final TextPartStore parts;
    private final Receipts receipts;
    private final ErrandStore errands;
    private final AtomicReference<Instant> lastBegun = new AtomicReference<>(Instant.MIN);
    private final Listener listener;

    /** Hears at once what carriers tell. */
    public interface Listener {
        Listener NONE = (carrier, key, arrived) -> {};

        /** @param arrived false when it says that the errand did not arrive */
        void told(String carrier, String key, boolean arrived);
    }

    /** @param marks of numbers, which nobody can read back */
    public Post(
            Database db,
            String room,
            Inbox inbox,
            UnaryOperator<String> marks,
            InstantSource clock,
            Listener listener) {
        this.listener = listener;
        this.room = room;
        this.inbox = inbox;
        this.marks = marks;
        this.clock = clock;
        parts = new TextPartStore(db, room);
        receipts = new Receipts(db, room);
        errands = new ErrandStore(db, room);
    }

    /** Forgets the numbers of texts of which nobody will hear any more. */
    public void tidy() {
        parts.forget(clock.instant().minus(REMEMBERED));
    }

    /** Remembers a text about to be handed over. @param extension digits behind our own number, or empty */
    public Handing begin(String carrier, String key, int count, String number, String extension) {
        var handing = new Handing(carrier, key, begun(), count, mark(number), extension);
        parts.begin(handing);
        return handing;
    }

    /** No two at the same moment. */
    private Instant begun() {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return lastBegun.updateAndGet(last -> now.isAfter(last) ? now : last.plus(1, ChronoUnit.MICROS));
    }

    public void numbered(Handing handing, int part, String ref) {
        parts.numbered(handing, part, ref);
    }

    /**
     * Credits a status report.
     *
     * @param number   to which the part went
     * @param byNumber whether a text to that number whose own number nobody knows may be the one meant
     * @return the key of the text, once it is durable; empty when no such text is known
     */
    public CompletableFuture<Optional<String>> report(
            String carrier, String ref, String number, boolean delivered, String detail, boolean byNumber) {
        var crediting = parts.credit(
                new Told(carrier, ref, mark(number), delivered, ContactValue.hide(number, detail)), byNumber);
        return inbox.put(room, crediting).thenApply(arrival -> {
            crediting.key().ifPresent(key -> listener.told(carrier, key, delivered));
            return crediting.key();
        });
    }

    /**
     * A person wrote to us.
     *
     * @param event     the carrier's own id of it: the same one counts once
     * @param extension digits behind our own number, or empty
     * @return the key of the call that it belongs to, once it is durable; empty when there is none
     */
    public CompletableFuture<Optional<String>> reply(
            String carrier, String event, String number, String extension, CarrierEvent.Kind kind, String words) {
        var key = parts.findRepliedTo(
                carrier, mark(number), extension, clock.instant().minus(REPLIED_WITHIN));
        if (key.isEmpty()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        var arrival = new Arrival.CarrierEvents(
                List.of(new CarrierEvent(carrier, event, key.get(), kind, ContactValue.hide(number, words.strip()))));
        return bring(arrival).thenApply(arrived -> key);
    }

    /** Brings what a carrier tells, without the contacts that may stand in it. */
    public CompletableFuture<Long> bring(Arrival.CarrierEvents events) {
        events.events().forEach(event -> listener.told(event.carrier(), event.key(), arrived(event.kind())));
        return inbox.put(room, receipts.fit(events));
    }

    /** Whether there is such an errand: only then may anything be told of it. */
    public boolean knows(String key) {
        return errands.findPerson(key).isPresent();
    }

    /** It rings, or shows another sign of life that tells nothing of the errand. */
    public void alive(String carrier, String key) {
        listener.told(carrier, key, true);
    }

    /** A phone that is busy or is not answered was rung all the same. */
    static boolean arrived(CarrierEvent.Kind kind) {
        return kind != CarrierEvent.Kind.UNDELIVERED;
    }

    /** With and without the country's code a number is the same. */
    private String mark(String number) {
        var digits = number.replaceAll("\\D", "");
        return marks.apply(digits.substring(Math.max(0, digits.length() - LAST_DIGITS)));
    }
}
