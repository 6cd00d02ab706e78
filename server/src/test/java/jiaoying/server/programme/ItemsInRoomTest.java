package jiaoying.server.programme;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import jiaoying.duty.call.CallFact;
import jiaoying.duty.casework.CaseDeed;
import jiaoying.duty.casework.CaseFact;
import jiaoying.duty.casework.CaseFact.Entry;
import jiaoying.duty.casework.CaseFact.Proof;
import jiaoying.duty.errand.CarrierEvent;
import jiaoying.duty.errand.Channel;
import jiaoying.duty.errand.Errand;
import jiaoying.duty.ledger.Dated;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.ledger.Personal;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.programme.Loop;
import jiaoying.duty.room.Arrival;
import jiaoying.duty.room.Deed;
import jiaoying.duty.room.DutyRoom;
import jiaoying.duty.room.Outcome;
import jiaoying.duty.room.Rules;
import jiaoying.duty.room.Settings;
import jiaoying.duty.room.View;
import jiaoying.duty.room.ViewKey;
import jiaoying.duty.roster.RosterFact;
import jiaoying.server.pack.PackLibrary;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The loop in a duty room: a storm asks open hazards, timers ring, links and calls answer, and a restored room owes the same. */
class ItemsInRoomTest {
    private static final Rules RULES = rules();
    private static final String KEY = "0123456789abcdef0123456789abcdef";

    private final List<Dated> facts = new ArrayList<>();
    private DutyRoom room = new DutyRoom(RULES);
    private Instant now = Instant.parse("2026-06-10T02:00:00Z");
    private long number;
    private Outcome outcome = new Outcome.Done();

    private static Rules rules() {
        try {
            var packs = PackLibrary.of(Path.of("../packs"));
            return packs.rules("rainstorm-cma16", "call-and-answer", "zh-CN")
                    .with(new Loop(List.of(packs.programme("hazards")), CalendarFile.shipped()));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void a_town_with_two_villages() {
        arrive(new Arrival.RoomSet(
                "setup",
                new Settings(
                        "r",
                        "示例",
                        Settings.Issuer.HEADQUARTERS,
                        true,
                        false,
                        Duration.ofMinutes(5),
                        Optional.empty(),
                        "Asia/Shanghai")));
        var rows = new ArrayList<Fact>();
        rows.add(new RosterFact.AreaRegistered("33", "市", "City", "city", "", true));
        rows.add(new RosterFact.AreaRegistered("331", "镇", "Town", "town", "33", true));
        rows.add(new RosterFact.AreaRegistered("3311", "甲村", "Village 1", "village", "331", true));
        rows.add(new RosterFact.AreaRegistered("3312", "乙村", "Village 2", "village", "331", true));
        for (var body : List.of("A", "B", "S", "V")) {
            rows.add(new RosterFact.BodyRegistered(body, body, body, "department", "33"));
        }
        person(rows, "duty", "S", "值班员", "33");
        person(rows, "triage", "S", "研判人员", "33");
        person(rows, "super", "S", "督办人员", "33");
        person(rows, "check", "V", "核查人员", "33");
        person(rows, "ann", "A", "整改责任人", "3311");
        person(rows, "ann", "A", "村防汛责任人", "3311");
        person(rows, "bob", "B", "整改责任人", "3312");
        person(rows, "bob", "B", "村防汛责任人", "3312");
        arrive(new Arrival.RegisterChanged("setup", rows));
    }

    private static void person(List<Fact> rows, String person, String body, String duty, String area) {
        rows.add(new RosterFact.PersonRegistered(person, new Personal(person, person), body, "", ""));
        for (var channel : List.of("text", "voice")) {
            rows.add(new RosterFact.ContactRegistered(person, channel, new Personal(person, "1")));
        }
        rows.add(new RosterFact.DutyAssigned(person + duty, person, duty, area, List.of(), ""));
    }

    @Test
    void a_signal_asks_what_is_open_calls_nobody_twice_and_the_silent_one_is_carded_and_called() {
        var first = inHand("3311", "ann", "A");
        var second = inHand("3312", "bob", "B");
        now = now.plusSeconds(3600);
        signal(SignalColor.ORANGE);
        assertThat(of(CaseFact.ControlAsked.class))
                .extracting(CaseFact.ControlAsked::item)
                .containsExactly(first, second);
        assertThat(of(CallFact.CalleeListed.class))
                .as("a role of a programme alone calls nobody")
                .extracting(CallFact.CalleeListed::person)
                .containsExactly("ann", "bob");
        assertThat(errands()).as("one call and one text each").hasSizeLessThanOrEqualTo(4);

        var link = textTo("ann");
        var signal = of(CaseFact.ControlAsked.class).getFirst().signal();
        arrive(new Arrival.LinkActed(link.key(), new CaseDeed.ConfirmControl(second, signal, "不是我的", "")));
        assertThat(refused()).isEqualTo("ITEM_NOT_YOUR_ROLE");
        arrive(new Arrival.LinkActed(link.key(), new CaseDeed.ConfirmControl(first, signal, "已备泵", "")));
        assertThat(outcome).isEqualTo(new Outcome.Done());
        signal(SignalColor.RED);
        assertThat(of(CaseFact.ControlAsked.class))
                .as("the same warning asks once")
                .hasSize(2);

        var before = facts.size();
        ringUntil(now.plusSeconds(3600));
        assertThat(of(CaseFact.ControlMissed.class))
                .extracting(CaseFact.ControlMissed::item)
                .containsExactly(second);
        var card = of(CaseFact.CardIssued.class).getFirst();
        assertThat(card.persons()).contains("bob", "super");
        assertThat(card.errands())
                .extracting(errand -> errand.to() + " " + errand.channel())
                .contains("bob VOICE", "bob TEXT");
        assertThat(facts.size()).isGreaterThan(before);

        var call = card.errands().getFirst();
        arrive(new Arrival.CarrierEvents(
                List.of(new CarrierEvent("voice", "e1", call.key(), CarrierEvent.Kind.CONNECTED, ""))));
        assertThat(outcome).isEqualTo(new Outcome.Stored(1, List.of()));
        arrive(new Arrival.LinkActed(call.key(), new CaseDeed.ConfirmControl(second, signal, "已到场", "")));
        assertThat(outcome).isEqualTo(new Outcome.Done());
        assertThat(item(second).controls()).extracting(View.ItemControl::how).containsExactly("confirmed");
        assertThat(item(second).cards()).extracting(View.ItemCard::how).containsExactly("answered");
    }

    @Test
    void cards_of_one_step_for_one_moment_are_one_message_to_a_person_and_stay_cards_of_their_own() {
        var items = List.of(inHand("3311", "ann", "A"), inHand("3312", "bob", "B"));
        ringUntil(now.plus(Duration.ofDays(17)));
        var yellow = of(CaseFact.CardIssued.class).stream()
                .filter(card -> card.rung().equals("yellow") && card.level().equals("yellow"))
                .toList();
        assertThat(yellow).extracting(CaseFact.CardIssued::item).containsExactlyElementsOf(items);
        assertThat(yellow)
                .extracting(CaseFact.CardIssued::card)
                .as("each of its own item")
                .hasSize(2);
        var messages = yellow.stream()
                .flatMap(card -> card.errands().stream())
                .filter(errand -> errand.to().equals("super"))
                .toList();
        assertThat(messages)
                .extracting(Errand::key)
                .as("one errand, ordered anew")
                .hasSize(2);
        assertThat(messages.getLast().key()).isEqualTo(messages.getFirst().key());
        assertThat(messages.getLast().notBefore()).isEqualTo(messages.getFirst().notBefore());
        assertThat(messages.getFirst().message()).doesNotContain("共");
        assertThat(messages.getLast().message())
                .startsWith("【黄牌】共2项：")
                .contains(items.stream().map(id -> item(id).number()).toList());
    }

    @Test
    void his_own_hazard_nobody_closes_by_any_door_and_the_rule_is_named() {
        var item = inHand("3311", "ann", "A");
        step(
                "ann",
                item,
                "feed-back",
                List.of(new Entry("measures", "m")),
                proofs("photo_before", "photo_after"),
                true);
        var rows = new ArrayList<Fact>();
        person(rows, "ann", "A", "核查人员", "33");
        arrive(new Arrival.RegisterChanged("setup", rows));
        step("check", item, "take-up", List.of(), List.of(), true);
        step("ann", item, "close", List.of(), proofs("verification_record"), true);
        assertThat(refused()).isEqualTo("ITEM_SEPARATION");
        step("nobody", item, "close", List.of(), proofs("verification_record"), true);
        assertThat(refused()).isEqualTo("ITEM_NOT_YOUR_ROLE");
        step("check", item, "close", List.of(), proofs("verification_record"), true);
        assertThat(outcome).isEqualTo(new Outcome.Done());
        assertThat(item(item).closedAt()).contains(now);
        assertThat(item(item).acts()).extracting(View.ItemAct::to).endsWith("fed_back", "verifying", "closed");
    }

    @Test
    void a_lifted_signal_takes_back_what_was_asked() {
        var item = inHand("3311", "ann", "A");
        signal(SignalColor.ORANGE);
        signal(SignalColor.RED);
        signal(SignalColor.NONE);
        assertThat(item(item).controls()).extracting(View.ItemControl::how).containsExactly("lifted");
        ringUntil(now.plusSeconds(7200));
        assertThat(of(CaseFact.ControlMissed.class)).isEmpty();
    }

    @Test
    void what_a_telephone_kept_is_done_once_by_its_key_also_after_a_restart_and_a_refusal_is_not_remembered() {
        var item = inHand("3311", "ann", "A");
        signal(SignalColor.ORANGE);
        var link = textTo("ann").key();
        var signal = of(CaseFact.ControlAsked.class).getFirst().signal();
        var entered = now.plusSeconds(60);
        now = now.plusSeconds(1800);
        var before = facts.size();
        var confirm = new CaseDeed.ConfirmControl(item, signal, "已备泵", "");
        arrive(new Arrival.PhoneActed(link, new CaseDeed.ConfirmControl(item, "S0", "已备泵", ""), KEY, entered));
        assertThat(refused()).isEqualTo("ITEM_NOT_ASKED");
        assertThat(facts).hasSize(before);

        arrive(new Arrival.PhoneActed(link, confirm, KEY, entered));
        assertThat(outcome).isEqualTo(new Outcome.Done());
        assertThat(of(CaseFact.ControlConfirmed.class).getLast().happenedAt()).isEqualTo(entered);
        assertThat(facts.getLast()).isEqualTo(new Dated(now, new CaseFact.PhoneEntryTaken(item, KEY, "ann", entered)));

        restart();
        before = facts.size();
        arrive(new Arrival.PhoneActed(link, confirm, KEY, entered));
        assertThat(outcome).as("the telephone hears that it is done").isEqualTo(new Outcome.Done());
        assertThat(facts).as("and nothing was done again").hasSize(before);
        arrive(new Arrival.PhoneActed(link, confirm, KEY.replace('0', '1'), entered));
        assertThat(refused()).as("another key is another deed").isEqualTo("ITEM_NOT_ASKED");
    }

    @Test
    void a_step_that_a_telephone_kept_happened_when_it_was_entered_but_not_before_the_step_that_it_follows() {
        var first = inHand("3311", "ann", "A");
        var second = inHand("3311", "ann", "A");
        signal(SignalColor.ORANGE);
        var link = textTo("ann").key();
        var begun = now;
        var shown = proofs("photo_before", "photo_after");
        now = now.plusSeconds(1800);
        arrive(new Arrival.PhoneActed(link, feedBack(first, shown), KEY, begun.plusSeconds(60)));
        assertThat(outcome).isEqualTo(new Outcome.Done());
        arrive(new Arrival.PhoneActed(link, feedBack(second, shown), KEY.replace('0', '1'), begun.minusSeconds(60)));
        assertThat(outcome).isEqualTo(new Outcome.Done());
        assertThat(of(CaseFact.ItemMoved.class).reversed().stream().limit(2))
                .extracting(CaseFact.ItemMoved::happenedAt)
                .containsExactly(begun, begun.plusSeconds(60));
    }

    @Test
    void a_restored_room_owes_the_same() {
        var item = inHand("3311", "ann", "A");
        signal(SignalColor.ORANGE);
        act("super", new CaseDeed.Pause(item, true, "供电公司", "等审批", ""));
        var view = item(item);
        var timers = timers(room);
        restart();
        assertThat(item(item)).isEqualTo(view);
        assertThat(timers(room)).isEqualTo(timers);
        act("super", new CaseDeed.Resume(item, "已批", ""));
        assertThat(outcome).isEqualTo(new Outcome.Done());
    }

    // ----

    /** The room of a program that was killed: from its snapshot. */
    private void restart() {
        var snapshot = room.snapshot(now);
        var matters =
                snapshot.matters().stream().map(n -> facts.get((int) (n - 1))).toList();
        room = new DutyRoom(RULES);
        room.restore(snapshot, matters, new TreeMap<>());
    }

    private Errand textTo(String person) {
        return errands().stream()
                .filter(errand -> errand.to().equals(person) && errand.channel() == Channel.TEXT)
                .findFirst()
                .orElseThrow();
    }

    private String inHand(String town, String rectifier, String lead) {
        act(
                "duty",
                new CaseDeed.Open(
                        "hazards",
                        "hazard",
                        List.of(
                                new Entry("title", "样例"),
                                new Entry("description", "d"),
                                new Entry("category", "pump"),
                                new Entry("source", "inspection"),
                                new Entry("found_at", now.toString()),
                                new Entry("town", town)),
                        "",
                        "",
                        "",
                        Optional.empty()));
        assertThat(outcome).isEqualTo(new Outcome.Done());
        var item = of(CaseFact.ItemOpened.class).getLast().item();
        step("duty", item, "register", List.of(), List.of(), false);
        step("duty", item, "assess", List.of(), List.of(), false);
        act(
                "triage",
                new CaseDeed.Move(
                        item,
                        "supervise",
                        "",
                        "",
                        List.of(new Entry("level", "general")),
                        lead,
                        "S",
                        List.of(),
                        List.of(),
                        false,
                        "",
                        "",
                        Optional.empty()));
        step(rectifier, item, "accept", List.of(), List.of(), false);
        step(rectifier, item, "begin", List.of(), List.of(), false);
        assertThat(outcome).isEqualTo(new Outcome.Done());
        return item;
    }

    private List<Proof> proofs(String... needs) {
        var proofs = new ArrayList<Proof>();
        for (var need : needs) {
            proofs.add(new Proof(need, "%064x".formatted(need.hashCode() & 0xFFFFFFFFL), need, now, ""));
        }
        return proofs;
    }

    private static CaseDeed feedBack(String item, List<Proof> proofs) {
        return new CaseDeed.Move(
                item,
                "feed-back",
                "",
                "",
                List.of(new Entry("measures", "m")),
                "",
                "",
                List.of(),
                proofs,
                true,
                "",
                "",
                Optional.empty());
    }

    private void step(String person, String item, String step, List<Entry> fields, List<Proof> proofs, boolean onSite) {
        act(
                person,
                new CaseDeed.Move(
                        item, step, "", "", fields, "", "", List.of(), proofs, onSite, "", "", Optional.empty()));
    }

    private void act(String person, CaseDeed deed) {
        arrive(new Arrival.Act(person, new Deed.OnItem(deed)));
    }

    private void signal(SignalColor color) {
        arrive(new Arrival.SignalReceived("气象台", "", "rainstorm", "331", color, "", ""));
    }

    private void ringUntil(Instant moment) {
        while (true) {
            var next = room.openTimers().stream()
                    .filter(timer -> !timer.dueAt().isAfter(moment))
                    .min(java.util.Comparator.comparing(jiaoying.duty.errand.Timer::dueAt)
                            .thenComparing(jiaoying.duty.errand.Timer::id));
            if (next.isEmpty()) {
                now = moment;
                return;
            }
            now = next.get().dueAt().isAfter(now) ? next.get().dueAt() : now;
            arrive(new Arrival.TimerDue(next.get().id(), next.get().dueAt()));
        }
    }

    private void arrive(Arrival arrival) {
        var step = room.take(++number, now, arrival);
        outcome = step.outcome();
        for (var fact : step.facts()) {
            room.apply(now, fact);
            facts.add(new Dated(now, fact));
        }
    }

    private String refused() {
        return outcome instanceof Outcome.Refused no ? no.why().name() : outcome.toString();
    }

    private View.ItemView item(String id) {
        return (View.ItemView) room.view(new ViewKey("item", id));
    }

    private static Map<String, Instant> timers(DutyRoom of) {
        return new TreeMap<>(of.openTimers().stream()
                .collect(Collectors.toMap(jiaoying.duty.errand.Timer::id, jiaoying.duty.errand.Timer::dueAt)));
    }

    private List<Errand> errands() {
        return facts.stream()
                .map(Dated::fact)
                .filter(jiaoying.duty.errand.OrdersErrands.class::isInstance)
                .flatMap(fact -> ((jiaoying.duty.errand.OrdersErrands) fact).errands().stream())
                .toList();
    }

    private <F extends Fact> List<F> of(Class<F> type) {
        return facts.stream()
                .map(Dated::fact)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }
}
