package jiaoying.duty.measure;

/**
 * A problem with one row of what came in, as data somebody can act on.
 *
 * @param row     row of the message, from 0
 * @param check   the check that found it
 * @param field   the field that is wrong
 * @param value   what it held
 * @param allowed what is allowed there
 * @param kept    true when the reading was stored all the same (flagged suspect, or counted where the text says so)
 */
public record Finding(int row, Check check, String field, String value, String allowed, boolean kept) {}
