package jiaoying.duty.room;

import java.util.List;
import java.util.Optional;
import jiaoying.duty.programme.Amendment;
import jiaoying.duty.programme.Amendment.BodiesSet;
import jiaoying.duty.programme.Amendment.TargetSet;
import jiaoying.duty.programme.Fault;
import jiaoying.duty.programme.Faults;
import jiaoying.duty.programme.Programme;
import jiaoying.duty.room.View.AmendmentView;

/** Proposing and deciding changes of programmes: never one person both. Serves one arrival; only reads. */
final class AmendmentDesk {
    private static final int NAMED = 12;

    private final DutyRoom room;
    private final long number;

    AmendmentDesk(DutyRoom room, long number) {
        this.room = room;
        this.number = number;
    }

    Step propose(String person, Deed.ProposeAmendment deed) {
        var programme = room.cases().findProgramme(deed.programme());
        if (programme.isEmpty()) {
            return Step.refused(Refusal.FIGURES_UNKNOWN, deed.programme());
        }
        if (!PaperDesk.answers(room, person, programme.get())) {
            return Step.refused(Refusal.SETTING_NOT_YOURS, person);
        }
        if (deed.reason().isBlank()) {
            return Step.refused(Refusal.NO_WORDS, "");
        }
        var waiting =
                room.amendments().waiting(deed.programme(), deed.amendment().subject());
        if (waiting.isPresent()) {
            return Step.refused(
                    Refusal.SETTING_WAITS, waiting.get().change(), waiting.get().by());
        }
        return fault(programme.get(), deed.amendment())
                .map(AmendmentDesk::refused)
                .orElseGet(() -> Step.of(List.of(new RoomFact.AmendmentProposed(
                        "A" + number,
                        deed.programme(),
                        deed.amendment(),
                        programme.get().before(deed.amendment()),
                        deed.reason().strip(),
                        person))));
    }

    /** Approved never by whoever proposed it, on whatever account and for whomever he acts; he may take it back. */
    Step decide(String person, Deed.DecideAmendment deed) {
        var found =
                room.amendments().find(deed.change()).filter(one -> one.state().equals(AmendmentView.PROPOSED));
        if (found.isEmpty()) {
            return Step.refused(Refusal.SETTING_DECIDED, deed.change());
        }
        var change = found.get();
        var own = person.equals(change.by());
        var programme = room.cases().findProgramme(change.programme());
        var may = programme.filter(one -> PaperDesk.answers(room, person, one)).isPresent();
        if (own && deed.approved() || !own && !may) {
            return Step.refused(Refusal.SETTING_NOT_YOURS, person);
        }
        if (!deed.approved() && deed.reason().isBlank()) {
            return Step.refused(Refusal.NO_WORDS, "");
        }
        if (deed.approved()) {
            var fault = fault(programme.orElseThrow(), change.amendment());
            if (fault.isPresent()) {
                return refused(fault.get());
            }
        }
        return Step.of(List.of(new RoomFact.AmendmentDecided(
                deed.change(), deed.approved(), deed.reason().strip(), person)));
    }

    private static Step refused(Fault fault) {
        return Step.refused(
                Refusal.valueOf("SETTING_" + fault.why().name()),
                fault.where(),
                String.join(", ", fault.allowed().stream().limit(NAMED).toList()));
    }

    private Optional<Fault> fault(Programme programme, Amendment amendment) {
        return Faults.of(programme, amendment).stream().findFirst().or(() -> unregistered(programme, amendment));
    }

    /** A town and the bodies are those of the register. */
    private Optional<Fault> unregistered(Programme programme, Amendment amendment) {
        return switch (amendment) {
            case TargetSet target when !target.value().isEmpty() -> town(programme, target.town());
            case BodiesSet bodies
            when !bodies.lead().isEmpty() ->
                town(programme, bodies.town()).or(() -> body(bodies.lead())).or(() -> body(bodies.supervising()));
            default -> Optional.empty();
        };
    }

    private Optional<Fault> town(Programme programme, String town) {
        return town.isEmpty() || room.roster().knowsTown(town, programme.townIsArea())
                ? Optional.empty()
                : Optional.of(new Fault(Fault.Why.TOWN, "town", 0, 0, town, List.of()));
    }

    private Optional<Fault> body(String body) {
        return room.directory().knowsBody(body)
                ? Optional.empty()
                : Optional.of(new Fault(Fault.Why.BODIES, "lead", 0, 0, body, List.of()));
    }
}
