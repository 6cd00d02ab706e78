package jiaoying.duty.monitor;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import jiaoying.duty.measure.Finding;
import jiaoying.duty.measure.Quantity;
import jiaoying.duty.measure.Reading;
import jiaoying.duty.station.StationFact.StationRegistered;
import jiaoying.duty.station.Stations;

/** The checks of one arrival's readings: register, clock, possible values, repeats. A bad row never costs a good one. */
final class ReadingCheck {
    /** A station's clock may run ahead by this much. */
    private static final Duration CLOCK_AHEAD_MAX = Duration.ofMinutes(2);

    /** No interval of a gauge has ever brought more; a larger value is not rain. */
    private static final long RAIN_MILLI_MAX = 500_000;

    private static final long LEVEL_MILLI_MAX = 100_000;
    private static final long DEPTH_MILLI_MAX = 20_000_000;

    private final Criteria criteria;
    private final Instant at;
    private final Stations stations;
    private final Function<String, Optional<RainGauge>> gauges;
    private final List<Reading> accepted = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, Long> seen = new HashMap<>();
    private int repeated;

    ReadingCheck(Criteria criteria, Instant at, Stations stations, Function<String, Optional<RainGauge>> gauges) {
        this.criteria = criteria;
        this.at = at;
        this.stations = stations;
        this.gauges = gauges;
    }

    Checked check(List<Reading> readings) {
        for (var row = 0; row < readings.size(); row++) {
            check(row, readings.get(row));
        }
        return new Checked(List.copyOf(accepted), repeated, List.copyOf(findings));
    }

    private void check(int row, Reading reading) {
        var station = stations.findStation(reading.station());
        if (station.isEmpty()) {
            refuse(row, "station", reading.station(), "a station of the register");
        } else if (!station.get().kind().equals(reading.quantity().word())) {
            refuse(
                    row,
                    "quantity",
                    reading.quantity().word(),
                    station.get().kind() + ", which is what station " + reading.station() + " measures");
        } else if (reading.observedAt().isAfter(at.plus(CLOCK_AHEAD_MAX))) {
            refuse(
                    row,
                    "observed_at",
                    reading.observedAt().toString(),
                    "at most 2 minutes after " + at + ", for station " + reading.station());
        } else if (!possible(reading)) {
            refuse(row, "value", text(reading), allowed(reading.quantity()) + ", for station " + reading.station());
        } else {
            keep(row, reading, station.get());
        }
    }

    private void keep(int row, Reading reading, StationRegistered station) {
        if (reading.quantity() != Quantity.RAIN) {
            accepted.add(reading);
            return;
        }
        var limit = grossLimit(station.intervalMin());
        if (reading.milli() > limit) {
            findings.add(new Finding(
                    row,
                    "value",
                    text(reading),
                    "at most " + text(limit) + " mm in " + station.intervalMin() + " min, for station "
                            + reading.station() + "; kept as suspect",
                    true));
            accepted.add(reading.asSuspect());
            return;
        }
        switch (fit(reading)) {
            case NEW, PAST -> accepted.add(reading);
            case REPEATED -> repeated++;
            case CONFLICTING -> {
                findings.add(new Finding(
                        row,
                        "value",
                        text(reading),
                        "the value already held for this minute, for station " + reading.station()
                                + "; the larger counts",
                        true));
                accepted.add(reading);
            }
        }
    }

    /** How it fits what is held, and what came earlier in this very arrival. */
    private RainGauge.Fit fit(Reading reading) {
        var minute = Monitor.endMinute(reading.observedAt());
        var earlier = seen.put(reading.station() + '@' + minute, reading.milli());
        if (earlier != null) {
            return earlier == reading.milli() ? RainGauge.Fit.REPEATED : RainGauge.Fit.CONFLICTING;
        }
        return gauges.apply(reading.station())
                .map(gauge -> gauge.fit(minute, reading.milli()))
                .orElse(RainGauge.Fit.NEW);
    }

    private void refuse(int row, String field, String value, String allowed) {
        findings.add(new Finding(row, field, value, allowed, false));
    }

    /** The largest rain of an interval; straight lines between the entries, the last one beyond them. */
    private long grossLimit(int intervalMin) {
        Criteria.GrossLimit below = new Criteria.GrossLimit(0, 0);
        for (var limit : criteria.gross()) {
            if (intervalMin <= limit.minutes()) {
                var share = (double) (intervalMin - below.minutes()) / (limit.minutes() - below.minutes());
                return Math.round(below.limitMilli() + share * (limit.limitMilli() - below.limitMilli()));
            }
            below = limit;
        }
        return below.limitMilli() == 0 ? RAIN_MILLI_MAX : below.limitMilli();
    }

    private static boolean possible(Reading reading) {
        return switch (reading.quantity()) {
            case RAIN -> reading.milli() >= 0 && reading.milli() <= RAIN_MILLI_MAX;
            case LEVEL -> Math.abs(reading.milli()) <= LEVEL_MILLI_MAX;
            case DEPTH -> reading.milli() >= 0 && reading.milli() <= DEPTH_MILLI_MAX;
        };
    }

    private static String allowed(Quantity quantity) {
        return switch (quantity) {
            case RAIN -> "0 to 500 mm";
            case LEVEL -> "-100 to 100 m";
            case DEPTH -> "0 to 20000 mm";
        };
    }

    private static String text(Reading reading) {
        return text(reading.milli());
    }

    private static String text(long milli) {
        return BigDecimal.valueOf(milli, 3).stripTrailingZeros().toPlainString();
    }
}
