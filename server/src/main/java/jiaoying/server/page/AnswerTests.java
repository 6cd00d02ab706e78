package jiaoying.server.page;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import jiaoying.duty.call.CallFact.Aim;
import jiaoying.duty.room.View.OrderView;

/** The monthly answer tests (应答测试): when each town's people were tried last, how many answered, and where it is time again. */
final class AnswerTests {
    /** So often the people of every town are tried. */
    static final Duration EVERY = Duration.ofDays(31);

    /** The rows that are read of one test. */
    private static final int ROWS_MOST = 10_000;

    private final Map<String, Tested> byTown;
    private final Instant now;

    private AnswerTests(Map<String, Tested> byTown, Instant now) {
        this.byTown = byTown;
        this.now = now;
    }

    /** What a test has shown of a town. */
    record Tested(Instant at, int called, int answered) {}

    static AnswerTests of(Board board, AnswerReads reads) {
        var byTown = new TreeMap<String, Tested>();
        tests(board).forEach(order -> {
            var counts = new HashMap<String, Tested>();
            for (var callee : reads.page().list(order.order(), "", ROWS_MOST)) {
                var one = new Tested(order.openedAt(), 1, WatchMaker.ANSWERED.contains(callee.state()) ? 1 : 0);
                callee.items().stream()
                        .map(item -> Coverage.town(board.register(), item.area()))
                        .distinct()
                        .forEach(town -> counts.merge(town, one, AnswerTests::sum));
            }
            counts.forEach(byTown::putIfAbsent);
        });
        return new AnswerTests(byTown, board.at());
    }

    private static Tested sum(Tested a, Tested b) {
        return new Tested(a.at(), a.called() + b.called(), a.answered() + b.answered());
    }

    /** Of the time for which an answer proves something, the latest first. */
    private static List<OrderView> tests(Board board) {
        return board.ordersShown(board.at().minus(Coverage.PROVES)).stream()
                .filter(order -> order.aim() == Aim.ANSWER_TEST)
                .sorted(Comparator.comparing(OrderView::openedAt).reversed())
                .toList();
    }

    Optional<Tested> last(String town) {
        return Optional.ofNullable(byTown.get(town));
    }

    /** Whether the town's people have not been tried for a month. */
    boolean due(String town) {
        return last(town).map(test -> test.at().plus(EVERY).isBefore(now)).orElse(true);
    }
}
