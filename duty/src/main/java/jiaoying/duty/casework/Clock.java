package jiaoying.duty.casework;

import java.time.Instant;
import java.util.Optional;

/**
 * One running of a clock.
 *
 * @param firstDue before any extension
 * @param state    missed stays missed when the step comes late
 * @param endedAt  when it was stopped or paused; empty while it counts, and while it is missed and not done
 */
public record Clock(
        String name,
        Instant startedAt,
        Instant dueAt,
        Instant firstDue,
        boolean provisional,
        State state,
        Optional<Instant> endedAt) {
    /** How it stands. */
    public enum State {
        RUNNING,
        PAUSED,
        MET,
        MISSED,
        CANCELLED
    }

    Clock stopped(String how, Instant at) {
        var to = switch (how) {
            case "paused" -> State.PAUSED;
            case "cancelled" -> state == State.MISSED ? State.MISSED : State.CANCELLED;
            case "met" -> state == State.MISSED ? State.MISSED : State.MET;
            default -> State.MISSED;
        };
        return new Clock(name, startedAt, dueAt, firstDue, provisional, to, Optional.of(at));
    }

    Clock missed() {
        return new Clock(name, startedAt, dueAt, firstDue, provisional, State.MISSED, Optional.empty());
    }

    /** Still counting, or missed and not done yet. */
    public boolean open() {
        return endedAt.isEmpty();
    }
}
