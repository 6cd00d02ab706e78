package jiaoying.duty.programme;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Locale;

/**
 * How long something may take (期限), counted as 民法典 arts. 201 to 203 say: the first day is not counted, a month ends on
 * the corresponding day or else on the month's last, and an end on a day of rest moves to the next working day where
 * {@code roll} says so. Hours and minutes know no calendar.
 *
 * @param amount 0 to {@link Unit#most()}
 * @param roll   without effect on hours and minutes
 */
public record Term(int amount, Unit unit, boolean roll) {
    /** What is counted; each up to a hundred years. */
    public enum Unit {
        WORKING_DAYS(36_600),
        DAYS(36_600),
        MONTHS(1_200),
        HOURS(876_000),
        MINUTES(52_560_000);

        private final int most;

        Unit(int most) {
            this.most = most;
        }

        public int most() {
            return most;
        }

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Hours and minutes end at a moment, the others with a day. */
        public boolean endsInADay() {
            return this != HOURS && this != MINUTES;
        }
    }

    public Term {
        if (amount < 0 || amount > unit.most()) {
            throw new IllegalArgumentException("Bug: " + amount + " " + unit.word() + ", allowed 0 to " + unit.most());
        }
    }

    /** The last day of a term of days or months. @throws IllegalStateException for hours and minutes */
    public Deadline from(LocalDate start, WorkingCalendar calendar) {
        return switch (unit) {
            case WORKING_DAYS -> rolled(working(start, calendar), calendar);
            case DAYS -> rolled(new Deadline(start.plusDays(amount), false), calendar);
            case MONTHS -> rolled(new Deadline(start.plusMonths(amount), false), calendar);
            case HOURS, MINUTES -> throw new IllegalStateException("Bug: " + unit.word() + " end at a moment");
        };
    }

    /** The end of a term of hours or minutes. @throws IllegalStateException for days and months */
    public LocalDateTime from(LocalDateTime start) {
        return switch (unit) {
            case HOURS -> start.plusHours(amount);
            case MINUTES -> start.plusMinutes(amount);
            case WORKING_DAYS, DAYS, MONTHS ->
                throw new IllegalStateException("Bug: " + unit.word() + " end with a day");
        };
    }

    /** The working day number {@code amount} after the start, itself not counted; none at all is the start. */
    private Deadline working(LocalDate start, WorkingCalendar calendar) {
        var day = start;
        var provisional = false;
        for (var counted = 0; counted < amount; ) {
            day = day.plusDays(1);
            provisional |= !calendar.planned(day);
            counted += calendar.worked(day) ? 1 : 0;
        }
        return new Deadline(day, provisional);
    }

    private Deadline rolled(Deadline end, WorkingCalendar calendar) {
        if (!roll) {
            return end;
        }
        var day = end.day();
        var provisional = end.provisional() || !calendar.planned(day);
        while (!calendar.worked(day)) {
            day = day.plusDays(1);
            provisional |= !calendar.planned(day);
        }
        return new Deadline(day, provisional);
    }
}
