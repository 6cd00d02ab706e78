package jiaoying.server.door;

import java.io.InputStream;
import java.util.List;
import jiaoying.duty.programme.Amendment;
import jiaoying.duty.programme.Target;

/** A change of a programme from the fields of a message: {@code what} tells which one. */
public final class AmendmentForm {
    private static final int LONGEST_REPORT = 2_000;

    private AmendmentForm() {}

    /** The change alone, to look at what it would do. */
    public static Amendment read(InputStream in) {
        return of(Fields.read(in));
    }

    static Amendment of(Fields fields) {
        return switch (fields.oneOf(
                "what", List.of("choice-added", "choice-retired", "choice-returned", "target", "words", "bodies"))) {
            case "choice-added" ->
                new Amendment.ChoiceAdded(
                        fields.id("list"), fields.anyText("choice"), fields.anyText("zh"), fields.anyText("en"));
            case "choice-retired" -> new Amendment.ChoiceRetired(fields.id("list"), fields.id("choice"));
            case "choice-returned" -> new Amendment.ChoiceReturned(fields.id("list"), fields.id("choice"));
            case "target" ->
                new Amendment.TargetSet(
                        fields.id("indicator"),
                        fields.count("year", Target.FIRST_YEAR, Target.LAST_YEAR),
                        fields.anyText("town"),
                        fields.anyText("value"));
            case "words" ->
                new Amendment.Reworded(
                        fields.id("place"), fields.lines("zh", LONGEST_REPORT), fields.lines("en", LONGEST_REPORT));
            default ->
                new Amendment.BodiesSet(
                        fields.id("kind"),
                        fields.anyText("town"),
                        fields.anyText("lead"),
                        fields.anyText("supervising"));
        };
    }
}
