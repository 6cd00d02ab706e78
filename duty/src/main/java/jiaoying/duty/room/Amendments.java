package jiaoying.duty.room;

import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import jiaoying.duty.casework.Cases;
import jiaoying.duty.room.View.AmendmentView;

/** Changes of programmes (专项设置), as they were proposed and decided. */
final class Amendments {
    static final String REFUSED = "refused";
    static final String WITHDRAWN = "withdrawn";

    private final SortedMap<String, AmendmentView> changes = new TreeMap<>();
    private final Cases cases;
    private int decided;

    Amendments(Cases cases) {
        this.cases = cases;
    }

    void apply(Instant at, RoomFact.Amending fact) {
        switch (fact) {
            case RoomFact.AmendmentProposed one ->
                changes.put(
                        one.change(),
                        new AmendmentView(
                                one.change(),
                                one.programme(),
                                one.amendment(),
                                one.was(),
                                one.reason(),
                                one.by(),
                                at,
                                AmendmentView.PROPOSED,
                                "",
                                "",
                                Optional.empty(),
                                0));
            case RoomFact.AmendmentDecided one ->
                changes.computeIfPresent(one.change(), (id, change) -> decided(at, one, change));
        }
    }

    private AmendmentView decided(Instant at, RoomFact.AmendmentDecided fact, AmendmentView change) {
        if (fact.approved()) {
            cases.amend(change.programme(), change.amendment(), change.change());
        }
        var how = fact.approved() ? AmendmentView.APPROVED : fact.by().equals(change.by()) ? WITHDRAWN : REFUSED;
        return change.decided(how, fact.by(), fact.reason(), at, ++decided);
    }

    Optional<AmendmentView> find(String change) {
        return Optional.ofNullable(changes.get(change));
    }

    /** The change of this subject that waits for somebody to decide. */
    Optional<AmendmentView> waiting(String programme, String subject) {
        return changes.values().stream()
                .filter(one -> one.state().equals(AmendmentView.PROPOSED)
                        && one.programme().equals(programme)
                        && one.amendment().subject().equals(subject))
                .findFirst();
    }
}
