package jiaoying.server.page;

import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.room.View.CalleeView;
import jiaoying.server.page.Board.Called;
import jiaoying.server.reply.Texts;

/** The state at the clock as one paragraph to be copied into a chat group: 截至02:17，应叫47人，已应答41人，未应答6人：…. */
final class WatchText {
    private final Watch watch;
    private final Texts texts;
    private final ZoneId zone;

    private WatchText(Watch watch, Texts texts, ZoneId zone) {
        this.watch = watch;
        this.texts = texts;
        this.zone = zone;
    }

    static String make(Board board, Watch watch, Texts texts, ZoneId zone, String prefix) {
        return prefix + new WatchText(watch, texts, zone).make(Count.of(board));
    }

    /** Everybody called in an open order, once, however many orders call him. */
    private record Count(int called, int answered, int takenOver, int silent) {
        static Count of(Board board) {
            var callees = board.ordersSince(board.at()).stream()
                    .filter(Called::open)
                    .flatMap(called -> called.callees().stream())
                    .toList();
            var silent = persons(callees, WatchMaker.SILENT);
            var takenOver = persons(callees, Set.of("taken-over"));
            takenOver.removeAll(silent);
            var answered = callees.stream().map(CalleeView::person).collect(Collectors.toCollection(HashSet::new));
            int called = answered.size();
            answered.removeAll(silent);
            answered.removeAll(takenOver);
            return new Count(called, answered.size(), takenOver.size(), silent.size());
        }

        private static Set<String> persons(List<CalleeView> callees, Set<String> states) {
            return callees.stream()
                    .filter(row -> states.contains(row.state()))
                    .map(CalleeView::person)
                    .collect(Collectors.toCollection(HashSet::new));
        }
    }

    private String make(Count count) {
        var line = new StringBuilder();
        var at = Words.minuteOfDay(watch.at(), watch.now(), zone, texts);
        if (count.called() == 0) {
            line.append(texts.say("text.nobody", at));
        } else {
            line.append(texts.say("text.called", at, count.called(), count.answered()));
            if (count.takenOver() > 0) {
                line.append(texts.say("text.takenover", count.takenOver()));
            }
            line.append(texts.say("text.silent", count.silent())).append(names());
        }
        rain().ifPresent(line::append);
        line.append(signals());
        if (watch.silentStations() > 0) {
            line.append(texts.say("text.stations", watch.silentStations()));
        }
        return line.append(texts.say("text.end")).toString();
    }

    private String names() {
        if (watch.silent().isEmpty()) {
            return "";
        }
        return texts.say("text.colon")
                + watch.silent().stream()
                        .map(row -> texts.say("text.person", row.name(), place(row)))
                        .distinct()
                        .collect(Collectors.joining(texts.say("text.comma")));
    }

    /** The place of the first duty for which the person is called, with the area of the order. */
    private String place(Watch.Silent row) {
        return row.items().stream()
                .map(Watch.DutyItem::areaName)
                .findFirst()
                .filter(place -> !place.equals(row.areaName()))
                .map(place -> texts.say("text.place", row.areaName(), place))
                .orElse(row.areaName());
    }

    private Optional<String> rain() {
        return watch.extremes()
                .h1()
                .map(one -> texts.say("text.rain", 1, mm(one.mm()), one.name(), one.areaName())
                        + watch.extremes()
                                .h3()
                                .map(three ->
                                        texts.say("text.rain.more", 3, mm(three.mm()), three.name(), three.areaName()))
                                .orElse(""));
    }

    private String signals() {
        if (watch.signals().isEmpty()) {
            return texts.say("text.nosignal");
        }
        return texts.say("text.signals")
                + watch.signals().stream()
                        .map(row -> texts.say(
                                "text.signal",
                                Words.hazard(texts, row.hazard()),
                                Words.color(texts, SignalColor.find(row.color()).orElse(SignalColor.NONE)),
                                row.areaName()))
                        .collect(Collectors.joining(texts.say("text.comma")));
    }

    private static String mm(double mm) {
        return String.valueOf(Math.round(mm * 10) / 10.0);
    }
}
