package jiaoying.server.page;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.respond.ResponsePlan;
import jiaoying.duty.room.Arrival.CarrierChanged;
import jiaoying.duty.room.View.ActionView;
import jiaoying.duty.room.View.AlertView;
import jiaoying.duty.room.View.BulletinView;
import jiaoying.duty.room.View.CarrierView;
import jiaoying.duty.room.View.ForecastView;
import jiaoying.duty.room.View.MarkView;
import jiaoying.duty.room.View.ResponseView;
import jiaoying.server.page.TimelineMaker.Mark;
import jiaoying.server.reply.Texts;

/** The line of time in words: what was decided on alerts, messages of other centres, responses, and doubts about stations. */
record TimelineDesk(Board board, Texts texts, Instant from) {
    private static final Set<String> SHOWN_OF_STATIONS =
            Set.of("doubted", "trusted", "overruled", "accepted", "would-raise", "silent", "heard");

    Stream<Mark> marks() {
        return Stream.of(decisions(), bulletins(), responses(), stations(), carriers(), forecasts())
                .flatMap(marks -> marks);
    }

    private Stream<Mark> decisions() {
        return board.alertsSince(from)
                .filter(alert -> !Set.of("", "superseded").contains(alert.decision()))
                .flatMap(alert -> alert.decidedAt().map(at -> decision(alert, at)).stream());
    }

    private Mark decision(AlertView alert, Instant at) {
        return new Mark(
                at,
                "alert",
                "none",
                texts.say(
                        "mark.decided." + alert.decision(),
                        texts.say("color." + alert.color().word()),
                        area(alert.area()),
                        alert.decidedBy()));
    }

    private Stream<Mark> bulletins() {
        return board.reads().recent(BulletinView.class, "bulletin", from, board.fact()).stream()
                .filter(row -> WarnController.sees(board, row))
                .flatMap(row -> Stream.concat(
                        Stream.concat(Stream.of(heard(row)), row.began().map(at -> began(row, at)).stream()),
                        row.ended().isEmpty() ? Stream.empty() : row.endedAt().map(at -> ended(row, at)).stream()));
    }

    private Mark heard(BulletinView row) {
        return new Mark(
                row.heardAt(),
                "cap",
                color(row),
                texts.say(
                        "mark.cap",
                        row.bulletin().senderName(),
                        row.bulletin().headline(),
                        texts.say("cap.verdict." + word(row.verdict()))));
    }

    private Mark began(BulletinView row, Instant at) {
        return new Mark(
                at,
                "cap",
                color(row),
                texts.say(
                        "mark.cap.began",
                        row.bulletin().senderName(),
                        row.bulletin().headline()));
    }

    private static String color(BulletinView row) {
        return row.brought().stream()
                .map(place -> place.color())
                .max(SignalColor::compareTo)
                .orElse(SignalColor.NONE)
                .word();
    }

    private Mark ended(BulletinView row, Instant at) {
        return new Mark(
                at,
                "cap",
                "none",
                texts.say(
                        "mark.cap.ended",
                        row.bulletin().senderName(),
                        row.bulletin().headline(),
                        texts.say("cap.ended." + row.ended())));
    }

    private Stream<Mark> responses() {
        return board.reads().recent(ResponseView.class, "response", from, board.fact()).stream()
                .filter(row -> board.scope().covers(row.area()))
                .filter(row -> !row.state().equals("superseded"))
                .flatMap(this::response);
    }

    private Stream<Mark> response(ResponseView row) {
        var area = area(row.area());
        var color = texts.say("color." + row.color().word());
        var level = ResponsePlan.roman(row.level());
        var proposed = mark(
                row.proposedAt(),
                row,
                texts.say("mark.response.proposed", area, texts.say("hazard." + row.hazard()), color, level));
        var overdue = row.decideBy()
                .filter(due -> row.state().equals("overdue")
                        || row.decidedAt()
                                .or(() -> row.endedAt())
                                .filter(due::isBefore)
                                .isPresent())
                .map(due -> mark(due, row, texts.say("mark.response.overdue", area, level)));
        var decided = row.decidedAt().map(at -> mark(at, row, decision(row, area)));
        var ended = row.state().equals("ended")
                ? row.endedAt().map(at -> mark(at, row, texts.say("mark.response.ended", area)))
                : Optional.<Mark>empty();
        var withdrawn = row.state().equals("withdrawn")
                ? row.endedAt().map(at -> mark(at, row, texts.say("mark.response.withdrawn", area, level)))
                : Optional.<Mark>empty();
        return Stream.of(
                        Stream.of(proposed),
                        overdue.stream(),
                        decided.stream(),
                        actions(row),
                        ended.stream(),
                        withdrawn.stream())
                .flatMap(marks -> marks);
    }

    private String decision(ResponseView row, String area) {
        return row.decidedLevel() == 0
                ? texts.say("mark.response.declined", area, row.decidedBy())
                : texts.say("mark.response.started", area, ResponsePlan.roman(row.decidedLevel()), row.decidedBy());
    }

    private Stream<Mark> actions(ResponseView row) {
        return Stream.of(
                        row.actions().stream()
                                .flatMap(action ->
                                        action.reportedAt().map(at -> mark(at, row, report(action))).stream()),
                        together(row, ActionView::urgedAt, "mark.action.urged"),
                        together(row, ActionView::escalatedAt, "mark.action.escalated"))
                .flatMap(marks -> marks);
    }

    /** Actions that were late at the same moment are one mark. */
    private Stream<Mark> together(ResponseView row, Function<ActionView, Optional<Instant>> when, String key) {
        var late = new TreeMap<Instant, List<String>>();
        for (var action : row.actions()) {
            when.apply(action)
                    .ifPresent(at ->
                            late.computeIfAbsent(at, it -> new ArrayList<>()).add(department(action)));
        }
        return late.entrySet().stream()
                .map(e -> mark(
                        e.getKey(),
                        row,
                        texts.say(key, e.getValue().size(), String.join(texts.chinese() ? "、" : ", ", e.getValue()))));
    }

    private String department(ActionView action) {
        return texts.chinese()
                ? action.action().departmentZh()
                : action.action().departmentEn();
    }

    private String report(ActionView action) {
        return texts.say("mark.action", department(action), action.text(), action.by());
    }

    private static Mark mark(Instant at, ResponseView row, String text) {
        return new Mark(at, "response", row.color().word(), text);
    }

    private Stream<Mark> stations() {
        return board.reads().recent(MarkView.class, "mark", from, board.fact()).stream()
                .filter(row -> SHOWN_OF_STATIONS.contains(row.what()) && sees(row.station()))
                .map(this::station);
    }

    /** Forecasts that failed, the first that came after them, and cases that were tried. */
    private Stream<Mark> forecasts() {
        var runs = board.reads().recent(ForecastView.class, "forecast", from, board.fact()).stream()
                .sorted(Comparator.comparing(ForecastView::askedAt).thenComparing(ForecastView::run))
                .toList();
        var marks = new ArrayList<Mark>();
        var down = false;
        for (var run : runs) {
            var live = run.whatIf().live();
            var ended = run.endedAt();
            if (ended.isPresent() && (!live || down || run.state().equals("failed"))) {
                marks.add(new Mark(ended.get(), "forecast", "none", forecast(run)));
            }
            down = live && ended.isPresent() ? run.state().equals("failed") : down;
        }
        return marks.stream();
    }

    private String forecast(ForecastView run) {
        var asked = minute(run.askedAt());
        var by = run.by();
        if (run.state().equals("failed")) {
            var why = run.why()
                    .map(reason -> ForecastController.said(reason, board, texts))
                    .orElse("");
            return run.whatIf().live()
                    ? texts.say("mark.forecast.failed", asked, why)
                    : texts.say("mark.forecast.case-failed", by, why);
        }
        var flooded = ForecastController.seen(run, board)
                .filter(site -> site.floodsAt().isPresent())
                .count();
        return run.whatIf().live()
                ? texts.say("mark.forecast.back", asked)
                : texts.say("mark.forecast.case", by, flooded);
    }

    private String minute(Instant at) {
        return Words.minuteOfDay(at, board.at(), Boards.zone(board), texts);
    }

    private Stream<Mark> carriers() {
        return board.carriers().stream()
                .flatMap(row -> Stream.concat(
                        Stream.of(carrier(row, row.failedAt(), "mark.carrier.out")),
                        row.backAt().map(at -> carrier(row, at, ended(row))).stream()));
    }

    private static String ended(CarrierView row) {
        return row.why().equals(CarrierChanged.REMOVED) ? "mark.carrier.removed" : "mark.carrier.back";
    }

    private Mark carrier(CarrierView row, Instant at, String key) {
        var channels = row.channels().stream()
                .map(channel -> texts.say("channel." + channel.word()))
                .collect(Collectors.joining("/"));
        return new Mark(at, "note", "none", texts.say(key, row.carrier(), channels));
    }

    private boolean sees(String station) {
        return Optional.ofNullable(board.register().stations().get(station))
                .filter(row -> board.scope().covers(row.area()))
                .isPresent();
    }

    private Mark station(MarkView row) {
        return new Mark(
                row.at(),
                "station",
                "none",
                texts.say(
                        "mark.station." + row.what(),
                        board.register().stationName(row.station()),
                        row.check()
                                .map(check -> texts.say("check." + check.word()))
                                .orElse(""),
                        row.by(),
                        row.what().equals("would-raise") ? texts.say("color." + row.value()) : ""));
    }

    private String area(String area) {
        return board.register().areaName(area, texts);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
