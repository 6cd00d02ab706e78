package jiaoying.duty.casework;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import jiaoying.duty.programme.CoreState;
import jiaoying.duty.programme.Kind.Move;
import jiaoying.duty.programme.Period;
import jiaoying.duty.programme.Programme;

/**
 * Which steps an item offers one person now, and what beside them, and by which rule the others are refused (可办环节). The same guards decide as in
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

    /** What may be done beside the steps. */
    public enum Deed {
        PAUSE,
        RESUME,
        FILL,
        APPROVE,
        ASK_EXTENSION,
        DECIDE_EXTENSION,
        ANSWER_CARD,
        CANCEL_CARD,
        CONFIRM_CONTROL
    }

    /** @param of the step, clock, card or signal; empty where the deed is on the item itself @param refused why not; empty: he may */
    public record Beside(Deed deed, String of, Optional<CaseAnswer.Refused> refused) {}

    /** A clock that counts. @param running false: missed and not done yet @param granted days more, each time they were given */
    public record Counting(String clock, boolean running, Instant dueAt, List<Integer> granted) {}

    /** Somebody asked for more time. @param body his */
    public record Asked(String clock, String body) {}

    /** A card that is open. */
    public record Open(String card, List<String> persons) {}

    /** What of the item the steps do not look at. @param signals whose question for control is not answered, with their linkage's roles */
    public record Around(
            boolean paused,
            List<Counting> clocks,
            List<Asked> asked,
            List<Open> cards,
            Map<String, List<String>> signals) {}

    /** The steps that exist from the item's stage, in the order of the pack. */
    public List<Offer> to(String person) {
        return steps().map(move -> new Offer(move, refusal(person, move))).toList();
    }

    private Stream<Move> steps() {
        var row = item.with(List.of());
        return programme.kind(item.kind().id()).moves().stream()
                .filter(move -> move.from().equals(item.stage()))
                .filter(move -> move.when().holds(row, NO_PERIOD));
    }

    /** The deeds beside the steps that there are for the item now. @param at now: more time is asked for before the end */
    public List<Beside> beside(String person, Around around, Instant at) {
        var deeds = new ArrayList<Beside>();
        around.signals()
                .forEach((signal, roles) -> deeds.add(
                        new Beside(Deed.CONFIRM_CONTROL, signal, refusal(() -> guards.actor(person, "", "", roles)))));
        if (item.open()) {
            clocks(person, around, at, deeds);
            approvals(person, deeds);
            deeds.add(new Beside(
                    around.paused() ? Deed.RESUME : Deed.PAUSE, "", refusal(() -> guards.supervisor(person, ""))));
        }
        for (var card : around.cards()) {
            deeds.add(
                    new Beside(Deed.ANSWER_CARD, card.card(), refusal(() -> Guards.addressed(person, card.persons()))));
            deeds.add(new Beside(Deed.CANCEL_CARD, card.card(), refusal(() -> guards.supervisor(person, ""))));
        }
        if (item.open() || !item.kind().afterClose().isEmpty()) {
            deeds.add(new Beside(Deed.FILL, "", refusal(() -> guards.anybody(person, "", ""))));
        }
        return List.copyOf(deeds);
    }

    private void clocks(String person, Around around, Instant at, List<Beside> deeds) {
        item.kind().extension().ifPresent(rule -> {
            for (var clock : around.clocks()) {
                if (rule.clocks().contains(clock.clock())
                        && around.asked().stream().noneMatch(one -> one.clock().equals(clock.clock()))) {
                    deeds.add(new Beside(Deed.ASK_EXTENSION, clock.clock(), refusal(() -> {
                        guards.asker(person, "");
                        Guards.inTime(clock.clock(), clock.running(), clock.dueAt(), at);
                        Guards.moreLeft(clock.clock(), clock.granted(), rule);
                    })));
                }
            }
            for (var asked : around.asked()) {
                deeds.add(new Beside(
                        Deed.DECIDE_EXTENSION,
                        asked.clock(),
                        refusal(() -> guards.decider(person, "", rule, asked.body()))));
            }
        });
    }

    private void approvals(String person, List<Beside> deeds) {
        steps().filter(move -> !move.approval().isEmpty())
                .filter(move -> item.approval(move.id()).isEmpty())
                .forEach(move -> deeds.add(
                        new Beside(Deed.APPROVE, move.id(), refusal(() -> guards.approver(person, "", move)))));
    }

    private Optional<CaseAnswer.Refused> refusal(String person, Move move) {
        return refusal(() -> {
            var actor = guards.actor(person, "", "", move.by());
            guards.separate(move, actor, -1);
            guards.oftenEnough(move);
            guards.approved(move, actor);
            if (item.kind().stage(move.to()).core() == CoreState.CLOSED) {
                guards.fourActs();
            }
        });
    }

    private static Optional<CaseAnswer.Refused> refusal(Runnable guard) {
        try {
            guard.run();
            return Optional.empty();
        } catch (Refused refused) {
            return Optional.of(refused.answer());
        }
    }
}
