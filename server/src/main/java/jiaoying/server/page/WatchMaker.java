package jiaoying.server.page;

import static java.util.Comparator.comparing;
import static java.util.Comparator.reverseOrder;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import jiaoying.duty.call.CallFact.Aim;
import jiaoying.duty.call.CallFact.Item;
import jiaoying.duty.monitor.Basis;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.room.View.AlertView;
import jiaoying.duty.room.View.AreaView;
import jiaoying.duty.room.View.AttemptView;
import jiaoying.duty.room.View.CalleeView;
import jiaoying.duty.room.View.CarrierView;
import jiaoying.duty.room.View.RoomView;
import jiaoying.duty.room.View.SignalView;
import jiaoying.duty.station.StationFact.StationRegistered;
import jiaoying.duty.warn.WarnFact.ThresholdAlertRaised;
import jiaoying.server.page.Board.Called;
import jiaoying.server.page.Reads.StationRain;
import jiaoying.server.reply.Texts;

/** Makes the state of Watch from what one account may see of the room at one instant. */
final class WatchMaker {
    /** States of a callee nobody has heard from. */
    static final Set<String> SILENT = Set.of("calling", "exhausted");
    /** States that end a ladder with a person's word. */
    static final Set<String> ANSWERED = Set.of("answered", "reached-by-desk");
    /** State of a callee in whose stead somebody else answered. */
    static final String TAKEN_OVER = "taken-over";

    private static final Duration CLOSED_SHOWN = Duration.ofHours(2);
    private static final Duration NOTES_SHOWN = Duration.ofHours(24);
    private static final int NOTES = 50;

    private final Board board;
    private final RoomInfo info;
    private final Texts texts;
    private final CityRegister register;
    private final Map<String, StationRain> rain;
    private final List<Called> orders;

    private WatchMaker(Board board, RoomInfo info, Texts texts, boolean callees) {
        this.board = board;
        this.info = info;
        this.texts = texts;
        this.register = board.register();
        this.rain = board.reads().sums().apply(board.at()).stream()
                .collect(Collectors.toMap(StationRain::station, row -> row, (one, _) -> one));
        var since = board.at().minus(CLOSED_SHOWN);
        this.orders = (callees ? board.ordersSince(since) : board.ordersAlone(since))
                .stream().filter(called -> called.order().aim() == Aim.WARNING).toList();
    }

    static Watch make(Board board, RoomInfo info, Texts texts, boolean live) {
        return new WatchMaker(board, info, texts, true).make(live);
    }

    /** The same without the list of the silent, for screens that read callees in another way. */
    static Watch makeWithoutCallees(Board board, RoomInfo info, Texts texts, boolean live) {
        return new WatchMaker(board, info, texts, false).make(live);
    }

    private Watch make(boolean live) {
        var stations = stations();
        return new Watch(
                board.at(),
                live,
                board.fact(),
                board.reads().clock().instant(),
                info.speed().getAsDouble(),
                board.room().map(RoomView::held).orElse(false),
                dataAge(),
                signals(),
                alerts(),
                orders.stream().map(this::order).toList(),
                silent(),
                lastAnswer(),
                areas(),
                stations,
                new Extremes(stations).all(),
                board.shift().map(row -> new Watch.Shift(row.officer(), row.since(), row.soundArmed())),
                notes(),
                stations.stream().filter(Watch.Station::silent).count(),
                info.restarted().get().filter(restart -> !restart.at().isAfter(board.at())),
                live ? info.findings().get() : findings(),
                ChecksMaker.make(board, texts));
    }

    /** Of a past minute: whether texts and calls went out then. */
    private List<RoomInfo.Finding> findings() {
        return board.carriers().stream()
                .max(Comparator.comparing(CarrierView::at))
                .filter(last -> last.out().containsAll(RoomInfo.CALLING))
                .map(last -> new RoomInfo.Finding(RoomInfo.OUT, ""))
                .stream()
                .toList();
    }

    private Optional<Long> dataAge() {
        return board.stations().stream()
                .map(station -> Optional.ofNullable(rain.get(station.station())).flatMap(StationRain::lastObservedAt))
                .flatMap(Optional::stream)
                .max(Comparator.naturalOrder())
                .map(last -> Math.max(0, Duration.between(last, board.at()).toSeconds()));
    }

    private List<Watch.Signal> signals() {
        return board.signalsSince(board.at())
                .filter(signal -> signal.endedAt().isEmpty())
                .sorted(comparing(SignalView::color, reverseOrder()).thenComparing(SignalView::issuedAt))
                .map(signal -> new Watch.Signal(
                        signal.signal(),
                        signal.hazard(),
                        signal.color().word(),
                        signal.area(),
                        register.areaName(signal.area(), texts),
                        signal.issuedAt(),
                        signal.source(),
                        signal.text(),
                        signal.action(),
                        basis(signal.basis())))
                .toList();
    }

    private List<Watch.Alert> alerts() {
        return board.alertsSince(board.at())
                .filter(alert -> alert.decision().isEmpty())
                .sorted(comparing(AlertView::color, reverseOrder()).thenComparing(AlertView::raisedAt))
                .map(alert -> new Watch.Alert(
                        alert.alert(),
                        alert.hazard(),
                        alert.color().word(),
                        alert.was().word(),
                        alert.area(),
                        register.areaName(alert.area(), texts),
                        alert.raisedAt(),
                        alert.decideBy(),
                        basis(alert.basis()),
                        alert.source(),
                        alert.text(),
                        alert.criteria().startsWith(ThresholdAlertRaised.FORECAST)))
                .toList();
    }

    private List<Watch.BasisLine> basis(List<Basis> basis) {
        return basis(basis, register, texts);
    }

    static List<Watch.BasisLine> basis(List<Basis> basis, CityRegister register, Texts texts) {
        return basis.stream()
                .map(row -> new Watch.BasisLine(
                        row.station(),
                        register.stationName(row.station(), texts),
                        row.quantity().word(),
                        row.windowH(),
                        row.sumMilli() / 1000.0,
                        row.quantity().unit(),
                        row.at()))
                .toList();
    }

    /** A confined account counts only the callees it sees. */
    private Watch.Order order(Called called) {
        var whole = board.scope().whole();
        var order = called.order();
        var own = called.callees();
        return new Watch.Order(
                order.order(),
                order.color().word(),
                order.area(),
                register.areaName(order.area(), texts),
                order.openedAt(),
                order.closedAt(),
                whole ? order.called() : own.size(),
                whole ? order.answered() : count(own, ANSWERED),
                whole ? order.takenOver() : count(own, Set.of(TAKEN_OVER)),
                whole ? order.silent() : count(own, SILENT),
                order.notice(),
                notReceived(called));
    }

    private List<Watch.Named> notReceived(Called called) {
        var own = called.callees().stream().map(CalleeView::person).collect(Collectors.toSet());
        return called.order().notReceived().stream()
                .filter(person -> board.scope().whole() || own.contains(person))
                .map(person -> new Watch.Named(person, register.personName(person, texts)))
                .toList();
    }

    private static int count(List<CalleeView> callees, Set<String> states) {
        return (int)
                callees.stream().filter(row -> states.contains(row.state())).count();
    }

    private List<Watch.Silent> silent() {
        return orders.stream()
                .filter(Called::open)
                .flatMap(called -> called.callees().stream())
                .filter(row -> SILENT.contains(row.state()))
                .sorted(comparing(CalleeView::color, reverseOrder())
                        .thenComparing(CalleeView::calledAt)
                        .thenComparing(CalleeView::person))
                .map(this::silent)
                .toList();
    }

    private Watch.Silent silent(CalleeView row) {
        var person = row.person();
        return new Watch.Silent(
                row.order(),
                person,
                register.personName(person, texts),
                register.post(person, texts),
                register.bodyOf(person, texts),
                row.area(),
                register.areaName(row.area(), texts),
                row.color().word(),
                row.calledAt(),
                row.state(),
                row.round(),
                row.rounds(),
                row.attempts().stream()
                        .max(comparing(AttemptView::plannedAt).thenComparing(AttemptView::key))
                        .map(last -> new Watch.LastAttempt(
                                last.channel().word(),
                                last.state(),
                                last.submittedAt().orElse(last.plannedAt()))),
                row.next().map(next -> new Watch.NextStep(next.what(), nextName(next.person()), next.at())),
                items(row.items()));
    }

    private String nextName(String person) {
        return person.isEmpty() ? "" : register.personName(person, texts);
    }

    private List<Watch.DutyItem> items(List<Item> items) {
        return items.stream()
                .filter(item -> board.scope().covers(item.area()))
                .map(item -> new Watch.DutyItem(item.duty(), register.areaName(item.area(), texts)))
                .toList();
    }

    private Optional<Watch.LastAnswer> lastAnswer() {
        return orders.stream()
                .flatMap(called -> called.callees().stream())
                .filter(row -> ANSWERED.contains(row.state()) || takenOver(row))
                .flatMap(row -> row.settledAt().stream()
                        .map(at ->
                                new Watch.LastAnswer(register.personName(whoAnswered(row), texts), at, takenOver(row))))
                .max(comparing(Watch.LastAnswer::at));
    }

    private static boolean takenOver(CalleeView row) {
        return row.state().equals(TAKEN_OVER);
    }

    private static String whoAnswered(CalleeView row) {
        return takenOver(row) && !row.settledBy().isEmpty() ? row.settledBy() : row.person();
    }

    /** Areas with gauges or with a level; villages without either are not listed. */
    private List<Watch.Area> areas() {
        Map<String, AreaView> views = new HashMap<>();
        board.areas().forEach(view -> views.merge(view.area(), view, WatchMaker::worse));
        return register.areas().values().stream()
                .filter(area -> board.scope().covers(area.area()))
                .filter(area -> views.containsKey(area.area()) || !area.kind().equals("village"))
                .map(area -> area(area.area(), Optional.ofNullable(views.get(area.area()))))
                .toList();
    }

    /** An area has a row for each hazard; the map shows the worst of them. */
    private static AreaView worse(AreaView one, AreaView other) {
        var level = other.level().above(one.level()) ? other : one;
        var signal = other.signal().above(one.signal()) ? other.signal() : one.signal();
        return new AreaView(
                level.area(),
                level.hazard(),
                level.level(),
                level.fallingSince(),
                level.single(),
                level.basis(),
                signal);
    }

    private Watch.Area area(String code, Optional<AreaView> view) {
        return new Watch.Area(
                code,
                register.areaName(code, texts),
                view.map(AreaView::level).orElse(SignalColor.NONE).word(),
                view.map(AreaView::signal).orElse(SignalColor.NONE).word(),
                view.flatMap(AreaView::fallingSince),
                areaRain(code));
    }

    /** The sums by which an area's level is found: of its second-wettest gauge, or of the only one. */
    private Optional<Watch.Rain> areaRain(String area) {
        var rows = register.stations().values().stream()
                .filter(station -> station.area().equals(area)
                        || register.parent(station.area()).filter(area::equals).isPresent())
                .flatMap(station -> Optional.ofNullable(rain.get(station.station())).stream())
                .toList();
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(new Watch.Rain(
                        second(rows, StationRain::h1),
                        second(rows, StationRain::h3),
                        second(rows, StationRain::h6),
                        second(rows, StationRain::h12),
                        second(rows, StationRain::h24)));
    }

    private static double second(List<StationRain> rows, ToLongFunction<StationRain> sum) {
        var sums = rows.stream().mapToLong(sum).sorted().toArray();
        return mm(sums[Math.max(0, sums.length - 2)]);
    }

    private List<Watch.Station> stations() {
        var silent = board.silentStations();
        return board.stations().stream()
                .map(station -> station(station, silent.containsKey(station.station())))
                .toList();
    }

    private Watch.Station station(StationRegistered station, boolean silent) {
        var row = Optional.ofNullable(rain.get(station.station()));
        return new Watch.Station(
                station.station(),
                station.name(),
                station.lon(),
                station.lat(),
                station.area(),
                row.map(WatchMaker::rain),
                row.flatMap(StationRain::lastObservedAt),
                silent);
    }

    private List<Watch.Note> notes() {
        return board.notesSince(board.at().minus(NOTES_SHOWN)).stream()
                .map(note -> new Watch.Note(note.at(), note.by(), note.text()))
                .sorted(comparing(Watch.Note::at, reverseOrder()))
                .limit(NOTES)
                .toList();
    }

    static Watch.Rain rain(StationRain row) {
        return new Watch.Rain(mm(row.h1()), mm(row.h3()), mm(row.h6()), mm(row.h12()), mm(row.h24()));
    }

    private static double mm(long milli) {
        return milli / 1000.0;
    }

    /** The wettest station of each window; stations outside every area do not count. */
    private final class Extremes {
        private final List<Watch.Station> stations;

        private Extremes(List<Watch.Station> stations) {
            this.stations =
                    stations.stream().filter(row -> !row.area().isEmpty()).toList();
        }

        private Watch.Extremes all() {
            return new Watch.Extremes(most(Watch.Rain::h1), most(Watch.Rain::h3), most(Watch.Rain::h24));
        }

        private Optional<Watch.Extreme> most(ToDoubleFunction<Watch.Rain> window) {
            return stations.stream()
                    .flatMap(row -> row.rain().stream()
                            .map(sums -> new Watch.Extreme(
                                    window.applyAsDouble(sums),
                                    row.id(),
                                    row.name(),
                                    register.areaName(row.area(), texts))))
                    .filter(row -> row.mm() > 0)
                    .max(Comparator.comparingDouble(Watch.Extreme::mm));
        }
    }
}
