package jiaoying.duty.room;

import java.util.List;
import jiaoying.duty.measure.Finding;

/** What the room answers to whoever brought an arrival. */
public sealed interface Outcome {
    record Done() implements Outcome {}

    /** @param stored readings that are in the journal now */
    record Stored(int stored, List<Finding> findings) implements Outcome {}

    /**
     * Nothing was done.
     *
     * @param value   what was refused
     * @param allowed what the room would have taken, where that is the room's own; else empty
     */
    record Refused(Refusal why, String value, String allowed) implements Outcome {}

    /** The room could not take it and set it aside; the duty officer sees it. */
    record SetAside(String problem) implements Outcome {}
}
