package jiaoying.duty.room;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import jiaoying.duty.casework.CaseAnswer;
import jiaoying.duty.casework.CaseFact.ItemOpened;
import jiaoying.duty.casework.Directory;
import jiaoying.duty.casework.Item;
import jiaoying.duty.casework.No;
import jiaoying.duty.casework.Offers;
import jiaoying.duty.programme.Kind.Move;
import jiaoying.duty.programme.Programme;
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
