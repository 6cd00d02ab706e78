package jiaoying.server.door.sl651;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import jiaoying.duty.measure.Check;
import jiaoying.duty.measure.Finding;
import jiaoying.duty.measure.Quantity;
import jiaoying.duty.measure.Sentence;
import jiaoying.wire.sl651.ElementId;
import jiaoying.wire.sl651.Reading;
import jiaoying.wire.sl651.Value;

/**
 * The standard's words to ours (要素映射): which element of SL 651-2014, table C.1, is which quantity.
 *
 * <p>Only one element of a frame carries the rain of a station, else it would be counted twice: the one set for the station;
 * else the one whose minutes are the station's interval in the register; else the five-minute ones. What fell in a longer
 * time is not split. A station of the register measures one thing; a telemetry station that measures several has one for
 * each behind its address.
 */
final class ElementMap {
    /** SL 651 speaks Beijing time, whatever the zone of the machine. */
    static final ZoneOffset BEIJING = ZoneOffset.ofHours(8);

    /** Rain of an interval by its minutes, the finest first among equals. */
    private static final Map<String, Integer> RAIN_MINUTES = new LinkedHashMap<>();

    static {
        RAIN_MINUTES.put("DRP", 5);
        RAIN_MINUTES.put("PN05", 5);
        RAIN_MINUTES.put("PN01", 1);
        RAIN_MINUTES.put("PN10", 10);
        RAIN_MINUTES.put("PN30", 30);
        RAIN_MINUTES.put("P1", 60);
        RAIN_MINUTES.put("P2", 120);
        RAIN_MINUTES.put("P3", 180);
        RAIN_MINUTES.put("P6", 360);
        RAIN_MINUTES.put("P12", 720);
    }

    private static final int MINUTES_USUAL = 5;
    static final String LEVEL = "Z";
    /**
     * The running total: where it is set for the station, and of stations that send nothing else of their rain; it counts
     * again what intervals have counted, so that a station of which one interval was ever heard has it no more.
     */
    static final String TOTAL = "PT";

    static final String VOLTAGE = "VT";
    static final String STATUS = "ZT";
    private static final BigDecimal LARGEST = new BigDecimal("1000000000");

    private final StationSettings settings;
    /** Stations of the register of which an interval of rain was heard. */
    private final Set<String> withIntervals = ConcurrentHashMap.newKeySet();

    ElementMap(StationSettings settings) {
        this.settings = settings;
    }

    /**
     * What a message says of one station.
     *
     * @param missing values that the station itself says it does not have
     * @param left values that are kept nowhere: their element is no quantity of ours, or says again what another says
     */
    record Mapped(
            List<jiaoying.duty.measure.Reading> readings,
            List<Finding> findings,
            int missing,
            int left,
            Optional<BigDecimal> voltage) {}

    /** @param values of this station only, in the order of the frame */
    Mapped map(KnownStation station, List<Reading> values) {
        var readings = new ArrayList<jiaoying.duty.measure.Reading>();
        var findings = new ArrayList<Finding>();
        var rain = rainElement(station, values);
        var missing = 0;
        var left = 0;
        Optional<BigDecimal> voltage = Optional.empty();
        for (var i = 0; i < values.size(); i++) {
            var value = values.get(i);
            var quantity = quantity(station, value.element(), rain);
            switch (value.value()) {
                case Value.Measured(var number) when number(value.element(), VOLTAGE) -> voltage = Optional.of(number);
                case Value.Measured(var number)
                when quantity.isPresent() -> {
                    if (settings.fillers().contains(number.toPlainString())) {
                        missing++;
                    } else {
                        keep(i, station, quantity.get(), number, value, readings, findings);
                    }
                }
                case Value.Missing _ when quantity.isPresent() -> missing++;
                case Value.Invalid(var octets)
                when quantity.isPresent() ->
                    findings.add(finding(i, station, value.element(), octets.hex(), Sentence.of("sl651-digits")));
                case Value.Measured _, Value.Missing _, Value.Invalid _, Value.Binary _ -> left++;
            }
        }
        return new Mapped(List.copyOf(readings), List.copyOf(findings), missing, left, voltage);
    }

    private static void keep(
            int row,
            KnownStation station,
            Quantity quantity,
            BigDecimal number,
            Reading value,
            List<jiaoying.duty.measure.Reading> readings,
            List<Finding> findings) {
        if (value.observedAt().isEmpty()) {
            findings.add(finding(row, station, value.element(), number.toPlainString(), Sentence.of("sl651-time")));
            return;
        }
        var ours = quantity == Quantity.DEPTH ? number.movePointRight(3) : number;
        if (ours.abs().compareTo(LARGEST) >= 0) {
            findings.add(finding(
                    row,
                    station,
                    value.element(),
                    number.toPlainString(),
                    Sentence.of("decimal-below", LARGEST.toPlainString())));
            return;
        }
        var milli = ours.movePointRight(3).setScale(0, RoundingMode.HALF_UP).longValueExact();
        var at = value.observedAt().map(ElementMap::instant).orElseThrow();
        readings.add(new jiaoying.duty.measure.Reading(station.station(), quantity, milli, at, false));
    }

    private static java.time.Instant instant(LocalDateTime time) {
        return time.toInstant(BEIJING);
    }

    private static Finding finding(int row, KnownStation station, ElementId element, String value, Sentence allowed) {
        return new Finding(row, Check.FORM, station.station(), element.toString(), value, allowed, false);
    }

    private static boolean number(ElementId element, String symbol) {
        return element.symbol().filter(symbol::equals).isPresent();
    }

    private static Optional<Quantity> quantity(KnownStation station, ElementId element, Optional<String> rain) {
        if (element.symbol().isEmpty()) {
            return Optional.empty();
        }
        var symbol = element.symbol().get();
        var measuresRain = station.kind().equals(Quantity.RAIN.word());
        if (measuresRain && rain.filter(symbol::equals).isPresent()) {
            return Optional.of(symbol.equals(TOTAL) ? Quantity.RAIN_TOTAL : Quantity.RAIN);
        }
        if (!measuresRain && symbol.equals(LEVEL)) {
            return Optional.of(station.kind().equals("depth") ? Quantity.DEPTH : Quantity.LEVEL);
        }
        return Optional.empty();
    }

    /** The element whose values are the rain; empty when the frame has none that can be used. */
    private Optional<String> rainElement(KnownStation station, List<Reading> values) {
        var sent = values.stream().flatMap(it -> it.element().symbol().stream()).toList();
        var set = Optional.ofNullable(settings.rain().get(station.station()));
        if (set.isPresent()) {
            return set.filter(sent::contains);
        }
        if (RAIN_MINUTES.keySet().stream().anyMatch(sent::contains)) {
            withIntervals.add(station.station());
        }
        return withMinutes(station.intervalMin(), sent)
                .or(() -> withMinutes(MINUTES_USUAL, sent))
                .or(() -> Optional.of(TOTAL).filter(it -> sent.contains(it) && isOnlyTotal(station)));
    }

    private boolean isOnlyTotal(KnownStation station) {
        return !withIntervals.contains(station.station());
    }

    private static Optional<String> withMinutes(int minutes, List<String> sent) {
        return RAIN_MINUTES.entrySet().stream()
                .filter(row -> row.getValue() == minutes && sent.contains(row.getKey()))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
