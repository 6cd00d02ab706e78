package jiaoying.server.page;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import jiaoying.duty.programme.Indicators;
import jiaoying.duty.programme.Period;
import jiaoying.duty.programme.Programme;
import jiaoying.duty.programme.Report;
import jiaoying.duty.programme.RowsAsOf;
import jiaoying.duty.room.View.ItemView;
import jiaoying.server.reply.PlainText;
import jiaoying.server.reply.Problem;
import jiaoying.server.reply.Texts;
import org.jspecify.annotations.Nullable;

/**
 * Figures of programmes over the items of the room (指标): for a period, as the world stood on one day (as of), by what was known
 * on another (known on).
 */
final class Reports {
    private final Programmes programmes;
    private final ItemList items;

    Reports(Programmes programmes, ItemList items) {
        this.programmes = programmes;
        this.items = items;
    }

    /** @param known the day at whose end it was known */
    record Asked(Programme programme, Period period, LocalDate known) {}

    /** @param asked {@code from} (or {@code since}), {@code to}, {@code as_of}, and {@code known_on}, which is the as-of day when it is missing */
    Asked asked(String programme, Map<String, String> asked, Board board, Texts texts) {
        var asOf = day(asked.getOrDefault("as_of", ""));
        var known = asked.getOrDefault("known_on", "");
        var from = asked.getOrDefault("since", asked.getOrDefault("from", ""));
        var knownOn = known.isEmpty() ? asOf : day(known);
        return new Asked(
                programme(programme, asOf.isBefore(knownOn) ? asOf : knownOn, board, texts),
                new Period(day(from), day(asked.getOrDefault("to", "")), asOf),
                knownOn);
    }

    /** As it was in force at the end of a day: its words and targets of then. */
    Programme programme(String name, LocalDate day, Board board, Texts texts) {
        var end = day.plusDays(1).atStartOfDay(Boards.zone(board)).toInstant();
        return found(name, end.isBefore(board.at()) ? board.reads().factAt().applyAsLong(end) : board.fact(), texts);
    }

    Report report(Asked asked, Board board) {
        var reader = new RowsAsOf(asked.period().asOf(), Boards.zone(board));
        var rows = known(asked.known(), board).stream()
                .filter(row -> row.programme().equals(asked.programme().name()) && ItemQuery.sees(board, row))
                .flatMap(row -> ItemRows.of(row, asked.programme(), reader).stream())
                .toList();
        return new Report(asked.programme(), rows, asked.period());
    }

    /** A figure of one month. @param value null when it is not defined */
    record Month(String from, String to, @Nullable String value) {}

    /** One figure month by month, the last month being the one of {@code to}: each as it stood at its end, by what is known now. */
    List<Month> series(Programme programme, String figure, LocalDate to, int months, Board board, Texts texts) {
        var indicator = programme.indicators().stream()
                .filter(one -> one.id().equals(figure))
                .findFirst()
                .orElseThrow(() -> Problem.said(404, texts, "scope.nowhere", figure));
        var zone = Boards.zone(board);
        var mine = items.now().stream()
                .filter(row -> row.programme().equals(programme.name()) && ItemQuery.sees(board, row))
                .toList();
        var series = new ArrayList<Month>();
        for (var back = months - 1; back >= 0; back--) {
            var month = YearMonth.from(to).minusMonths(back);
            var end = month.atEndOfMonth().isAfter(to) ? to : month.atEndOfMonth();
            var reader = new RowsAsOf(end, zone);
            var rows = mine.stream()
                    .flatMap(row -> ItemRows.of(row, programme, reader).stream())
                    .toList();
            var value = new Indicators(programme, rows).over(figure, new Period(month.atDay(1), end, end));
            series.add(new Month(
                    month.atDay(1).toString(),
                    end.toString(),
                    Indicators.shown(value, indicator).orElse(null)));
        }
        return series;
    }

    private Collection<ItemView> known(LocalDate day, Board board) {
        var end = day.plusDays(1).atStartOfDay(Boards.zone(board)).toInstant();
        if (!end.isBefore(board.at())) {
            return items.now();
        }
        var reads = board.reads();
        return reads.rows().list("item", "", 0, reads.factAt().applyAsLong(end)).stream()
                .map(ItemView.class::cast)
                .toList();
    }

    /** As it is in force now. */
    Programme programme(String name, Board board, Texts texts) {
        return found(name, board.fact(), texts);
    }

    private Programme found(String name, long fact, Texts texts) {
        return programmes.find(name, fact).orElseThrow(() -> Problem.said(404, texts, "scope.nowhere", name));
    }

    static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw Problem.worded(400, reader -> Problem.Words.said(reader, "ask.day", PlainText.clip(text, 40)));
        }
    }
}
