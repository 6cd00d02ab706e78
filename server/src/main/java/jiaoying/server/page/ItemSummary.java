package jiaoying.server.page;

import static java.util.Comparator.comparing;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import jiaoying.duty.programme.Programme;
import jiaoying.duty.room.View.ClockView;
import jiaoying.duty.room.View.ItemView;
import jiaoying.server.reply.Texts;

/** What a leader sees on one page (一页总览): how much is open, late and carded, whose it is, and what waits longest. */
record ItemSummary(Instant at, List<Part> programmes, List<Part> bodies, List<ItemWords.Row> worst) {
    private static final Duration LATELY = Duration.ofDays(30);
    private static final Duration SOON = Duration.ofDays(7);
    private static final int MOST = 12;

    /**
     * The items of one programme, or those that one body leads.
     *
     * @param soon   with a clock that ends within 7 days
     * @param asked  for which a warning asks and nobody has confirmed control
     * @param closed ended within the last 30 days
     * @param core   open items by core state
     */
    record Part(
            String id,
            String name,
            int open,
            int overdue,
            int carded,
            int asked,
            int soon,
            int closed,
            Map<String, Long> core) {}

    static ItemSummary of(
            Collection<ItemView> items, Collection<Programme> programmes, ItemWords words, Board board, Texts texts) {
        var byProgramme = items.stream().collect(Collectors.groupingBy(ItemView::programme));
        var byBody = items.stream()
                .filter(item -> !item.lead().isEmpty())
                .collect(Collectors.groupingBy(ItemView::lead, TreeMap::new, Collectors.toList()));
        return new ItemSummary(
                board.at(),
                programmes.stream()
                        .map(one -> part(
                                one.name(),
                                words.title(one, texts),
                                byProgramme.getOrDefault(one.name(), List.of()),
                                board.at()))
                        .toList(),
                byBody.entrySet().stream()
                        .map(entry -> part(
                                entry.getKey(),
                                ItemWords.body(entry.getKey(), board, texts).name(),
                                entry.getValue(),
                                board.at()))
                        .filter(part -> part.open() > 0)
                        .sorted(comparing(Part::overdue)
                                .thenComparing(Part::carded)
                                .thenComparing(Part::open)
                                .reversed()
                                .thenComparing(Part::id))
                        .limit(MOST)
                        .toList(),
                items.stream()
                        .filter(item -> item.core().open() && ItemQuery.late(item))
                        .sorted(comparing(ItemSummary::due).thenComparing(ItemView::number))
                        .limit(MOST)
                        .map(item -> words.row(item, board, texts))
                        .toList());
    }

    private static Instant due(ItemView item) {
        return ItemQuery.next(item).map(ClockView::dueAt).orElse(Instant.MAX);
    }

    private static Part part(String id, String name, List<ItemView> items, Instant at) {
        var open = items.stream().filter(item -> item.core().open()).toList();
        return new Part(
                id,
                name,
                open.size(),
                count(open, ItemQuery::late),
                count(open, ItemQuery::carded),
                count(open, ItemQuery::unconfirmed),
                count(open, item -> due(item).isAfter(at) && due(item).isBefore(at.plus(SOON))),
                count(
                        items,
                        item -> ItemQuery.endedAt(item)
                                .filter(ended -> ended.isAfter(at.minus(LATELY)))
                                .isPresent()),
                open.stream()
                        .map(item -> item.core().name())
                        .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting())));
    }

    private static int count(List<ItemView> items, Predicate<ItemView> which) {
        return (int) items.stream().filter(which).count();
    }
}
