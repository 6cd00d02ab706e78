package jiaoying.server.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import jiaoying.duty.programme.Programme;
import jiaoying.duty.room.View.AmendmentView;

/** The programmes of the room as they were at a moment: their packs, and on them what two persons changed until then (专项设置). */
final class Programmes {
    private final List<Programme> packs;
    private final Reads reads;
    private volatile Then last;

    /** @param fact at which this held @param words the same programmes with the names that people read */
    private record Then(long fact, List<Programme> programmes, ItemWords words) {}

    /** @param packs the programmes as their packs say them */
    Programmes(List<Programme> packs, Reads reads) {
        this.packs = packs;
        this.reads = reads;
        this.last = new Then(0, packs, new ItemWords(packs));
    }

    List<Programme> at(Board board) {
        return then(board.fact()).programmes();
    }

    Optional<Programme> find(String name, Board board) {
        return find(name, board.fact());
    }

    Optional<Programme> find(String name, long fact) {
        return then(fact).programmes().stream()
                .filter(one -> one.name().equals(name))
                .findFirst();
    }

    /** The names that people read, as they were then. */
    ItemWords words(Board board) {
        return then(board.fact()).words();
    }

    /** Changes of a programme that were proposed until a fact, the latest first. */
    List<AmendmentView> changes(String name, long fact) {
        return changes(fact)
                .filter(one -> one.programme().equals(name))
                .sorted(Comparator.comparing(AmendmentView::at)
                        .thenComparing(AmendmentView::change)
                        .reversed())
                .toList();
    }

    private java.util.stream.Stream<AmendmentView> changes(long fact) {
        return reads.rows().list("amendment", "", 0, fact).stream().map(AmendmentView.class::cast);
    }

    private Then then(long fact) {
        var known = last;
        if (known.fact() == fact) {
            return known;
        }
        var changed = changed(fact);
        var made = changed.equals(known.programmes())
                ? new Then(fact, known.programmes(), known.words())
                : new Then(fact, changed, new ItemWords(changed));
        last = made;
        return made;
    }

    private List<Programme> changed(long fact) {
        Map<String, Programme> now = new TreeMap<>();
        changes(fact)
                .filter(one -> one.state().equals(AmendmentView.APPROVED))
                .sorted(Comparator.comparing(AmendmentView::place))
                .forEach(one -> packs.stream()
                        .filter(pack -> pack.name().equals(one.programme()))
                        .forEach(pack -> now.merge(
                                pack.name(),
                                pack.with(one.amendment(), one.change()),
                                (before, first) -> before.with(one.amendment(), one.change()))));
        var all = new ArrayList<Programme>();
        packs.forEach(pack -> all.add(now.getOrDefault(pack.name(), pack)));
        return List.copyOf(all);
    }
}
