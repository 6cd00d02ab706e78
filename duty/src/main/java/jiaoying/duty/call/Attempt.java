package jiaoying.duty.call;

import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import jiaoying.duty.errand.CarrierEvent;
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
        return errand.channel() == jiaoying.duty.errand.Channel.VOICE
                && (state == State.SUBMITTED || state == State.CONNECTED);
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
    void hear(CarrierEvent event) {
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

    private void moveTo(State next) {
        if (state == State.WITHDRAWN || next.compareTo(state) > 0) {
            state = next;
        }
    }
}
