package jiaoying.duty.programme;

import java.util.List;

/**
 * Why a change of a programme cannot be made.
 *
 * @param part   of the change: a name of one of its values, or the language of a text
 * @param line   in the text, from 1; 0 where there is none
 * @param column of the character, from 1; 0 where there is none
 * @param found  what stands there
 * @param allowed what could stand there; empty where it cannot be listed
 */
public record Fault(Why why, String part, int line, int column, String found, List<String> allowed) {
    public enum Why {
        /** No such list, value, indicator, kind or place in the programme. */
        UNKNOWN,
        /** No name for a new value: small letters, digits, - and _. */
        ID,
        /** The list has the value already, retired or not. */
        TAKEN,
        /** The list would have no value left. */
        LAST,
        /** Steps or levels go by the list, so that a new value is the engineer's. */
        STEPS,
        YEAR,
        /** Items of the programme name no town, or it is not registered. */
        TOWN,
        NUMBER,
        EMPTY,
        LONG,
        /** More than one line where a name stands. */
        LINES,
        PLACEHOLDER,
        BRACES,
        BODIES,
        /** Another role is called so. */
        ROLE,
        /** It is so already. */
        SAME
    }

    static Fault of(Why why, String part, String found, List<String> allowed) {
        return new Fault(why, part, 0, 0, found, allowed);
    }

    /** The place and what stands there, as {@code en 2:14 {foo}}. */
    public String where() {
        return line == 0 ? found : part + ' ' + line + ':' + column + ' ' + found;
    }
}
