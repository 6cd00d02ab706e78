package jiaoying.duty.forecast;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import jiaoying.duty.forecast.ForecastFact.ExpectedLevelMoved;
import jiaoying.duty.forecast.ForecastFact.ForecastAsked;
import jiaoying.duty.forecast.ForecastFact.ForecastFailed;
import jiaoying.duty.forecast.ForecastFact.ForecastMade;
import jiaoying.duty.forecast.ForecastFact.ForecastsEnded;
import jiaoying.duty.forecast.ForecastFact.ForecastsScored;
import jiaoying.duty.forecast.ForecastFact.ForecastsSet;
import jiaoying.duty.measure.Sentence;
import jiaoying.duty.monitor.Basis;
import jiaoying.duty.monitor.LevelTracker;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.monitor.WaterCriteria;

/** The forecasts of a room: runs under way and of the last hours, what is expected of each area, and how well runs did. */
public final class Forecasts {
    /** Leads at which runs are scored, min. */
    static final List<Integer> LEADS_MIN = List.of(30, 60, 90, 120);

    /** Beyond its horizon a run is of no use to any decision; it stays in the ledger and the projections. */
    private static final Duration KEPT = Duration.ofHours(1);

    private static final int BASIS_MOST = 5;

    private final Map<String, Run> runs = new LinkedHashMap<>();
    private final Map<String, String> runOfErrand = new HashMap<>();
    private final Map<String, LevelTracker> expected = new TreeMap<>();
    private Optional<ForecastPlan> plan = Optional.empty();
    private Optional<Instant> next = Optional.empty();
    private List<Score> skill = List.of();
    private int failedInARow;

    /** @param endedAt when it came or failed, empty while it is under way */
    public record Run(
            ForecastAsked asked,
            Instant askedAt,
            Optional<ForecastMade> made,
            Optional<ForecastFailed> failed,
            Optional<Instant> endedAt) {
        public boolean open() {
            return endedAt.isEmpty();
        }
    }

    public Optional<ForecastPlan> plan() {
        return plan;
    }

    /** When the next run is asked for. */
    public Optional<Instant> next() {
        return next;
    }

    public Optional<Run> find(String run) {
        return Optional.ofNullable(runs.get(run));
    }

    /** The run that an errand serves. */
    public Optional<Run> findByErrand(String key) {
        return Optional.ofNullable(runOfErrand.get(key)).flatMap(this::find);
    }

    /** Runs under way. */
    public List<Run> open() {
        return runs.values().stream().filter(Run::open).toList();
    }

    public List<Score> skill() {
        return skill;
    }

    /** Forecasts that failed one after the other, up to now; runs on demand do not count. */
    public int failedInARow() {
        return failedInARow;
    }

    /** What is expected of an area within the horizon. */
    public LevelTracker expected(String area) {
        return expected.getOrDefault(area, LevelTracker.CALM);
    }

    /** Areas of which more than nothing is expected, with their levels. */
    public Map<String, SignalColor> expected() {
        var levels = new TreeMap<String, SignalColor>();
        expected.forEach((area, tracker) -> {
            if (tracker.level() != SignalColor.NONE) {
                levels.put(area, tracker.level());
            }
        });
        return levels;
    }

    /** The fact by which a result becomes a forecast. @param areas of a site, the area whose warnings it drives, or empty */
    public ForecastMade made(Run run, ForecastResult result, UnaryOperator<String> areas) {
        var by = plan.orElseThrow(() -> new IllegalStateException("Bug: a result without a plan"));
        return new ForecastMade(
                run.asked().run(),
                run.asked().errand().key(),
                result.from(),
                result.stateAt(),
                result.cells(),
                result.wallMs(),
                result.sites().stream()
                        .map(site -> SiteForecast.of(
                                site, areas.apply(site.site()), run.asked().start(), by))
                        .toList());
    }

    /**
     * Holds earlier runs against the start of a new one.
     *
     * @param measured depth in mm at a site that is a station, if it told of one just then; empty: it is none
     */
    public Optional<ForecastsScored> score(
            ForecastAsked asked, ForecastMade made, Function<String, Optional<Measured>> measured) {
        var by = plan.orElseThrow(() -> new IllegalStateException("Bug: a result without a plan"));
        var scores = new ArrayList<Score>();
        for (var earlier : runs.values()) {
            var lead = Duration.between(earlier.asked().start(), asked.start());
            if (earlier.made().isPresent()
                    && earlier.asked().whatIf().live()
                    && LEADS_MIN.contains((int) lead.toMinutes())) {
                scores.addAll(scores(earlier.made().get(), made, lead, by, measured));
            }
        }
        return scores.isEmpty()
                ? Optional.empty()
                : Optional.of(new ForecastsScored(made.run(), Score.sum(scores, List.of()), Score.sum(skill, scores)));
    }

    /** @param mm empty when the station is silent or doubted: then nothing is compared */
    public record Measured(Optional<Integer> mm) {}

    private static List<Score> scores(
            ForecastMade earlier,
            ForecastMade now,
            Duration lead,
            ForecastPlan plan,
            Function<String, Optional<Measured>> measured) {
        var scores = new ArrayList<Score>();
        var minutes = (int) lead.toMinutes();
        for (var site : earlier.sites()) {
            var said = site.after(lead, plan);
            var station = measured.apply(site.site());
            var basis = station.isPresent() ? Score.GAUGE : Score.MODEL;
            var came = station.isPresent()
                    ? station.get().mm()
                    : now.sites().stream()
                            .filter(one -> one.site().equals(site.site()))
                            .map(one -> one.depthsMm().getFirst())
                            .findFirst();
            if (said.isPresent() && came.isPresent()) {
                scores.add(Score.of(minutes, basis, said.get(), came.get(), plan.floodMm()));
            }
        }
        return scores;
    }

    /** The fact by which a run has failed. */
    public ForecastFailed failed(ForecastAsked asked, Sentence why) {
        return new ForecastFailed(
                asked.run(),
                asked.errand().key(),
                why,
                failedInARow + (asked.whatIf().live() ? 1 : 0));
    }

    /** How the levels that are expected of areas move with a forecast: by the deepest of their sites within the horizon. */
    public List<ExpectedLevelMoved> expect(Instant at, ForecastMade made, WaterCriteria criteria) {
        var byArea = new TreeMap<String, List<SiteForecast>>();
        made.sites().stream()
                .filter(site -> !site.area().isEmpty())
                .forEach(site -> byArea.computeIfAbsent(site.area(), area -> new ArrayList<>())
                        .add(site));
        var moved = new ArrayList<ExpectedLevelMoved>();
        byArea.forEach((area, sites) -> {
            var deepest = sites.stream().mapToInt(SiteForecast::peakMm).max().orElse(0);
            var before = expected(area);
            var after = before.next(
                    level(criteria, deepest, 0), level(criteria, deepest, criteria.keepMilli()), at, criteria.hold());
            if (!after.equals(before)) {
                moved.add(new ExpectedLevelMoved(
                        made.run(), criteria.hazard(), area, before, after, basis(criteria, after.level(), sites)));
            }
        });
        return moved;
    }

    /** A rule of depth above ground counts, one of a rise does not. */
    private static SignalColor level(WaterCriteria criteria, int mm, long keepMilli) {
        return criteria.rules().stream()
                .filter(rule -> rule.base() == WaterCriteria.Base.GROUND)
                .filter(rule -> mm * 1000L >= rule.offsetMilli() - keepMilli)
                .map(WaterCriteria.Rule::color)
                .max(SignalColor::compareTo)
                .orElse(SignalColor.NONE);
    }

    private static List<Basis> basis(WaterCriteria criteria, SignalColor level, List<SiteForecast> sites) {
        return sites.stream()
                .filter(site ->
                        level != SignalColor.NONE && !level.above(level(criteria, site.peakMm(), criteria.keepMilli())))
                .sorted((one, other) -> Integer.compare(other.peakMm(), one.peakMm()))
                .limit(BASIS_MOST)
                .map(site -> new Basis(site.site(), criteria.quantity(), 0, site.peakMm() * 1000L, site.peakAt()))
                .toList();
    }

    /** Lets go of runs that no decision needs any more, but not of the last one that the clock asked for. @return their ids */
    public List<String> forget(Instant at) {
        var last = runs.values().stream()
                .filter(run -> run.asked().next().isPresent())
                .map(run -> run.asked().run())
                .reduce("", (one, other) -> other);
        var gone = runs.values().stream()
                .filter(run -> run.endedAt().isPresent()
                        && run.asked().until().plus(KEPT).isBefore(at)
                        && !run.asked().run().equals(last))
                .toList();
        gone.forEach(run -> {
            runs.remove(run.asked().run());
            runOfErrand.remove(run.asked().errand().key());
        });
        return gone.stream().map(run -> run.asked().run()).toList();
    }

    public void apply(Instant at, ForecastFact fact) {
        switch (fact) {
            case ForecastsSet set -> {
                plan = Optional.of(set.plan());
                next = Optional.of(set.next());
            }
            case ForecastsEnded ended -> {
                plan = Optional.empty();
                next = Optional.empty();
                expected.clear();
            }
            case ForecastAsked asked -> {
                runs.put(asked.run(), new Run(asked, at, Optional.empty(), Optional.empty(), Optional.empty()));
                runOfErrand.put(asked.errand().key(), asked.run());
                next = asked.next().or(() -> next);
            }
            case ForecastMade made -> {
                var run = get(made.run());
                failedInARow = run.asked().whatIf().live() ? 0 : failedInARow;
                runs.put(
                        made.run(),
                        new Run(run.asked(), run.askedAt(), Optional.of(made), Optional.empty(), Optional.of(at)));
            }
            case ForecastFailed failed -> {
                var run = get(failed.run());
                failedInARow = failed.inARow();
                runs.put(
                        failed.run(),
                        new Run(run.asked(), run.askedAt(), Optional.empty(), Optional.of(failed), Optional.of(at)));
            }
            case ForecastsScored scored -> skill = scored.total();
            case ExpectedLevelMoved moved -> expected.put(moved.area(), moved.to());
        }
    }

    private Run get(String run) {
        return find(run).orElseThrow(() -> new IllegalStateException("Bug: ended before it is asked for: " + run));
    }
}
