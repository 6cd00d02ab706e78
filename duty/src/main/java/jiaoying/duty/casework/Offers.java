package jiaoying.duty.casework;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import jiaoying.duty.programme.CoreState;
import jiaoying.duty.programme.Kind.Move;
import jiaoying.duty.programme.Period;
import jiaoying.duty.programme.Programme;

/**
 * Which steps an item offers one person now, and by which rule the others are refused (可办环节). The same guards decide as in
 * {@link CaseStep}; what the person would still have to bring (fields, evidence, a reason) is not asked here. Only reads.
 */
public final class Offers {
    private static final Period NO_PERIOD = new Period(LocalDate.MIN, LocalDate.MAX, LocalDate.MAX);

    private final Programme programme;
    private final Item item;
    private final Guards guards;

    public Offers(Programme programme, Item item, Directory directory) {
        this.programme = programme;
        this.item = item;
        this.guards = new Guards(programme, item, directory);
    }

    /** @param refused why not; empty: he may */
    public record Offer(Move move, Optional<CaseAnswer.Refused> refused) {}

    /** The steps that exist from the item's stage, in the order of the pack. */
    public List<Offer> to(String person) {
        var row = item.with(List.of());
        return programme.kind(item.kind().id()).moves().stream()
                .filter(move -> move.from().equals(item.stage()))
                .filter(move -> move.when().holds(row, NO_PERIOD))
                .map(move -> new Offer(move, refusal(person, move)))
                .toList();
    }

    private Optional<CaseAnswer.Refused> refusal(String person, Move move) {
        try {
            var actor = guards.actor(person, "", "", move.by());
            guards.separate(move, actor, -1);
            guards.oftenEnough(move);
            guards.approved(move, actor);
            if (item.kind().stage(move.to()).core() == CoreState.CLOSED) {
                guards.fourActs();
            }
            return Optional.empty();
        } catch (Refused refused) {
            return Optional.of(refused.answer());
        }
    }
}
