package jiaoying.server.page;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jiaoying.duty.room.View.CalleeView;
import jiaoying.duty.room.View.RoomView;
import jiaoying.duty.room.View.SignalView;
import jiaoying.duty.station.StationFact.StationRegistered;
import jiaoying.duty.warn.WarnFact.ThresholdAlertRaised;
import jiaoying.server.page.Board.Called;
import jiaoying.server.reply.Texts;

/** The line of rain, signals, orders, answers and notes under the clock. */
final class TimelineMaker {
    private static final Duration FINEST = Duration.ofMinutes(5);
    private static final int MOST_STEPS = 300;
    private static final int MOST_MARKS = 2_000;

    private final Board board;
    private final RoomInfo info;
    private final Texts texts;
    private final Instant from;
    private final List<Called> orders;

    private TimelineMaker(Board board, RoomInfo info, Texts texts, Instant from) {
        this.board = board;
        this.info = info;
        this.texts = texts;
        this.from = from;
        this.orders = board.ordersSince(from);
    }

    record Timeline(Instant from, Instant to, List<Step> rain, List<Mark> marks) {}

    record Step(Instant at, double maxMm, double meanMm) {}

    record Mark(Instant at, String kind, String color, String text) {}

    /** From then to the board's instant. */
    static Timeline make(Board board, RoomInfo info, Texts texts, Instant from) {
        var maker = new TimelineMaker(board, info, texts, from);
        return new Timeline(from, board.at(), maker.rain(), maker.marks());
    }

    private List<Step> rain() {
        var to = board.at();
        return board.reads().steps().list(from, to, step(Duration.between(from, to)), stations()).stream()
                .map(row -> new Step(row.at(), row.maxMilli() / 1000.0, row.meanMilli() / 1000.0))
                .toList();
    }

    private Optional<Set<String>> stations() {
        return board.scope().whole()
                ? Optional.empty()
                : Optional.of(board.stations().stream()
                        .map(StationRegistered::station)
                        .collect(Collectors.toSet()));
    }

    /** Whole multiples of five minutes. */
    private static Duration step(Duration span) {
        long finest = FINEST.toSeconds();
        long wanted = span.toSeconds() / MOST_STEPS;
        return Duration.ofSeconds(Math.max(1, Math.ceilDiv(wanted, finest)) * finest);
    }

    private List<Mark> marks() {
        return Stream.of(
                        signals(),
                        alerts(),
                        orders(),
                        answers(),
                        notes(),
                        restart(),
                        plan(),
                        new TimelineDesk(board, texts, from).marks())
                .flatMap(Function.identity())
                .filter(mark -> !mark.at().isBefore(from) && !mark.at().isAfter(board.at()))
                .sorted(Comparator.comparing(Mark::at, Comparator.reverseOrder()))
                .limit(MOST_MARKS)
                .sorted(Comparator.comparing(Mark::at))
                .toList();
    }

    private Stream<Mark> signals() {
        return board.signalsSince(from)
                .flatMap(signal -> Stream.concat(
                        Stream.of(mark(signal, signal.issuedAt(), signal.color().word(), signal.action())),
                        signal
                                .endedAt()
                                .filter(_ -> !signal.ended().equals("replaced"))
                                .map(at -> mark(signal, at, "none", signal.ended()))
                                .stream()));
    }

    private Mark mark(SignalView signal, Instant at, String color, String action) {
        return new Mark(
                at,
                "signal",
                color,
                Words.signal(texts, signal.hazard(), signal.color()) + Words.action(texts, action) + " "
                        + board.register().areaName(signal.area(), texts));
    }

    private Stream<Mark> alerts() {
        return board.alertsSince(from)
                .map(alert -> new Mark(
                        alert.raisedAt(),
                        "alert",
                        alert.color().word(),
                        texts.say(
                                alert.criteria().startsWith(ThresholdAlertRaised.FORECAST)
                                        ? "mark.forecast"
                                        : "mark.alert",
                                Words.color(texts, alert.color()),
                                board.register().areaName(alert.area(), texts))));
    }

    private Stream<Mark> orders() {
        return orders.stream()
                .map(Called::order)
                .flatMap(order -> Stream.concat(
                        Stream.of(new Mark(
                                order.openedAt(),
                                "order",
                                order.color().word(),
                                texts.say("mark.order", board.register().areaName(order.area(), texts)))),
                        order.closedAt().stream()
                                .map(at -> new Mark(
                                        at,
                                        "order",
                                        "none",
                                        texts.say(
                                                "mark.closed", board.register().areaName(order.area(), texts))))));
    }

    private Stream<Mark> answers() {
        return orders.stream()
                .flatMap(called -> called.callees().stream())
                .filter(row -> WatchMaker.ANSWERED.contains(row.state()))
                .flatMap(row -> row.settledAt().stream().map(at -> answer(row, at)));
    }

    private Mark answer(CalleeView row, Instant at) {
        return new Mark(
                at,
                "answered",
                row.color().word(),
                texts.say("mark.answered", board.register().personName(row.person(), texts)));
    }

    private Stream<Mark> notes() {
        return board.notesSince(from).stream()
                .map(note -> new Mark(note.at(), "note", "none", note.by() + ": " + note.text()));
    }

    /** The last change of the call plan, if it came within the span. */
    private Stream<Mark> plan() {
        return board.room().map(RoomView::plan).stream()
                .flatMap(plan -> plan
                        .since()
                        .map(at -> new Mark(
                                at, "note", "none", texts.say("mark.plan", plan.plan(), plan.version(), plan.by())))
                        .stream());
    }

    private Stream<Mark> restart() {
        return info.restarted().get().stream()
                .map(restart -> new Mark(
                        restart.at(), "restart", "none", texts.say("mark.restart", restart.seconds(), restart.lost())));
    }
}
