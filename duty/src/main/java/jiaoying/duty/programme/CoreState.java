package jiaoying.duty.programme;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The fifteen states that every programme shares (闭环状态). A pack's stage is tied to one of them; boards over several programmes use them. */
public enum CoreState {
    /** Read from a document or raised by a sensor; only a person registers it. */
    DRAFT,
    REGISTERED,
    ASSESSING,
    ASSIGNED,
    ACCEPTED,
    PLANNED,
    IN_HAND,
    SUBMITTED,
    VERIFYING,
    CLOSED,
    /** For somebody outside. */
    WAITING,
    SUSPENDED,
    VOID,
    TRANSFERRED,
    REOPENED;

    private static final Set<CoreState> ENDS = EnumSet.of(CLOSED, VOID, TRANSFERRED);

    public boolean open() {
        return !ENDS.contains(this);
    }

    /** The states to which an item in this one may go. */
    public Set<CoreState> next() {
        var next = switch (this) {
            case DRAFT -> EnumSet.of(REGISTERED);
            case REGISTERED -> EnumSet.of(ASSESSING, ASSIGNED);
            case ASSESSING -> EnumSet.of(ASSIGNED);
            case ASSIGNED -> EnumSet.of(ASSESSING, ACCEPTED);
            case ACCEPTED -> EnumSet.of(PLANNED, IN_HAND);
            case PLANNED -> EnumSet.of(IN_HAND);
            case IN_HAND -> EnumSet.of(IN_HAND, SUBMITTED);
            case SUBMITTED -> EnumSet.of(VERIFYING);
            case VERIFYING -> EnumSet.of(CLOSED, IN_HAND);
            case REOPENED -> EnumSet.of(IN_HAND);
            case CLOSED -> EnumSet.of(REOPENED);
            case WAITING, SUSPENDED, VOID, TRANSFERRED -> EnumSet.noneOf(CoreState.class);
        };
        if (open()) {
            next.addAll(EnumSet.of(VOID, TRANSFERRED));
        }
        if (open() && this != SUSPENDED && this != WAITING) {
            next.addAll(EnumSet.of(WAITING, SUSPENDED));
        }
        return next;
    }

    public static Optional<CoreState> find(String name) {
        return Arrays.stream(values())
                .filter(state -> state.name().equals(name))
                .findFirst();
    }

    public static List<String> names() {
        return Arrays.stream(values()).map(CoreState::name).toList();
    }
}
