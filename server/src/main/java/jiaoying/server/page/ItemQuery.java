package jiaoying.server.page;

import static java.util.Comparator.comparing;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import jiaoying.duty.casework.Item;
import jiaoying.duty.room.View.ClockView;
import jiaoying.duty.room.View.ItemView;

/** Which items somebody asks for, and in which order; every part may be left out. */
final class ItemQuery {
    private static final int USUAL = 100;

    private final Map<String, String> asked;

    /** @param asked the parameters of the address */
    ItemQuery(Map<String, String> asked) {
        this.asked = asked;
    }

    Map<String, String> asked() {
        return asked;
    }

    String text(String name) {
        return asked.getOrDefault(name, "");
    }

    private boolean flag(String name) {
        return text(name).equals("true");
    }

    int number(String name, int least, int most) {
        try {
            return Math.clamp(text(name).isEmpty() ? usual(name) : Long.parseLong(text(name)), least, most);
        } catch (NumberFormatException e) {
            return Math.clamp(usual(name), least, most);
        }
    }

    private static int usual(String name) {
        return name.equals("limit") ? USUAL : 0;
    }

    /**
     * @param person  who asks, for what is his
     * @param counted numbers of the items that a figure counts, when one was named
     */
    Predicate<ItemView> fits(Board board, Boards boards, String person, Optional<Set<String>> counted) {
        Predicate<ItemView> fits = row -> sees(board, row);
        fits = text("programme").isEmpty()
                ? fits
                : fits.and(row -> row.programme().equals(text("programme")));
        fits = fits.and(state(text("state")));
        fits = text("area").isEmpty() ? fits : fits.and(in(boards));
        fits = text("body").isEmpty()
                ? fits
                : fits.and(row ->
                        row.lead().equals(text("body")) || row.supervising().equals(text("body")));
        fits = flag("mine") ? fits.and(row -> ItemWords.concerns(row, person, board)) : fits;
        fits = flag("overdue") ? fits.and(ItemQuery::late) : fits;
        fits = flag("carded") ? fits.and(ItemQuery::carded) : fits;
        fits = flag("asked") ? fits.and(ItemQuery::unconfirmed) : fits;
        var wanted = text("q").strip().toLowerCase(Locale.ROOT);
        fits = wanted.isEmpty() ? fits : fits.and(row -> found(row, wanted));
        return counted.isEmpty() ? fits : fits.and(row -> counted.get().contains(row.number()));
    }

    private Predicate<ItemView> in(Boards boards) {
        var scope = boards.scope(List.of(text("area")));
        return row -> scope.covers(row.area());
    }

    private static boolean found(ItemView row, String wanted) {
        return (row.number() + ' ' + row.title()).toLowerCase(Locale.ROOT).contains(wanted);
    }

    /** By its area, or because the reader's own body has to do with it: many items lie in no area. */
    static boolean sees(Board board, ItemView row) {
        return (row.area().isEmpty() ? board.scope().whole() : board.scope().covers(row.area()))
                || involves(board.register(), row, board.person());
    }

    /** Whether the body of a person leads, led, supervises or assists. */
    static boolean involves(CityRegister register, ItemView row, String person) {
        return Stream.of(Stream.of(row.lead(), row.supervising()), row.assisting().stream(), row.leads().stream())
                .flatMap(bodies -> bodies)
                .anyMatch(body -> register.belongs(person, body));
    }

    private static Predicate<ItemView> state(String state) {
        return switch (state) {
            case "", "open" -> row -> row.core().open();
            case "closed" -> row -> !row.core().open();
            case "all" -> row -> true;
            default -> row -> row.core().name().equals(state) || row.stage().equals(state);
        };
    }

    static boolean late(ItemView row) {
        return row.clocks().stream()
                .anyMatch(clock -> clock.open() && clock.state().equals("missed"));
    }

    static boolean carded(ItemView row) {
        return row.cards().stream().anyMatch(card -> card.how().equals("open"));
    }

    /** A warning asks and nobody has said that it is under control. */
    static boolean unconfirmed(ItemView row) {
        return row.controls().stream()
                .anyMatch(one -> one.how().equals("asked") || one.how().equals("missed"));
    }

    /** The rows that fit, in order; what the order goes by is looked up once for each row. */
    List<ItemView> ordered(Stream<ItemView> fitting) {
        return switch (text("sort")) {
            case "changed" ->
                fitting.sorted(comparing(ItemView::changedAt).reversed().thenComparing(ItemView::number))
                        .toList();
            case "number" -> fitting.sorted(comparing(ItemView::number)).toList();
            default ->
                fitting.map(row -> new Dated(due(row), row))
                        .sorted(comparing(Dated::due)
                                .thenComparing(dated -> dated.row().number()))
                        .map(Dated::row)
                        .toList();
        };
    }

    private record Dated(Instant due, ItemView row) {}

    private static Instant due(ItemView row) {
        var first = Instant.MAX;
        for (var clock : row.clocks()) {
            if (clock.open() && clock.dueAt().isBefore(first)) {
                first = clock.dueAt();
            }
        }
        return first;
    }

    /** When it ended; of what had ended in a ledger kept elsewhere, when that ledger says. */
    static Optional<Instant> endedAt(ItemView row) {
        var last = row.acts().getLast();
        return row.closedAt().map(at -> last.move().equals(Item.TAKEN) ? last.happenedAt() : at);
    }

    /** The clock that runs out first, or has run out. */
    static Optional<ClockView> next(ItemView row) {
        return row.clocks().stream().filter(ClockView::open).min(comparing(ClockView::dueAt));
    }
}
