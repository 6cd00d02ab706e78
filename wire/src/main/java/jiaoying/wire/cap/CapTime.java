package jiaoying.wire.cap;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * A time as CAP writes it (3.3.2): {@code 2002-05-24T16:49:00-07:00}, to the second, with an offset, never Z; UTC is
 * {@code -00:00}.
 *
 * @param value to the second, offset in whole minutes, year 0000 to 9999
 */
public record CapTime(OffsetDateTime value) implements Comparable<CapTime> {
    public CapTime {
        value = value.truncatedTo(ChronoUnit.SECONDS);
        if (value.getOffset().getTotalSeconds() % 60 != 0 || value.getYear() < 0 || value.getYear() > 9999) {
            throw new IllegalArgumentException("CAP cannot write the time " + value);
        }
    }

    public static CapTime of(Instant instant, ZoneOffset offset) {
        return new CapTime(instant.atOffset(offset));
    }

    static CapTime of(LocalDateTime local, ZoneOffset offset) {
        return new CapTime(local.atOffset(offset));
    }

    public Instant instant() {
        return value.toInstant();
    }

    /** By the moment, whatever the offset. */
    @Override
    public int compareTo(CapTime other) {
        return instant().compareTo(other.instant());
    }

    /** As CAP writes it. */
    @Override
    public String toString() {
        var minutes = value.getOffset().getTotalSeconds() / 60;
        var local = value.toLocalDateTime();
        return digits(local.getYear(), 4)
                + '-'
                + digits(local.getMonthValue(), 2)
                + '-'
                + digits(local.getDayOfMonth(), 2)
                + 'T'
                + digits(local.getHour(), 2)
                + ':'
                + digits(local.getMinute(), 2)
                + ':'
                + digits(local.getSecond(), 2)
                + (minutes > 0 ? '+' : '-')
                + digits(Math.abs(minutes) / 60, 2)
                + ':'
                + digits(Math.abs(minutes) % 60, 2);
    }

    private static String digits(int number, int count) {
        var text = Integer.toString(number);
        return "0".repeat(count - text.length()) + text;
    }
}
