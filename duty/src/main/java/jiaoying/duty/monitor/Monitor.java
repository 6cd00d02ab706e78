package jiaoying.duty.monitor;

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
import java.util.function.Predicate;
import jiaoying.duty.measure.Check;
import jiaoying.duty.measure.Quantity;
import jiaoying.duty.measure.Reading;
import jiaoying.duty.measure.Sentence;
import jiaoying.duty.monitor.MonitorFact.AreaLevelMoved;
import jiaoying.duty.monitor.MonitorFact.ReadingAccepted;
import jiaoying.duty.monitor.MonitorFact.ReadingsQuestioned;
import jiaoying.duty.monitor.MonitorFact.StationDoubted;
import jiaoying.duty.monitor.MonitorFact.StationFellSilent;
import jiaoying.duty.monitor.MonitorFact.StationHeardAgain;
import jiaoying.duty.monitor.MonitorFact.StationTrusted;
import jiaoying.duty.monitor.MonitorFact.SuspectWouldRaise;
import jiaoying.duty.roster.Roster;
import jiaoying.duty.station.StationFact;
import jiaoying.duty.station.StationFact.SiteRegistered;
import jiaoying.duty.station.StationFact.StationRegistered;
import jiaoying.duty.station.StationFact.ThresholdsSet;
import jiaoying.duty.station.Stations;

/**
 * Rain gauges over sliding windows, water levels and depths, and the level of each area for each hazard.
 *
 * <p>For rain an area's value for a window is the second-wettest of its gauges that are heard (the only one if one,
 * flagged); for water it is the highest station that is heard. A station that is doubted counts like a silent one. Levels
 * are looked at for the latest minute of which the network has told, so that a report on its way does not look like dry
 * weather; when nothing has come for the silence span, for the present minute. An area without any station heard keeps its
 * level: silence is not calm.
 */
public final class Monitor {
    private static final Comparator<SuspectWouldRaise> WORST_FIRST = Comparator.comparing(
                    SuspectWouldRaise::color, Comparator.reverseOrder())
            .thenComparing(SuspectWouldRaise::observedAt)
            .thenComparing(SuspectWouldRaise::station)
            .thenComparing(SuspectWouldRaise::check);

    private static final int HALF_AN_HOUR = RainGauge.windowIndex(Duration.ofMinutes(30));

    final List<Criteria> criteria;
    final Quality quality;
    final Network network = new Network();
    final Map<String, RainGauge> gauges = new HashMap<>();
    final Map<String, WaterGauge> waters = new HashMap<>();
    final Map<String, ThresholdsSet> thresholds = new HashMap<>();
    private final Map<String, ReadingCheck.Total> totals = new HashMap<>();
    private final Map<String, Instant> lastObserved = new HashMap<>();
    private final Map<String, Watched> watched = new TreeMap<>();
    private final Map<String, Instant> datumSince = new HashMap<>();
    private final Map<Quantity, Map<String, List<String>>> stationsOfArea = new TreeMap<>();
    private final Set<String> silent = new TreeSet<>();
    private final Map<String, LevelTracker> levels = new TreeMap<>();
    private final Map<String, AreaLevelMoved> lastMove = new HashMap<>();
    private final Map<String, Map<Check, Boolean>> doubts = new TreeMap<>();
    private final Map<String, SuspectWouldRaise> asked = new HashMap<>();
    private final Map<String, List<Instant>> lags = new HashMap<>();
    private final Map<String, TreeMap<Instant, Reading>> suspects = new HashMap<>();
    private long latestMinute;

    /** A station under watch, and since when. @param silentMinutes how far silence reaches for it */
    record Watched(Instant since, StationRegistered row, long silentMinutes) {}

    public Monitor(List<Criteria> criteria, Quality quality) {
        this.criteria = criteria;
        this.quality = quality;
    }

    static String place(String hazard, String area) {
        return hazard + '/' + area;
    }

    public LevelTracker level(String hazard, String area) {
        return levels.getOrDefault(place(hazard, area), LevelTracker.CALM);
    }

    public Optional<AreaLevelMoved> lastMove(String hazard, String area) {
        return Optional.ofNullable(lastMove.get(place(hazard, area)));
    }

    public boolean isSilent(String station) {
        return silent.contains(station);
    }

    public Optional<Instant> lastObserved(String station) {
        return Optional.ofNullable(lastObserved.get(station));
    }

    /** How hard it rains at each gauge that is heard and not doubted, by station. */
    public List<RainRate> rates(Instant at) {
        var minute = lookMinute(at);
        return watched.keySet().stream()
                .filter(station -> gauges.containsKey(station) && !isSilent(station) && !isSilenced(station))
                .map(station ->
                        new RainRate(station, 2 * gauge(station).orElseThrow().sumAt(HALF_AN_HOUR, minute)))
                .toList();
    }

    /** The depth of water that a station told of last, mm; empty when that is too long ago, or the station is not believed. */
    public Optional<Integer> depthMm(String station, Instant at, Duration within) {
        return water(station)
                .filter(_ -> !isSilent(station) && !isSilenced(station))
                .flatMap(gauge -> gauge.stand(second(at.minus(within)), quality.depth()))
                .map(stand -> (int) (stand.milli() / 1000));
    }

    /** The checks by which a station stands in doubt, without those that an officer overruled. */
    public List<Check> doubts(String station) {
        return doubts.getOrDefault(station, Map.of()).entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** A suspect reading of the day before {@code at} that nobody has accepted. */
    public Optional<Reading> findSuspect(Instant at, String station, Instant observedAt) {
        return Optional.ofNullable(suspects.get(station))
                .map(of -> of.get(observedAt))
                .filter(reading -> reading.observedAt().isAfter(at.minus(ReadingCheck.MEMORY)))
                .filter(reading -> !isHeld(reading));
    }

    /** Whether it counts by now. */
    private boolean isHeld(Reading reading) {
        return reading.quantity() == Quantity.RAIN
                ? gauge(reading.station())
                        .filter(gauge ->
                                gauge.fit(endMinute(reading.observedAt()), reading.milli()) == RainGauge.Fit.REPEATED)
                        .isPresent()
                : water(reading.station())
                        .filter(gauge -> gauge.isAccepted(second(reading.observedAt())))
                        .isPresent();
    }

    /** Puts a station under watch. @param area the area whose warnings it drives, or empty */
    public void watch(Instant at, StationRegistered station, String area) {
        watched.put(
                station.station(),
                new Watched(
                        at, station, quality.silentAfter(station.intervalMin()).toMinutes()));
        datumSince.put(station.station(), at);
        stationsOfArea.values().forEach(of -> of.values().forEach(members -> members.remove(station.station())));
        network.place(station.station(), station.kind().equals(Quantity.RAIN.word()), station.lon(), station.lat());
        Quantity.find(station.kind()).filter(kind -> !area.isEmpty()).ifPresent(kind -> {
            var members = stationsOfArea
                    .computeIfAbsent(kind, k -> new TreeMap<>())
                    .computeIfAbsent(area, a -> new ArrayList<>());
            members.add(station.station());
            members.sort(Comparator.naturalOrder());
        });
    }

    public void watch(Instant at, ThresholdsSet set) {
        thresholds.put(set.station(), set);
        datumSince.put(set.station(), at);
    }

    /** A station registered anew (换站, 修复) is believed again; new thresholds settle what its datum is. */
    public List<MonitorFact> settled(StationFact row) {
        return switch (row) {
            case StationRegistered station -> settled(station.station(), List.of(Check.values()));
            case ThresholdsSet set -> settled(set.station(), List.of(Check.DATUM_JUMP));
            case SiteRegistered site -> List.of();
        };
    }

    private List<MonitorFact> settled(String station, List<Check> checks) {
        return checks.stream()
                .filter(check -> state(station, check).isPresent())
                .<MonitorFact>map(check -> new StationTrusted(station, check, "", Sentence.of("registered-anew")))
                .toList();
    }

    /** Checks readings one by one against the register, the clock and what is possible. */
    public Checked check(Instant at, List<Reading> readings, Stations stations) {
        return new ReadingCheck(quality, at, stations, this).check(readings);
    }

    /** What the readings of an arrival change: stations heard again and levels of their areas. */
    public List<MonitorFact> hear(
            Instant at, Checked checked, Stations stations, Roster roster, Predicate<String> decides) {
        var facts = new ArrayList<MonitorFact>();
        var again = new HashSet<String>();
        var rain = new HashMap<String, Map<Long, Long>>();
        var water = new HashMap<String, WaterGauge>();
        var areas = new TreeMap<Quantity, Set<String>>();
        var questions = new ArrayList<Question>();
        var minute = latestMinute;
        for (var i = 0; i < checked.accepted().size(); i++) {
            var reading = checked.accepted().get(i);
            var station = reading.station();
            if (silent.contains(station) && again.add(station)) {
                facts.add(new StationHeardAgain(station));
            }
            if (reading.quantity() == Quantity.RAIN_TOTAL) {
                continue;
            }
            var area = stations.findStation(station).map(s -> roster.warningArea(s.area()));
            if (reading.quantity() != Quantity.RAIN) {
                water.computeIfAbsent(
                                station,
                                s -> Optional.ofNullable(waters.get(s))
                                        .map(WaterGauge::copy)
                                        .orElseGet(WaterGauge::new))
                        .keep(second(reading.observedAt()), reading.milli(), reading.suspect());
            }
            if (reading.suspect()) {
                var flag = checked.flags().getOrDefault(i, Check.GROSS);
                area.ifPresent(a -> questions.add(new Question(reading, a, flag)));
                continue;
            }
            if (reading.quantity() == Quantity.RAIN) {
                var end = endMinute(reading.observedAt());
                minute = Math.max(minute, Math.min(end, endMinute(at)));
                rain.computeIfAbsent(station, s -> new HashMap<>()).merge(end, reading.milli(), Math::max);
            }
            area.ifPresent(a -> areas.computeIfAbsent(reading.quantity(), q -> new TreeSet<>())
                    .add(a));
        }
        clocks(at, checked, facts);
        var look = new Look(this, at, minute, rain, water);
        for (var one : criteria) {
            areas.getOrDefault(quantity(one), Set.of()).stream()
                    .filter(area -> !members(one, area).isEmpty())
                    .filter(decides)
                    .forEach(area -> facts.addAll(look.area(one, area)));
        }
        water.forEach((station, gauge) ->
                unconfirmed(at, station, gauge, stations, roster).ifPresent(questions::add));
        facts.addAll(would(look, questions, decides, facts));
        return facts;
    }

    /** A reading that does not count, and the area that it would have told of. */
    private record Question(Reading reading, String area, Check check) {}

    private Optional<Question> unconfirmed(
            Instant at, String station, WaterGauge gauge, Stations stations, Roster roster) {
        return stations.findStation(station).flatMap(row -> {
            var quantity = Quantity.find(row.kind()).orElse(Quantity.LEVEL);
            return gauge.stand(second(at.minus(ReadingCheck.MEMORY)), water(quantity))
                    .filter(stand -> !stand.confirmed())
                    .flatMap(stand -> gauge.last())
                    .map(last -> new Question(
                            new Reading(station, quantity, last.milli(), last.at(), true),
                            roster.warningArea(row.area()),
                            Check.UNCONFIRMED));
        });
    }

    /** What the readings that do not count would have raised; one for each place. */
    private List<MonitorFact> would(
            Look look, List<Question> questions, Predicate<String> decides, List<MonitorFact> told) {
        var worst = new TreeMap<String, SuspectWouldRaise>();
        for (var question : questions) {
            for (var one : criteria) {
                if (quantity(one) != question.reading().quantity()
                        || members(one, question.area()).isEmpty()
                        || !decides.test(question.area())) {
                    continue;
                }
                var now = told.stream()
                        .filter(AreaLevelMoved.class::isInstance)
                        .map(AreaLevelMoved.class::cast)
                        .filter(moved -> moved.hazard().equals(one.hazard())
                                && moved.area().equals(question.area()))
                        .map(moved -> moved.to().level())
                        .reduce((a, b) -> b)
                        .orElse(level(one.hazard(), question.area()).level());
                var color = look.with(question.reading()).raised(one, question.area());
                var place = place(one.hazard(), question.area());
                var before = worst.get(place);
                var would = new SuspectWouldRaise(
                        one.hazard(),
                        question.area(),
                        color,
                        question.reading().station(),
                        question.reading().observedAt(),
                        question.check());
                if (color.above(now) && (before == null || WORST_FIRST.compare(would, before) < 0)) {
                    worst.put(place, would);
                }
            }
        }
        return List.copyOf(worst.values());
    }

    /** A clock runs ahead when nothing has come in time lately; it is believed again with the first reading in time. */
    private void clocks(Instant at, Checked checked, List<MonitorFact> facts) {
        for (var station : checked.fast()) {
            if (state(station, Check.CLOCK).isEmpty() && !toldInTime(at, station)) {
                facts.add(new StationDoubted(station, Check.CLOCK, Sentence.of("ahead", at)));
            }
        }
        if (doubts.isEmpty()) {
            return;
        }
        checked.accepted().stream()
                .filter(reading -> state(reading.station(), Check.CLOCK).isPresent())
                .filter(reading -> !checked.fast().contains(reading.station()) && !lags(reading.observedAt()))
                .map(Reading::station)
                .distinct()
                .forEach(station -> facts.add(new StationTrusted(station, Check.CLOCK, "", Sentence.of("in-time"))));
    }

    private boolean toldInTime(Instant at, String station) {
        var span = Duration.ofMinutes(silentMinutes(station)).dividedBy(3);
        return lastObserved(station).filter(at.minus(span)::isBefore).isPresent();
    }

    private boolean lags(Instant observedAt) {
        return latestMinute - endMinute(observedAt) > quality.lagAfter().toMinutes();
    }

    /** What a minute that is over changes: stations that fell silent or into doubt, levels that slide out of their windows. */
    public List<MonitorFact> minute(Instant at, Predicate<String> decides) {
        var facts = new ArrayList<MonitorFact>();
        watched.forEach((station, watch) -> {
            var last = lastObserved.getOrDefault(station, watch.since());
            var after = quality.silentAfter(watch.row().intervalMin());
            if (!silent.contains(station) && Duration.between(last, at).compareTo(after) > 0) {
                facts.add(new StationFellSilent(station, last));
            }
        });
        var look = new Look(this, at, lookMinute(at), Map.of(), Map.of());
        facts.addAll(new NetworkCheck(this, at, look).facts());
        for (var one : criteria) {
            stationsOfArea.getOrDefault(quantity(one), Map.of()).keySet().stream()
                    .filter(decides)
                    .forEach(area -> facts.addAll(look.area(one, area)));
        }
        return facts;
    }

    public void apply(MonitorFact fact) {
        switch (fact) {
            case ReadingsQuestioned questioned -> {}
            case AreaLevelMoved moved -> {
                levels.put(place(moved.hazard(), moved.area()), moved.to());
                lastMove.put(place(moved.hazard(), moved.area()), moved);
                asked.remove(place(moved.hazard(), moved.area()));
            }
            case StationFellSilent fell -> {
                silent.add(fell.station());
                var since = Optional.ofNullable(watched.get(fell.station()))
                        .map(Watched::since)
                        .orElse(Instant.EPOCH);
                if (fell.lastObservedAt().isAfter(since)) {
                    lastObserved.putIfAbsent(fell.station(), fell.lastObservedAt());
                }
            }
            case StationHeardAgain heard -> silent.remove(heard.station());
            case StationDoubted doubted ->
                doubts.computeIfAbsent(doubted.station(), s -> new TreeMap<>()).put(doubted.check(), true);
            case StationTrusted trusted -> trust(trusted);
            case SuspectWouldRaise would -> {
                if (would.check() == Check.WET_OUTLIER) {
                    asked.put(place(would.hazard(), would.area()), would);
                }
            }
            case ReadingAccepted accepted -> accept(accepted);
        }
    }

    private void trust(StationTrusted trusted) {
        var of = doubts.computeIfAbsent(trusted.station(), s -> new TreeMap<>());
        if (trusted.by().isEmpty()) {
            of.remove(trusted.check());
        } else {
            of.put(trusted.check(), false);
        }
        if (of.isEmpty()) {
            doubts.remove(trusted.station());
        }
    }

    private void accept(ReadingAccepted accepted) {
        if (accepted.quantity() == Quantity.RAIN) {
            latestMinute = Math.max(latestMinute, endMinute(accepted.observedAt()));
            rainGauge(accepted.station()).keep(endMinute(accepted.observedAt()), accepted.milli());
        } else {
            waters.computeIfAbsent(accepted.station(), s -> new WaterGauge())
                    .accept(second(accepted.observedAt()), accepted.milli());
        }
    }

    /** Keeps readings of the journal. */
    public void apply(Instant at, List<Reading> journal) {
        var late = new TreeSet<String>();
        for (var reading : journal) {
            lastObserved.merge(reading.station(), reading.observedAt(), (a, b) -> a.isAfter(b) ? a : b);
            if (reading.suspect()) {
                suspect(at, reading);
            } else if (reading.quantity() == Quantity.RAIN) {
                latestMinute = Math.max(latestMinute, Math.min(endMinute(reading.observedAt()), endMinute(at)));
            }
        }
        for (var reading : journal) {
            switch (reading.quantity()) {
                case RAIN -> {
                    if (!reading.suspect()) {
                        rainGauge(reading.station()).keep(endMinute(reading.observedAt()), reading.milli());
                    }
                }
                case LEVEL, DEPTH ->
                    waters.computeIfAbsent(reading.station(), s -> new WaterGauge())
                            .keep(second(reading.observedAt()), reading.milli(), reading.suspect());
                case RAIN_TOTAL ->
                    totals.merge(
                            reading.station(),
                            new ReadingCheck.Total(reading.observedAt(), reading.milli()),
                            Monitor::later);
            }
            if (lags(reading.observedAt())) {
                late.add(reading.station());
            } else if (!lags.isEmpty()) {
                lags.remove(reading.station());
            }
        }
        late.stream()
                .filter(station -> lags(lastObserved.getOrDefault(station, at)))
                .forEach(station -> lag(at, station));
    }

    private static ReadingCheck.Total later(ReadingCheck.Total held, ReadingCheck.Total next) {
        return next.at().isAfter(held.at()) || (next.at().equals(held.at()) && next.milli() > held.milli())
                ? next
                : held;
    }

    private void lag(Instant at, String station) {
        var of = lags.computeIfAbsent(station, s -> new ArrayList<>());
        of.add(at);
        if (of.size() > 3) {
            of.removeFirst();
        }
    }

    /** Whether three arrivals of the last day, one after the other, were far behind the network. */
    boolean lagged(String station, Instant now) {
        var of = lags.getOrDefault(station, List.of());
        return of.size() == 3 && of.getFirst().isAfter(now.minus(ReadingCheck.MEMORY));
    }

    private void suspect(Instant at, Reading reading) {
        var of = suspects.computeIfAbsent(reading.station(), s -> new TreeMap<>());
        of.merge(reading.observedAt(), reading, (a, b) -> a.milli() >= b.milli() ? a : b);
        of.headMap(at.minus(ReadingCheck.MEMORY)).clear();
    }

    private RainGauge rainGauge(String station) {
        var gauge = gauges.computeIfAbsent(station, s -> new RainGauge(latestMinute));
        gauge.moveTo(latestMinute);
        return gauge;
    }

    /** The minute in which an interval ends: 12:00:00 is minute 12:00, 12:00:01 is minute 12:01. */
    static long endMinute(Instant at) {
        return Math.ceilDiv(second(at), 60L);
    }

    static long second(Instant at) {
        return at.getEpochSecond() + (at.getNano() > 0 ? 1 : 0);
    }

    /** The minute for which levels are looked at when nothing new has come. */
    private long lookMinute(Instant at) {
        var present = Math.floorDiv(at.getEpochSecond(), 60L);
        return present - latestMinute <= quality.silentAfter().toMinutes() ? latestMinute : present;
    }

    Optional<RainGauge> gauge(String station) {
        return Optional.ofNullable(gauges.get(station));
    }

    Optional<WaterGauge> water(String station) {
        return Optional.ofNullable(waters.get(station));
    }

    Optional<ReadingCheck.Total> total(String station) {
        return Optional.ofNullable(totals.get(station));
    }

    Quality.Water water(Quantity quantity) {
        return quantity == Quantity.DEPTH ? quality.depth() : quality.level();
    }

    static Quantity quantity(Criteria criteria) {
        return switch (criteria) {
            case RainCriteria rain -> Quantity.RAIN;
            case WaterCriteria water -> water.quantity();
        };
    }

    List<String> members(Criteria criteria, String area) {
        return stationsOfArea.getOrDefault(quantity(criteria), Map.of()).getOrDefault(area, List.of());
    }

    Map<String, Watched> watched() {
        return watched;
    }

    /** True: doubted; false: overruled by an officer; empty: neither. */
    Optional<Boolean> state(String station, Check check) {
        return Optional.ofNullable(doubts.getOrDefault(station, Map.of()).get(check));
    }

    /** Since when the datum of a station is what the register says. */
    Instant datumSince(String station) {
        return datumSince.getOrDefault(station, Instant.MIN);
    }

    boolean isSilenced(String station) {
        for (var doubt : doubts.getOrDefault(station, Map.of()).entrySet()) {
            if (doubt.getValue() && doubt.getKey().silences()) {
                return true;
            }
        }
        return false;
    }

    /** How far silence reaches for a station, in minutes. */
    long silentMinutes(String station) {
        var watch = watched.get(station);
        return watch == null ? quality.silentAfter().toMinutes() : watch.silentMinutes();
    }

    /** What a person has been asked about a place and has not answered. */
    Optional<SuspectWouldRaise> asked(String hazard, String area) {
        return Optional.ofNullable(asked.get(place(hazard, area)));
    }
}
