package jiaoying.server.page;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import jiaoying.duty.forecast.ForecastPlan;
import jiaoying.duty.forecast.Score;
import jiaoying.duty.forecast.SiteForecast;
import jiaoying.duty.forecast.WhatIf;
import jiaoying.duty.measure.Sentence;
import jiaoying.duty.monitor.RainRate;
import jiaoying.duty.room.View.ForecastView;
import jiaoying.duty.room.View.ForecastsView;
import jiaoying.duty.room.ViewKey;
import jiaoying.server.reply.Problem;
import jiaoying.server.reply.Texts;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The Foresee screen (预报): runs of the flood model, one run's sites, its depths over time, and how well runs did. */
@RestController
public final class ForecastController {
    /** Runs of this span before the asked instant are listed. */
    private static final Duration SHOWN = Duration.ofHours(12);

    private static final Duration LONGEST_SHOWN = Duration.ofDays(3);

    private final Boards boards;
    private final ForecastReads reads;

    public ForecastController(Boards boards, ForecastReads reads) {
        this.boards = boards;
        this.reads = reads;
    }

    /**
     * @param plan    empty: the room has no ground
     * @param failures forecasts that failed one after the other
     * @param runs    the latest first
     * @param maps    whether the caller may see depths on the map: his account is not confined to areas
     */
    record State(
            Instant at,
            Optional<Plan> plan,
            Optional<ForecastReads.Box> box,
            Optional<Instant> next,
            int failures,
            List<Row> runs,
            List<Skill> skill,
            List<Expected> expected,
            boolean maps) {}

    record Plan(
            String ground,
            boolean synthetic,
            long everyMin,
            long horizonMin,
            long stepMin,
            long deadlineMin,
            long halfLifeMin,
            int floodMm) {
        static Plan of(ForecastPlan plan) {
            return new Plan(
                    plan.ground(),
                    plan.synthetic(),
                    plan.every().toMinutes(),
                    plan.horizon().toMinutes(),
                    plan.step().toMinutes(),
                    plan.deadline().toMinutes(),
                    plan.halfLife().toMinutes(),
                    plan.floodMm());
        }
    }

    /**
     * @param rainMaxMm over the gauges, mm/h when it was asked for; rainMeanMm: their mean
     * @param flooded   sites of the caller's areas that are expected to flood
     */
    record Row(
            String run,
            WhatIf whatIf,
            boolean live,
            String by,
            Instant askedAt,
            Instant start,
            Instant until,
            Instant deadline,
            String state,
            String why,
            String from,
            Instant stateAt,
            int cells,
            long wallMs,
            int gauges,
            double rainMaxMm,
            double rainMeanMm,
            int flooded,
            int deepestMm,
            Optional<Instant> endedAt) {}

    /** @param pod hits of what came; far: false alarms of what was forecast; biasMm: mean error where it was wet */
    record Skill(
            int leadMin,
            String basis,
            int hits,
            int misses,
            int falseAlarms,
            int calm,
            Optional<Double> pod,
            Optional<Double> far,
            Optional<Double> biasMm) {
        static Skill of(Score score) {
            return new Skill(
                    score.leadMin(),
                    score.basis(),
                    score.hits(),
                    score.misses(),
                    score.falseAlarms(),
                    score.calm(),
                    share(score.hits(), score.hits() + score.misses()),
                    share(score.falseAlarms(), score.hits() + score.falseAlarms()),
                    share(score.biasSumMm(), score.wet()));
        }

        private static Optional<Double> share(double part, int whole) {
            return whole == 0 ? Optional.empty() : Optional.of(part / whole);
        }
    }

    record Expected(String area, String name, String color) {}

    record Detail(Row run, int stepMin, List<Site> sites) {}

    /** @param kind as registered, or {@code station} */
    record Site(
            String id,
            String name,
            String kind,
            String area,
            String areaName,
            Optional<Double> lon,
            Optional<Double> lat,
            List<Integer> depthsMm,
            int peakMm,
            Instant peakAt,
            Optional<Instant> floodsAt) {}

    @GetMapping("/api/forecasts")
    State list(
            @RequestParam(defaultValue = "") String at,
            @RequestParam(defaultValue = "12") int hours,
            @RequestParam(defaultValue = "zh-CN") String lang) {
        var board = boards.forCaller(at);
        var texts = Texts.of(lang);
        var all = board.reads()
                .find()
                .find(new ViewKey("forecasts", "now"), board.fact())
                .map(ForecastsView.class::cast);
        var span = hours <= 0 ? SHOWN : Duration.ofHours(Math.min(hours, LONGEST_SHOWN.toHours()));
        return new State(
                board.at(),
                all.flatMap(ForecastsView::plan).map(Plan::of),
                reads.box().get(),
                all.flatMap(ForecastsView::next),
                all.map(ForecastsView::failedInARow).orElse(0),
                runs(board, board.at().minus(span), texts),
                all.map(ForecastsView::skill).orElse(List.of()).stream()
                        .map(Skill::of)
                        .toList(),
                all.map(ForecastsView::expected).orElse(List.of()).stream()
                        .filter(one -> board.scope().covers(one.area()))
                        .map(one -> new Expected(
                                one.area(),
                                board.register().areaName(one.area(), texts),
                                one.color().word()))
                        .toList(),
                board.scope().whole());
    }

    private static List<Row> runs(Board board, Instant from, Texts texts) {
        return board.reads().recent(ForecastView.class, "forecast", from, board.fact()).stream()
                .filter(run -> !run.askedAt().isBefore(from))
                .sorted(Comparator.comparing(ForecastView::askedAt).reversed().thenComparing(ForecastView::run))
                .map(run -> row(run, board, texts))
                .toList();
    }

    @GetMapping("/api/forecasts/{run}")
    Detail run(
            @PathVariable("run") String run,
            @RequestParam(defaultValue = "") String at,
            @RequestParam(defaultValue = "zh-CN") String lang) {
        var board = boards.forCaller(at);
        var texts = Texts.of(lang);
        var found = find(run, board, texts);
        var step = found.sites().isEmpty()
                ? 0
                : Duration.between(found.start(), found.until()).toMinutes()
                        / Math.max(1, found.sites().getFirst().depthsMm().size() - 1);
        return new Detail(
                row(found, board, texts),
                (int) step,
                seen(found, board)
                        .sorted(Comparator.comparing(
                                        (SiteForecast site) -> site.floodsAt().orElse(Instant.MAX))
                                .thenComparing(SiteForecast::peakMm, Comparator.reverseOrder())
                                .thenComparing(SiteForecast::site))
                        .map(site -> site(site, board, texts))
                        .toList());
    }

    /** Frames never change; a browser may keep them. */
    @GetMapping("/api/forecasts/{run}/frames")
    ResponseEntity<byte[]> frames(@PathVariable("run") String run, @RequestParam(defaultValue = "zh-CN") String lang)
            throws IOException {
        var board = boards.forCaller("");
        var texts = Texts.of(lang);
        find(run, board, texts);
        if (!board.scope().whole()) {
            throw Problem.said(403, texts, "scope.room", "");
        }
        return reads.frames()
                .of(run)
                .map(bytes -> ResponseEntity.ok()
                        .contentType(MediaType.APPLICATION_OCTET_STREAM)
                        .cacheControl(CacheControl.maxAge(Duration.ofDays(1)).cachePrivate())
                        .body(bytes))
                .orElseThrow(() -> Problem.said(404, texts, "forecast.no-frames", run));
    }

    private static ForecastView find(String run, Board board, Texts texts) {
        return board.reads()
                .find()
                .find(new ViewKey("forecast", run), board.fact())
                .map(ForecastView.class::cast)
                .orElseThrow(() -> Problem.said(404, texts, "forecast.unknown", run));
    }

    /** The sites of a run that the caller may see. */
    static java.util.stream.Stream<SiteForecast> seen(ForecastView run, Board board) {
        return run.sites().stream()
                .filter(site -> site.area().isEmpty()
                        ? board.scope().whole()
                        : board.scope().covers(site.area()));
    }

    /** Why a run failed, in words. */
    static String said(Sentence why, Board board, Texts texts) {
        return texts.say(
                why,
                (kind, value) -> kind.equals("time")
                        ? Words.minuteOfDay(Instant.parse(value), board.at(), Boards.zone(board), texts)
                        : value);
    }

    private static Row row(ForecastView run, Board board, Texts texts) {
        var rates = run.rain().stream().mapToLong(RainRate::milliPerHour).summaryStatistics();
        return new Row(
                run.run(),
                run.whatIf(),
                run.whatIf().live(),
                run.by(),
                run.askedAt(),
                run.start(),
                run.until(),
                run.deadline(),
                run.state(),
                run.why().map(why -> said(why, board, texts)).orElse(""),
                run.from(),
                run.stateAt(),
                run.cells(),
                run.wallMs(),
                (int) rates.getCount(),
                rates.getCount() == 0 ? 0 : rates.getMax() / 1000.0,
                rates.getAverage() / 1000,
                (int) seen(run, board)
                        .filter(site -> site.floodsAt().isPresent())
                        .count(),
                seen(run, board).mapToInt(SiteForecast::peakMm).max().orElse(0),
                run.endedAt());
    }

    private static Site site(SiteForecast site, Board board, Texts texts) {
        var registered = Optional.ofNullable(board.register().sites().get(site.site()));
        var station = Optional.ofNullable(board.register().stations().get(site.site()));
        return new Site(
                site.site(),
                registered
                        .map(row -> texts.chinese() || row.nameEn().isEmpty() ? row.nameZh() : row.nameEn())
                        .orElseGet(() -> board.register().stationName(site.site())),
                registered.map(row -> row.kind()).orElse("station"),
                site.area(),
                site.area().isEmpty() ? "" : board.register().areaName(site.area(), texts),
                registered.map(row -> row.lon()).or(() -> station.map(row -> row.lon())),
                registered.map(row -> row.lat()).or(() -> station.map(row -> row.lat())),
                site.depthsMm(),
                site.peakMm(),
                site.peakAt(),
                site.floodsAt());
    }
}
