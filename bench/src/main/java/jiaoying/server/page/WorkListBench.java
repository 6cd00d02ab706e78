package jiaoying.server.page;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import jiaoying.duty.casework.CaseFact.Actor;
import jiaoying.duty.casework.CaseFact.Entry;
import jiaoying.duty.programme.CoreState;
import jiaoying.duty.programme.Programme;
import jiaoying.duty.room.View.ClockView;
import jiaoying.duty.room.View.ItemAct;
import jiaoying.duty.room.View.ItemView;
import jiaoying.server.reply.Texts;
import jiaoying.server.security.Scope;

/** The work list over very many open items: everything of one request but HTTP and JSON, for a page of a hundred rows. */
public final class WorkListBench {
    private static final Instant NOW = Instant.parse("2026-07-01T00:00:00Z");
    private static final Actor WHO = new Actor("p", "B", "duty", "");
    private static final int PAGE = 100;

    private final List<ItemView> views;
    private final ItemList items;
    private final ItemWords words;
    private final Board board;
    private final Boards boards;

    public WorkListBench(Programme programme, int many) {
        views = views(many);
        var reads = new Reads(
                InstantSource.fixed(NOW),
                at -> many,
                (kind, prefix, since, fact) -> kind.equals("item") && since == 0 ? views : List.of(),
                (key, fact) -> Optional.empty(),
                at -> List.of(),
                (from, to, step, stations) -> List.of(),
                (station, quantity, from, to, at, most) -> List.of(),
                () -> new CityRegister(Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), List.of()),
                List::of);
        items = new ItemList(reads);
        words = new ItemWords(List.of(programme));
        boards = new Boards(reads);
        board = Board.at(reads, new Scope(java.util.Set.of(), area -> Optional.empty()), "", NOW);
        items.now();
    }

    /** One request. @param asked as in the address @return the rows of the first page and how many there are */
    public Page ask(Map<String, String> asked) {
        var query = new ItemQuery(asked);
        var found = query.ordered(items.now().stream().filter(query.fits(board, boards, "p", Optional.empty())));
        var rows = found.stream()
                .limit(PAGE)
                .map(row -> words.row(row, board, Texts.ZH))
                .map(row -> row.number())
                .toList();
        return new Page(found.size(), rows);
    }

    public record Page(int total, List<String> numbers) {}

    /** The same by hand: numbers of the hundred that run out first, and how many are open. */
    public Page expected() {
        var open = new ArrayList<>(
                views.stream().filter(view -> view.core().open()).toList());
        open.sort((a, b) -> {
            var first = a.clocks()
                    .getFirst()
                    .dueAt()
                    .compareTo(b.clocks().getFirst().dueAt());
            return first != 0 ? first : a.number().compareTo(b.number());
        });
        return new Page(
                open.size(), open.stream().limit(PAGE).map(ItemView::number).toList());
    }

    private static List<ItemView> views(int many) {
        var random = new Random(7);
        var views = new ArrayList<ItemView>();
        for (var n = 0; n < many; n++) {
            views.add(view(n, NOW.minusSeconds(random.nextInt(200 * 86_400)), random));
        }
        return views;
    }

    private static ItemView view(int n, Instant opened, Random random) {
        var due = opened.plusSeconds(random.nextInt(90 * 86_400));
        var late = due.isBefore(NOW);
        return new ItemView(
                "I" + n,
                "hazards",
                "1.0",
                "hazard",
                "YH-0-2026-" + n,
                "样例 " + n,
                "rectifying",
                CoreState.IN_HAND,
                "general",
                "",
                "A",
                "S",
                List.of(),
                List.of(new Entry("title", "样例 " + n)),
                opened,
                opened,
                Optional.empty(),
                "",
                "",
                List.of(),
                0,
                "",
                List.of(new ClockView(
                        "rectify",
                        opened,
                        due,
                        due,
                        false,
                        late ? "missed" : "running",
                        true,
                        Optional.empty(),
                        List.of())),
                List.of(),
                List.of(),
                List.of(),
                List.of(new ItemAct("open", "", "rectifying", WHO, opened, opened, "")),
                List.of(),
                List.of("A"),
                0,
                List.of());
    }
}
