package jiaoying.duty.room;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import jiaoying.duty.casework.CaseAnswer;
import jiaoying.duty.casework.CaseFact.ItemOpened;
import jiaoying.duty.casework.Directory;
import jiaoying.duty.casework.Item;
import jiaoying.duty.casework.No;
import jiaoying.duty.casework.Offers;
import jiaoying.duty.programme.Kind;
import jiaoying.duty.programme.Kind.Move;
import jiaoying.duty.programme.Programme;
import jiaoying.duty.room.View.ClockView;
import jiaoying.duty.room.View.ItemApproval;
import jiaoying.duty.room.View.ItemView;

/** What a person may do with an item that a projection shows, asked of the same rules by which the room decides. */
public final class ItemOffers {
    private ItemOffers() {}

    /** @param refused in the words of an outcome; empty: he may */
    public record Offer(Move move, Optional<Outcome.Refused> refused) {}

    public static List<Offer> of(ItemView view, Programme programme, Directory directory, String person) {
        return new Offers(programme, item(view, programme), directory)
                .to(person).stream()
                        .map(offer -> new Offer(
                                offer.move(), paused(view).or(offer::refused).map(ItemOffers::outcome)))
                        .toList();
    }

    /** @param of the step, clock, card or signal; empty where the deed is on the item itself @param refused empty: he may */
    public record Beside(Offers.Deed deed, String of, Optional<Outcome.Refused> refused) {}

    /** What there is to do beside the steps. @param at now */
    public static List<Beside> beside(
            ItemView view, Programme programme, Directory directory, String person, Instant at) {
        return new Offers(programme, item(view, programme), directory)
                .beside(person, around(view, programme.kind(view.kind()), directory), at).stream()
                        .map(one ->
                                new Beside(one.deed(), one.of(), one.refused().map(ItemOffers::outcome)))
                        .toList();
    }

    private static Offers.Around around(ItemView view, Kind kind, Directory directory) {
        var signals = new LinkedHashMap<String, List<String>>();
        view.controls().stream()
                .filter(one -> one.how().equals("asked") || one.how().equals("missed"))
                .forEach(one -> signals.put(
                        one.signal(),
                        kind.linkages().stream()
                                .flatMap(linkage -> linkage.by().stream())
                                .distinct()
                                .toList()));
        return new Offers.Around(
                !view.pausedFor().isEmpty(),
                view.clocks().stream()
                        .filter(ClockView::open)
                        .map(clock -> new Offers.Counting(
                                clock.clock(), clock.state().equals("running"), clock.dueAt(), clock.granted()))
                        .toList(),
                view.extensions().stream()
                        .map(one -> new Offers.Asked(one.clock(), directory.bodyOf(one.by())))
                        .toList(),
                view.cards().stream()
                        .filter(card -> card.how().equals("open"))
                        .map(card -> new Offers.Open(card.card(), card.persons()))
                        .toList(),
                signals);
    }

    private static Optional<CaseAnswer.Refused> paused(ItemView view) {
        return view.pausedFor().isEmpty()
                ? Optional.empty()
                : Optional.of(new CaseAnswer.Refused(No.PAUSED, view.item(), view.pausedFor()));
    }

    private static Outcome.Refused outcome(CaseAnswer.Refused no) {
        return new Outcome.Refused(Refusal.valueOf("ITEM_" + no.why().name()), no.value(), no.allowed());
    }

    private static Item item(ItemView view, Programme programme) {
        var first = view.acts().getFirst();
        return Item.recalled(
                new ItemOpened(
                        view.item(),
                        view.programme(),
                        view.version(),
                        view.kind(),
                        view.number(),
                        first.to(),
                        view.fields(),
                        first.by(),
                        first.happenedAt(),
                        view.source(),
                        view.parent(),
                        List.of()),
                view.openedAt(),
                programme.kind(view.kind()),
                view.acts().stream()
                        .map(act -> new Item.Act(
                                act.move(),
                                act.from(),
                                act.to(),
                                act.by(),
                                act.recordedAt(),
                                act.happenedAt(),
                                act.reason()))
                        .toList(),
                view.proofs().stream()
                        .map(kept -> new Item.Kept(kept.proof(), kept.by(), kept.recordedAt(), kept.steps()))
                        .toList(),
                view.leads(),
                view.highest(),
                view.lead(),
                view.supervising(),
                view.approvals().stream().collect(Collectors.toMap(ItemApproval::move, ItemApproval::by)));
    }
}
