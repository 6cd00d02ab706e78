package jiaoying.server.page;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import jiaoying.duty.programme.Kind;
import jiaoying.duty.programme.Kind.ClockRule;
import jiaoying.duty.programme.Programme;
import jiaoying.duty.programme.Text;
import jiaoying.duty.room.View.LimitView;
import jiaoying.server.reply.Problem;
import jiaoying.server.reply.Texts;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The limits of a programme (时限) as they hold now, what they stand on, and changes that one person proposed and another decides. */
@RestController
public final class LimitsController {
    private final Boards boards;
    private final Programmes programmes;
    private final ItemList items;

    /** @param programmes as their packs have them */
    public LimitsController(Boards boards, List<Programme> programmes) {
        this.boards = boards;
        this.programmes = new Programmes(programmes, boards.reads());
        this.items = new ItemList(boards.reads());
    }

    /**
     * @param most    what the law gives at most, or 0; running: clocks of this kind that count now, which no change touches
     * @param changed the last change that was approved, or empty
     */
    record Limit(
            String kind,
            String kindName,
            String clock,
            String name,
            int amount,
            String unit,
            String basis,
            String reference,
            String certainty,
            int most,
            int running,
            String changed) {}

    record Change(
            String change,
            String kindName,
            String name,
            String was,
            int amount,
            String unit,
            String reason,
            String by,
            String person,
            Instant at,
            String state,
            String decidedBy,
            String why,
            @Nullable Instant decidedAt) {}

    record Limits(List<Limit> limits, List<Change> changes) {}

    @GetMapping("/api/programmes/{name}/limits")
    Limits limits(@PathVariable String name, @RequestParam(defaultValue = "zh-CN") String lang) {
        var texts = Texts.of(lang);
        var board = boards.forCaller("");
        var programme = programmes.find(name, board).orElseThrow(() -> Problem.said(404, texts, "scope.nowhere", name));
        var changes = board.reads().rows().list("limit", "", 0, board.fact()).stream()
                .map(LimitView.class::cast)
                .filter(one -> one.programme().equals(name))
                .sorted(Comparator.comparing(LimitView::at).reversed())
                .toList();
        var limits = new ArrayList<Limit>();
        for (var kind : programme.kinds()) {
            kind.clocks().stream()
                    .filter(clock -> clock.term().isPresent())
                    .forEach(clock -> limits.add(limit(programme, kind, clock, changes, texts)));
        }
        return new Limits(
                limits,
                changes.stream()
                        .map(one -> change(programme, one, board, texts))
                        .toList());
    }

    private Limit limit(Programme programme, Kind kind, ClockRule clock, List<LimitView> changes, Texts texts) {
        var term = clock.term().orElseThrow();
        var last = changes.stream()
                .filter(one -> one.state().equals("approved")
                        && one.kind().equals(kind.id())
                        && one.clock().equals(clock.id()))
                .max(Comparator.comparing(one -> one.decidedAt().orElse(one.at())));
        var running = items.now().stream()
                .filter(item -> item.programme().equals(programme.name())
                        && item.kind().equals(kind.id())
                        && item.clocks().stream().anyMatch(one -> one.clock().equals(clock.id()) && one.open()))
                .count();
        return new Limit(
                kind.id(),
                in(kind.name(), texts),
                clock.id(),
                in(clock.name(), texts),
                last.map(LimitView::amount).orElse(term.amount()),
                last.map(LimitView::unit).orElse(term.unit().word()),
                clock.basis().kind(),
                clock.basis().reference(),
                clock.basis().certainty(),
                clock.basis().term().map(most -> most.amount()).orElse(0),
                (int) running,
                last.map(LimitView::change).orElse(""));
    }

    private static Change change(Programme programme, LimitView one, Board board, Texts texts) {
        var kind = programme.findKind(one.kind());
        return new Change(
                one.change(),
                kind.map(known -> in(known.name(), texts)).orElse(one.kind()),
                kind.flatMap(known -> known.findClock(one.clock()))
                        .map(clock -> in(clock.name(), texts))
                        .orElse(one.clock()),
                one.was(),
                one.amount(),
                one.unit(),
                one.reason(),
                board.register().personName(one.by(), texts),
                one.by(),
                one.at(),
                one.state(),
                board.register().personName(one.decidedBy(), texts),
                one.why(),
                one.decidedAt().orElse(null));
    }

    private static String in(Text text, Texts texts) {
        return text.in(texts.chinese() ? "zh-CN" : "en");
    }
}
