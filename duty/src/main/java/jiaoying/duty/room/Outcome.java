package jiaoying.duty.room;

import java.util.List;
import jiaoying.duty.measure.Finding;

/** What the room answers to whoever brought an arrival. */
public sealed interface Outcome {
    record Done() implements Outcome {}

    /** @param stored readings that are in the journal now */
    record Stored(int stored, List<Finding> findings) implements Outcome {}

    /** Nothing was done. @param todo what the person can do about it */
    record Refused(String what, String value, String allowed, String todo) implements Outcome {}

    /** The room could not take it and set it aside; the duty officer sees it. */
    record SetAside(String problem) implements Outcome {}
}
