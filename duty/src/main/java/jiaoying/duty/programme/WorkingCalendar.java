package jiaoying.duty.programme;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which days are worked (工作日历): Monday to Friday, without the days off and with the made-up working days (调休) of the
 * yearly plans (全国年节及纪念日放假办法). In a year without a plan weekends alone are days of rest, and whatever was counted
 * there is provisional.
 */
public final class WorkingCalendar {
    private final Set<Integer> years;
    private final Set<LocalDate> off;
    private final Set<LocalDate> worked;

    /**
     * @param years  whose plans are known
     * @param off    days off by a plan, weekends among them or not
     * @param worked weekend days that are worked by a plan; none of them is also off
     */
    public WorkingCalendar(Set<Integer> years, Set<LocalDate> off, Set<LocalDate> worked) {
        this.years = new TreeSet<>(years);
        this.off = new TreeSet<>(off);
        this.worked = new TreeSet<>(worked);
        assert this.off.stream().noneMatch(this.worked::contains) : "a day is off or worked, not both";
    }

    public boolean worked(LocalDate day) {
        var weekend = day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
        return worked.contains(day) || !weekend && !off.contains(day);
    }

    /** Whether the plan of the day's year is known. */
    public boolean planned(LocalDate day) {
        return years.contains(day.getYear());
    }
}
