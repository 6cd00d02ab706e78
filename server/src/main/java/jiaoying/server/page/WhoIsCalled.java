package jiaoying.server.page;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.roster.RosterFact.DutyAssigned;

/** Who would be called for a signal, counted before anything is sent. */
final class WhoIsCalled {
    /** Whoever keeps the signed heads of the ledger is not called in a storm. */
    private static final String NO_CALL = "ledger-recipient";

    private static final int DEEPEST = 16;

    private final List<DutyAssigned> duties;
    private final Set<SignalColor> called;
    private final Board board;

    /** @param called colours that the plan has a ladder for */
    WhoIsCalled(List<DutyAssigned> duties, Set<SignalColor> called, Board board) {
        this.duties = duties;
        this.called = called;
        this.board = board;
    }

    boolean calls(SignalColor color) {
        return called.contains(color);
    }

    /** Their duties there, as far as the account sees them; empty when the plan calls nobody for the colour. */
    List<DutyAssigned> duties(List<String> areas, SignalColor color) {
        return !calls(color)
                ? List.of()
                : duties.stream()
                        .filter(duty -> !duty.duty().equals(NO_CALL)
                                && board.scope().covers(duty.area())
                                && areas.stream().anyMatch(area -> isWithin(duty.area(), area)))
                        .toList();
    }

    /** A person is called once, whatever his duties. */
    int count(List<String> areas, SignalColor color) {
        return (int) duties(areas, color).stream()
                .map(DutyAssigned::person)
                .distinct()
                .count();
    }

    private boolean isWithin(String area, String whole) {
        var at = Optional.of(area);
        for (var depth = 0; depth < DEEPEST && at.isPresent(); depth++) {
            if (at.get().equals(whole)) {
                return true;
            }
            at = board.register().parent(at.get());
        }
        return false;
    }
}
