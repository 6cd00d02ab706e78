package jiaoying.duty.monitor;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import jiaoying.duty.measure.Check;
import jiaoying.duty.measure.Finding;
import jiaoying.duty.measure.Quantity;
import jiaoying.duty.measure.Reading;
import jiaoying.duty.measure.Sentence;
import jiaoying.duty.station.StationFact.StationRegistered;
import jiaoying.duty.station.Stations;

/**
 * The checks of one arrival's readings, one after the other: register, clock, possible values, then by quantity. A bad row
 * never costs a good one, and a suspect one is kept. Rows of a station are looked at by the time of their observation, so
 * that their order in the message cannot matter.
 */
final class ReadingCheck {
    /** A station's clock may run ahead by this much. */
    private static final Duration CLOCK_AHEAD_MAX = Duration.ofMinutes(2);

    /** No interval of a gauge has ever brought more; a larger value is not rain. */
    private static final long RAIN_MILLI_MAX = 500_000;

    private static final long LEVEL_MILLI_MAX = 100_000;
    private static final long DEPTH_MILLI_MAX = 20_000_000;
    private static final long TOTAL_MILLI_MAX = 100_000_000;

    /** What is older than this says nothing about a reading of today. */
    static final Duration MEMORY = Duration.ofHours(24);

    private final Quality quality;
    private final Instant at;
    private final Instant lateBefore;
    private final Instant since;
    private final Stations stations;
    private final Monitor monitor;
    private final List<Kept> kept = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private final Set<String> late = new HashSet<>();
    private final TreeSet<String> fast = new TreeSet<>();
    private final Map<String, WaterGauge> water = new HashMap<>();
    private final Map<String, Total> totals = new HashMap<>();
    private final Map<String, TreeMap<Long, Long>> earlier = new HashMap<>();
    private boolean several;
    private int repeated;

    private record Kept(int row, Reading reading, Optional<Check> flag) {}

    /** A cumulative register as it stood. */
    record Total(Instant at, long milli) {}

    ReadingCheck(Quality quality, Instant at, Stations stations, Monitor monitor) {
        this.quality = quality;
        this.at = at;
        this.lateBefore = at.minus(quality.lateAfter());
        this.since = at.minus(MEMORY);
        this.stations = stations;
        this.monitor = monitor;
    }

    Checked check(List<Reading> readings) {
        order(readings).forEach(row -> check(row, readings.get(row)));
        if (several) {
            kept.sort(Comparator.comparingInt(Kept::row));
            findings.sort(Comparator.comparingInt(Finding::row));
        }
        var flags = new TreeMap<Integer, Check>();
        for (var i = 0; i < kept.size(); i++) {
            var place = i;
            kept.get(i).flag().ifPresent(check -> flags.put(place, check));
        }
        return new Checked(kept.stream().map(Kept::reading).toList(), repeated, List.copyOf(findings), flags, fast);
    }

    private IntStream order(List<Reading> readings) {
        var seen = new HashSet<String>(readings.size() * 2);
        for (var reading : readings) {
            several |= !seen.add(reading.station());
        }
        var rows = IntStream.range(0, readings.size());
        return several
                ? rows.boxed()
                        .sorted(Comparator.comparing(
                                        (Integer row) -> readings.get(row).observedAt())
                                .thenComparing(row -> readings.get(row).milli()))
                        .mapToInt(Integer::intValue)
                : rows;
    }

    private void check(int row, Reading reading) {
        var station = stations.findStation(reading.station());
        if (station.isEmpty()) {
            refuse(row, Check.FORM, reading, "station", reading.station(), Sentence.of("registered-station"));
        } else if (!measures(station.get(), reading.quantity())) {
            refuse(
                    row,
                    Check.FORM,
                    reading,
                    "quantity",
                    reading.quantity().word(),
                    Sentence.of("measured-there", station.get().kind()));
        } else if (reading.observedAt().isAfter(at.plus(CLOCK_AHEAD_MAX))) {
            fast.add(reading.station());
            refuse(
                    row,
                    Check.CLOCK,
                    reading,
                    "observed_at",
                    reading.observedAt().toString(),
                    Sentence.of("clock-ahead", CLOCK_AHEAD_MAX.toMinutes(), at));
        } else if (!possible(reading)) {
            refuse(row, Check.RANGE, reading, "value", text(reading.milli()), allowed(reading.quantity()));
        } else {
            late(row, reading);
            switch (reading.quantity()) {
                case RAIN -> rain(row, reading, station.get().intervalMin());
                case LEVEL -> water(row, reading, quality.level());
                case DEPTH -> water(row, reading, quality.depth());
                case RAIN_TOTAL -> total(row, reading);
            }
        }
    }

    private static boolean measures(StationRegistered station, Quantity quantity) {
        var measured = quantity == Quantity.RAIN_TOTAL ? Quantity.RAIN : quantity;
        return station.kind().equals(measured.word());
    }

    /** One finding for each station and arrival; it counts all the same. */
    private void late(int row, Reading reading) {
        if (reading.observedAt().isBefore(lateBefore) && late.add(reading.station())) {
            find(
                    row,
                    Check.LATE,
                    reading,
                    "observed_at",
                    reading.observedAt().toString(),
                    Sentence.of("late", quality.lateAfter().toMinutes(), at));
        }
    }

    /** @param minutes in which it fell */
    private void rain(int row, Reading reading, int minutes) {
        var limit = grossLimit(minutes);
        if (reading.milli() > limit) {
            suspect(row, reading, Check.GROSS, Sentence.of("gross", text(limit), minutes));
            return;
        }
        if (reading.milli() > quality.dumpMilli() && isFirstAfterGap(reading, minutes)) {
            suspect(row, reading, Check.DUMP, Sentence.of("dump", text(quality.dumpMilli())));
            return;
        }
        switch (fit(reading)) {
            case NEW, PAST -> keep(row, reading);
            case REPEATED -> repeated++;
            case CONFLICTING -> {
                conflict(row, reading);
                keep(row, reading);
            }
        }
    }

    private void conflict(int row, Reading reading) {
        find(row, Check.CONFLICT, reading, "value", text(reading.milli()), Sentence.of("conflict"));
    }

    private boolean isFirstAfterGap(Reading reading, int minutes) {
        if (earlier.containsKey(reading.station())) {
            return false;
        }
        return monitor.lastObserved(reading.station())
                .filter(last ->
                        Duration.between(last, reading.observedAt()).compareTo(quality.silentAfter(minutes)) > 0)
                .isPresent();
    }

    /** How it fits what is held, and what came earlier in this very arrival. */
    private RainGauge.Fit fit(Reading reading) {
        var minute = Monitor.endMinute(reading.observedAt());
        if (several) {
            var before = earlier.computeIfAbsent(reading.station(), s -> new TreeMap<>())
                    .put(minute, reading.milli());
            if (before != null) {
                return before == reading.milli() ? RainGauge.Fit.REPEATED : RainGauge.Fit.CONFLICTING;
            }
        }
        return monitor.gauge(reading.station())
                .map(gauge -> gauge.fit(minute, reading.milli()))
                .orElse(RainGauge.Fit.NEW);
    }

    private void water(int row, Reading reading, Quality.Water limits) {
        var gauge = water.computeIfAbsent(
                reading.station(),
                station -> monitor.water(station).map(WaterGauge::copy).orElseGet(WaterGauge::new));
        var second = Monitor.second(reading.observedAt());
        switch (gauge.fit(second, reading.milli())) {
            case REPEATED -> {
                repeated++;
                return;
            }
            case CONFLICTING -> conflict(row, reading);
            case NEW, PAST -> {}
        }
        var range = range(reading, limits.gross());
        if (range.filter(it -> !it.holds(reading.milli())).isPresent()) {
            gauge.keep(second, reading.milli(), true);
            var unit = reading.quantity().unit();
            suspect(
                    row,
                    reading,
                    Check.GROSS,
                    Sentence.of(
                            "gross-water",
                            text(range.get().from()),
                            text(range.get().to()),
                            unit));
            return;
        }
        var isTooFast = gauge.isTooFast(Monitor.second(since), second, reading.milli(), limits);
        gauge.keep(second, reading.milli(), isTooFast);
        if (isTooFast) {
            suspect(
                    row,
                    reading,
                    Check.RATE,
                    Sentence.of(
                            "rate", text(limits.rateMilli()), reading.quantity().unit()));
            return;
        }
        gauge.spikeBefore(second, limits)
                .ifPresent(spike -> find(
                        row,
                        Check.SPIKE,
                        reading,
                        "value",
                        text(spike.milli()),
                        Sentence.of(
                                "spike",
                                text(limits.spikeMilli()),
                                reading.quantity().unit(),
                                spike.at())));
        keep(row, reading);
    }

    private record Range(long from, long to) {
        boolean holds(long milli) {
            return from <= milli && milli <= to;
        }
    }

    /** What can stand at a station at all; empty for a level whose thresholds nobody has given. */
    private Optional<Range> range(Reading reading, Quality.Gross gross) {
        return reading.quantity() == Quantity.DEPTH
                ? Optional.of(new Range(0, gross.aboveMilli()))
                : Optional.ofNullable(monitor.thresholds.get(reading.station()))
                        .map(set -> new Range(
                                set.warningMilli() - gross.belowMilli(), set.guaranteedMilli() + gross.aboveMilli()));
    }

    /** The register itself is kept, and the rain since the one before it. */
    private void total(int row, Reading reading) {
        var base = Optional.ofNullable(totals.get(reading.station()))
                .or(() -> monitor.total(reading.station()))
                .filter(total -> total.at().isAfter(since));
        if (base.filter(total -> total.at().equals(reading.observedAt()) && total.milli() == reading.milli())
                .isPresent()) {
            repeated++;
            return;
        }
        keep(row, reading);
        if (base.filter(total -> !reading.observedAt().isAfter(total.at())).isPresent()) {
            return; // the rain until the later total has been counted already
        }
        totals.put(reading.station(), new Total(reading.observedAt(), reading.milli()));
        base.ifPresent(total -> {
            var minutes = Math.max(
                    1,
                    Math.ceilDiv(
                            Duration.between(total.at(), reading.observedAt()).toSeconds(), 60));
            var rain = new Reading(
                    reading.station(), Quantity.RAIN, fell(row, reading, total), reading.observedAt(), false);
            rain(row, rain, Math.toIntExact(minutes));
        });
    }

    /** The rain between two totals, also when the register began anew or passed its end between them. */
    private long fell(int row, Reading reading, Total before) {
        if (reading.milli() >= before.milli()) {
            return reading.milli() - before.milli();
        }
        var end = quality.wrapsMilli().stream()
                .filter(wrap -> wrap > before.milli())
                .findFirst()
                .filter(wrap -> before.milli() * 10 >= wrap * 9 && reading.milli() * 10 <= wrap);
        find(
                row,
                Check.COUNTER,
                reading,
                "value",
                text(reading.milli()),
                end.map(wrap -> Sentence.of("counter-passed", text(before.milli()), text(wrap)))
                        .orElseGet(() -> Sentence.of("counter-anew", text(before.milli()))));
        return end.map(wrap -> wrap - before.milli() + reading.milli()).orElse(reading.milli());
    }

    private void keep(int row, Reading reading) {
        kept.add(new Kept(row, reading, Optional.empty()));
    }

    private void suspect(int row, Reading reading, Check check, Sentence allowed) {
        find(row, check, reading, "value", text(reading.milli()), allowed);
        kept.add(new Kept(row, reading.asSuspect(), Optional.of(check)));
    }

    private void find(int row, Check check, Reading reading, String field, String value, Sentence allowed) {
        findings.add(new Finding(row, check, reading.station(), field, value, allowed, true));
    }

    private void refuse(int row, Check check, Reading reading, String field, String value, Sentence allowed) {
        findings.add(new Finding(row, check, reading.station(), field, value, allowed, false));
    }

    /** The largest rain of an interval; straight lines between the entries, the last one beyond them. */
    private long grossLimit(int intervalMin) {
        var below = new Quality.GrossLimit(0, 0);
        for (var limit : quality.gross()) {
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
            case RAIN_TOTAL -> reading.milli() >= 0 && reading.milli() <= TOTAL_MILLI_MAX;
        };
    }

    private static Sentence allowed(Quantity quantity) {
        return switch (quantity) {
            case RAIN -> between(0, RAIN_MILLI_MAX, quantity);
            case LEVEL -> between(-LEVEL_MILLI_MAX, LEVEL_MILLI_MAX, quantity);
            case DEPTH -> between(0, DEPTH_MILLI_MAX, quantity);
            case RAIN_TOTAL -> between(0, TOTAL_MILLI_MAX, quantity);
        };
    }

    private static Sentence between(long fromMilli, long toMilli, Quantity quantity) {
        return Sentence.of("between", text(fromMilli), text(toMilli), quantity.unit());
    }

    static String text(long milli) {
        return BigDecimal.valueOf(milli, 3).stripTrailingZeros().toPlainString();
    }
}
