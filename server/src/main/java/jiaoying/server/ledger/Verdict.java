package jiaoying.server.ledger;

/** What a check of a ledger file found. */
public sealed interface Verdict {
    /** One or two sentences for the auditor. */
    String words();

    /**
     * Every byte is as it was written.
     *
     * @param key        public key in the file
     * @param anchoredTo entries 1 to this one are proved by what came from outside; 0 when nothing came from outside
     */
    record Verified(String room, long count, String head, String key, long anchoredTo, boolean anchored)
            implements Verdict {
        @Override
        public String words() {
            var found = "Room " + room + ": " + count + " entries, head " + head + ": ";
            if (!anchored) {
                return found + "consistent, not anchored. Give --key or --head from an outside recipient or a printed"
                        + " brief to prove that the file was not made anew as a whole.";
            }
            return anchoredTo == count
                    ? found + "verified, anchored."
                    : found + "verified, anchored up to entry " + anchoredTo
                            + "; later entries are consistent, not anchored.";
        }
    }

    /**
     * Something was changed, is missing or was added.
     *
     * @param line  line of the file, from 1
     * @param entry number of the first bad entry, or 0 when the first or last line is bad
     */
    record Broken(long line, long entry, String expected, String found) implements Verdict {
        @Override
        public String words() {
            var where = entry == 0 ? "Line " + line : "Line " + line + ", entry " + entry;
            return where + ": expected " + expected + ", found " + found + ". Every entry before it is consistent.";
        }
    }
}
