package jiaoying.duty.room;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jiaoying.duty.errand.Channel;
import jiaoying.duty.errand.CourierReport;
import jiaoying.duty.errand.Errand;
import jiaoying.duty.errand.ErrandKey;
import jiaoying.duty.errand.Purpose;
import jiaoying.duty.forecast.ForecastFact;
import jiaoying.duty.forecast.ForecastFact.ExpectedLevelMoved;
import jiaoying.duty.forecast.ForecastFact.ForecastAsked;
import jiaoying.duty.forecast.ForecastFact.ForecastMade;
import jiaoying.duty.forecast.ForecastFact.ForecastsEnded;
import jiaoying.duty.forecast.ForecastFact.ForecastsSet;
import jiaoying.duty.forecast.ForecastPlan;
import jiaoying.duty.forecast.Forecasts;
import jiaoying.duty.forecast.Forecasts.Measured;
import jiaoying.duty.forecast.Forecasts.Run;
import jiaoying.duty.forecast.WhatIf;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.measure.Quantity;
import jiaoying.duty.measure.Sentence;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.monitor.WaterCriteria;
import jiaoying.duty.station.StationFact.SiteRegistered;
import jiaoying.duty.warn.WarnFact;
import jiaoying.duty.warn.WarnFact.ThresholdAlertDecided;
import jiaoying.duty.warn.WarnFact.ThresholdAlertRaised;

/** Forecasts of waterlogging: asked for by the clock or a person, they come back or fail, and raise alerts that say so. */
final class ForecastStep {
    private static final int ON_DEMAND_MOST = 3;
    private static final int PRIORITY = 95;

    /** A station that measures depths speaks for the start of a run when it told of one within this span. */
    private static final Duration MEASURED_WITHIN = Duration.ofMinutes(15);

    private final long number;
    private final Instant at;
    private final DutyRoom room;
    private final Forecasts forecasts;

    ForecastStep(DutyRoom room, long number, Instant at) {
        this.number = number;
        this.at = at;
        this.room = room;
        this.forecasts = room.forecasts();
    }

    /** The same plan again changes nothing: a server says it at each start. */
    Step set(Arrival.ForecastsWanted wanted) {
        if (wanted.plan().equals(forecasts.plan())) {
            return Step.of(List.of());
        }
        var facts = new ArrayList<Fact>();
        forecasts.open().forEach(run -> facts.add(forecasts.failed(run.asked(), Sentence.of("forecast-plan-changed"))));
        facts.add(wanted.plan()
                .map(ForecastPlan::checked)
                .<ForecastFact>map(plan -> new ForecastsSet(plan, wanted.by(), plan.nextAfter(at)))
                .orElseGet(() -> new ForecastsEnded(wanted.by())));
        return Step.of(facts);
    }

    Step tryOut(String actor, WhatIf whatIf) {
        var plan = forecasts.plan();
        if (plan.isEmpty()) {
            return Step.refused(Refusal.NO_FORECASTS, room.settings().room());
        }
        if (!whatIf.allowed()) {
            return Step.refused(Refusal.UNKNOWN_WHAT_IF, whatIf.rainPercent() + " %, " + whatIf.tideMilli() + " mm");
        }
        var underWay = forecasts.open().stream()
                .filter(run -> run.asked().next().isEmpty())
                .count();
        return underWay >= ON_DEMAND_MOST
                ? Step.refused(Refusal.FORECASTS_UNDER_WAY, String.valueOf(underWay))
                : Step.of(ask(plan.get(), whatIf, actor, Optional.empty()));
    }

    /** @param what {@code next}, or the run whose deadline has come */
    List<Fact> due(String what) {
        if (!what.equals("next")) {
            return forecasts
                    .find(what)
                    .filter(Run::open)
                    .<List<Fact>>map(run -> List.of(forecasts.failed(
                            run.asked(),
                            Sentence.of("forecast-late", run.asked().deadline()))))
                    .orElse(List.of());
        }
        return forecasts
                .plan()
                .map(plan -> ask(plan, WhatIf.NONE, "", Optional.of(plan.nextAfter(at))))
                .orElse(List.of());
    }

    /** Without a gauge that is heard nothing is known of the rain: a dry forecast would be worse than none. */
    private List<Fact> ask(ForecastPlan plan, WhatIf whatIf, String by, Optional<Instant> next) {
        var asked = asked(plan, whatIf, by, next);
        return asked.rain().isEmpty()
                ? List.of(asked, forecasts.failed(asked, Sentence.of("forecast-no-rain")))
                : List.of(asked);
    }

    private ForecastAsked asked(ForecastPlan plan, WhatIf whatIf, String by, Optional<Instant> next) {
        var run = "F" + number;
        var start = plan.startAt(at);
        return new ForecastAsked(
                run,
                whatIf,
                by,
                start,
                start.plus(plan.horizon()),
                room.monitor().rates(at),
                new Errand(
                        ErrandKey.of("forecast", run),
                        Channel.INTERNAL,
                        Purpose.FORECAST,
                        PRIORITY,
                        at,
                        "",
                        "",
                        "",
                        run),
                at.plus(plan.deadline()),
                next);
    }

    /** A courier brought what came of it already, or could not have it computed. */
    static List<Fact> reported(Forecasts forecasts, Run run, CourierReport report) {
        return run.open() && report.kind() != CourierReport.Kind.SUBMITTED
                ? List.of(forecasts.failed(run.asked(), reason(report.detail())))
                : List.of();
    }

    /** A code of its own, or words of whoever failed. */
    private static Sentence reason(String detail) {
        var cut = (detail + " ").indexOf(' ');
        var more = detail.substring(Math.min(detail.length(), cut)).strip();
        return switch (detail.substring(0, cut)) {
            case "overtaken" -> Sentence.of("forecast-overtaken", more);
            case "time" -> Sentence.of("forecast-time", more);
            case "process" -> Sentence.of("forecast-process", more);
            case "memory" -> Sentence.of("forecast-memory");
            case "ground" -> Sentence.of("forecast-ground", more);
            case "origin" -> Sentence.of("forecast-origin");
            case "similar-dry" -> Sentence.of("forecast-similar-dry");
            case "similar-none" -> Sentence.of("forecast-similar-none");
            default -> Sentence.of("forecast-broke", detail);
        };
    }

    /** What comes twice, or after its deadline, changes nothing: the first word stands. */
    Step came(Arrival.ForecastCame came) {
        var open = forecasts.find(came.run()).filter(Run::open);
        var plan = forecasts.plan();
        if (open.isEmpty() || plan.isEmpty()) {
            return Step.of(List.of());
        }
        var run = open.get();
        if (!came.result().fits(plan.get())) {
            return Step.of(List.of(forecasts.failed(run.asked(), Sentence.of("forecast-misfit"))));
        }
        var facts = new ArrayList<Fact>();
        var made = forecasts.made(run, came.result(), this::areaOf);
        facts.add(made);
        if (run.asked().whatIf().live()) {
            forecasts.score(run.asked(), made, this::measured).ifPresent(facts::add);
            criteria().ifPresent(criteria -> facts.addAll(expect(made, criteria)));
        }
        return Step.of(facts);
    }

    private String areaOf(String site) {
        return room.stations().listSites().stream()
                .filter(row -> row.site().equals(site))
                .map(SiteRegistered::area)
                .findFirst()
                .or(() -> room.stations().findStation(site).map(station -> station.area()))
                .map(area -> room.roster().warningArea(area))
                .orElse("");
    }

    private Optional<Measured> measured(String site) {
        return room.stations()
                .findStation(site)
                .filter(station -> station.kind().equals(Quantity.DEPTH.word()))
                .map(station -> new Measured(room.monitor().depthMm(site, at, MEASURED_WITHIN)));
    }

    private Optional<WaterCriteria> criteria() {
        return room.rules().criteria().stream()
                .filter(WaterCriteria.class::isInstance)
                .map(WaterCriteria.class::cast)
                .filter(criteria -> criteria.quantity() == Quantity.DEPTH)
                .findFirst();
    }

    private List<Fact> expect(ForecastMade made, WaterCriteria criteria) {
        var facts = new ArrayList<Fact>();
        for (var moved : forecasts.expect(at, made, criteria)) {
            facts.add(moved);
            if (moved.to().level().above(moved.from().level())) {
                facts.addAll(raise(moved, criteria));
            } else if (moved.from().level().above(moved.to().level())) {
                room.warnings()
                        .openForecastAlert(moved.hazard(), moved.area())
                        .ifPresent(open -> facts.add(
                                new ThresholdAlertDecided(open.raised().alert(), "superseded", "", "")));
            }
        }
        return facts;
    }

    /**
     * An alert that says what is expected, unless as much is measured or in force. Nothing follows from it by the clock: people
     * decide, and a room that does not issue signals issues none by it.
     */
    private List<WarnFact> raise(ExpectedLevelMoved moved, WaterCriteria criteria) {
        var color = moved.to().level();
        var stands = room.monitor().level(moved.hazard(), moved.area()).level();
        var inForce = room.warnings()
                .inForce(moved.hazard(), moved.area())
                .map(signal -> signal.issued().color())
                .orElse(SignalColor.NONE);
        if (!room.decides(moved.area()) || !color.above(stands) || !color.above(inForce)) {
            return List.of();
        }
        return room.warnings()
                .raise(new ThresholdAlertRaised(
                        DutyRoom.id("X", number, moved.hazard(), moved.area()),
                        moved.hazard(),
                        moved.area(),
                        color,
                        stands,
                        ThresholdAlertRaised.FORECAST + moved.run() + " " + criteria.name() + " " + criteria.version(),
                        false,
                        moved.basis(),
                        Optional.empty(),
                        "",
                        ""));
    }
}
