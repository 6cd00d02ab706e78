package jiaoying.server.programme;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import jiaoying.duty.casework.CaseDeed;
import jiaoying.duty.casework.CaseFact;
import jiaoying.duty.casework.Clock;
import jiaoying.duty.casework.Item;
import jiaoying.duty.errand.Errand;
import jiaoying.duty.programme.CoreState;
import jiaoying.duty.programme.Indicators;
import jiaoying.duty.programme.Kind;
import jiaoying.duty.programme.Period;
import jiaoying.duty.programme.RowsAsOf;
import jiaoying.duty.programme.Term;
import jiaoying.duty.programme.Text;
import org.junit.jupiter.api.Test;

/** Hazards go round the one loop, as the shipped pack says: who may, who may not, and what time brings. */
class LoopTest {
    private final Office office = Office.ofHazards();

    // ---- nobody closes his own

    @Test
    void a_hazard_goes_round_and_is_closed_by_another_person() {
        var item = office.verifying("general");
        assertThat(office.close(item, "ver@V", false, 1)).isEqualTo("done");
        assertThat(office.item(item).core()).isEqualTo(CoreState.CLOSED);
        assertThat(office.item(item).acts())
                .extracting(Item.Act::to)
                .containsExactly(
                        "found",
                        "reported",
                        "triage",
                        "supervised",
                        "accepted",
                        "rectifying",
                        "fed_back",
                        "verifying",
                        "closed");
        assertThat(office.timers).isEmpty();
    }

    @Test
    void whoever_reported_back_does_not_close_whatever_roles_he_holds() {
        var item = office.inHand("general");
        assertThat(office.feedBack(item, "all@A", 1)).isEqualTo("done");
        assertThat(office.step(item, "all@A", "take-up")).isEqualTo("done");
        assertThat(office.close(item, "all@A", true, 1)).isEqualTo("SEPARATION all@A | feed-back");
    }

    @Test
    void of_the_lead_body_another_may_close_a_general_hazard_and_nobody_a_large_one() {
        assertThat(office.close(office.verifying("general"), "rect2@A", true, 1))
                .isEqualTo("done");
        assertThat(office.close(office.verifying("large"), "rect2@A", true, 1)).startsWith("SEPARATION A | feed-back");
    }

    @Test
    void a_lowered_level_frees_nobody() {
        var item = office.verifying("large");
        assertThat(office.does(
                        "triage@T", new CaseDeed.Fill(item, Office.entries("level", "general"), "样例：降级", "", "")))
                .isEqualTo("done");
        assertThat(office.item(item).field("level")).isEqualTo("general");
        assertThat(office.close(item, "rect2@A", true, 1)).startsWith("SEPARATION A");
        assertThat(office.close(item, "ver@V", false, 1)).isEqualTo("NOT_ON_SITE close |");
    }

    @Test
    void a_body_that_once_led_the_item_does_not_close_it_after_it_was_handed_back() {
        var item = office.open("duty@D");
        office.step(item, "duty@D", "register");
        office.step(item, "triage@T", "assess");
        office.step(item, "triage@T", "supervise", "level", "large");
        assertThat(office.step(item, "head@A", "hand-back")).isEqualTo("done");
        assertThat(office.step(item, "triage@T", "supervise", false, List.of(), "X", "S"))
                .isEqualTo("done");
        office.step(item, "all@X", "accept");
        office.step(item, "all@X", "begin");
        office.feedBack(item, "all@X", 1);
        office.step(item, "ver@V", "take-up");
        assertThat(office.close(item, "rect2@A", true, 1)).isEqualTo("OWN_ITEM rect2@A | A");
        assertThat(office.close(item, "ver@V", true, 1)).isEqualTo("done");
    }

    @Test
    void who_acts_for_another_is_bound_as_the_other_is() {
        var item = office.inHand("general");
        office.person("deputy@V", "verifier");
        office.deputy("deputy@V", "rect@A");
        assertThat(office.feedBack(item, "rect@A", 1)).isEqualTo("done");
        office.move("rect@A", "V"); // the rectifier changes to the verifying body
        office.person("rect@A", "verifier");
        office.move("rect@A", "V");
        office.step(item, "ver@V", "take-up");
        var forHim = new CaseDeed.Move(
                item,
                "close",
                "",
                "",
                List.of(),
                "",
                "",
                List.of(),
                List.of(office.proof("verification_record", 13)),
                true,
                "",
                "rect@A",
                Optional.empty());
        assertThat(office.does("deputy@V", forHim)).isEqualTo("SEPARATION deputy@V | begin");
        assertThat(office.close(item, "rect@A", true, 1)).isEqualTo("SEPARATION rect@A | begin");
    }

    @Test
    void nobody_acts_for_a_colleague_whose_deputy_he_is_not() {
        var item = office.verifying("general");
        office.person("clerk@V");
        var forHim = new CaseDeed.Move(
                item,
                "close",
                "",
                "",
                List.of(),
                "",
                "",
                List.of(),
                List.of(office.proof("verification_record", 13)),
                true,
                "",
                "ver@V",
                Optional.empty());
        assertThat(office.does("clerk@V", forHim)).startsWith("NOT_YOUR_ROLE clerk@V");
        office.deputy("clerk@V", "ver@V");
        assertThat(office.does("clerk@V", forHim)).isEqualTo("done");
    }

    @Test
    void whoever_did_a_part_of_the_work_does_not_close_the_whole() {
        var whole = office.inHand("large");
        office.person("part@B", "rectifier", "verifier");
        office.person("other@B", "verifier");
        var part = office.open("duty@D", whole);
        office.step(part, "duty@D", "register");
        office.step(part, "triage@T", "assess");
        office.step(part, "triage@T", "supervise", false, List.of(), "B", "S", "level", "general");
        office.step(part, "part@B", "accept");
        office.step(part, "part@B", "begin");
        assertThat(office.feedBack(part, "part@B", 2)).isEqualTo("done");
        assertThat(office.feedBack(whole, "rect@A", 3)).startsWith("CHILD_OPEN");
        office.step(part, "ver@V", "take-up");
        assertThat(office.close(part, "ver@V", true, 2)).isEqualTo("done");
        assertThat(office.feedBack(whole, "rect@A", 3)).isEqualTo("done");
        office.step(whole, "ver@V", "take-up");
        assertThat(office.close(whole, "part@B", true, 3)).isEqualTo("SEPARATION part@B | accept");
        assertThat(office.close(whole, "other@B", true, 3)).isEqualTo("OWN_ITEM other@B | B");
        office.open("duty@D", whole);
        assertThat(office.close(whole, "ver@V", true, 3)).startsWith("CHILD_OPEN");
    }

    @Test
    void who_has_to_bring_the_evidence_does_not_move_the_place_or_the_day_it_is_judged_by() {
        var item = office.inHand("general");
        for (var entry : List.of("place 121.50,30.20", "found_at 2026-05-01T00:00:00Z")) {
            var field = Office.entries(entry.split(" "));
            assertThat(office.does("rect@A", new CaseDeed.Fill(item, field, "x", "", "")))
                    .startsWith("NOT_YOUR_FIELD " + field.getFirst().field());
            assertThat(office.does("triage@T", new CaseDeed.Fill(item, field, "记错了", "", "")))
                    .isEqualTo("done");
        }
    }

    @Test
    void a_leader_of_the_lead_body_does_not_approve_its_plan() {
        var item = office.inHand("major");
        var five = List.of("measures", "加固", "duty_person", "rect@A", "funds_yuan", "1", "due_plan", "2026-09-30");
        var fields = new java.util.ArrayList<>(five);
        fields.addAll(List.of("emergency_plan", "样例"));
        assertThat(office.step(item, "head@A", "plan", fields.toArray(String[]::new)))
                .isEqualTo("done");
        assertThat(office.does("all@A", new CaseDeed.Approve(item, "approve-plan", "")))
                .isEqualTo("OWN_ITEM all@A | A");
        assertThat(office.does("lead@L", new CaseDeed.Approve(item, "approve-plan", "")))
                .isEqualTo("done");
    }

    @Test
    void what_is_sent_back_is_owed_again_with_a_new_limit() {
        var item = office.verifying("general");
        office.until("2026-06-20T02:00:00Z");
        assertThat(office.item(item).clocks()).doesNotContainKey("rectify");
        assertThat(office.step(item, "ver@V", "rework")).isEqualTo("done");
        assertThat(due(item)).isEqualTo(Instant.parse("2026-07-05T16:00:00Z"));
        office.until("2026-07-06T01:00:00Z");
        assertThat(cards(item)).anyMatch(card -> card.startsWith("yellow"));
    }

    @Test
    void whoever_takes_his_own_report_back_wins_no_time() {
        var item = office.verifying("general");
        office.until("2026-06-10T02:00:00Z");
        assertThat(office.step(item, "rect2@A", "rework")).isEqualTo("done");
        assertThat(due(item)).isEqualTo(Instant.parse("2026-06-16T16:00:00Z"));
    }

    @Test
    void what_is_found_has_a_limit_before_it_is_assigned_too() {
        var item = office.open("duty@D");
        assertThat(office.item(item).clocks()).containsOnlyKeys("register");
        office.until("2026-06-03T01:00:00Z");
        assertThat(cards(item)).singleElement().asString().startsWith("remind-register blue triage@T");
        office.step(item, "duty@D", "register");
        assertThat(office.item(item).clocks()).containsOnlyKeys("assign");
        office.step(item, "triage@T", "assess");
        office.step(item, "triage@T", "supervise", "level", "general");
        assertThat(office.item(item).clocks()).containsOnlyKeys("accept");
    }

    @Test
    void the_day_of_discovery_follows_from_the_moment_so_that_every_hazard_is_counted() {
        office.sleepUntil("2026-06-30T17:30:00Z"); // past midnight, local time
        var item = office.open("duty@D");
        assertThat(office.item(item).field("found_on")).isEqualTo("2026-07-01");
        var earlier = Office.entries("found_at", "2026-06-29T01:00:00Z");
        office.does("duty@D", new CaseDeed.Fill(item, earlier, "更正", "", ""));
        assertThat(office.item(item).field("found_on")).isEqualTo("2026-06-29");
    }

    @Test
    void a_reopened_hazard_is_owed_again() {
        var item = office.verifying("general");
        office.close(item, "ver@V", true, 1);
        office.until("2026-08-03T02:00:00Z");
        assertThat(office.step(item, "super@S", "reopen")).isEqualTo("done");
        assertThat(office.step(item, "super@S", "resume")).isEqualTo("done");
        assertThat(due(item)).isEqualTo(Instant.parse("2026-08-18T16:00:00Z"));
    }

    private Instant due(String item) {
        return requireNonNull(office.item(item).clocks().get("rectify")).dueAt();
    }

    @Test
    void two_people_close_at_once_and_the_second_is_told_who_and_when() {
        var item = office.verifying("general");
        office.person("ver2@V", "verifier");
        assertThat(office.close(item, "ver@V", false, 1)).isEqualTo("done");
        var late = new CaseDeed.Move(
                item,
                "close",
                "verifying",
                "",
                List.of(),
                "",
                "",
                List.of(),
                List.of(office.proof("verification_record", 14)),
                false,
                "",
                "",
                Optional.empty());
        assertThat(office.does("ver2@V", late)).isEqualTo("STALE ver@V " + office.now() + " | closed");
    }

    @Test
    void a_step_without_its_role_fields_bodies_or_evidence_is_refused_with_what_is_missing() {
        var item = office.open("duty@D");
        assertThat(office.step(item, "rect@A", "register")).startsWith("NOT_YOUR_ROLE rect@A | 值班员");
        office.step(item, "duty@D", "register");
        office.step(item, "triage@T", "assess");
        assertThat(office.step(item, "triage@T", "supervise")).isEqualTo("MISSING_FIELD level | 等级");
        assertThat(office.step(item, "triage@T", "supervise", false, List.of(), "A", "A", "level", "major"))
                .isEqualTo("BODIES A / A |");
        assertThat(office.step(item, "triage@T", "supervise", false, List.of(), "A", "Z", "level", "major"))
                .isEqualTo("BODIES Z |");
        assertThat(office.step(item, "triage@T", "supervise", "level", "grave")).startsWith("BAD_FIELD level = grave");
        office.step(item, "triage@T", "supervise", "level", "major");
        assertThat(office.step(item, "all@X", "accept")).startsWith("NOT_YOUR_ROLE");
        office.step(item, "rect@A", "accept");
        assertThat(office.step(item, "rect@A", "begin")).isEqualTo("NO_SUCH_STEP begin | plan");
        assertThat(office.step(
                        item,
                        "head@A",
                        "plan",
                        "measures",
                        "m",
                        "duty_person",
                        "rect@A",
                        "due_plan",
                        "2026-09-30",
                        "emergency_plan",
                        "f"))
                .isEqualTo("MISSING_FIELD funds_yuan | 整改资金");
        assertThat(office.step(
                        item,
                        "head@A",
                        "plan",
                        "measures",
                        "m",
                        "duty_person",
                        "rect@A",
                        "due_plan",
                        "2026-09-30",
                        "emergency_plan",
                        "f",
                        "funds_yuan",
                        "1000.005"))
                .startsWith("BAD_FIELD funds_yuan");
        assertThat(office.step(
                        item,
                        "head@A",
                        "plan",
                        "measures",
                        "m",
                        "duty_person",
                        "rect@A",
                        "due_plan",
                        "2026-09-30",
                        "emergency_plan",
                        "f",
                        "funds_yuan",
                        "1000.05"))
                .isEqualTo("done");
        assertThat(office.step(item, "super@S", "approve-plan")).startsWith("NOT_APPROVED approve-plan | 分管领导");
        assertThat(office.does("lead@L", new CaseDeed.Approve(item, "approve-plan", "")))
                .isEqualTo("done");
        assertThat(office.step(item, "super@S", "approve-plan")).isEqualTo("done");
        assertThat(office.step(item, "rect@A", "feed-back")).startsWith("MISSING_EVIDENCE photo_before | 0 / 1");
    }

    @Test
    void evidence_is_taken_after_discovery_near_the_place_and_proves_one_thing_once() {
        var item = office.inHand("general");
        var before = office.proof("photo_before", 1);
        var early = new CaseFact.Proof(
                "photo_after", "%064x".formatted(2), "x", office.now().minusSeconds(60), "121.02,30.70");
        assertThat(office.step(item, "rect@A", "feed-back", false, List.of(before, early), "", "", "measures", "m"))
                .startsWith("BAD_EVIDENCE");
        var far = new CaseFact.Proof("photo_after", "%064x".formatted(2), "x", office.now(), "121.03,30.70");
        assertThat(office.step(item, "rect@A", "feed-back", false, List.of(before, far), "", "", "measures", "m"))
                .endsWith("<= 200 m");
        assertThat(office.step(
                        item,
                        "rect@A",
                        "feed-back",
                        false,
                        List.of(before, office.proof("photo_after", 1)),
                        "",
                        "",
                        "measures",
                        "m"))
                .startsWith("BAD_EVIDENCE");
        assertThat(office.feedBack(item, "rect@A", 1)).isEqualTo("done");
        office.step(item, "ver@V", "take-up");
        assertThat(office.step(item, "ver@V", "rework")).isEqualTo("done");
        assertThat(office.item(item).rework()).isEqualTo(1);
        assertThat(office.feedBack(item, "rect@A", 1)).startsWith("BAD_EVIDENCE");
        assertThat(office.feedBack(item, "rect@A", 2)).isEqualTo("done");
    }

    @Test
    void the_lead_body_does_not_void_its_item_and_an_open_child_holds_its_parent() {
        var item = office.open("duty@D");
        office.step(item, "duty@D", "register");
        office.step(item, "triage@T", "assess");
        office.step(item, "triage@T", "supervise", "level", "large");
        office.step(item, "head@A", "hand-back");
        assertThat(office.step(item, "all@A", "void")).isEqualTo("OWN_ITEM all@A | A");
        assertThat(office.step(item, "triage@T", "void")).isEqualTo("done");

        var parent = office.inHand("general");
        var child = office.open("duty@D", parent);
        assertThat(office.feedBack(parent, "rect@A", 1)).startsWith("CHILD_OPEN YH-330482101-2026-");
        office.step(child, "duty@D", "drop");
        assertThat(office.feedBack(parent, "rect@A", 1)).isEqualTo("done");
    }

    @Test
    void a_matter_is_handed_back_once_then_it_stays() {
        var item = office.open("duty@D");
        office.step(item, "duty@D", "register");
        office.step(item, "triage@T", "assess");
        office.step(item, "triage@T", "supervise", "level", "general");
        office.step(item, "head@A", "hand-back");
        office.step(item, "triage@T", "supervise");
        assertThat(office.step(item, "head@A", "hand-back")).isEqualTo("TOO_OFTEN hand-back | 1");
    }

    @Test
    void a_reopened_hazard_leaves_the_figures_only_from_then_on() {
        var item = office.verifying("general");
        office.close(item, "ver@V", false, 1);
        office.until("2026-07-10T02:00:00Z");
        assertThat(office.step(item, "super@S", "reopen")).isEqualTo("done");
        assertThat(cards(item))
                .as("the leader is told")
                .containsExactly("reopen report lead@L due 2026-07-10T02:00:00Z");
        assertThat(closed(LocalDate.of(2026, 6, 30))).isEqualTo("1");
        assertThat(closed(LocalDate.of(2026, 7, 9))).isEqualTo("1");
        assertThat(closed(LocalDate.of(2026, 7, 10))).isEqualTo("0");
    }

    private String closed(LocalDate asOf) {
        var reader = new RowsAsOf(asOf, Office.ZONE);
        var rows = office.cases.items().stream()
                .flatMap(one -> one.row(reader).stream())
                .toList();
        var period = new Period(LocalDate.of(2026, 6, 1), LocalDate.of(2026, 6, 30), asOf);
        return requireNonNull(new Indicators(Office.HAZARDS, rows).over(period).get("closed"))
                .value()
                .orElseThrow()
                .toPlainString();
    }

    @Test
    void a_changed_limit_holds_for_items_opened_after_it_and_what_the_law_gives_is_not_lengthened() {
        var before = office.inHand("general");
        var due = requireNonNull(office.item(before).clocks().get("rectify")).dueAt();
        office.cases.change(Office.HAZARDS.with("hazard", "rectify", new Term(5, Term.Unit.DAYS, false), "L1"));
        var after = office.inHand("general");
        assertThat(requireNonNull(office.item(before).clocks().get("rectify")).dueAt())
                .isEqualTo(due);
        assertThat(requireNonNull(office.item(after).clocks().get("rectify")).dueAt())
                .isEqualTo(Instant.parse("2026-06-06T16:00:00Z"));
        assertThat(office.item(after).opened().version()).endsWith("+L1");
        var law = new Kind.ClockRule(
                "reply",
                new Text("答复", "reply"),
                "a",
                List.of(),
                Optional.of(new Term(10, Term.Unit.WORKING_DAYS, false)),
                "",
                jiaoying.duty.programme.Condition.ALWAYS,
                false,
                false,
                "",
                new Kind.Basis("law", "art. 48", "high", Optional.of(new Term(10, Term.Unit.WORKING_DAYS, false))));
        assertThat(law.allows(new Term(7, Term.Unit.WORKING_DAYS, false))).isTrue();
        assertThat(law.allows(new Term(11, Term.Unit.WORKING_DAYS, false))).isFalse();
        assertThat(law.allows(new Term(7, Term.Unit.DAYS, false)))
                .as("other units cannot be compared")
                .isFalse();
    }

    // ---- what a machine notices

    @Test
    void a_flooded_point_opens_a_draft_once_and_only_a_person_registers_it() {
        office.noticed("alert", "waterlogging", "yellow", "alert:waterlogging/330482101");
        office.noticed("alert", "rainstorm", "red", "alert:rainstorm/330482101");
        assertThat(office.cases.items())
                .as("not deep enough, and not water on the ground")
                .isEmpty();
        office.noticed("alert", "waterlogging", "orange", "alert:waterlogging/330482101");
        office.noticed("alert", "waterlogging", "red", "alert:waterlogging/330482101");
        assertThat(office.cases.items()).as("the same water is the same item").hasSize(1);
        var item = office.cases.items().iterator().next();
        assertThat(item.core()).isEqualTo(CoreState.DRAFT);
        assertThat(item.field("title")).isEqualTo("样例下穿积水");
        assertThat(item.field("description")).contains("depth 42 cm");
        assertThat(item.field("source")).isEqualTo("sensor");
        assertThat(item.opened().by().person()).isEmpty();
        assertThat(office.step(item.id(), "duty@D", "register")).isEqualTo("done");
        office.step(item.id(), "triage@T", "assess");
        assertThat(office.step(item.id(), "triage@T", "void")).isEqualTo("done");
        office.noticed("alert", "waterlogging", "orange", "alert:waterlogging/330482101");
        assertThat(office.cases.items())
                .as("when the first has ended, the next is a new one")
                .hasSize(2);
    }

    @Test
    void a_station_that_is_not_believed_opens_a_draft() {
        office.noticed("doubt", "", "", "station:P1/gross");
        assertThat(office.cases.items()).extracting(one -> one.field("title")).containsExactly("测站样例下穿数据不可信");
    }

    // ---- time

    @Test
    void days_are_days_and_a_missed_clock_has_its_own_time_also_when_the_program_was_down() {
        var item = office.inHand("general");
        assertThat(requireNonNull(office.item(item).clocks().get("rectify")).dueAt())
                .isEqualTo(Instant.parse("2026-06-16T16:00:00Z"));
        office.sleepUntil("2026-06-20T01:00:00Z");
        office.until("2026-06-20T01:00:00Z");
        assertThat(office.facts)
                .filteredOn(CaseFact.ClockMissed.class::isInstance)
                .containsExactly(new CaseFact.ClockMissed(item, "rectify", Instant.parse("2026-06-16T16:00:00Z")));
        assertThat(cards(item))
                .containsExactly(
                        "remind blue rect2@A,rect@A due 2026-06-16T16:00:00Z",
                        "yellow yellow head@A,super@S due 2026-06-16T16:00:00Z");
        office.until("2026-06-21T00:00:00Z");
        assertThat(office.feedBack(item, "rect@A", 1)).isEqualTo("done");
        assertThat(office.item(item).endedClocks())
                .filteredOn(clock -> clock.name().equals("rectify"))
                .extracting(Clock::state)
                .containsExactly(Clock.State.MISSED);
        office.until("2026-06-25T00:00:00Z");
        assertThat(cards(item)).as("overdue ends when the step is done").noneMatch(card -> card.startsWith("red "));
    }

    @Test
    void an_unanswered_card_goes_up_to_the_leader_and_an_answered_one_stays() {
        var item = office.inHand("general");
        office.until("2026-06-16T16:00:00Z");
        assertThat(office.item(item).cards().keySet()).containsExactly("K1", "K2");
        assertThat(office.does("rect@A", new CaseDeed.AnswerCard(item, "K2", "在修", "")))
                .startsWith("NOT_YOUR_ROLE");
        office.until("2026-06-19T00:00:00Z");
        assertThat(cards(item)).contains("yellow red head@A,super@S,lead@L due 2026-06-16T16:00:00Z");
        assertThat(office.errands)
                .filteredOn(errand -> errand.to().equals("lead@L"))
                .extracting(Errand::message)
                .last(STRING)
                .as("the name of the level that it went up to, and of the card that it was")
                .startsWith("【红牌：黄牌】");
        assertThat(office.does("lead@L", new CaseDeed.AnswerCard(item, "K3", "已约谈", "")))
                .isEqualTo("done");
        office.until("2026-06-21T00:00:00Z");
        assertThat(cards(item)).noneMatch(card -> card.startsWith("yellow interview"));
        assertThat(office.does("all@A", new CaseDeed.CancelCard(item, "K2", "样例", "")))
                .startsWith("NOT_YOUR_ROLE");
        assertThat(office.does("super@S", new CaseDeed.CancelCard(item, "K2", "样例：发错", "")))
                .isEqualTo("done");
    }

    @Test
    void a_card_about_work_goes_out_in_office_hours_and_waits_while_its_people_are_called_in_a_storm() {
        var item = office.inHand("general");
        office.inStorm.add("head@A");
        office.until("2026-06-16T16:00:00Z"); // midnight
        assertThat(cards(item)).noneMatch(card -> card.startsWith("yellow"));
        office.inStorm.clear();
        office.until("2026-06-16T17:00:00Z");
        assertThat(cards(item)).anyMatch(card -> card.startsWith("yellow"));
        assertThat(office.errands)
                .filteredOn(errand -> errand.to().equals("head@A"))
                .extracting(Errand::notBefore)
                .containsExactly(Instant.parse("2026-06-17T00:30:00Z"));
    }

    @Test
    void an_unanswered_card_about_work_waits_too_while_its_people_are_called_in_a_storm() {
        var item = office.inHand("general");
        office.until("2026-06-17T01:00:00Z");
        assertThat(cards(item)).anyMatch(card -> card.startsWith("yellow"));
        var before = cards(item).size();
        office.inStorm.add("head@A");
        office.until("2026-06-20T01:00:00Z");
        assertThat(cards(item)).hasSize(before);
        office.inStorm.clear();
        office.until("2026-06-20T03:00:00Z");
        assertThat(cards(item)).hasSize(before + 1).anyMatch(card -> card.startsWith("yellow red"));
    }

    @Test
    void an_enterprise_is_never_carded_or_called_and_who_supervises_it_is_told() {
        office.company("A");
        var item = office.inHand("general");
        office.warned("S1", "orange", "330482");
        office.until("2026-06-01T02:30:00Z");
        assertThat(cards(item)).anyMatch(card -> card.startsWith("red"));
        office.until("2026-06-23T01:00:00Z");
        assertThat(office.item(item).cards().values())
                .isNotEmpty()
                .allSatisfy(card -> assertThat(card.issued().persons())
                        .contains("super@S")
                        .noneMatch(person -> person.endsWith("@A")));
        assertThat(office.errands).isNotEmpty().noneMatch(errand -> errand.to().endsWith("@A"));
    }

    @Test
    void a_pause_keeps_what_was_left() {
        var item = office.inHand("general"); // due at the end of 16 June
        office.until("2026-06-05T02:00:00Z");
        assertThat(office.does("rect@A", new CaseDeed.Pause(item, false, "", "等材料", "")))
                .startsWith("NOT_YOUR_ROLE");
        assertThat(office.does("super@S", new CaseDeed.Pause(item, true, "供电公司", "停电审批", "")))
                .isEqualTo("done");
        assertThat(office.item(item).core()).isEqualTo(CoreState.WAITING);
        assertThat(office.feedBack(item, "rect@A", 1)).startsWith("PAUSED");
        office.until("2026-07-01T02:00:00Z");
        assertThat(office.facts).noneMatch(CaseFact.ClockMissed.class::isInstance);
        assertThat(office.does("super@S", new CaseDeed.Resume(item, "已批", ""))).isEqualTo("done");
        assertThat(requireNonNull(office.item(item).clocks().get("rectify")).dueAt())
                .isEqualTo(Instant.parse("2026-07-12T16:00:00Z"));
        assertThat(requireNonNull(office.item(item).clocks().get("rectify")).firstDue())
                .isEqualTo(Instant.parse("2026-06-16T16:00:00Z"));
    }

    @Test
    void more_time_is_asked_in_time_and_given_by_another_body_while_the_clock_runs() {
        var item = office.inHand("general");
        var ask = new CaseDeed.AskExtension(item, "rectify", 30, "缺配件", Office.entries("interim_control", "专人值守"), "");
        assertThat(office.does("rect@A", new CaseDeed.AskExtension(item, "rectify", 181, "x", List.of(), "")))
                .startsWith("TOO_LONG 181 | 1 .. 180");
        assertThat(office.does("rect@A", new CaseDeed.AskExtension(item, "rectify", 30, "x", List.of(), "")))
                .startsWith("MISSING_FIELD interim_control");
        assertThat(office.does("rect@A", ask)).isEqualTo("done");
        assertThat(office.does("rect@A", ask)).startsWith("TOO_OFTEN");
        assertThat(office.does("all@A", new CaseDeed.DecideExtension(item, "rectify", true, "", "")))
                .startsWith("NOT_YOUR_ROLE");
        assertThat(office.does("super@S", new CaseDeed.DecideExtension(item, "rectify", true, "", "")))
                .isEqualTo("done");
        var clock = office.item(item).clocks().get("rectify");
        assertThat(requireNonNull(clock).dueAt()).isEqualTo(Instant.parse("2026-07-16T16:00:00Z"));
        assertThat(clock.firstDue()).isEqualTo(Instant.parse("2026-06-16T16:00:00Z"));
        office.until("2026-07-17T00:00:00Z");
        assertThat(office.does("rect@A", ask)).startsWith("TOO_LATE");
    }

    @Test
    void a_request_for_more_time_that_nobody_decides_is_refused_and_stops_no_clock() {
        var item = office.inHand("general");
        office.does(
                "rect@A",
                new CaseDeed.AskExtension(item, "rectify", 30, "缺配件", Office.entries("interim_control", "值守"), ""));
        office.until("2026-06-17T00:00:00Z");
        assertThat(office.facts)
                .anyMatch(fact -> fact instanceof CaseFact.ExtensionDecided decided && !decided.granted());
        assertThat(office.facts).anyMatch(CaseFact.ClockMissed.class::isInstance);
    }

    @Test
    void a_round_that_was_not_made_is_a_fact_at_its_day() {
        assertThat(office.does(
                        "super@S",
                        new CaseDeed.Open(
                                "hazards",
                                "inspection_round",
                                Office.entries(
                                        "town", "330482101", "planned_on", "2026-06-03", "objects_planned", "12"),
                                "",
                                "",
                                "",
                                Optional.empty())))
                .isEqualTo("done");
        var round = office.cases.items().stream().toList().getLast().id();
        office.until("2026-06-04T00:00:00Z");
        assertThat(office.item(round).stage()).isEqualTo("missed");
        assertThat(office.item(round).acts().getLast().happenedAt()).isEqualTo(Instant.parse("2026-06-03T16:00:00Z"));
        assertThat(office.item(round).acts().getLast().by()).isEqualTo(CaseFact.Actor.CLOCK);
        assertThat(office.item(round).cards().values())
                .singleElement()
                .satisfies(card -> assertThat(card.issued().persons()).containsExactly("super@S"));
    }

    // ---- the storm

    @Test
    void a_warning_asks_every_open_hazard_of_its_area_and_the_silent_one_gets_a_card_and_is_called() {
        var first = office.inHand("general");
        var second = office.inHand("general");
        var third = office.inHand("general");
        var elsewhere = office.open("duty@D");
        office.warned("W1", "yellow", "330482101");
        assertThat(office.item(first).controls()).isEmpty();
        office.warned("W1", "orange", "330482");
        office.warned("W1", "red", "330482");
        assertThat(office.facts)
                .filteredOn(CaseFact.ControlAsked.class::isInstance)
                .extracting(CaseFact::item)
                .containsExactly(first, second, third);
        assertThat(office.item(elsewhere).controls()).isEmpty();
        assertThat(office.errands).as("asking calls nobody a second time").isEmpty();
        assertThat(office.does("rect@A", new CaseDeed.ConfirmControl(first, "W1", "已备泵、专人值守", "")))
                .isEqualTo("done");
        assertThat(office.does("ver@V", new CaseDeed.ConfirmControl(second, "W1", "已看", "")))
                .startsWith("NOT_YOUR_ROLE");
        assertThat(office.does("head@A", new CaseDeed.ConfirmControl(second, "W1", "已封控", "")))
                .isEqualTo("done");
        office.until(office.now().plusSeconds(3600));
        assertThat(office.item(first).field("interim_control")).isEqualTo("已备泵、专人值守");
        assertThat(cards(first)).isEmpty();
        assertThat(cards(third)).singleElement().asString().startsWith("red-now red rect2@A,rect@A,head@A,super@S");
        assertThat(office.errands)
                .extracting(errand -> errand.to() + " " + errand.channel())
                .contains("rect@A VOICE", "rect@A TEXT", "head@A VOICE", "super@S VOICE");
        assertThat(office.does("rect@A", new CaseDeed.ConfirmControl(third, "W1", "已到场", "")))
                .isEqualTo("done");
        assertThat(requireNonNull(office.item(third).cards().get("K1")).how()).isEqualTo("answered");
    }

    @Test
    void a_warning_that_is_lifted_asks_no_more() {
        var item = office.inHand("general");
        office.warned("W1", "orange", "330482101");
        office.lifted("W1");
        office.until(office.now().plusSeconds(7200));
        assertThat(cards(item)).isEmpty();
        assertThat(requireNonNull(office.item(item).controls().get("W1")).how()).isEqualTo("lifted");
    }

    private List<String> cards(String item) {
        return office.item(item).cards().values().stream()
                .map(card -> card.issued().rung() + " " + card.issued().level() + " "
                        + String.join(",", card.issued().persons()) + " due "
                        + card.issued().dueAt())
                .toList();
    }
}
