package jiaoying.server.page;

import static java.util.Comparator.comparing;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import jiaoying.duty.programme.Period;
import jiaoying.duty.programme.Programme;
import jiaoying.duty.room.View.ClockView;
import jiaoying.duty.room.View.ItemView;
import jiaoying.duty.room.ViewKey;
import jiaoying.server.programme.Report;
import jiaoying.server.reply.PlainText;
import jiaoying.server.reply.Problem;
import jiaoying.server.reply.Texts;
import jiaoying.server.security.Caller;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The Act screen (处置): one work list over all programmes, one item with its trace, and the programmes as forms need them. */
@RestController
public final class ItemsController {
    private static final int MOST = 500;

    private final Boards boards;
    private final ItemList items;
    private final ItemWords words;
    private final List<Programme> programmes;

    public ItemsController(Boards boards, List<Programme> programmes) {
        this.boards = boards;
        this.items = new ItemList(boards.reads());
        this.programmes = programmes;
        this.words = new ItemWords(programmes);
    }

    /** @param total how many fit the filter, of which the rows are one part */
    record Listed(int total, Instant at, List<ItemWords.Row> rows) {}

    @GetMapping("/api/items")
    Listed list(
            @RequestParam(defaultValue = "") String programme,
            @RequestParam(defaultValue = "open") String state,
            @RequestParam(defaultValue = "") String area,
            @RequestParam(defaultValue = "") String body,
            @RequestParam(defaultValue = "false") boolean mine,
            @RequestParam(defaultValue = "false") boolean overdue,
            @RequestParam(defaultValue = "false") boolean carded,
            @RequestParam(defaultValue = "false") boolean asked,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "due") String sort,
            @RequestParam(defaultValue = "0") int from,
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(defaultValue = "zh-CN") String lang) {
        var board = boards.forCaller("");
        var person = Caller.person().account().name();
        Predicate<ItemView> fits = row -> sees(board, row);
        fits = programme.isEmpty() ? fits : fits.and(row -> row.programme().equals(programme));
        fits = fits.and(state(state));
        fits = area.isEmpty()
                ? fits
                : fits.and(row -> boards.scope(List.of(area)).covers(row.area()));
        fits = body.isEmpty()
                ? fits
                : fits.and(row -> row.lead().equals(body) || row.supervising().equals(body));
        fits = mine ? fits.and(row -> ItemWords.concerns(row, person, board)) : fits;
        fits = overdue ? fits.and(ItemsController::late) : fits;
        fits = carded
                ? fits.and(
                        row -> row.cards().stream().anyMatch(card -> card.how().equals("open")))
                : fits;
        fits = asked
                ? fits.and(
                        row -> row.controls().stream().anyMatch(one -> one.how().equals("asked")))
                : fits;
        var wanted = q.strip().toLowerCase(Locale.ROOT);
        fits = wanted.isEmpty()
                ? fits
                : fits.and(row -> (row.number() + ' ' + row.title())
                        .toLowerCase(Locale.ROOT)
                        .contains(wanted));
        var found = items.now().stream().filter(fits).sorted(order(sort)).toList();
        var texts = Texts.of(lang);
        var rows = found.stream()
                .skip(Math.max(0, from))
                .limit(Math.clamp(limit, 1, MOST))
                .map(row -> words.row(row, board, texts))
                .toList();
        return new Listed(found.size(), board.at(), rows);
    }

    private static boolean sees(Board board, ItemView row) {
        return row.area().isEmpty() ? board.scope().whole() : board.scope().covers(row.area());
    }

    private static Predicate<ItemView> state(String state) {
        return switch (state) {
            case "open" -> row -> row.core().open();
            case "closed" -> row -> !row.core().open();
            case "all" -> row -> true;
            default -> row -> row.core().name().equals(state) || row.stage().equals(state);
        };
    }

    private static boolean late(ItemView row) {
        return row.clocks().stream()
                .anyMatch(clock -> clock.open() && clock.state().equals("missed"));
    }

    private static Comparator<ItemView> order(String sort) {
        return switch (sort) {
            case "changed" -> comparing(ItemView::changedAt).reversed().thenComparing(ItemView::number);
            case "number" -> comparing(ItemView::number);
            default ->
                comparing((ItemView row) -> next(row).map(ClockView::dueAt).orElse(Instant.MAX))
                        .thenComparing(ItemView::number);
        };
    }

    /** The clock that runs out first, or has run out. */
    static Optional<ClockView> next(ItemView row) {
        return row.clocks().stream().filter(ClockView::open).min(comparing(ClockView::dueAt));
    }

    @GetMapping("/api/items/{item}")
    ItemWords.Whole item(
            @PathVariable String item,
            @RequestParam(defaultValue = "") String at,
            @RequestParam(defaultValue = "zh-CN") String lang) {
        var board = boards.forCaller(at);
        var texts = Texts.of(lang);
        return board.reads()
                .find()
                .find(new ViewKey("item", item), board.fact())
                .map(ItemView.class::cast)
                .filter(row -> sees(board, row))
                .map(row -> words.whole(row, board, texts))
                .orElseThrow(() -> Problem.said(404, texts, "scope.nowhere", item));
    }

    /** @param value exact text, null when it is not defined @param items ids of the rows counted */
    record FigureBody(
            String id, String name, String unit, @Nullable String value, boolean atLeast, List<String> items) {}

    record ReportBody(
            String programme,
            String from,
            String to,
            String asOf,
            List<FigureBody> figures,
            Map<String, String> text) {}

    /** The figures of a programme over the items of the room, as they were known at the end of a day. */
    @GetMapping("/api/programmes/{name}/report")
    ReportBody report(
            @PathVariable String name,
            @RequestParam String from,
            @RequestParam String to,
            @RequestParam(name = "as_of") String asOf,
            @RequestParam(defaultValue = "zh-CN") String lang) {
        var texts = Texts.of(lang);
        var programme = programmes.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Problem.said(404, texts, "scope.nowhere", name));
        var board = boards.forCaller("");
        var period = new Period(day(from), day(to), day(asOf));
        var zone = Boards.zone(board);
        var rows = items.now().stream()
                .filter(row -> row.programme().equals(name) && sees(board, row))
                .flatMap(row -> ItemRows.of(row, programme, period.asOf(), zone).stream())
                .toList();
        var report = new Report(programme, rows, period);
        return new ReportBody(
                name,
                from,
                to,
                asOf,
                report.figures().stream()
                        .map(shown -> new FigureBody(
                                shown.indicator().id(),
                                shown.indicator().name().in(texts.chinese() ? "zh-CN" : "en"),
                                shown.indicator().unit(),
                                shown.value().orElse(null),
                                shown.atLeast(),
                                shown.items()))
                        .toList(),
                report.texts());
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw Problem.plain(
                    400,
                    "The day is not readable",
                    PlainText.clip(text, 40),
                    "a day such as 2026-06-30",
                    "correct it and ask again");
        }
    }

    @GetMapping("/api/programmes")
    List<ItemWords.ProgrammeWords> programmes(@RequestParam(defaultValue = "zh-CN") String lang) {
        return programmes.stream()
                .map(one -> words.programme(one, Texts.of(lang)))
                .toList();
    }
}
