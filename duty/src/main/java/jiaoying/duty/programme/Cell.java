package jiaoying.duty.programme;

import java.math.BigDecimal;
import java.time.LocalDate;

/** What stands in one field of a row; nothing is its own value and compares with nothing. */
public sealed interface Cell {
    record Num(BigDecimal value) implements Cell {}

    record Word(String value) implements Cell {}

    record Day(LocalDate value) implements Cell {}

    record Flag(boolean value) implements Cell {}

    record Missing() implements Cell {}

    Cell MISSING = new Missing();

    static Cell of(BigDecimal value) {
        return new Num(value);
    }

    static Cell of(String value) {
        return value.isEmpty() ? MISSING : new Word(value);
    }

    static Cell of(LocalDate value) {
        return new Day(value);
    }

    static Cell of(boolean value) {
        return new Flag(value);
    }

    default boolean missing() {
        return this instanceof Missing;
    }
}
