package jiaoying.duty.programme;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.Locale;

/** A period and a day as a report says them: 今年1至7月, "From January to July of this year". This year is the as-of date's. */
final class PeriodWords {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);

    private PeriodWords() {}

    static String zh(Period period) {
        var from = YearMonth.from(period.from());
        var to = YearMonth.from(period.to());
        if (!wholeMonths(period) || from.getYear() != to.getYear()) {
            return zh(period.from()) + "至" + zh(period.to());
        }
        var year = from.getYear() == period.asOf().getYear() ? "今年" : from.getYear() + "年";
        if (from.equals(to)) {
            return year + to.getMonthValue() + "月";
        }
        return from.getMonthValue() == 1 && to.getMonthValue() == 12
                ? year + (year.equals("今年") ? "全年" : "")
                : year + from.getMonthValue() + "至" + to.getMonthValue() + "月";
    }

    static String en(Period period) {
        var from = YearMonth.from(period.from());
        var to = YearMonth.from(period.to());
        if (!wholeMonths(period) || from.getYear() != to.getYear()) {
            return "From " + en(period.from()) + " to " + en(period.to());
        }
        var year = from.getYear() == period.asOf().getYear() ? "this year" : Integer.toString(from.getYear());
        if (from.equals(to)) {
            return "In " + month(to) + " of " + year;
        }
        return from.getMonthValue() == 1 && to.getMonthValue() == 12
                ? year.equals("this year") ? "In the whole of this year" : "In " + year
                : "From " + month(from) + " to " + month(to) + " of " + year;
    }

    private static boolean wholeMonths(Period period) {
        return period.from().getDayOfMonth() == 1
                && period.to().equals(YearMonth.from(period.to()).atEndOfMonth());
    }

    private static String month(YearMonth month) {
        return month.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    }

    static String zh(LocalDate day) {
        return day.getYear() + "年" + day.getMonthValue() + "月" + day.getDayOfMonth() + "日";
    }

    static String en(LocalDate day) {
        return day.format(DAY);
    }
}
