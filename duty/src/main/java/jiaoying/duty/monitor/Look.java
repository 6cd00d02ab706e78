package jiaoying.duty.monitor;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import jiaoying.duty.measure.Check;
import jiaoying.duty.measure.Quantity;
import jiaoying.duty.measure.Reading;
import jiaoying.duty.monitor.MonitorFact.AreaLevelMoved;
import jiaoying.duty.monitor.MonitorFact.SuspectWouldRaise;
import jiaoying.duty.monitor.WaterCriteria.Base;

/** One look at the network for a minute, with readings that are not applied yet. */
final class Look {
    private static final int CONTINUE_WINDOW = 0;

    private final Monitor monitor;
    private final Instant at;
    private final long minute;
    private final Map<String, Map<Long, Long>> rain;
    private final Map<String, WaterGauge> water;

    Look(Monitor monitor, Instant at, long minute, Map<String, Map<Long, Long>> rain, Map<String, WaterGauge> water) {
        this.monitor = monitor;
        this.at = at;
        this.minute = minute;
        this.rain = rain;
        this.water = water;
    }

    /** The same look, had this reading counted. */
    Look with(Reading reading) {
        if (reading.quantity() == Quantity.RAIN) {
            var more = new HashMap<>(rain);
            var end = Monitor.endMinute(reading.observedAt());
            var own = new HashMap<>(rain.getOrDefault(reading.station(), Map.of()));
            own.merge(end, reading.milli(), Math::max);
            more.put(reading.station(), own);
            return new Look(monitor, at, Math.max(minute, Math.min(end, Monitor.endMinute(at))), more, water);
        }
        var more = new HashMap<>(water);
        var gauge = waterGauge(reading.station()).map(WaterGauge::copy).orElseGet(WaterGauge::new);
        gauge.accept(Monitor.second(reading.observedAt()), reading.milli());
        more.put(reading.station(), gauge);
        return new Look(monitor, at, minute, rain, more);
    }

    /** How the level of an area moves, or what a person must be asked about it. */
    List<MonitorFact> area(Criteria criteria, String area) {
        return switch (criteria) {
            case RainCriteria of -> rain(of, area);
            case WaterCriteria of -> water(of, area);
        };
    }

    /** The highest level whose raising condition is met now. */
    SignalColor raised(Criteria criteria, String area) {
        return switch (criteria) {
            case RainCriteria of -> {
                var heard = heard(monitor.members(of, area));
                yield heard.isEmpty() ? SignalColor.NONE : highest(of, sums(of, heard), 100);
            }
            case WaterCriteria of -> highest(of, stands(of, area, true), 0);
        };
    }

    private List<MonitorFact> rain(RainCriteria criteria, String area) {
        var heard = heard(monitor.members(criteria, area));
        if (heard.isEmpty()) {
            return List.of();
        }
        var sums = sums(criteria, heard);
        var raised = highest(criteria, sums, 100);
        var before = monitor.level(criteria.hazard(), area);
        var facts = new ArrayList<MonitorFact>();
        if (heard.size() == 1 && raised.above(before.level()) && isOutlier(heard.getFirst())) {
            ask(criteria.hazard(), area, raised, heard.getFirst()).ifPresent(facts::add);
            raised = before.level();
        }
        var kept = atLeast(raised, highest(criteria, sums, criteria.keepPercent()));
        if (before.level().above(kept)) {
            var known = known(criteria, area);
            kept = atLeast(kept, highest(criteria, sums(criteria, heard, known), criteria.keepPercent()));
        }
        var after = before.next(raised, kept, at, criteria.hold());
        if (!after.equals(before)) {
            facts.add(new AreaLevelMoved(
                    criteria.hazard(), area, before, after, heard.size() == 1, basis(criteria, heard, after.level())));
        }
        return facts;
    }

    /** One question for a place and colour until the level moves; asked again when the window has gone past it unanswered. */
    private Optional<SuspectWouldRaise> ask(String hazard, String area, SignalColor color, String station) {
        var window = Duration.ofHours(monitor.quality.outlier().windowH());
        return monitor.asked(hazard, area)
                        .filter(open -> !color.above(open.color()))
                        .filter(open -> open.observedAt().plus(window).isAfter(at))
                        .isPresent()
                ? Optional.empty()
                : Optional.of(new SuspectWouldRaise(
                        hazard, area, color, station, Instant.ofEpochSecond(minute * 60), Check.WET_OUTLIER));
    }

    /** Far wetter than every one of its neighbours, and no officer has said that this is true. */
    private boolean isOutlier(String station) {
        return monitor.state(station, Check.WET_OUTLIER).orElse(true)
                && outlier(station).isPresent();
    }

    /** The wettest neighbour of a gauge that is far wetter than all of them. */
    Optional<Long> outlier(String station) {
        var limits = monitor.quality.outlier();
        var window = RainGauge.windowIndex(Duration.ofHours(limits.windowH()));
        var own = sum(station, window);
        if (own <= limits.aboveMilli()) {
            return Optional.empty();
        }
        var near = neighbours(station);
        var wettest = near.stream().mapToLong(other -> sum(other, window)).max().orElse(0);
        return near.isEmpty() || own <= limits.factor() * wettest ? Optional.empty() : Optional.of(wettest);
    }

    /** The nearest gauges that are heard; none when fewer are within reach than the checks ask for. */
    List<String> neighbours(String station) {
        var of = monitor.quality.neighbours();
        var near = monitor.network.near(station, of.count(), of.withinKm(), this::isTold);
        return near.size() < of.count() ? List.of() : near;
    }

    private boolean continues(RainCriteria criteria, List<String> heard) {
        var wettest = 0L;
        for (var station : heard) {
            wettest = Math.max(wettest, sum(station, CONTINUE_WINDOW));
        }
        return wettest >= criteria.continueMilli();
    }

    private List<String> heard(List<String> members) {
        var heard = new ArrayList<String>(members.size());
        for (var station : members) {
            if (isHeard(station)) {
                heard.add(station);
            }
        }
        return heard;
    }

    private boolean isHeard(String station) {
        return isTold(station) && !monitor.isSilenced(station);
    }

    /** Whether it has reported lately. */
    boolean isTold(String station) {
        if (rain.containsKey(station)) {
            return true;
        }
        var gauge = monitor.gauges.get(station);
        return gauge != null && minute - gauge.latest() <= monitor.silentMinutes(station);
    }

    /** Every gauge that has told anything: what fell before a gauge went silent still keeps a level. */
    private List<String> known(RainCriteria criteria, String area) {
        return monitor.members(criteria, area).stream()
                .filter(station -> monitor.gauges.containsKey(station) || rain.containsKey(station))
                .toList();
    }

    private static SignalColor atLeast(SignalColor... colors) {
        return Arrays.stream(colors).max(Comparator.naturalOrder()).orElse(SignalColor.NONE);
    }

    /** @param sums what counts for each rule, thousandths of a millimetre; empty when it does not go on raining */
    private static SignalColor highest(RainCriteria criteria, long[] sums, int percent) {
        var best = SignalColor.NONE;
        for (var r = 0; r < sums.length; r++) {
            var rule = criteria.rules().get(r);
            if (rule.color().above(best) && sums[r] * 100 >= rule.sumMilli() * percent) {
                best = rule.color();
            }
        }
        return best;
    }

    private long[] sums(RainCriteria criteria, List<String> heard) {
        return sums(criteria, heard, heard);
    }

    /** What counts for each rule among some gauges; nothing when those that are heard say that it does not go on raining. */
    private long[] sums(RainCriteria criteria, List<String> heard, List<String> among) {
        if (!continues(criteria, heard)) {
            return new long[0];
        }
        var rules = criteria.rules();
        var sums = new long[rules.size()];
        for (var r = 0; r < sums.length; r++) {
            sums[r] = secondWettest(
                    among, RainGauge.windowIndex(Duration.ofHours(rules.get(r).windowH())));
        }
        return sums;
    }

    /** Of the only gauge, when there is one. */
    private long secondWettest(List<String> among, int window) {
        var first = -1L;
        var second = -1L;
        for (var station : among) {
            var sum = sum(station, window);
            second = Math.max(second, Math.min(first, sum));
            first = Math.max(first, sum);
        }
        return second < 0 ? first : second;
    }

    private List<Basis> basis(RainCriteria criteria, List<String> heard, SignalColor level) {
        return criteria.rules().stream()
                .filter(rule -> rule.color() == level)
                .flatMap(rule -> wettest(heard, rule).stream())
                .toList();
    }

    /** The wettest gauge and the second-wettest, or the only one. */
    private List<Basis> wettest(List<String> heard, RainCriteria.Rule rule) {
        var window = RainGauge.windowIndex(Duration.ofHours(rule.windowH()));
        Basis first = null;
        Basis second = null;
        for (var station : heard) {
            var basis = new Basis(
                    station, Quantity.RAIN, rule.windowH(), sum(station, window), Instant.ofEpochSecond(minute * 60));
            if (first == null || basis.sumMilli() > first.sumMilli()) {
                second = first;
                first = basis;
            } else if (second == null || basis.sumMilli() > second.sumMilli()) {
                second = basis;
            }
        }
        return first == null ? List.of() : second == null ? List.of(first) : List.of(first, second);
    }

    /** Rain of a gauge over a window that ends with this look's minute. */
    long sum(String station, int window) {
        var gauge = monitor.gauges.get(station);
        var more = rain.isEmpty() ? Map.<Long, Long>of() : rain.getOrDefault(station, Map.of());
        if (gauge == null) {
            var fresh = new RainGauge(minute);
            return more.entrySet().stream()
                    .mapToLong(e -> fresh.gain(window, minute, e.getKey(), e.getValue()))
                    .sum();
        }
        var sum = gauge.sumAt(window, Math.max(minute, gauge.end()));
        if (!more.isEmpty()) {
            for (var reading : more.entrySet()) {
                sum += gauge.gain(window, minute, reading.getKey(), reading.getValue());
            }
        }
        return sum;
    }

    private Optional<WaterGauge> waterGauge(String station) {
        return Optional.ofNullable(water.get(station)).or(() -> monitor.water(station));
    }

    private List<MonitorFact> water(WaterCriteria criteria, String area) {
        var heard = stands(criteria, area, true);
        if (heard.isEmpty()) {
            return List.of();
        }
        var raised = highest(criteria, heard, 0);
        var kept = atLeast(raised, highest(criteria, stands(criteria, area, false), criteria.keepMilli()));
        var before = monitor.level(criteria.hazard(), area);
        var after = before.next(raised, kept, at, criteria.hold());
        return after.equals(before)
                ? List.of()
                : List.of(new AreaLevelMoved(
                        criteria.hazard(),
                        area,
                        before,
                        after,
                        heard.size() == 1,
                        basis(criteria, heard, after.level())));
    }

    /** What stands at the stations of an area. @param heard true: only at those that are heard and not doubted */
    private Map<String, WaterGauge.Stand> stands(WaterCriteria criteria, String area, boolean heard) {
        var stands = new TreeMap<String, WaterGauge.Stand>();
        for (var station : monitor.members(criteria, area)) {
            if (heard && monitor.isSilenced(station)) {
                continue;
            }
            var span = heard ? Duration.ofMinutes(monitor.silentMinutes(station)) : ReadingCheck.MEMORY;
            waterGauge(station)
                    .flatMap(gauge ->
                            gauge.stand(Monitor.second(at.minus(span)) - 1, monitor.water(criteria.quantity())))
                    .ifPresent(stand -> stands.put(station, stand));
        }
        return stands;
    }

    /** @param keep by how much a threshold may be missed */
    private SignalColor highest(WaterCriteria criteria, Map<String, WaterGauge.Stand> stands, long keep) {
        var best = SignalColor.NONE;
        for (var stand : stands.entrySet()) {
            for (var rule : criteria.rules()) {
                if (rule.color().above(best)
                        && reaches(stand.getKey(), stand.getValue(), rule.base(), rule.offsetMilli() - keep)) {
                    best = rule.color();
                }
            }
            for (var rise : criteria.rises()) {
                if (rise.color().above(best) && rises(criteria, stand.getKey(), stand.getValue(), rise)) {
                    best = rise.color();
                }
            }
        }
        return best;
    }

    /** Compared to the centimetre, which is what a staff gauge tells. */
    private boolean reaches(String station, WaterGauge.Stand stand, Base base, long offsetMilli) {
        return base(station, base)
                .filter(zero -> round(stand.milli(), base) >= round(zero + offsetMilli, base))
                .isPresent();
    }

    private static long round(long milli, Base base) {
        var centimetre = base == Base.GROUND ? 10_000 : 10;
        return Math.floorDiv(milli + centimetre / 2, (long) centimetre);
    }

    private boolean rises(WaterCriteria criteria, String station, WaterGauge.Stand stand, WaterCriteria.Rise rise) {
        return reaches(station, stand, rise.base(), rise.offsetMilli())
                && risen(criteria, station, stand, rise) >= rise.riseMilli();
    }

    private long risen(WaterCriteria criteria, String station, WaterGauge.Stand stand, WaterCriteria.Rise rise) {
        return waterGauge(station)
                .map(gauge -> gauge.rise(stand, 60L * rise.withinMin(), monitor.water(criteria.quantity())))
                .orElse(0L);
    }

    private Optional<Long> base(String station, Base base) {
        var set = Optional.ofNullable(monitor.thresholds.get(station));
        return switch (base) {
            case GROUND -> Optional.of(0L);
            case WARNING -> set.map(thresholds -> thresholds.warningMilli());
            case GUARANTEED -> set.map(thresholds -> thresholds.guaranteedMilli());
        };
    }

    /** The stations behind a level; when it only falls slowly, the highest one. */
    private List<Basis> basis(WaterCriteria criteria, Map<String, WaterGauge.Stand> heard, SignalColor level) {
        var basis = new ArrayList<Basis>();
        heard.forEach((station, stand) -> {
            if (criteria.rules().stream()
                    .anyMatch(rule ->
                            rule.color() == level && reaches(station, stand, rule.base(), rule.offsetMilli()))) {
                basis.add(new Basis(station, criteria.quantity(), 0, stand.milli(), stand.at()));
            }
            criteria.rises().stream()
                    .filter(rise -> rise.color() == level && rises(criteria, station, stand, rise))
                    .forEach(rise -> basis.add(new Basis(
                            station,
                            criteria.quantity(),
                            1,
                            risen(criteria, station, stand, rise) * 60 / rise.withinMin(),
                            stand.at())));
        });
        return List.copyOf(basis);
    }
}
