package jiaoying.duty.programme;

import java.time.LocalDate;

/**
 * The days for which a figure is asked, both included, and the day as of which it is known: what happened after that day
 * was not known then and does not count.
 */
public record Period(LocalDate from, LocalDate to, LocalDate asOf) {
    public boolean holds(LocalDate day) {
        return !day.isBefore(from) && !day.isAfter(to) && !day.isAfter(asOf);
    }

    /** The same days a year before, as they were known a year before. */
    public Period yearBefore() {
        return new Period(from.minusYears(1), to.minusYears(1), asOf.minusYears(1));
    }

    /** From the first of January of the last day's year. */
    public Period yearToDate() {
        return new Period(to.withDayOfYear(1), to, asOf);
    }
}
