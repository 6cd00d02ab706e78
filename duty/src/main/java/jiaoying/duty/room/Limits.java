package jiaoying.duty.room;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import jiaoying.duty.casework.Cases;
import jiaoying.duty.programme.Kind.ClockRule;
import jiaoying.duty.programme.Term;
import jiaoying.duty.room.View.LimitView;

/** Changes of limits (时限调整), as they were proposed and decided. */
final class Limits {
    private final SortedMap<String, LimitView> changes = new TreeMap<>();
    private final Cases cases;

    Limits(Cases cases) {
        this.cases = cases;
    }

    static String changeOf(RoomFact.Limit fact) {
        return switch (fact) {
            case RoomFact.LimitProposed proposed -> proposed.change();
            case RoomFact.LimitDecided decided -> decided.change();
        };
    }

    void apply(Instant at, RoomFact.Limit fact) {
        switch (fact) {
            case RoomFact.LimitProposed one ->
                changes.put(
                        one.change(),
                        new LimitView(
                                one.change(),
                                one.programme(),
                                one.kind(),
                                one.clock(),
                                one.was(),
                                one.amount(),
                                one.unit(),
                                one.reason(),
                                one.by(),
                                at,
                                "proposed",
                                "",
                                "",
                                Optional.empty()));
            case RoomFact.LimitDecided one ->
                changes.computeIfPresent(one.change(), (id, limit) -> {
                    if (one.approved()) {
                        change(limit);
                    }
                    return limit.decided(one.approved() ? "approved" : "refused", one.by(), one.reason(), at);
                });
        }
    }

    /** A clock that the pack has no longer is not changed. */
    private void change(LimitView limit) {
        cases.findProgramme(limit.programme())
                .ifPresent(programme -> programme
                        .findKind(limit.kind())
                        .flatMap(kind -> kind.findClock(limit.clock()))
                        .flatMap(ClockRule::term)
                        .ifPresent(was -> cases.change(
                                programme.with(limit.kind(), limit.clock(), term(limit, was), limit.change()))));
    }

    private static Term term(LimitView limit, Term was) {
        var unit = Arrays.stream(Term.Unit.values())
                .filter(one -> one.word().equals(limit.unit()))
                .findFirst()
                .orElseThrow();
        return new Term(limit.amount(), unit, was.roll());
    }

    Optional<LimitView> find(String change) {
        return Optional.ofNullable(changes.get(change));
    }
}
