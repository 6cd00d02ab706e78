package jiaoying.duty.measure;

/**
 * A problem with one row of what came in, as data somebody can act on.
 *
 * @param row     row of the message, from 0
 * @param check   the check that found it
 * @param station the station that it is about, or empty when the row does not tell
 * @param field   the field that is wrong
 * @param value   what it held
 * @param allowed what is allowed there
 * @param kept    true when the reading was stored all the same (flagged suspect, or counted where the text says so)
 */
public record Finding(
        int row, Check check, String station, String field, String value, Sentence allowed, boolean kept) {

    /** A row that is not kept, of which no station is known. */
    public static Finding unread(int row, String field, String value, Sentence allowed) {
        return new Finding(row, Check.FORM, "", field, value, allowed, false);
    }
}
