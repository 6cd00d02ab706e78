package jiaoying.duty.room;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import jiaoying.duty.casework.CaseFact.Entry;
import jiaoying.duty.casework.Clock;
import jiaoying.duty.casework.Item;
import jiaoying.duty.programme.Field;
import jiaoying.duty.room.View.ClockView;
import jiaoying.duty.room.View.ExtensionView;
import jiaoying.duty.room.View.ItemAct;
import jiaoying.duty.room.View.ItemApproval;
import jiaoying.duty.room.View.ItemCard;
import jiaoying.duty.room.View.ItemControl;
import jiaoying.duty.room.View.ItemProof;
import jiaoying.duty.room.View.ItemView;
import jiaoying.duty.roster.Roster;

/** Makes the row of an item. */
final class ItemViews {
    private ItemViews() {}

    /** @param town the field of its programme that tells the town; empty for none */
    static View of(Item item, String town, Roster roster) {
        var opened = item.opened();
        return new ItemView(
                item.id(),
                opened.programme(),
                opened.version(),
                opened.kind(),
                opened.number(),
                item.kind().fields().isEmpty()
                        ? ""
                        : item.field(item.kind().fields().getFirst().id()),
                item.stage(),
                item.core(),
                item.field(item.kind().level()),
                area(item, town, roster),
                item.lead(),
                item.supervising(),
                item.assisting(),
                item.fields().entrySet().stream()
                        .map(entry -> new Entry(entry.getKey(), entry.getValue()))
                        .toList(),
                item.openedAt(),
                item.changedAt(),
                closedAt(item),
                opened.source(),
                opened.parent(),
                List.copyOf(item.children()),
                item.rework(),
                item.paused()
                        .map(pause -> pause.forWhom().isEmpty() ? pause.reason() : pause.forWhom())
                        .orElse(""),
                clocks(item),
                cards(item),
                controls(item),
                item.extensionsAsked().values().stream()
                        .map(asked -> new ExtensionView(
                                asked.clock(), asked.days(), asked.by().person(), asked.reason(), asked.decideBy()))
                        .toList(),
                item.acts().stream()
                        .map(act -> new ItemAct(
                                act.move(), act.from(), act.to(), act.by(), act.at(), act.happenedAt(), act.reason()))
                        .toList(),
                item.proofs().stream()
                        .map(kept -> new ItemProof(kept.proof(), kept.by(), kept.at(), kept.steps()))
                        .toList(),
                item.leads(),
                item.highestLevel(),
                item.approvals().entrySet().stream()
                        .map(entry -> new ItemApproval(entry.getKey(), entry.getValue()))
                        .toList());
    }

    /** By its field for an area, which holds the code; else by the name in the field that tells its town. */
    private static String area(Item item, String town, Roster roster) {
        return item.kind().fields().stream()
                .filter(field -> field.type() == Field.Type.AREA)
                .map(field -> item.field(field.id()))
                .findFirst()
                .or(() -> roster.findAreaNamed(item.field(town)))
                .orElse("");
    }

    private static Optional<Instant> closedAt(Item item) {
        return item.open()
                ? Optional.empty()
                : Optional.of(item.acts().getLast().at());
    }

    private static List<ClockView> clocks(Item item) {
        return Stream.concat(item.endedClocks().stream(), item.clocks().values().stream())
                .map(clock -> clock(clock, clock.open() ? item.granted(clock.name()) : List.of()))
                .toList();
    }

    private static ClockView clock(Clock clock, List<Integer> granted) {
        return new ClockView(
                clock.name(),
                clock.startedAt(),
                clock.dueAt(),
                clock.firstDue(),
                clock.provisional(),
                clock.state().name().toLowerCase(Locale.ROOT),
                clock.open(),
                clock.endedAt(),
                List.copyOf(granted));
    }

    private static List<ItemCard> cards(Item item) {
        return item.cards().values().stream()
                .map(card -> new ItemCard(
                        card.issued().card(),
                        card.issued().rung(),
                        card.issued().level(),
                        card.issued().persons(),
                        card.issued().reason(),
                        card.issued().dueAt(),
                        card.at(),
                        card.issued().answerBy(),
                        card.how(),
                        card.by(),
                        card.text(),
                        card.endedAt()))
                .toList();
    }

    private static List<ItemControl> controls(Item item) {
        return item.controls().values().stream()
                .map(control -> new ItemControl(
                        control.asked().signal(),
                        control.asked().persons(),
                        control.asked().ask(),
                        control.asked().dueAt(),
                        control.how(),
                        control.by(),
                        control.text(),
                        control.endedAt()))
                .toList();
    }
}
