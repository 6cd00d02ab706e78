package jiaoying.duty.casework;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import jiaoying.duty.casework.CaseFact.Actor;
import jiaoying.duty.casework.CaseFact.Entry;
import jiaoying.duty.casework.CaseFact.ItemMoved;
import jiaoying.duty.casework.CaseFact.Stopped;
import jiaoying.duty.programme.Condition;
import jiaoying.duty.programme.CoreState;
import jiaoying.duty.programme.Kind;
import jiaoying.duty.programme.Kind.Move;
import jiaoying.duty.programme.Period;
import jiaoying.duty.programme.Programme;
import jiaoying.duty.programme.WorkingCalendar;

/** What follows from one deed, or from a clock that ran out. Only reads; the facts it returns change the items. */
public final class CaseStep {
    static final Period NO_PERIOD = new Period(LocalDate.MIN, LocalDate.MAX, LocalDate.MAX);

    private final String number;
    private final Instant at;
    private final Cases cases;
    private final Directory directory;
    private final ZoneId zone;
    private final Ticking ticking;

    /** @param number of the arrival; what it opens is named by it */
    public CaseStep(long number, Instant at, Cases cases, Directory directory, WorkingCalendar calendar, ZoneId zone) {
        this.number = Long.toString(number);
        this.at = at;
        this.cases = cases;
        this.directory = directory;
        this.zone = zone;
        this.ticking = new Ticking(calendar, zone);
    }

    /** @param person who does it */
    public CaseAnswer take(String person, CaseDeed deed) {
        return take(person, deed, at);
    }

    /**
     * The same from a person's telephone, which may have kept it while it had no network: with the same key it is done once, and it
     * happened when it was entered, as far as what went before allows.
     *
     * @param enteredAt not after now
     */
    public CaseAnswer sent(String person, CaseDeed deed, String key, Instant enteredAt) {
        if (cases.knowsEntry(person, key)) {
            return new CaseAnswer.Done(List.of());
        }
        return switch (take(person, entered(deed, enteredAt), enteredAt)) {
            case CaseAnswer.Done done -> {
                var facts = new ArrayList<>(done.facts());
                facts.add(new CaseFact.PhoneEntryTaken(facts.getFirst().item(), key, person, enteredAt));
                yield new CaseAnswer.Done(List.copyOf(facts));
            }
            case CaseAnswer.Refused refused -> refused;
        };
    }

    /** Two telephones have two clocks: a step never comes before the one that it follows. */
    private CaseDeed entered(CaseDeed deed, Instant enteredAt) {
        return deed instanceof CaseDeed.Move move
                ? cases.find(move.item())
                        .map(item -> item.acts().getLast().happenedAt())
                        .map(before -> move.withHappenedAt(before.isAfter(enteredAt) ? before : enteredAt))
                        .orElse(move)
                : deed;
    }

    private CaseAnswer take(String person, CaseDeed deed, Instant enteredAt) {
        try {
            return new CaseAnswer.Done(
                    switch (deed) {
                        case CaseDeed.Open open -> List.of(opening().open(person, open));
                        case CaseDeed.TakeOver rows -> opening().takeOver(person, rows);
                        case CaseDeed.Hear hear -> opening().hear(hear);
                        case CaseDeed.Plan plan -> opening().plan(person, plan);
                        case CaseDeed.Move move -> move(person, move);
                        case CaseDeed.Fill fill -> List.of(fill(person, fill));
                        case CaseDeed.Prove prove -> List.of(prove(person, prove));
                        case CaseDeed.Approve approve -> List.of(approve(person, approve));
                        case CaseDeed.Pause pause -> List.of(pause(person, pause));
                        case CaseDeed.Resume resume -> List.of(resume(person, resume));
                        case CaseDeed.AskExtension ask -> List.of(ask(person, ask));
                        case CaseDeed.DecideExtension decide -> List.of(decide(person, decide));
                        case CaseDeed.AnswerCard answer -> List.of(answer(person, answer));
                        case CaseDeed.CancelCard cancel -> List.of(cancel(person, cancel));
                        case CaseDeed.ConfirmControl confirm -> confirm(person, confirm, enteredAt);
                    });
        } catch (Refused refused) {
            return refused.answer();
        }
    }

    private Opening opening() {
        return new Opening(number, at, cases, directory, zone, ticking);
    }

    /** When it happened: not after now and not before what went before. */
    private Instant happened(Optional<Instant> said, Instant notBefore) {
        said.filter(when -> when.isAfter(at) || when.isBefore(notBefore)).ifPresent(when -> {
            throw new Refused(No.BAD_FIELD, "happened_at = " + when, notBefore + " .. " + at);
        });
        return said.orElse(at);
    }

    // ---- steps

    private List<CaseFact> move(String person, CaseDeed.Move asked) {
        var item = item(asked.item());
        var programme = programme(item);
        var move = step(item, asked);
        var deed = move.bodies() ? withUsual(asked, item, programme) : asked;
        if (item.paused().isPresent()) {
            throw new Refused(No.PAUSED, deed.item(), item.paused().get().reason());
        }
        var guards = new Guards(programme, item, directory);
        var actor = guards.actor(person, deed.onBehalfOf(), deed.role(), move.by());
        guards.fields(deed.fields(), actor);
        var level = deed.fields().stream()
                .filter(entry -> entry.field().equals(item.kind().level()))
                .mapToInt(entry ->
                        item.kind().findField(entry.field()).orElseThrow().rank(entry.value()))
                .max()
                .orElse(-1);
        guards.separate(move, actor, level);
        required(item, move, deed);
        guards.oftenEnough(move);
        guards.approved(move, actor);
        new Evidences(item, at).look(deed.proofs());
        new Evidences(item, at).need(move, deed.proofs());
        rules(item, deed.fields());
        core(item, move, deed, guards, level, actor);
        var moved = moved(item, move, deed, actor);
        return item.kind().stage(move.to()).core() == CoreState.REOPENED
                ? List.of(moved, leaderTold(item, move, moved.reason()))
                : List.of(moved);
    }

    /** Reopening is told to the leader. */
    private CaseFact leaderTold(Item item, Move move, String reason) {
        return new CardStep(at, item, programme(item), directory, ticking, person -> false, cases.together(), "")
                .report(move.id(), move.name().zh(), reason);
    }

    private Move step(Item item, CaseDeed.Move deed) {
        if (!deed.from().isEmpty() && !deed.from().equals(item.stage())) {
            var last = item.acts().getLast();
            throw new Refused(No.STALE, last.by().person() + " " + last.at(), item.stage());
        }
        var moves = item.kind().moves().stream()
                .filter(one -> one.from().equals(item.stage()))
                .toList();
        var open = moves.stream()
                .filter(one -> holds(one.when(), item, deed.fields()))
                .toList();
        return open.stream()
                .filter(one -> one.id().equals(deed.move()))
                .findFirst()
                .orElseThrow(() -> new Refused(
                        No.NO_SUCH_STEP,
                        deed.move(),
                        String.join(", ", open.stream().map(Move::id).toList())));
    }

    private static boolean holds(Condition condition, Item item, List<Entry> more) {
        return condition.holds(item.with(more), NO_PERIOD);
    }

    private void required(Item item, Move move, CaseDeed.Move deed) {
        var row = item.with(deed.fields());
        move.fields().stream()
                .filter(field -> row.cell(field).missing())
                .findFirst()
                .ifPresent(field -> {
                    throw new Refused(
                            No.MISSING_FIELD,
                            field,
                            item.kind().findField(field).orElseThrow().name().zh());
                });
        if ((move.reason() || ends(item, move)) && deed.reason().isBlank()) {
            throw new Refused(No.MISSING_REASON, move.id());
        }
        if (move.onSite() && !deed.onSite()) {
            throw new Refused(No.NOT_ON_SITE, move.id());
        }
        if (move.bodies()) {
            bodies(deed);
        } else if (!deed.lead().isEmpty() || !deed.supervising().isEmpty()) {
            throw new Refused(No.BODIES, move.id(), "-");
        }
    }

    private static boolean ends(Item item, Move move) {
        var to = item.kind().stage(move.to()).core();
        return to == CoreState.VOID || to == CoreState.TRANSFERRED || to == CoreState.REOPENED;
    }

    /** Whoever assigns without naming a body gives the item to the usual ones of its town. */
    private static CaseDeed.Move withUsual(CaseDeed.Move deed, Item item, Programme programme) {
        return programme
                .usualFor(item.kind().id(), item.town(programme))
                .filter(usual -> deed.lead().isEmpty() && deed.supervising().isEmpty())
                .map(usual -> deed.to(usual.lead(), usual.supervising()))
                .orElse(deed);
    }

    private void bodies(CaseDeed.Move deed) {
        if (deed.lead().isEmpty() || deed.supervising().isEmpty() || deed.lead().equals(deed.supervising())) {
            throw new Refused(No.BODIES, deed.lead() + " / " + deed.supervising());
        }
        for (var body : List.of(deed.lead(), deed.supervising())) {
            if (!directory.knowsBody(body)) {
                throw new Refused(No.BODIES, body);
            }
        }
    }

    /** What no pack can leave out. */
    private void core(Item item, Move move, CaseDeed.Move deed, Guards guards, int level, Actor actor) {
        var to = item.kind().stage(move.to()).core();
        if (!item.kind().loop()) {
            return;
        }
        if (to == CoreState.SUBMITTED || to == CoreState.CLOSED) {
            item.children().stream()
                    .filter(child -> cases.find(child).filter(Item::open).isPresent())
                    .findFirst()
                    .ifPresent(child -> {
                        throw new Refused(
                                No.CHILD_OPEN,
                                cases.find(child).orElseThrow().opened().number());
                    });
        }
        if (to == CoreState.CLOSED) {
            guards.fourActs();
            parts(item).forEach(part -> guards.separateFromPart(part, actor));
            if (Math.max(item.highestLevel(), level) > 0 && !deed.onSite()) {
                throw new Refused(No.NOT_ON_SITE, move.id());
            }
        }
    }

    /** The items into which it was split, and those into which they were. */
    private List<Item> parts(Item item) {
        var parts = new ArrayList<Item>();
        for (var child : item.children()) {
            cases.find(child).filter(one -> one.kind().loop()).ifPresent(one -> {
                parts.add(one);
                parts.addAll(parts(one));
            });
        }
        return parts;
    }

    static void rules(Item item, List<Entry> more) {
        var row = item.with(more);
        item.kind().rules().stream()
                .filter(rule -> !rule.must().holds(row, NO_PERIOD))
                .findFirst()
                .ifPresent(rule -> {
                    throw new Refused(No.RULE, rule.field(), rule.name().zh());
                });
    }

    private ItemMoved moved(Item item, Move move, CaseDeed.Move deed, Actor actor) {
        var happened = happened(deed.happenedAt(), item.acts().getLast().happenedAt());
        var stopped = stoppedBy(item, move.to());
        var started = new ArrayList<>(ticking.startedAt(item, move.to(), deed.fields(), stopped, at));
        started.addAll(ticking.startedAgain(item, move.to(), deed.fields(), item.led(actor.body()), started, at));
        return new ItemMoved(
                item.id(),
                move.id(),
                move.from(),
                move.to(),
                actor,
                deed.reason().strip(),
                List.copyOf(deed.fields()),
                deed.lead(),
                deed.supervising(),
                List.copyOf(deed.assisting()),
                List.copyOf(deed.proofs()),
                deed.onSite(),
                happened,
                List.copyOf(started),
                stopped);
    }

    /** Clocks that the stage stops, and all of them where the item ends. */
    private List<Stopped> stoppedBy(Item item, String to) {
        var ends = !item.kind().stage(to).core().open();
        return item.clocks().values().stream()
                .filter(clock -> ends || stops(item, clock, to))
                .map(clock -> new Stopped(
                        clock.name(),
                        stops(item, clock, to) ? "met" : "cancelled",
                        Ticking.timers(item.id(), item.kind(), clock.name())))
                .toList();
    }

    private static boolean stops(Item item, Clock clock, String to) {
        return item.kind()
                .findClock(clock.name())
                .filter(rule -> rule.stop().contains(to))
                .isPresent();
    }

    // ---- beside the steps

    private CaseFact fill(String person, CaseDeed.Fill deed) {
        var item = item(deed.item());
        var guards = guards(item);
        var actor = guards.anybody(person, deed.onBehalfOf(), deed.role());
        guards.fields(deed.fields(), actor);
        if (deed.fields().isEmpty()) {
            throw new Refused(No.MISSING_FIELD, deed.item());
        }
        for (var entry : deed.fields()) {
            if (!item.open() && !item.kind().afterClose().contains(entry.field())) {
                throw new Refused(
                        No.NOT_OPEN,
                        entry.field(),
                        String.join(", ", item.kind().afterClose()));
            }
            if (!item.field(entry.field()).isEmpty() && deed.reason().isBlank()) {
                throw new Refused(No.MISSING_REASON, entry.field());
            }
        }
        rules(item, deed.fields());
        return new CaseFact.FieldsSet(
                item.id(),
                Opening.dated(item.kind(), deed.fields(), zone),
                actor,
                deed.reason().strip(),
                at);
    }

    private CaseFact prove(String person, CaseDeed.Prove deed) {
        var item = open(deed.item());
        var actor = guards(item).anybody(person, deed.onBehalfOf(), deed.role());
        new Evidences(item, at).look(deed.proofs());
        return new CaseFact.ProofsAdded(item.id(), List.copyOf(deed.proofs()), actor, at);
    }

    private CaseFact approve(String person, CaseDeed.Approve deed) {
        var item = open(deed.item());
        var move = item.kind()
                .findMove(deed.move())
                .filter(one ->
                        one.from().equals(item.stage()) && !one.approval().isEmpty())
                .orElseThrow(() -> new Refused(No.NO_SUCH_STEP, deed.move()));
        var actor = guards(item).approver(person, deed.role(), move);
        return new CaseFact.MoveApproved(item.id(), move.id(), actor, at);
    }

    private CaseFact pause(String person, CaseDeed.Pause deed) {
        var item = open(deed.item());
        if (item.paused().isPresent()) {
            throw new Refused(No.PAUSED, deed.item(), item.paused().get().reason());
        }
        var actor = guards(item).supervisor(person, deed.role());
        if (deed.reason().isBlank()) {
            throw new Refused(No.MISSING_REASON, deed.item());
        }
        var stopped = item.clocks().values().stream()
                .filter(clock -> clock.state() == Clock.State.RUNNING)
                .filter(clock -> item.kind()
                        .findClock(clock.name())
                        .filter(Kind.ClockRule::pausable)
                        .isPresent())
                .map(clock -> new Stopped(clock.name(), "paused", Ticking.timers(item.id(), item.kind(), clock.name())))
                .toList();
        return new CaseFact.ItemPaused(
                item.id(),
                deed.waiting() ? CoreState.WAITING : CoreState.SUSPENDED,
                deed.forWhom(),
                deed.reason().strip(),
                actor,
                at,
                stopped);
    }

    private CaseFact resume(String person, CaseDeed.Resume deed) {
        var item = open(deed.item());
        if (item.paused().isEmpty()) {
            throw new Refused(No.NOT_PAUSED, deed.item());
        }
        var actor = guards(item).supervisor(person, deed.role());
        var started = item.paused().get().stopped().stream()
                .flatMap(stopped -> lastPaused(item, stopped.clock()).stream())
                .map(clock -> ticking.resume(item.id(), item.kind(), clock, at))
                .toList();
        return new CaseFact.ItemResumed(item.id(), deed.reason().strip(), actor, at, started);
    }

    private static Optional<Clock> lastPaused(Item item, String clock) {
        return item.endedClocks().reversed().stream()
                .filter(one -> one.name().equals(clock) && one.state() == Clock.State.PAUSED)
                .findFirst();
    }

    // ---- more time

    private CaseFact ask(String person, CaseDeed.AskExtension deed) {
        var item = open(deed.item());
        var rule = item.kind()
                .extension()
                .filter(one -> one.clocks().contains(deed.clock()))
                .orElseThrow(() -> new Refused(No.NO_SUCH_CLOCK, deed.clock()));
        var clock = Optional.ofNullable(item.clocks().get(deed.clock()))
                .orElseThrow(() -> new Refused(
                        No.NO_SUCH_CLOCK,
                        deed.clock(),
                        String.join(", ", item.clocks().keySet())));
        var guards = guards(item);
        var actor = guards.asker(person, deed.role());
        Guards.inTime(deed.clock(), clock.state() == Clock.State.RUNNING, clock.dueAt(), at);
        var granted = item.granted(deed.clock());
        Guards.moreLeft(deed.clock(), granted, rule);
        if (item.extensionsAsked().containsKey(deed.clock())) {
            throw new Refused(No.TOO_OFTEN, deed.clock(), Integer.toString(rule.times()));
        }
        var left = rule.left(granted);
        if (deed.days() < 1 || deed.days() > left) {
            throw new Refused(No.TOO_LONG, Integer.toString(deed.days()), "1 .. " + left);
        }
        if (deed.reason().isBlank()) {
            throw new Refused(No.MISSING_REASON, deed.clock());
        }
        guards.fields(deed.fields(), actor);
        var row = item.with(deed.fields());
        rule.fields().stream()
                .filter(field -> row.cell(field).missing())
                .findFirst()
                .ifPresent(field -> {
                    throw new Refused(
                            No.MISSING_FIELD,
                            field,
                            item.kind().findField(field).orElseThrow().name().zh());
                });
        return new CaseFact.ExtensionAsked(
                item.id(),
                deed.clock(),
                deed.days(),
                actor,
                deed.reason().strip(),
                List.copyOf(deed.fields()),
                ticking.due(rule.decide(), at));
    }

    private CaseFact decide(String person, CaseDeed.DecideExtension deed) {
        var item = open(deed.item());
        var question = Optional.ofNullable(item.extensionsAsked().get(deed.clock()))
                .orElseThrow(() -> new Refused(No.NOT_ASKED, deed.clock()));
        var rule = item.kind().extension().orElseThrow();
        var actor =
                guards(item).decider(person, deed.role(), rule, question.by().body());
        if (!deed.granted() && deed.reason().isBlank()) {
            throw new Refused(No.MISSING_REASON, deed.clock());
        }
        var clock = Optional.ofNullable(item.clocks().get(deed.clock()));
        var started = clock.filter(one -> deed.granted())
                .map(one -> ticking.extended(item.id(), item.kind(), one, question.days(), at));
        return new CaseFact.ExtensionDecided(
                item.id(), deed.clock(), deed.granted(), actor, deed.reason().strip(), started);
    }

    // ---- cards and controls

    private CaseFact answer(String person, CaseDeed.AnswerCard deed) {
        var item = item(deed.item());
        var card = openCard(item, deed.card());
        Guards.addressed(person, card.issued().persons());
        if (deed.text().isBlank()) {
            throw new Refused(No.MISSING_REASON, deed.card());
        }
        var actor = new Actor(person, directory.bodyOf(person), deed.role(), "");
        return new CaseFact.CardAnswered(
                item.id(), deed.card(), actor, deed.text().strip());
    }

    private CaseFact cancel(String person, CaseDeed.CancelCard deed) {
        var item = item(deed.item());
        openCard(item, deed.card());
        var actor = guards(item).supervisor(person, deed.role());
        if (deed.reason().isBlank()) {
            throw new Refused(No.MISSING_REASON, deed.card());
        }
        return new CaseFact.CardCancelled(
                item.id(), deed.card(), actor, deed.reason().strip());
    }

    private static Item.Card openCard(Item item, String card) {
        return Optional.ofNullable(item.cards().get(card))
                .filter(one -> one.how().equals("open") || one.how().equals("unanswered"))
                .orElseThrow(() -> new Refused(
                        No.NO_SUCH_CARD, card, String.join(", ", item.cards().keySet())));
    }

    private List<CaseFact> confirm(String person, CaseDeed.ConfirmControl deed, Instant happenedAt) {
        var item = item(deed.item());
        var control = Optional.ofNullable(item.controls().get(deed.signal()))
                .filter(one -> one.how().equals("asked") || one.how().equals("missed"))
                .orElseThrow(() -> new Refused(No.NOT_ASKED, deed.signal()));
        if (deed.text().isBlank()) {
            throw new Refused(No.MISSING_REASON, deed.item());
        }
        var linkage = item.kind().linkages().get(control.asked().linkage());
        var actor = guards(item).actor(person, "", deed.role(), linkage.by());
        var facts = new ArrayList<CaseFact>();
        facts.add(new CaseFact.ControlConfirmed(
                item.id(), deed.signal(), actor, deed.text().strip(), happenedAt));
        facts.add(new CaseFact.FieldsSet(
                item.id(), List.of(new Entry(linkage.field(), deed.text().strip())), actor, deed.signal(), happenedAt));
        item.cards().forEach((id, card) -> {
            if (card.how().equals("open")
                    && card.issued().rung().equals(linkage.rung())
                    && card.issued().persons().contains(person)) {
                facts.add(new CaseFact.CardAnswered(
                        item.id(), id, actor, deed.text().strip()));
            }
        });
        return facts;
    }

    // ---- what the time brings

    /**
     * A timer of an item came due.
     *
     * @param what     clock, rung, card, control or extension
     * @param name     of the clock, step, card, warning or clock asked for
     * @param inStorm  people who are called in a storm now: cards about work wait for them
     * @param mark     what stands before every message, as in an exercise
     */
    public List<CaseFact> due(String what, String itemId, String name, Predicate<String> inStorm, String mark) {
        var found = cases.find(itemId);
        if (found.isEmpty()) {
            return List.of();
        }
        var item = found.get();
        var cards = new CardStep(at, item, programme(item), directory, ticking, inStorm, cases.together(), mark);
        return switch (what) {
            case "clock" -> missed(item, name, cards);
            case "rung" -> cards.rung(name);
            case "card" -> cards.unanswered(name);
            case "control" -> control(item, name, cards);
            case "extension" -> undecided(item, name);
            default -> List.of();
        };
    }

    /** The clock's own step follows where the law says so. */
    private List<CaseFact> missed(Item item, String name, CardStep cards) {
        var clock = item.clocks().get(name);
        if (clock == null || clock.state() != Clock.State.RUNNING) {
            return List.of();
        }
        var facts = new ArrayList<CaseFact>();
        facts.add(new CaseFact.ClockMissed(item.id(), name, clock.dueAt()));
        item.kind()
                .findClock(name)
                .flatMap(rule -> item.kind().findMove(rule.onMiss()))
                .filter(move ->
                        move.from().equals(item.stage()) && item.paused().isEmpty())
                .ifPresent(move -> {
                    var stopped = stoppedBy(item, move.to());
                    facts.add(new ItemMoved(
                            item.id(),
                            move.id(),
                            move.from(),
                            move.to(),
                            Actor.CLOCK,
                            name,
                            List.of(),
                            "",
                            "",
                            List.of(),
                            List.of(),
                            false,
                            clock.dueAt(),
                            ticking.startedAt(item, move.to(), List.of(), stopped, at),
                            stopped));
                    facts.addAll(cards.atTheEnd(clock));
                });
        return facts;
    }

    private List<CaseFact> control(Item item, String signal, CardStep cards) {
        var control = item.controls().get(signal);
        if (control == null || !control.how().equals("asked")) {
            return List.of();
        }
        var facts = new ArrayList<CaseFact>();
        facts.add(new CaseFact.ControlMissed(item.id(), signal, control.asked().dueAt()));
        if (item.open()) {
            var linkage = item.kind().linkages().get(control.asked().linkage());
            item.kind().ladder().stream()
                    .filter(rung -> rung.id().equals(linkage.rung()))
                    .forEach(rung -> facts.addAll(cards.issue(
                            rung,
                            control.asked().ask(),
                            control.asked().dueAt(),
                            control.asked().persons())));
        }
        return facts;
    }

    private static List<CaseFact> undecided(Item item, String clock) {
        return item.extensionsAsked().containsKey(clock)
                ? List.of(new CaseFact.ExtensionDecided(
                        item.id(), clock, false, Actor.CLOCK, "no decision in time", Optional.empty()))
                : List.of();
    }

    // ---- warnings

    /**
     * A warning came into force: every open item in its area is to be confirmed under control, once a warning.
     *
     * @param signal the same for one warning through all its colours
     * @param color  as a word
     * @param colors words from the mildest up
     */
    public List<CaseFact> warned(String signal, String hazard, String color, List<String> colors, String area) {
        var facts = new ArrayList<CaseFact>();
        for (var item : cases.items()) {
            if (!item.open()
                    || item.lead().isEmpty()
                    || item.core() == CoreState.ASSESSING
                    || item.controls().containsKey(signal)
                    || !touches(item, area)) {
                continue;
            }
            var linkages = item.kind().linkages();
            for (var i = 0; i < linkages.size(); i++) {
                var linkage = linkages.get(i);
                if (linkage.hazard().equals(hazard)
                        && colors.indexOf(color) >= colors.indexOf(linkage.color())
                        && colors.contains(color)) {
                    facts.add(asked(item, signal, i, linkage));
                    break;
                }
            }
        }
        return facts;
    }

    private boolean touches(Item item, String area) {
        var town = item.kind().fields().stream()
                .filter(field -> field.type() == jiaoying.duty.programme.Field.Type.AREA)
                .map(field -> item.field(field.id()))
                .findFirst()
                .orElse("");
        return !town.isEmpty() && (directory.within(town, area) || directory.within(area, town));
    }

    private CaseFact asked(Item item, String signal, int index, Kind.Linkage linkage) {
        var programme = programme(item);
        var persons = linkage.by().stream()
                .filter(role ->
                        programme.findRole(role).filter(Programme.Role::outside).isEmpty())
                .flatMap(role -> directory.holders(item.opened().programme(), role, item.lead()).stream())
                .distinct()
                .toList();
        return new CaseFact.ControlAsked(
                item.id(), signal, index, persons, filled(linkage.ask().zh(), item), at.plus(linkage.within()));
    }

    static String filled(String text, Item item) {
        var filled = text.replace("{number}", item.opened().number());
        for (var entry : item.fields().entrySet()) {
            filled = filled.replace("{" + entry.getKey() + "}", entry.getValue());
        }
        return filled;
    }

    /** A machine noticed something: drafts, as the packs want them. The arguments are those of {@link Opening#raise}. */
    public List<CaseFact> noticed(
            String upon,
            String hazard,
            String color,
            List<String> colors,
            String source,
            java.util.Map<String, String> words) {
        return opening().raise(upon, hazard, color, colors, source, words);
    }

    /** A warning ended: what is still asked for it is not owed any more. */
    public List<CaseFact> lifted(String signal) {
        var facts = new ArrayList<CaseFact>();
        for (var item : cases.items()) {
            var control = item.controls().get(signal);
            if (control != null && control.how().equals("asked")) {
                facts.add(new CaseFact.ControlLifted(item.id(), signal));
            }
        }
        return facts;
    }

    // ----

    private Item item(String id) {
        return cases.find(id).orElseThrow(() -> new Refused(No.UNKNOWN_ITEM, id));
    }

    private Item open(String id) {
        var item = item(id);
        if (!item.open()) {
            var last = item.acts().getLast();
            throw new Refused(No.NOT_OPEN, last.by().person() + " " + last.at(), item.stage());
        }
        return item;
    }

    private Guards guards(Item item) {
        return new Guards(programme(item), item, directory);
    }

    private Programme programme(Item item) {
        return cases.findProgramme(item.opened().programme()).orElseThrow();
    }
}
