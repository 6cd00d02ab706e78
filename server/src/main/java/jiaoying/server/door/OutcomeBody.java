package jiaoying.server.door;

import java.util.List;
import jiaoying.duty.measure.Finding;
import jiaoying.duty.room.Outcome;

/** An outcome as JSON: {@code kind} and its fields. */
sealed interface OutcomeBody {
    String kind();

    record Done(String kind) implements OutcomeBody {}

    record Stored(String kind, int stored, List<FindingBody> findings) implements OutcomeBody {}

    record Refused(String kind, String what, String value, String allowed, String todo) implements OutcomeBody {}

    record SetAside(String kind, String problem) implements OutcomeBody {}

    record FindingBody(int row, String field, String value, String allowed) {
        static FindingBody of(Finding finding) {
            return new FindingBody(finding.row(), finding.field(), finding.value(), finding.allowed());
        }
    }

    static OutcomeBody of(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done() -> new Done("Done");
            case Outcome.Stored(var stored, var findings) ->
                new Stored(
                        "Stored", stored, findings.stream().map(FindingBody::of).toList());
            case Outcome.Refused(var what, var value, var allowed, var todo) ->
                new Refused("Refused", what, value, allowed, todo);
            case Outcome.SetAside(var problem) -> new SetAside("SetAside", problem);
        };
    }
}
