package jiaoying.wire.sl651;

import java.time.LocalDateTime;
import java.time.YearMonth;
import java.util.Optional;

/**
 * A time by the station's clock, as packed digits: 发报时间 YYMMDDHHmmSS, 观测时间 YYMMDDHHmm, 起止时间 YYMMDDHH (§6.6.2.5,
 * §6.6.2.8, table 44). What the clock sent is kept even if it is no date.
 *
 * @param digits two decimal digits a byte, as sent
 */
public record StationTime(Octets digits) {
    static final int TO_SECOND = 6;
    static final int TO_MINUTE = 5;
    static final int TO_HOUR = 4;

    /** The standard sends two digits of the year. */
    private static final int CENTURY = 2000;

    public StationTime {
        if (digits.size() < TO_HOUR || digits.size() > TO_SECOND) {
            throw new IllegalArgumentException("A station's time has 4, 5 or 6 bytes, not " + digits.size());
        }
    }

    /** Send time (发报时间), to the second. */
    public static StationTime sent(LocalDateTime time) {
        return of(time, TO_SECOND);
    }

    /** Observation time (观测时间), to the minute. */
    public static StationTime observed(LocalDateTime time) {
        return of(time, TO_MINUTE);
    }

    /** Begin or end of a queried period (起始时间, 结束时间), to the hour. */
    public static StationTime hour(LocalDateTime time) {
        return of(time, TO_HOUR);
    }

    /** @throws IllegalArgumentException outside of the years 2000 to 2099 */
    private static StationTime of(LocalDateTime time, int size) {
        var year = time.getYear() - CENTURY;
        if (year < 0 || year > 99) {
            throw new IllegalArgumentException("SL 651 can send the years 2000 to 2099, not " + time.getYear());
        }
        int[] parts = {
            year, time.getMonthValue(), time.getDayOfMonth(), time.getHour(), time.getMinute(), time.getSecond()
        };
        var digits = new byte[size];
        for (var i = 0; i < size; i++) {
            digits[i] = (byte) (parts[i] / 10 << 4 | parts[i] % 10);
        }
        return new StationTime(Octets.owning(digits));
    }

    /** Without a zone: Beijing time by rule. Empty if the digits are no date. */
    public Optional<LocalDateTime> dateTime() {
        var parts = new int[TO_SECOND];
        for (var i = 0; i < digits.size(); i++) {
            var high = digits.at(i) >>> 4;
            var low = digits.at(i) & 0xF;
            if (high > 9 || low > 9) {
                return Optional.empty();
            }
            parts[i] = high * 10 + low;
        }
        return isDate(parts)
                ? Optional.of(LocalDateTime.of(CENTURY + parts[0], parts[1], parts[2], parts[3], parts[4], parts[5]))
                : Optional.empty();
    }

    private static boolean isDate(int[] parts) {
        return parts[1] >= 1
                && parts[1] <= 12
                && YearMonth.of(CENTURY + parts[0], parts[1]).isValidDay(parts[2])
                && parts[3] < 24
                && parts[4] < 60
                && parts[5] < 60;
    }

    @Override
    public String toString() {
        return digits.hex();
    }
}
