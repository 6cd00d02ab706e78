package jiaoying.duty.casework;

import java.time.LocalDate;

/** How items are numbered: YH-{town}-{yyyy}-{seq} becomes YH-330482101-2026-00001. */
final class CaseNumbers {
    private static final int DIGITS = 5;

    private CaseNumbers() {}

    static String prefix(String number) {
        return number.substring(0, number.lastIndexOf('-') + 1);
    }

    /** What stands before the running number. */
    static String prefix(String pattern, String town, LocalDate day) {
        return pattern.replace("{town}", town.isEmpty() ? "0" : town)
                .replace("{yyyy}", Integer.toString(day.getYear()))
                .replace("{seq}", "");
    }

    static String number(String prefix, int before) {
        var running = Integer.toString(before + 1);
        return prefix + "0".repeat(Math.max(0, DIGITS - running.length())) + running;
    }
}
