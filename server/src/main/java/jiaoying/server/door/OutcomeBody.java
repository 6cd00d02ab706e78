package jiaoying.server.door;

import java.util.List;
import jiaoying.duty.measure.Finding;
import jiaoying.duty.room.Outcome;
import jiaoying.server.reply.Problem;
import jiaoying.server.reply.Texts;

/** An outcome as JSON: {@code kind} and its fields. */
sealed interface OutcomeBody {
    String kind();

    record Done(String kind) implements OutcomeBody {}

    record Stored(String kind, int stored, List<FindingBody> findings) implements OutcomeBody {}

    record Refused(String kind, String code, String what, String value, String allowed, String todo)
            implements OutcomeBody {}

    record SetAside(String kind, String problem) implements OutcomeBody {}

    record FindingBody(int row, String field, String value, String allowed) {
        static FindingBody of(Finding finding, Texts texts) {
            return new FindingBody(finding.row(), finding.field(), finding.value(), texts.say(finding.allowed()));
        }
    }

    static OutcomeBody of(Outcome outcome, Texts texts) {
        return switch (outcome) {
            case Outcome.Done() -> new Done("Done");
            case Outcome.Stored(var stored, var findings) ->
                new Stored(
                        "Stored",
                        stored,
                        findings.stream()
                                .map(finding -> FindingBody.of(finding, texts))
                                .toList());
            case Outcome.Refused no -> refused(Problem.Words.refused(texts, no));
            case Outcome.SetAside(var problem) -> new SetAside("SetAside", problem);
        };
    }

    private static Refused refused(Problem.Words no) {
        return new Refused("Refused", no.code(), no.what(), no.value(), no.allowed(), no.todo());
    }
}
