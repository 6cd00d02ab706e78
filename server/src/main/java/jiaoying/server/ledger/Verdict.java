package jiaoying.server.ledger;

import jiaoying.duty.measure.Sentence;

/** What a check of a ledger file found. */
public sealed interface Verdict {
    /**
     * Every byte is as it was written.
     *
     * @param key        public key in the file
     * @param anchoredTo entries 1 to this one are proved by what came from outside; 0 when nothing came from outside
     */
    record Verified(String room, long count, String head, String key, long anchoredTo, boolean anchored)
            implements Verdict {}

    /**
     * Something was changed, is missing or was added.
     *
     * @param line  line of the file, from 1
     * @param entry number of the first bad entry, or 0 when the first or last line is bad
     */
    record Broken(long line, long entry, Sentence expected, Sentence found) implements Verdict {}
}
