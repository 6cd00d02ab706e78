package jiaoying.duty.call;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import jiaoying.duty.errand.Channel;

/**
 * Hours of the day in which some channels wait (免打扰时段); a ladder of a graver colour has none.
 *
 * @param from  minute of the day, 0 to 1439
 * @param to    minute of the day at which they end; before {@code from}: on the next day
 * @param holds the channels that wait
 * @param zone  on whose clocks; set when an order opens
 */
public record QuietHours(int from, int to, List<Channel> holds, String zone) {
    private static final int MINUTES_A_DAY = 24 * 60;

    QuietHours in(String zone) {
        return new QuietHours(from, to, holds, zone);
    }

    /** When the quiet hours end that hold at this instant; empty outside of them. */
    Optional<Instant> end(Instant at) {
        var local = at.atZone(ZoneId.of(zone));
        var minute = local.getHour() * 60 + local.getMinute();
        var quiet = from <= to ? from <= minute && minute < to : from <= minute || minute < to;
        if (!quiet) {
            return Optional.empty();
        }
        var day = minute < to ? local.toLocalDate() : local.toLocalDate().plusDays(1);
        return Optional.of(day.atTime(time(to)).atZone(local.getZone()).toInstant());
    }

    private static LocalTime time(int minute) {
        return LocalTime.of(minute % MINUTES_A_DAY / 60, minute % 60);
    }
}
