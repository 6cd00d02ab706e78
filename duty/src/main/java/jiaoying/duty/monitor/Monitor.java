package jiaoying.duty.monitor;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import jiaoying.duty.measure.Quantity;
import jiaoying.duty.measure.Reading;
import jiaoying.duty.monitor.Criteria.Rule;
import jiaoying.duty.monitor.MonitorFact.AreaLevelMoved;
import jiaoying.duty.monitor.MonitorFact.ReadingsQuestioned;
import jiaoying.duty.monitor.MonitorFact.StationFellSilent;
import jiaoying.duty.monitor.MonitorFact.StationHeardAgain;
import jiaoying.duty.roster.Roster;
import jiaoying.duty.station.StationFact.StationRegistered;
import jiaoying.duty.station.Stations;

/**
 * Rain gauges over sliding windows and the level of each area.
 *
 * <p>An area's value for a window is the second-wettest of its gauges that are heard (the only one if one, flagged). Levels
 * are looked at for the latest minute of which the network has told, so that a report on its way does not look like dry
 * weather; when nothing has come for the silence span, for the present minute. An area without any gauge heard keeps its
 * level: silence is not calm.
 */
public final class Monitor {
    private static final int CONTINUE_WINDOW = 0;

    private final Criteria criteria;
    private final Map<String, RainGauge> gauges = new HashMap<>();
    private final Map<String, Instant> lastObserved = new HashMap<>();
    private final Map<String, Instant> registeredAt = new TreeMap<>();
    private final Map<String, List<String>> gaugesOfArea = new TreeMap<>();
    private final Set<String> silent = new TreeSet<>();
    private final Map<String, LevelTracker> levels = new TreeMap<>();
    private final Map<String, AreaLevelMoved> lastMove = new HashMap<>();
    private long latestMinute;

    public Monitor(Criteria criteria) {
        this.criteria = criteria;
    }

    public LevelTracker level(String area) {
        return levels.getOrDefault(area, LevelTracker.CALM);
    }

    public Optional<AreaLevelMoved> lastMove(String area) {
        return Optional.ofNullable(lastMove.get(area));
    }

    public boolean isSilent(String station) {
        return silent.contains(station);
    }

    public Optional<Instant> lastObserved(String station) {
        return Optional.ofNullable(lastObserved.get(station));
    }

    /** Puts a station under watch. @param area the area whose warnings it drives, or empty */
    public void watch(Instant at, StationRegistered station, String area) {
        registeredAt.put(station.station(), at);
        gaugesOfArea.values().forEach(gauges -> gauges.remove(station.station()));
        if (station.kind().equals(Quantity.RAIN.word()) && !area.isEmpty()) {
            var members = gaugesOfArea.computeIfAbsent(area, a -> new ArrayList<>());
            members.add(station.station());
            members.sort(Comparator.naturalOrder());
        }
    }

    /** Checks readings one by one against the register, the clock and what is possible. */
    public Checked check(Instant at, List<Reading> readings, Stations stations) {
        return new ReadingCheck(criteria, at, stations, this::gauge).check(readings);
    }

    /** What the readings of an arrival change: stations heard again and levels of their areas. */
    public List<MonitorFact> hear(
            Instant at, List<Reading> accepted, Stations stations, Roster roster, Predicate<String> decides) {
        var facts = new ArrayList<MonitorFact>();
        var pending = new HashMap<String, Map<Long, Long>>();
        var areas = new TreeSet<String>();
        var minute = latestMinute;
        for (var reading : accepted) {
            if (silent.contains(reading.station())
                    && facts.stream().noneMatch(new StationHeardAgain(reading.station())::equals)) {
                facts.add(new StationHeardAgain(reading.station()));
            }
            if (reading.quantity() != Quantity.RAIN || reading.suspect()) {
                continue;
            }
            var end = endMinute(reading.observedAt());
            minute = Math.max(minute, Math.min(end, endMinute(at)));
            pending.computeIfAbsent(reading.station(), s -> new HashMap<>()).merge(end, reading.milli(), Math::max);
            stations.findStation(reading.station())
                    .map(s -> roster.warningArea(s.area()))
                    .ifPresent(areas::add);
        }
        var look = new Look(minute, pending);
        areas.stream()
                .filter(gaugesOfArea::containsKey)
                .filter(decides)
                .forEach(area -> look.area(at, area).ifPresent(facts::add));
        return facts;
    }

    /** What a minute that is over changes: stations that fell silent, levels that slide out of their windows. */
    public List<MonitorFact> minute(Instant at, Predicate<String> decides) {
        var facts = new ArrayList<MonitorFact>();
        registeredAt.forEach((station, since) -> {
            var last = lastObserved.getOrDefault(station, since);
            if (!silent.contains(station) && Duration.between(last, at).compareTo(criteria.silentAfter()) > 0) {
                facts.add(new StationFellSilent(station, last));
            }
        });
        var look = new Look(lookMinute(at), Map.of());
        gaugesOfArea.keySet().stream()
                .filter(decides)
                .forEach(area -> look.area(at, area).ifPresent(facts::add));
        return facts;
    }

    public void apply(MonitorFact fact) {
        switch (fact) {
            case ReadingsQuestioned questioned -> {}
            case AreaLevelMoved moved -> {
                levels.put(moved.area(), moved.to());
                lastMove.put(moved.area(), moved);
            }
            case StationFellSilent fell -> {
                silent.add(fell.station());
                if (fell.lastObservedAt().isAfter(registeredAt.getOrDefault(fell.station(), Instant.EPOCH))) {
                    lastObserved.putIfAbsent(fell.station(), fell.lastObservedAt());
                }
            }
            case StationHeardAgain heard -> silent.remove(heard.station());
        }
    }

    /** Keeps readings of the journal. */
    public void apply(Instant at, List<Reading> journal) {
        for (var reading : journal) {
            lastObserved.merge(reading.station(), reading.observedAt(), (a, b) -> a.isAfter(b) ? a : b);
            if (reading.quantity() == Quantity.RAIN && !reading.suspect()) {
                latestMinute = Math.max(latestMinute, Math.min(endMinute(reading.observedAt()), endMinute(at)));
            }
        }
        for (var reading : journal) {
            if (reading.quantity() == Quantity.RAIN && !reading.suspect()) {
                var gauge = gauges.computeIfAbsent(reading.station(), s -> new RainGauge(latestMinute));
                gauge.moveTo(latestMinute);
                gauge.keep(endMinute(reading.observedAt()), reading.milli());
            }
        }
    }

    /** The minute in which an interval ends: 12:00:00 is minute 12:00, 12:00:01 is minute 12:01. */
    static long endMinute(Instant at) {
        return Math.ceilDiv(at.getEpochSecond() + (at.getNano() > 0 ? 1 : 0), 60L);
    }

    /** The minute for which levels are looked at when nothing new has come. */
    private long lookMinute(Instant at) {
        var present = Math.floorDiv(at.getEpochSecond(), 60L);
        return present - latestMinute <= criteria.silentAfter().toMinutes() ? latestMinute : present;
    }

    private Optional<RainGauge> gauge(String station) {
        return Optional.ofNullable(gauges.get(station));
    }

    /** One look at the network for a minute, with readings that are not applied yet. */
    private final class Look {
        private final long minute;
        private final Map<String, Map<Long, Long>> pending;

        Look(long minute, Map<String, Map<Long, Long>> pending) {
            this.minute = minute;
            this.pending = pending;
        }

        Optional<AreaLevelMoved> area(Instant at, String area) {
            var heard = heard(gaugesOfArea.getOrDefault(area, List.of()));
            if (heard.isEmpty()) {
                return Optional.empty();
            }
            var continues = heard.stream()
                            .mapToLong(station -> sum(station, CONTINUE_WINDOW))
                            .max()
                            .orElse(0)
                    >= criteria.continueMilli();
            var raised = highest(heard, 100, continues);
            var kept = atLeast(raised, keeps(heard, continues), keeps(known(area), continues));
            var before = level(area);
            var after = before.next(raised, kept, at, criteria.hold());
            if (after.equals(before)) {
                return Optional.empty();
            }
            return Optional.of(new AreaLevelMoved(area, before, after, heard.size() == 1, basis(heard, after.level())));
        }

        private List<String> heard(Collection<String> members) {
            return members.stream().filter(this::isHeard).toList();
        }

        private boolean isHeard(String station) {
            if (pending.containsKey(station)) {
                return true;
            }
            var gauge = gauges.get(station);
            return gauge != null
                    && minute - gauge.latest() <= criteria.silentAfter().toMinutes();
        }

        /** Every gauge that has told anything: what fell before a gauge went silent still keeps a level. */
        private List<String> known(String area) {
            return gaugesOfArea.getOrDefault(area, List.of()).stream()
                    .filter(station -> gauges.containsKey(station) || pending.containsKey(station))
                    .toList();
        }

        private SignalColor keeps(List<String> stations, boolean continues) {
            return highest(stations, criteria.keepPercent(), continues);
        }

        private static SignalColor atLeast(SignalColor... colors) {
            return Arrays.stream(colors).max(Comparator.naturalOrder()).orElse(SignalColor.NONE);
        }

        private SignalColor highest(List<String> heard, int percent, boolean continues) {
            var best = SignalColor.NONE;
            for (var rule : criteria.rules()) {
                if (continues && rule.color().above(best) && areaSum(heard, rule) * 100 >= rule.sumMilli() * percent) {
                    best = rule.color();
                }
            }
            return best;
        }

        private long areaSum(List<String> heard, Rule rule) {
            return wettest(heard, rule).getLast().sumMilli();
        }

        private List<Basis> basis(List<String> heard, SignalColor level) {
            return criteria.rules().stream()
                    .filter(rule -> rule.color() == level)
                    .flatMap(rule -> wettest(heard, rule).stream())
                    .toList();
        }

        /** The wettest gauge and the second-wettest, or the only one. */
        private List<Basis> wettest(List<String> heard, Rule rule) {
            var window = RainGauge.windowIndex(Duration.ofHours(rule.windowH()));
            Basis first = null;
            Basis second = null;
            for (var station : heard) {
                var basis =
                        new Basis(station, rule.windowH(), sum(station, window), Instant.ofEpochSecond(minute * 60));
                if (first == null || basis.sumMilli() > first.sumMilli()) {
                    second = first;
                    first = basis;
                } else if (second == null || basis.sumMilli() > second.sumMilli()) {
                    second = basis;
                }
            }
            return first == null ? List.of() : second == null ? List.of(first) : List.of(first, second);
        }

        private long sum(String station, int window) {
            var gauge = gauges.get(station);
            var more = pending.getOrDefault(station, Map.of());
            if (gauge == null) {
                var fresh = new RainGauge(minute);
                return more.entrySet().stream()
                        .mapToLong(e -> fresh.gain(window, minute, e.getKey(), e.getValue()))
                        .sum();
            }
            var sum = gauge.sumAt(window, Math.max(minute, gauge.end()));
            for (var reading : more.entrySet()) {
                sum += gauge.gain(window, minute, reading.getKey(), reading.getValue());
            }
            return sum;
        }
    }
}
