package jiaoying.duty.casework;

import java.util.List;

/** What came of a deed: facts, or why not. */
public sealed interface CaseAnswer {
    record Done(List<CaseFact> facts) implements CaseAnswer {}

    /** @param value what was not allowed @param allowed what would be, where that is the item's own */
    record Refused(No why, String value, String allowed) implements CaseAnswer {}
}
