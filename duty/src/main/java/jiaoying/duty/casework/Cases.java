package jiaoying.duty.casework;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jiaoying.duty.programme.Amendment;
import jiaoying.duty.programme.Kind;
import jiaoying.duty.programme.Programme;

/** All items of a room (事项台账), as their facts made them. */
public final class Cases {
    private final Map<String, Programme> programmes;
    private final Map<String, Item> items = new LinkedHashMap<>();
    private final Map<String, Integer> numbers = new LinkedHashMap<>();
    private final Map<String, String> carded = new HashMap<>();
    private final Map<String, String> taken = new HashMap<>();
    private final Together together = new Together();
    private final Set<String> entries = new HashSet<>();

    /** @param programmes by name */
    public Cases(Map<String, Programme> programmes) {
        this.programmes = new LinkedHashMap<>(programmes);
    }

    public Optional<Programme> findProgramme(String name) {
        return Optional.ofNullable(programmes.get(name));
    }

    public Collection<Programme> programmes() {
        return programmes.values();
    }

    /** From here on; an item keeps the programme under which it was opened, and clocks that run are not touched. */
    public void change(Programme programme) {
        programmes.put(programme.name(), programme);
    }

    /**
     * From here on, by what two persons decided. Lists and words hold at once for items that are open and that have ended;
     * nothing else of the way under which an item was opened changes.
     */
    public void amend(String name, Amendment amendment, String change) {
        findProgramme(name).ifPresent(before -> {
            var after = before.with(amendment, change);
            if (after != before) {
                programmes.put(name, after);
                var kinds = new IdentityHashMap<Kind, Kind>();
                items.values().stream()
                        .filter(item -> item.opened().programme().equals(name))
                        .forEach(item -> item.learn(kinds.computeIfAbsent(item.kind(), kind -> kind.with(amendment))));
            }
        });
    }

    public Optional<Item> find(String item) {
        return Optional.ofNullable(items.get(item));
    }

    /** In the order of their opening. */
    public Collection<Item> items() {
        return items.values();
    }

    /** To whom a card went by this errand. */
    public Optional<String> findCarded(String errand) {
        return Optional.ofNullable(carded.get(errand));
    }

    /** Messages about work that others may still come to. */
    Together together() {
        return together;
    }

    /** The item as which the row of a ledger was taken over. */
    Optional<Item> findTaken(String programme, String row) {
        return Optional.ofNullable(taken.get(programme + '/' + row)).flatMap(this::find);
    }

    /** Whether what this person entered with this key on his telephone was done. */
    boolean knowsEntry(String person, String key) {
        return entries.contains(person + '/' + key);
    }

    /** How many were numbered with this prefix so far. */
    int numbered(String prefix) {
        return numbers.getOrDefault(prefix, 0);
    }

    public void apply(Instant at, CaseFact fact) {
        if (fact instanceof CaseFact.ItemOpened opened) {
            open(at, opened);
            return;
        }
        var item = items.get(fact.item());
        if (item == null) {
            throw new IllegalStateException("Bug: a fact about " + fact.item() + ", which was never opened");
        }
        change(at, fact, item);
        item.touched(at);
    }

    private void open(Instant at, CaseFact.ItemOpened opened) {
        var programme = findProgramme(opened.programme())
                .orElseThrow(() -> new IllegalStateException("No programme " + opened.programme() + ": item "
                        + opened.item() + " needs its pack. Put the pack back."));
        items.put(opened.item(), new Item(opened, at, programme.kind(opened.kind())));
        numbers.merge(CaseNumbers.prefix(opened.number()), 1, Integer::sum);
        find(opened.parent()).ifPresent(parent -> parent.addChild(opened.item()));
    }

    private void change(Instant at, CaseFact fact, Item item) {
        switch (fact) {
            case CaseFact.ItemOpened opened -> {}
            case CaseFact.ItemMoved moved -> item.move(moved, at);
            case CaseFact.ItemTakenOver over -> {
                taken.put(item.opened().programme() + '/' + over.row(), item.id());
                item.takeOver(over, at);
            }
            case CaseFact.FieldsSet set -> item.put(set.fields());
            case CaseFact.ProofsAdded added -> item.keep(added.proofs(), added.by(), at);
            case CaseFact.PhoneEntryTaken entry -> entries.add(entry.person() + '/' + entry.key());
            case CaseFact.MoveApproved approved -> item.approve(approved.move(), approved.by());
            case CaseFact.ItemPaused paused -> item.pause(paused, at);
            case CaseFact.ItemResumed resumed -> item.resume(resumed, at);
            case CaseFact.ClockMissed missed -> item.miss(missed.clock());
            case CaseFact.ExtensionAsked asked -> item.ask(asked);
            case CaseFact.ExtensionDecided decided -> item.decide(decided);
            case CaseFact.CardIssued card -> {
                item.issue(card, at);
                together.issued(item, card, at);
                card.errands().forEach(errand -> carded.put(errand.key(), errand.to()));
            }
            case CaseFact.CardHeld held -> {}
            case CaseFact.AnswerHeld held -> {}
            case CaseFact.CardAnswered card ->
                item.end(card.card(), "answered", card.by().person(), card.text(), at);
            case CaseFact.CardCancelled card ->
                item.end(card.card(), "cancelled", card.by().person(), card.reason(), at);
            case CaseFact.CardUnanswered card -> item.end(card.card(), "unanswered", "", "", at);
            case CaseFact.ControlAsked asked -> item.ask(asked);
            case CaseFact.ControlConfirmed confirmed ->
                item.end(confirmed.signal(), "confirmed", confirmed.by(), confirmed.text(), at);
            case CaseFact.ControlMissed missed -> item.end(missed.signal(), "missed", CaseFact.Actor.CLOCK, "", at);
            case CaseFact.ControlLifted lifted -> item.end(lifted.signal(), "lifted", CaseFact.Actor.CLOCK, "", at);
        }
    }
}
