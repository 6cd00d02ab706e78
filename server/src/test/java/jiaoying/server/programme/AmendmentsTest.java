package jiaoying.server.programme;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import jiaoying.duty.casework.CaseDeed;
import jiaoying.duty.casework.CaseFact;
import jiaoying.duty.casework.CaseFact.Entry;
import jiaoying.duty.ledger.Dated;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.ledger.Personal;
import jiaoying.duty.programme.Amendment;
import jiaoying.duty.programme.Amendment.BodiesSet;
import jiaoying.duty.programme.Amendment.ChoiceAdded;
import jiaoying.duty.programme.Amendment.ChoiceRetired;
import jiaoying.duty.programme.Amendment.ChoiceReturned;
import jiaoying.duty.programme.Amendment.Reworded;
import jiaoying.duty.programme.Amendment.TargetSet;
import jiaoying.duty.programme.Loop;
import jiaoying.duty.programme.Programme;
import jiaoying.duty.room.Arrival;
import jiaoying.duty.room.Deed;
import jiaoying.duty.room.DutyRoom;
import jiaoying.duty.room.Outcome;
import jiaoying.duty.room.RoomFact;
import jiaoying.duty.room.RoomFact.AmendmentDecided;
import jiaoying.duty.room.RoomFact.AmendmentProposed;
import jiaoying.duty.room.Rules;
import jiaoying.duty.room.Settings;
import jiaoying.duty.room.View.AmendmentView;
import jiaoying.duty.room.ViewKey;
import jiaoying.duty.roster.RosterFact;
import jiaoying.server.pack.PackLibrary;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What two persons change of a programme: never one alone, from that moment on, and the same again from the facts. */
class AmendmentsTest {
    private static final Rules RULES = rules();
    private static final Programme LAND = Office.pack("inefficient-land");
    private static final List<String> PEOPLE = List.of("super", "super2", "boss", "town");

    private final List<Dated> facts = new ArrayList<>();
    private DutyRoom room = new DutyRoom(RULES);
    private Instant now = Instant.parse("2026-06-10T02:00:00Z");
    private long number;
    private Outcome outcome = new Outcome.Done();

    private static Rules rules() {
        try {
            var packs = PackLibrary.of(Path.of("../packs"));
            return packs.rules("rainstorm-cma16", "call-and-answer", "zh-CN")
                    .with(new Loop(List.of(packs.programme("inefficient-land")), CalendarFile.shipped()));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void a_city_with_two_supervisors_a_leader_and_a_town() {
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
        rows.add(new RosterFact.AreaRegistered("33", "样例市", "City", "city", "", true));
        rows.add(new RosterFact.AreaRegistered("331", "样例镇", "Town", "town", "33", true));
        for (var body : List.of("A", "B", "S", "J")) {
            rows.add(new RosterFact.BodyRegistered(body, body, body, "department", "33"));
        }
        person(rows, "super", "S", "专班督办");
        person(rows, "super2", "S", "专班督办");
        person(rows, "boss", "S", "分管副市长");
        person(rows, "town", "A", "镇街道经发办");
        person(rows, "bureau", "B", "经信局");
        arrive(new Arrival.RegisterChanged("setup", rows));
    }

    private static void person(List<Fact> rows, String person, String body, String duty) {
        rows.add(new RosterFact.PersonRegistered(person, new Personal(person, person), body, "", ""));
        rows.add(new RosterFact.DutyAssigned(person + duty, person, duty, "33", List.of(), ""));
    }

    @Test
    void nobody_changes_anything_alone_and_whoever_proposed_may_only_take_it_back() {
        var target = new TargetSet("parks_started", 2026, "", "6");
        assertThat(propose("town", target)).isEqualTo("SETTING_NOT_YOURS");
        assertThat(propose("super", target)).isEqualTo("done");
        var change = proposed();
        assertThat(propose("super2", new TargetSet("parks_started", 2026, "", "7")))
                .as("one of a subject at a time")
                .isEqualTo("SETTING_WAITS");
        assertThat(decide("super", change, true, "")).isEqualTo("SETTING_NOT_YOURS");
        assertThat(decide("town", change, true, "")).isEqualTo("SETTING_NOT_YOURS");
        assertThat(decide("super2", change, false, "")).as("a refusal says why").isEqualTo("NO_WORDS");
        assertThat(figures().version()).isEqualTo(LAND.version());
        assertThat(decide("super", change, false, "写错")).isEqualTo("done");
        assertThat(view(change).state()).isEqualTo("withdrawn");
        assertThat(decide("boss", change, true, "")).as("decided once").isEqualTo("SETTING_DECIDED");

        assertThat(propose("super", target)).isEqualTo("done");
        assertThat(decide("boss", proposed(), true, "")).isEqualTo("done");
        assertThat(view(proposed()).decidedBy()).isEqualTo("boss");
        assertThat(figures().version()).isEqualTo(LAND.version() + "+" + proposed());
        assertThat(propose("super", target)).as("it is so already").isEqualTo("SETTING_SAME");
    }

    @Test
    void a_retired_value_stays_on_what_has_it_and_is_chosen_for_nothing_else() {
        var old = opened("trigger", "idle");
        var other = opened("trigger", "illegal");
        both(new ChoiceRetired("trigger", "idle"));
        assertThat(open("trigger", "idle")).isEqualTo("ITEM_BAD_FIELD");
        assertThat(fill(other, "trigger", "idle")).isEqualTo("ITEM_BAD_FIELD");
        assertThat(fill(old, "trigger", "idle")).as("it has it").isEqualTo("done");
        both(new ChoiceAdded("trigger", "smoke", "冒烟", "smoke"));
        assertThat(fill(other, "trigger", "smoke"))
                .as("an item that is open takes a new value")
                .isEqualTo("done");
        both(new ChoiceReturned("trigger", "idle"));
        assertThat(open("trigger", "idle")).isEqualTo("done");
    }

    @Test
    void structure_stays_with_the_engineer_and_every_refusal_names_its_rule() {
        assertThat(propose("super", new ChoiceAdded("measure", "relocate", "搬迁", "relocate")))
                .as("steps go by this list")
                .isEqualTo("SETTING_STEPS");
        assertThat(allowed()).contains("negotiate", "begin");
        assertThat(propose("super", new ChoiceAdded("trigger", "Idle 2", "x", "x")))
                .isEqualTo("SETTING_ID");
        assertThat(propose("super", new ChoiceAdded("trigger", "idle", "x", "x")))
                .isEqualTo("SETTING_TAKEN");
        assertThat(propose("super", new ChoiceAdded("triger", "x", "x", "x"))).isEqualTo("SETTING_UNKNOWN");
        assertThat(propose("super", new ChoiceAdded("trigger", "x", " ", "x"))).isEqualTo("SETTING_EMPTY");
        both(new ChoiceRetired("park_measure", "signed"));
        assertThat(propose("super", new ChoiceRetired("park_measure", "started")))
                .isEqualTo("SETTING_LAST");
        assertThat(propose("super", new TargetSet("land_vacated_mu", 2026, "", "1.25")))
                .as("one decimal, as the indicator has")
                .isEqualTo("SETTING_NUMBER");
        assertThat(propose("super", new TargetSet("land_vacated_mu", 2026, "", "-1")))
                .isEqualTo("SETTING_NUMBER");
        assertThat(propose("super", new TargetSet("land_vacated_mu", 1999, "", "1")))
                .isEqualTo("SETTING_YEAR");
        assertThat(propose("super", new TargetSet("land_vacated_mu", 2026, "没有的镇", "1")))
                .isEqualTo("SETTING_TOWN");
        assertThat(propose("super", new Reworded("role/mayor", "a", "b"))).isEqualTo("SETTING_UNKNOWN");
        assertThat(propose("super", new Reworded("role/town", "经信局", "b")))
                .as("another role is called so")
                .isEqualTo("SETTING_ROLE");
        assertThat(propose("super", new Reworded("stage/enterprise/done", "验收\n销号", "done")))
                .isEqualTo("SETTING_LINES");
        assertThat(propose("super", new Reworded("report", "{period}\n共{enterprises_rectifed}家", "x")))
                .isEqualTo("SETTING_PLACEHOLDER");
        assertThat(value()).isEqualTo("zh-CN 2:2 {enterprises_rectifed}");
        assertThat(propose("super", new Reworded("report", "{period", "x"))).isEqualTo("SETTING_BRACES");
        assertThat(value()).isEqualTo("zh-CN 1:1 {");
        assertThat(propose("super", new BodiesSet("enterprise", "", "A", "A"))).isEqualTo("SETTING_BODIES");
        assertThat(propose("super", new BodiesSet("enterprise", "", "A", "Z"))).isEqualTo("SETTING_BODIES");
        assertThat(propose("super", new BodiesSet("park", "", "A", "S")))
                .as("no step of a park names bodies")
                .isEqualTo("SETTING_UNKNOWN");
    }

    @Test
    void the_report_says_the_new_words_and_what_was_published_stays() {
        var before = figures();
        both(new TargetSet("enterprises_rectified", 2026, "", "8"));
        both(new Reworded(
                "report",
                "{period}整治{enterprises_rectified}家，目标{enterprises_rectified.target}家，完成{enterprises_rectified.reached}。",
                "{enterprises_rectified} of {enterprises_rectified.target}; parks {parks_started.target}"));
        var after = figures();
        assertThat(after.zh()).isEqualTo("2026年1月1日至2026年6月10日整治0家，目标8家，完成0.0%。");
        assertThat(after.en()).isEqualTo("0 of 8; parks (no target)");
        assertThat(before.zh()).startsWith("2026年1月1日至2026年6月10日，我市共完成高耗低效企业整治0家");
        assertThat(facts.stream().map(Dated::fact)).contains(before, after);
        both(new TargetSet("enterprises_rectified", 2026, "", ""));
        assertThat(figures().en()).startsWith("0 of (no target)");
    }

    @Test
    void a_role_that_is_called_otherwise_is_held_by_the_same_people() {
        var other = new Reworded("role/town", "镇街道专员", "town commissioner");
        var role = LAND.with(other, "A1").findRole("town").orElseThrow();
        assertThat(role.name().zh()).isEqualTo("镇街道专员");
        assertThat(Loop.duties(LAND, role)).contains("镇街道经发办").doesNotContain("镇街道专员");
        both(other);
        assertThat(open("trigger", "idle")).as("by a person of the town").isEqualTo("done");
        assertThat(propose("super", new Reworded("role/bureau", "镇街道经发办", "bureau")))
                .as("nobody is called so any more")
                .isEqualTo("done");
    }

    @Test
    void whoever_assigns_without_naming_bodies_gives_the_item_to_the_usual_ones_of_its_town() {
        both(new BodiesSet("enterprise", "", "B", "S"));
        both(new BodiesSet("enterprise", "样例镇", "A", "S"));
        assertThat(assigned("样例镇", "", "")).isEqualTo("A S");
        assertThat(assigned("别的镇", "", "")).isEqualTo("B S");
        assertThat(assigned("样例镇", "J", "B")).as("who names them is obeyed").isEqualTo("J B");
        both(new BodiesSet("enterprise", "样例镇", "", ""));
        assertThat(assigned("样例镇", "", "")).isEqualTo("B S");
    }

    /** Random people propose and decide random changes. Counted by hand beside it: who proposed what, who decided, what holds. */
    @Test
    void every_change_has_two_persons_and_the_facts_alone_make_the_same_programme() {
        var seed = Long.getLong("jiaoying.seed", 61_130L);
        for (var history = 0; history < 12; history++) {
            var repeat = "-Djiaoying.seed=" + (seed + history);
            room = new DutyRoom(RULES);
            facts.clear();
            number = 0;
            a_city_with_two_supervisors_a_leader_and_a_town();
            var values = play(new Random(seed + history));

            var by = new HashMap<String, String>();
            for (var dated : facts) {
                switch (dated.fact()) {
                    case AmendmentProposed one ->
                        assertThat(by.put(one.change(), one.by())).as(repeat).isNull();
                    case AmendmentDecided one
                    when one.approved() ->
                        assertThat(by.get(one.change()))
                                .as(repeat)
                                .isNotNull()
                                .isNotEqualTo(one.by())
                                .isNotEqualTo("town");
                    default -> {}
                }
            }
            var said = figures();
            assertThat(said.en()).as(repeat).isEqualTo(values.toString());
            var again = new DutyRoom(RULES);
            facts.subList(0, facts.size() - 1).forEach(dated -> again.apply(dated.at(), dated.fact()));
            assertThat(says(again)).as("replayed, " + repeat).isEqualTo(said);
            var snapshot = room.snapshot(now);
            var matters = snapshot.matters().stream()
                    .map(n -> facts.get((int) (n - 1)))
                    .toList();
            var restored = new DutyRoom(RULES);
            restored.restore(snapshot, matters, new TreeMap<>());
            assertThat(says(restored).version()).as("restored, " + repeat).isEqualTo(said.version());
            assertThat(says(restored).en()).as("restored, " + repeat).isEqualTo(said.en());
        }
    }

    /** What the targets are by the approvals alone, as the report says them. */
    private Map<String, String> play(Random random) {
        var known = List.of("enterprises_recovered", "land_reclaimed_mu", "recovered_share");
        both(new Reworded(
                "report",
                "-",
                "{"
                        + String.join(
                                "}, {",
                                known.stream().map(one -> one + ".target").toList()) + "}"));
        var asked = new HashMap<String, TargetSet>();
        var by = new HashMap<String, String>();
        var values = new TreeMap<String, String>();
        known.forEach(one -> values.put(one, "(no target)"));
        for (var n = 0; n < 80; n++) {
            var person = PEOPLE.get(random.nextInt(PEOPLE.size()));
            if (random.nextInt(3) == 0) {
                var target = new TargetSet(
                        known.get(random.nextInt(known.size())),
                        2026,
                        "",
                        random.nextInt(4) == 0 ? "" : Integer.toString(random.nextInt(50)));
                if (propose(person, target).equals("done")) {
                    asked.put(proposed(), target);
                    by.put(proposed(), person);
                }
            } else if (!asked.isEmpty()) {
                var change = List.copyOf(asked.keySet()).get(random.nextInt(asked.size()));
                var yes = random.nextInt(3) > 0;
                var done = decide(person, change, yes, "x").equals("done");
                assertThat(done)
                        .as(person + " " + change)
                        .isEqualTo(!person.equals("town") && (!yes || !person.equals(by.get(change))));
                if (done) {
                    var target = Objects.requireNonNull(asked.remove(change));
                    if (yes) {
                        values.put(target.indicator(), shown(target));
                    }
                }
            }
        }
        return new TreeMap<>(values) {
            @Override
            public String toString() {
                return String.join(", ", known.stream().map(this::get).toList());
            }
        };
    }

    private static String shown(TargetSet target) {
        return target.value().isEmpty()
                ? "(no target)"
                : target.value() + (target.indicator().equals("enterprises_recovered") ? "" : ".0");
    }

    // ----

    private String propose(String person, Amendment amendment) {
        return act(person, new Deed.ProposeAmendment("inefficient-land", amendment, "示例"));
    }

    private String decide(String person, String change, boolean approved, String reason) {
        return act(person, new Deed.DecideAmendment(change, approved, reason));
    }

    private void both(Amendment amendment) {
        assertThat(propose("super", amendment)).isEqualTo("done");
        assertThat(decide("super2", proposed(), true, "")).isEqualTo("done");
    }

    private String proposed() {
        return of(AmendmentProposed.class).getLast().change();
    }

    private AmendmentView view(String change) {
        return (AmendmentView) room.view(new ViewKey("amendment", change));
    }

    private RoomFact.FiguresPublished figures() {
        assertThat(act("super", publish())).isEqualTo("done");
        return of(RoomFact.FiguresPublished.class).getLast();
    }

    /** What another room with the same facts would publish next. */
    private RoomFact.FiguresPublished says(DutyRoom other) {
        var step = other.take(number, now, new Arrival.Act("super", publish()));
        return (RoomFact.FiguresPublished) step.facts().getFirst();
    }

    private static Deed publish() {
        var day = LocalDate.of(2026, 6, 10);
        return new Deed.PublishFigures("inefficient-land", LocalDate.of(2026, 1, 1), day, day);
    }

    private String open(String field, String value) {
        return act(
                "town",
                new Deed.OnItem(new CaseDeed.Open(
                        "inefficient-land",
                        "enterprise",
                        List.of(new Entry("name", "样例厂"), new Entry("town", "样例镇"), new Entry(field, value)),
                        "",
                        "",
                        "",
                        Optional.empty())));
    }

    private String opened(String field, String value) {
        assertThat(open(field, value)).isEqualTo("done");
        return of(CaseFact.ItemOpened.class).getLast().item();
    }

    private String fill(String item, String field, String value) {
        return act("town", new Deed.OnItem(new CaseDeed.Fill(item, List.of(new Entry(field, value)), "更正", "", "")));
    }

    private String assigned(String town, String lead, String supervising) {
        var item = opened("town", town);
        act("town", move(item, "assess", "", "", List.of()));
        assertThat(act(
                        "bureau",
                        move(
                                item,
                                "assign",
                                lead,
                                supervising,
                                List.of(new Entry("approach", "replace"), new Entry("measure", "upgrade")))))
                .isEqualTo("done");
        var moved = of(CaseFact.ItemMoved.class).getLast();
        return moved.lead() + " " + moved.supervising();
    }

    private static Deed move(String item, String step, String lead, String supervising, List<Entry> fields) {
        return new Deed.OnItem(new CaseDeed.Move(
                item, step, "", "", fields, lead, supervising, List.of(), List.of(), false, "", "", Optional.empty()));
    }

    private String act(String person, Deed deed) {
        arrive(new Arrival.Act(person, deed));
        return switch (outcome) {
            case Outcome.Refused no -> no.why().name();
            default -> "done";
        };
    }

    private String value() {
        return ((Outcome.Refused) outcome).value();
    }

    private String allowed() {
        return ((Outcome.Refused) outcome).allowed();
    }

    private void arrive(Arrival arrival) {
        now = now.plusSeconds(1);
        var step = room.take(++number, now, arrival);
        outcome = step.outcome();
        for (var fact : step.facts()) {
            room.apply(now, fact);
            facts.add(new Dated(now, fact));
        }
    }

    private <F extends Fact> List<F> of(Class<F> type) {
        return facts.stream()
                .map(Dated::fact)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }
}
