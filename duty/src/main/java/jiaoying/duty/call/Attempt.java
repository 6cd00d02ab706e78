package jiaoying.duty.call;

import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import jiaoying.duty.errand.CarrierEvent;
import jiaoying.duty.errand.Channel;
import jiaoying.duty.errand.CourierReport;
import jiaoying.duty.errand.Errand;

/** One errand of an order and what became of it (呼叫). */
public final class Attempt {
    /** An attempt whose fate nobody knows is sent again at most this often. */
    static final int REPEATS_MAX = 2;

    private final Errand errand;
    private final int round;
    private final Instant plannedAt;
    private final Set<String> events = new HashSet<>();
    private Optional<Instant> submittedAt = Optional.empty();
    private State state = State.PLANNED;
    private String detail = "";
    private final Set<String> sharers = new LinkedHashSet<>();
    private int repeats;

    /** Evidence says that no more needs to be sent under this key, whichever submission it is about. */
    private boolean through;

    private Optional<Instant> connectedAt = Optional.empty();

    /** The errand lies with the couriers: after a report of unknown fate it may do so while evidence already tells more. */
    private boolean waiting = true;

    /** Where an attempt stands; the later in this list, the more it says. */
    public enum State {
        PLANNED,
        SUBMITTED,
        FAILED,
        AMBIGUOUS,
        UNDELIVERED,
        BUSY,
        NO_ANSWER,
        DELIVERED,
        CONNECTED,
        HEARD_TO_END,
        NOT_ME,
        CONFIRMED,
        IN_PLACE,
        WITHDRAWN;

        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    Attempt(Errand errand, int round, Instant plannedAt) {
        this.errand = errand;
        this.round = round;
        this.plannedAt = plannedAt;
    }

    public Errand errand() {
        return errand;
    }

    public int round() {
        return round;
    }

    public Instant plannedAt() {
        return plannedAt;
    }

    public Optional<Instant> submittedAt() {
        return submittedAt;
    }

    public State state() {
        return state;
    }

    public String detail() {
        return detail;
    }

    /** Not handed over yet, so that it can still be stopped. */
    boolean open() {
        return waiting;
    }

    /** Handed over, and nothing has come back that ends it. */
    boolean ringing() {
        return errand.channel() == Channel.VOICE && (state == State.SUBMITTED || state == State.CONNECTED);
    }

    /** Other callees of the order for whom the same errand counts. */
    public Set<String> sharers() {
        return sharers;
    }

    void share(String callee) {
        sharers.add(callee);
    }

    /** About to be handed over, or handed over since then without a word that it failed. */
    boolean speaksSince(Instant then) {
        return waiting
                || state != State.FAILED
                        && state != State.UNDELIVERED
                        && submittedAt.filter(then::isBefore).isPresent();
    }

    /** Somebody has it, or may have it. */
    boolean out() {
        return submittedAt.isPresent() || state == State.AMBIGUOUS || repeats > 0 || !events.isEmpty();
    }

    /** The message has come as far as the person's device. */
    boolean received() {
        return state.compareTo(State.DELIVERED) >= 0 && state != State.NOT_ME && state != State.WITHDRAWN;
    }

    boolean knows(CarrierEvent event) {
        return events.contains(event.carrier() + '/' + event.event());
    }

    /** Evidence says that the message has come through, or that the contact is another's: to send it again is of no use. */
    boolean through() {
        return through;
    }

    /** It would be sent once more, and this says that it has come through already. */
    boolean makesRepeatIdle(CarrierEvent event) {
        return waiting && repeats > 0 && brings(event.kind());
    }

    /** When somebody picked up, at first. */
    Optional<Instant> connectedAt() {
        return connectedAt;
    }

    int repeats() {
        return repeats;
    }

    void again() {
        repeats++;
        waiting = true;
        state = State.PLANNED;
    }

    void withdraw() {
        waiting = false;
        if (state == State.PLANNED) {
            state = State.WITHDRAWN;
        }
    }

    void report(Instant at, CourierReport report) {
        detail = report.detail();
        waiting = false;
        switch (report.kind()) {
            case SUBMITTED -> {
                submittedAt = Optional.of(at);
                moveTo(State.SUBMITTED);
            }
            case FAILED -> moveTo(State.FAILED);
            case AMBIGUOUS -> moveTo(State.AMBIGUOUS);
        }
    }

    /** Late and disordered events are normal: one that says less than what is known changes nothing. */
    void hear(Instant at, CarrierEvent event) {
        through |= brings(event.kind());
        if (event.kind() == CarrierEvent.Kind.CONNECTED && connectedAt.isEmpty()) {
            connectedAt = Optional.of(at);
        }
        events.add(event.carrier() + '/' + event.event());
        moveTo(
                switch (event.kind()) {
                    case DELIVERED -> State.DELIVERED;
                    case UNDELIVERED -> State.UNDELIVERED;
                    case CONNECTED -> State.CONNECTED;
                    case NO_ANSWER -> State.NO_ANSWER;
                    case BUSY -> State.BUSY;
                    case HEARD_TO_END -> State.HEARD_TO_END;
                    case CONFIRMED -> State.CONFIRMED;
                    case IN_PLACE -> State.IN_PLACE;
                    case NOT_ME -> State.NOT_ME;
                });
    }

    /**
     * What is written has come through when it is delivered; what is spoken only when it was heard to the end: a line that is
     * cut after somebody picked up has told him nothing. That it did not come through settles nothing either.
     */
    private boolean brings(CarrierEvent.Kind kind) {
        var spoken = errand.channel() == Channel.VOICE || errand.channel() == Channel.SPEAKER;
        return switch (kind) {
            case HEARD_TO_END, CONFIRMED, IN_PLACE, NOT_ME -> true;
            case DELIVERED, CONNECTED -> !spoken;
            case UNDELIVERED, NO_ANSWER, BUSY -> false;
        };
    }

    private void moveTo(State next) {
        if (state == State.WITHDRAWN || next.compareTo(state) > 0) {
            state = next;
        }
    }
}
