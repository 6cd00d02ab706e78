package jiaoying.server.page;

import static java.util.Comparator.comparing;
import static java.util.Comparator.reverseOrder;

import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import jiaoying.duty.measure.Check;
import jiaoying.duty.measure.Quantity;
import jiaoying.duty.measure.Sentence;
import jiaoying.duty.monitor.Criteria;
import jiaoying.duty.room.View.DoubtView;
import jiaoying.duty.room.View.MarkView;
import jiaoying.duty.room.View.StationView;
import jiaoying.duty.room.ViewKey;
import jiaoying.duty.station.StationFact.StationRegistered;
import jiaoying.server.page.Reads.JournalLine;
import jiaoying.server.page.StationState.Reading;
import jiaoying.server.reply.Texts;

/** Makes the page of a station from the journal, the projections and the register. */
final class StationMaker {
    /** A minute each for a month, and some to spare. */
    static final int MOST = 45_000;

    private static final Duration HOUR = Duration.ofHours(1);

    /** A suspect reading can be accepted for a day after it was observed. */
    private static final Duration ACCEPTABLE = Duration.ofHours(24);

    private final Board board;
    private final Texts texts;
    private final StationRegistered row;
    private final Quantity quantity;
    private final Optional<StationView> view;

    StationMaker(Board board, Texts texts, StationRegistered row) {
        this.board = board;
        this.texts = texts;
        this.row = row;
        this.quantity = Quantity.find(row.kind()).orElse(Quantity.RAIN);
        this.view = board.reads()
                .find()
                .find(new ViewKey("station", row.station()), board.fact())
                .map(StationView.class::cast);
    }

    /** @param to the end of the readings shown, no later than the board's instant */
    StationState make(Instant from, Instant to, List<Criteria> criteria, List<StationState.Picture> pictures) {
        var lines = lines(from, to, MOST + 1);
        var marks = marks(from, to, lines);
        var told = StationMarks.of(marks);
        var recent = recent();
        var readings =
                lines.stream().limit(MOST).map(line -> reading(line, told)).toList();
        var sums = sums();
        var rise = rise(recent);
        var rules =
                new StationRules(row, quantity, board.register().thresholds().get(row.station()));
        var standing = recent.stream().filter(Reading::counts).findFirst().map(Reading::value);
        return new StationState(
                board.at(),
                board.fact(),
                row.station(),
                row.name(),
                row.kind(),
                quantity.unit(),
                row.lon(),
                row.lat(),
                row.area(),
                row.area().isEmpty() ? "" : board.register().areaName(row.area(), texts),
                row.intervalMin(),
                view.map(StationView::silent).orElse(false),
                recent.stream().findFirst(),
                sums,
                rise,
                rules.thresholds(),
                rules.list(criteria, sums, standing, rise),
                rules.by(criteria),
                view.map(StationView::doubts).orElse(List.of()).stream()
                        .map(this::doubt)
                        .toList(),
                events(marks, from, to),
                from,
                to,
                readings,
                lines.size() > MOST,
                pictures);
    }

    private List<JournalLine> lines(Instant from, Instant to, int most) {
        return board.reads().readings().latest(row.station(), quantity, from, to, board.at(), most);
    }

    /** The last hours before the newest reading; of a silent station before its last. */
    private List<Reading> recent() {
        var end = view.filter(StationView::silent)
                .flatMap(StationView::lastObservedAt)
                .filter(last -> last.isBefore(board.at()))
                .orElse(board.at());
        var begin = end.minus(HOUR.multipliedBy(2)).minus(Duration.ofMinutes(4L * row.intervalMin()));
        var lines = lines(begin, end, 1_000);
        var told = StationMarks.of(marks(begin, end, lines));
        return lines.stream().map(line -> reading(line, told)).toList();
    }

    /** What was written of the station in the months of these readings and shortly after. */
    private List<MarkView> marks(Instant from, Instant to, List<JournalLine> lines) {
        var months = new TreeSet<YearMonth>();
        for (var month = month(from); !month.isAfter(month(to.plus(ACCEPTABLE))); month = month.plusMonths(1)) {
            months.add(month);
        }
        lines.forEach(line -> months.add(month(line.recordedAt())));
        return months.stream()
                .flatMap(
                        month -> board
                                .reads()
                                .under(MarkView.class, "mark", row.station() + "/" + month + "/", board.fact())
                                .stream())
                .toList();
    }

    private static YearMonth month(Instant at) {
        return YearMonth.from(at.atOffset(ZoneOffset.UTC));
    }

    private Reading reading(JournalLine line, StationMarks marks) {
        var accepted = marks.accepted(line)
                .map(mark -> new StationState.Accepted(mark.by(), say(mark.said()), mark.at()))
                .filter(_ -> line.suspect());
        var young = line.observedAt().isAfter(board.at().minus(ACCEPTABLE));
        return new Reading(
                line.observedAt(),
                line.recordedAt(),
                line.milli() / 1000.0,
                line.suspect(),
                marks.flags(line)
                        .map(mark -> new StationState.Flag(word(mark), say(mark.said())))
                        .toList(),
                accepted,
                line.suspect() && accepted.isEmpty() && young);
    }

    private Optional<Watch.Rain> sums() {
        return quantity != Quantity.RAIN
                ? Optional.empty()
                : board.reads().sums().apply(board.at()).stream()
                        .filter(sum -> sum.station().equals(row.station()))
                        .findFirst()
                        .map(WatchMaker::rain);
    }

    /** The newest value that counts against the one an hour before it, or the nearest older one. */
    private Optional<StationState.Rise> rise(List<Reading> recent) {
        if (quantity == Quantity.RAIN) {
            return Optional.empty();
        }
        var counted = recent.stream().filter(Reading::counts).toList();
        return counted.stream()
                .findFirst()
                .flatMap(newest -> counted.stream()
                        .filter(older ->
                                !older.observedAt().isAfter(newest.observedAt().minus(HOUR)))
                        .findFirst()
                        .map(older -> rise(newest, older)));
    }

    private static StationState.Rise rise(Reading newest, Reading older) {
        var minutes = Duration.between(older.observedAt(), newest.observedAt()).toMinutes();
        var change = newest.value() - older.value();
        return new StationState.Rise(change * 60 / minutes, change, minutes);
    }

    private StationState.Doubt doubt(DoubtView doubt) {
        return new StationState.Doubt(
                doubt.check().word(),
                doubt.since(),
                texts.say(doubt.evidence()),
                doubt.check().silences(),
                doubt.overruledBy(),
                doubt.reason(),
                doubt.overruledAt());
    }

    private List<StationState.Event> events(List<MarkView> marks, Instant from, Instant to) {
        return marks.stream()
                .filter(mark -> !mark.what().equals("flagged"))
                .filter(mark -> mark.at().isAfter(from) && !mark.at().isAfter(to))
                .sorted(comparing(MarkView::at, reverseOrder()))
                .map(mark -> new StationState.Event(
                        mark.at(),
                        mark.what(),
                        word(mark),
                        mark.value(),
                        mark.observedAt(),
                        mark.by(),
                        say(mark.said())))
                .toList();
    }

    private static String word(MarkView mark) {
        return mark.check().map(Check::word).orElse("");
    }

    private String say(List<Sentence> said) {
        return said.stream().map(texts::say).collect(Collectors.joining(texts.say("text.comma")));
    }

    /** The doubts that stand, by station. */
    static Map<String, List<DoubtView>> doubts(Board board) {
        return board.reads().list(StationView.class, "station", board.fact()).stream()
                .collect(Collectors.toMap(
                        StationView::station,
                        view -> view.doubts().stream().filter(DoubtView::stands).toList()));
    }
}
