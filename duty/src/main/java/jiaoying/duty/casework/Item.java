package jiaoying.duty.casework;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import jiaoying.duty.casework.CaseFact.Actor;
import jiaoying.duty.casework.CaseFact.CardIssued;
import jiaoying.duty.casework.CaseFact.ControlAsked;
import jiaoying.duty.casework.CaseFact.Entry;
import jiaoying.duty.casework.CaseFact.ExtensionAsked;
import jiaoying.duty.casework.CaseFact.ItemMoved;
import jiaoying.duty.casework.CaseFact.ItemOpened;
import jiaoying.duty.casework.CaseFact.Proof;
import jiaoying.duty.programme.Cell;
import jiaoying.duty.programme.CoreState;
import jiaoying.duty.programme.Kind;
import jiaoying.duty.programme.Programme;
import jiaoying.duty.programme.Row;
import jiaoying.duty.programme.RowsAsOf;

/** One item (事项) as its facts made it. Changed only by {@link Cases#apply}. */
public final class Item {
    /** A step of the item's history. @param at when it was recorded */
    public record Act(String move, String from, String to, Actor by, Instant at, Instant happenedAt, String reason) {}

    /** @param steps how many steps the item had gone when it was kept, the one that brought it included */
    public record Kept(Proof proof, Actor by, Instant at, int steps) {}

    /** A card and what became of it. @param how open, answered, unanswered or cancelled */
    public record Card(CardIssued issued, Instant at, String how, String by, String text, Optional<Instant> endedAt) {}

    /** What a warning asked. @param how asked, confirmed, missed or lifted */
    public record Control(ControlAsked asked, String how, String by, String text, Optional<Instant> endedAt) {}

    /** The step by which what a ledger said came in. */
    public static final String TAKEN = "take-over";

    private final ItemOpened opened;
    private final Instant openedAt;
    private Kind kind;
    private final List<Act> acts = new ArrayList<>();
    private final List<Kept> proofs = new ArrayList<>();
    private final Map<String, String> fields = new TreeMap<>();
    private final Map<String, Clock> clocks = new TreeMap<>();
    private final List<Clock> ended = new ArrayList<>();
    private final Map<String, Card> cards = new LinkedHashMap<>();
    private final Map<String, Control> controls = new LinkedHashMap<>();
    private final Map<String, ExtensionAsked> asked = new TreeMap<>();
    private final Map<String, List<Integer>> granted = new TreeMap<>();
    private final TreeSet<String> leadsEver = new TreeSet<>();
    private final Map<String, Actor> approvals = new TreeMap<>();
    private final List<String> children = new ArrayList<>();
    private Optional<CaseFact.ItemPaused> paused = Optional.empty();
    private Instant changedAt;
    private String takenFrom = "";
    private String stage;
    private String lead = "";
    private String supervising = "";
    private List<String> assisting = List.of();
    private int highest = -1;
    private int rework;

    Item(ItemOpened opened, Instant at, Kind kind) {
        this.opened = opened;
        this.openedAt = at;
        this.changedAt = at;
        this.kind = kind;
        this.stage = opened.stage();
        acts.add(new Act("open", "", stage, opened.by(), at, opened.happenedAt(), ""));
        put(opened.fields());
        opened.started().forEach(clock -> start(clock, at));
    }

    /**
     * An item as a projection keeps it, to ask what may be done with it; it is never changed.
     *
     * @param acts      its history, the opening first
     * @param leads     every body that ever led it, in any order
     * @param highest   the place of the highest level it ever had, -1 without one
     */
    public static Item recalled(
            ItemOpened opened,
            Instant openedAt,
            Kind kind,
            List<Act> acts,
            List<Kept> proofs,
            List<String> leads,
            int highest,
            String lead,
            String supervising,
            Map<String, Actor> approvals) {
        var item = new Item(opened, openedAt, kind);
        item.acts.clear();
        item.acts.addAll(acts);
        item.proofs.addAll(proofs);
        item.leadsEver.addAll(leads);
        item.highest = highest;
        item.lead = lead;
        item.supervising = supervising;
        item.stage = acts.getLast().to();
        item.approvals.putAll(approvals);
        item.takenFrom = acts.stream().anyMatch(act -> act.move().equals(TAKEN)) ? opened.source() : "";
        return item;
    }

    // ---- what it is

    public String id() {
        return opened.item();
    }

    public ItemOpened opened() {
        return opened;
    }

    public Instant openedAt() {
        return openedAt;
    }

    /** When it was last touched. */
    public Instant changedAt() {
        return changedAt;
    }

    void touched(Instant at) {
        changedAt = at;
    }

    public Kind kind() {
        return kind;
    }

    /** Its kind with a changed list or other words. */
    void learn(Kind changed) {
        kind = changed;
    }

    /** Its town, by the field that tells it, or empty. */
    public String town(Programme programme) {
        return programme.town().isEmpty() ? "" : field(programme.town());
    }

    public String stage() {
        return stage;
    }

    /** The state that boards over several programmes use; a paused item is WAITING or SUSPENDED. */
    public CoreState core() {
        return paused.map(CaseFact.ItemPaused::core).orElse(kind.stage(stage).core());
    }

    public boolean open() {
        return core().open();
    }

    public Optional<CaseFact.ItemPaused> paused() {
        return paused;
    }

    public Map<String, String> fields() {
        return fields;
    }

    public String field(String name) {
        return fields.getOrDefault(name, "");
    }

    public String lead() {
        return lead;
    }

    public String supervising() {
        return supervising;
    }

    public List<String> assisting() {
        return assisting;
    }

    /** The first field of the kind names its items. */
    public String title() {
        return kind.fields().isEmpty() ? "" : field(kind.fields().getFirst().id());
    }

    public List<Act> acts() {
        return acts;
    }

    public List<Kept> proofs() {
        return proofs;
    }

    /** Clocks that count now, by name. */
    public Map<String, Clock> clocks() {
        return clocks;
    }

    /** Clocks that were met, missed, paused or cancelled, in that order of time. */
    public List<Clock> endedClocks() {
        return ended;
    }

    public Map<String, Card> cards() {
        return cards;
    }

    public Map<String, Control> controls() {
        return controls;
    }

    public Map<String, ExtensionAsked> extensionsAsked() {
        return asked;
    }

    /** Days granted so far for a clock. */
    public List<Integer> granted(String clock) {
        return granted.getOrDefault(clock, List.of());
    }

    /** Every body that ever led the item. */
    public boolean led(String body) {
        return leadsEver.contains(body);
    }

    /** A body that led the item, or assists with it. */
    boolean worked(String body) {
        return led(body) || assisting.contains(body);
    }

    /** The place in its list of the highest level that the item ever had; -1 without one. A lowered level frees nobody. */
    public int highestLevel() {
        return highest;
    }

    /** How often it came back from verification. */
    public int rework() {
        return rework;
    }

    public List<String> children() {
        return children;
    }

    public List<String> leads() {
        return List.copyOf(leadsEver);
    }

    /** Who agreed to which step since the item came to its stage. */
    public Map<String, Actor> approvals() {
        return approvals;
    }

    Optional<Actor> approval(String move) {
        return Optional.ofNullable(approvals.get(move));
    }

    /** The last step into a core state, from the newest back. */
    public Optional<Act> last(CoreState core) {
        var index = indexOfLast(core);
        return index < 0 ? Optional.empty() : Optional.of(acts.get(index));
    }

    /** The place of that step in the history, from 0; -1 when there is none. */
    int indexOfLast(CoreState core) {
        for (var i = acts.size() - 1; i >= 0; i--) {
            if (kind.stage(acts.get(i).to()).core() == core) {
                return i;
            }
        }
        return -1;
    }

    // ---- as a row of a register

    /** The item as it stood at the end of the reader's day, by what is known now; named by its number. Empty: it had not begun. */
    public Optional<Row> row(RowsAsOf reader) {
        var reading = reader.of(kind);
        acts.forEach(act -> reading.entered(act.to(), act.happenedAt()));
        fields.forEach(reading::field);
        return reading.row(opened.number());
    }

    /** As it stands now, with these fields put in. */
    Row with(List<Entry> more) {
        var cells = new TreeMap<String, Cell>();
        fields.forEach((name, text) -> kind.findField(name).ifPresent(field -> cells.put(name, field.cell(text))));
        more.forEach(entry ->
                kind.findField(entry.field()).ifPresent(field -> cells.put(entry.field(), field.cell(entry.value()))));
        return new Row.Written(id(), kind.id(), stage, kind.stage(stage).core(), cells, new TreeMap<>());
    }

    // ---- changes

    void put(List<Entry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        for (var entry : entries) {
            fields.put(entry.field(), entry.value());
            if (entry.field().equals(kind.level())) {
                highest = Math.max(
                        highest, kind.findField(entry.field()).orElseThrow().rank(entry.value()));
            }
        }
    }

    void move(ItemMoved moved, Instant at) {
        var from = kind.stage(moved.from()).core();
        var to = kind.stage(moved.to()).core();
        rework += from == CoreState.VERIFYING && to == CoreState.IN_HAND ? 1 : 0;
        stage = moved.to();
        acts.add(new Act(moved.move(), moved.from(), moved.to(), moved.by(), at, moved.happenedAt(), moved.reason()));
        put(moved.fields());
        keep(moved.proofs(), moved.by(), at);
        if (!moved.lead().isEmpty()) {
            lead = moved.lead();
            leadsEver.add(lead);
        }
        if (!moved.supervising().isEmpty()) {
            supervising = moved.supervising();
        }
        if (!moved.assisting().isEmpty()) {
            assisting = moved.assisting();
        }
        approvals.clear();
        moved.stopped().forEach(clock -> stop(clock.clock(), clock.how(), at));
        moved.started().forEach(clock -> start(clock, at));
    }

    /** What came before, as the ledger said; then where it stands here. */
    void takeOver(CaseFact.ItemTakenOver over, Instant at) {
        takenFrom = over.row();
        var ended = !kind.stage(over.stage()).core().open();
        var when = at;
        for (var entered : over.entered()) {
            if (ended && entered.stage().equals(over.stage())) {
                when = entered.happenedAt();
            } else {
                taken(over, entered.stage(), at, entered.happenedAt());
            }
        }
        taken(over, over.stage(), at, when);
    }

    private void taken(CaseFact.ItemTakenOver over, String to, Instant at, Instant happenedAt) {
        acts.add(new Act(TAKEN, stage, to, over.by(), at, happenedAt, over.said()));
        stage = to;
    }

    /** Its number in the ledger from which it was taken over, or empty. */
    public String takenFrom() {
        return takenFrom;
    }

    void keep(List<Proof> more, Actor by, Instant at) {
        more.forEach(proof -> proofs.add(new Kept(proof, by, at, acts.size())));
    }

    void approve(String move, Actor by) {
        approvals.put(move, by);
    }

    void pause(CaseFact.ItemPaused fact, Instant at) {
        paused = Optional.of(fact);
        fact.stopped().forEach(clock -> stop(clock.clock(), clock.how(), at));
    }

    void resume(CaseFact.ItemResumed fact, Instant at) {
        paused = Optional.empty();
        fact.started().forEach(clock -> start(clock, at));
    }

    void start(CaseFact.Started started, Instant at) {
        var before = endedLast(started.clock()).filter(clock -> clock.state() == Clock.State.PAUSED);
        clocks.put(
                started.clock(),
                new Clock(
                        started.clock(),
                        before.map(Clock::startedAt).orElse(at),
                        started.dueAt(),
                        before.map(Clock::firstDue).orElse(started.dueAt()),
                        started.provisional(),
                        Clock.State.RUNNING,
                        Optional.empty()));
    }

    Optional<Clock> endedLast(String clock) {
        for (var i = ended.size() - 1; i >= 0; i--) {
            if (ended.get(i).name().equals(clock)) {
                return Optional.of(ended.get(i));
            }
        }
        return Optional.empty();
    }

    void stop(String clock, String how, Instant at) {
        Optional.ofNullable(clocks.remove(clock)).ifPresent(one -> ended.add(one.stopped(how, at)));
    }

    void miss(String clock) {
        clocks.computeIfPresent(clock, (name, one) -> one.missed());
    }

    void ask(ExtensionAsked extension) {
        asked.put(extension.clock(), extension);
        put(extension.fields());
    }

    void decide(CaseFact.ExtensionDecided decided) {
        var question = asked.remove(decided.clock());
        decided.started().ifPresent(started -> {
            granted.computeIfAbsent(decided.clock(), name -> new ArrayList<>())
                    .add(question == null ? 0 : question.days());
            clocks.computeIfPresent(
                    decided.clock(),
                    (name, one) -> new Clock(
                            name,
                            one.startedAt(),
                            started.dueAt(),
                            one.firstDue(),
                            started.provisional(),
                            Clock.State.RUNNING,
                            Optional.empty()));
        });
    }

    void issue(CardIssued card, Instant at) {
        cards.put(card.card(), new Card(card, at, "open", "", "", Optional.empty()));
    }

    void end(String card, String how, String by, String text, Instant at) {
        cards.computeIfPresent(card, (id, one) -> new Card(one.issued(), one.at(), how, by, text, Optional.of(at)));
    }

    void ask(ControlAsked control) {
        controls.put(control.signal(), new Control(control, "asked", "", "", Optional.empty()));
    }

    void end(String signal, String how, Actor by, String text, Instant at) {
        controls.computeIfPresent(
                signal, (id, one) -> new Control(one.asked(), how, by.person(), text, Optional.of(at)));
    }

    void addChild(String child) {
        children.add(child);
    }
}
