package jiaoying.duty.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jiaoying.duty.call.CallPlan;
import jiaoying.duty.errand.CarrierEvent;
import jiaoying.duty.errand.Errand;
import jiaoying.duty.errand.Timer;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.ledger.Personal;
import jiaoying.duty.monitor.Quality;
import jiaoying.duty.monitor.RainCriteria;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.respond.RespondFact.ActionsEscalated;
import jiaoying.duty.respond.RespondFact.ActionsUrged;
import jiaoying.duty.respond.RespondFact.ResponseEnded;
import jiaoying.duty.respond.RespondFact.ResponseOverdue;
import jiaoying.duty.respond.RespondFact.ResponseProposed;
import jiaoying.duty.respond.ResponsePlan;
import jiaoying.duty.respond.ResponsePlan.Action;
import jiaoying.duty.respond.ResponsePlan.Clock;
import jiaoying.duty.respond.ResponsePlan.Department;
import jiaoying.duty.respond.ResponsePlan.Late;
import jiaoying.duty.respond.ResponsePlan.Trigger;
import jiaoying.duty.roster.RosterFact;
import org.junit.jupiter.api.Test;

/** A warning proposes a response; headquarters decide against the clock; departments report. */
class LinkageTest {
    private static final Instant START = Instant.parse("2026-06-01T00:00:00Z");

    private final DutyRoom room = new DutyRoom(rules());
    private Instant at = START;
    private long number;
    private List<Fact> last = List.of();

    LinkageTest() {
        set(true, false);
        take(new Arrival.RegisterChanged(
                "test",
                List.<Fact>of(
                        new RosterFact.AreaRegistered("C", "平湖市", "Pinghu", "city", "", true),
                        new RosterFact.AreaRegistered("T", "乍浦镇", "Zhapu", "town", "C", true),
                        new RosterFact.PersonRegistered("P", new Personal("P", "某"), "B", "领导", "leader"),
                        new RosterFact.ContactRegistered("P", "voice", new Personal("P", "000")),
                        new RosterFact.DutyAssigned("d", "P", "leader", "C", List.of(), ""))));
    }

    private static Rules rules() {
        var criteria = new RainCriteria(
                "test", "1", "rainstorm", List.of(), 1000, Duration.ofMinutes(30), 80, Duration.ofMinutes(60), "test");
        var responses = new ResponsePlan(
                "plan",
                "1",
                List.of(new Trigger("rainstorm", SignalColor.RED, 1), new Trigger("rainstorm", SignalColor.ORANGE, 2)),
                List.of(new Clock(1, Duration.ofMinutes(10))),
                List.of(
                        new Action(
                                "patrol",
                                4,
                                new Department("B-WATER", "", "水利局", "Water Bureau"),
                                "巡查",
                                "patrol",
                                Duration.ofHours(2)),
                        new Action(
                                "move",
                                1,
                                new Department("", "town", "各镇", "Every town"),
                                "转移",
                                "move",
                                Duration.ofHours(1))),
                "leader",
                "{area}{level}级响应未决定",
                new Late(
                        List.of("head"),
                        "{level}级{actions}应于{time}",
                        Optional.of(Duration.ofMinutes(15)),
                        "{area}{level}级{count}项：{actions}"),
                "test");
        return new Rules(
                        List.of(criteria),
                        Quality.only(List.of(), Duration.ofMinutes(30)),
                        new CallPlan("test", "1", Map.of(), Map.of("word.demo", "演示 "), "test"))
                .with(responses);
    }

    private void set(boolean demo, boolean exercise) {
        take(new Arrival.RoomSet(
                "test",
                new Settings(
                        "r",
                        "平湖值守",
                        Settings.Issuer.HEADQUARTERS,
                        demo,
                        exercise,
                        Duration.ofMinutes(5),
                        Optional.empty(),
                        "Asia/Shanghai")));
    }

    private Outcome take(Arrival arrival) {
        var step = room.take(++number, at, arrival);
        last = step.facts();
        last.forEach(fact -> room.apply(at, fact));
        return step.outcome();
    }

    private String signal(SignalColor color) {
        take(new Arrival.SignalReceived("气象台", "door", "rainstorm", "T", color, "", ""));
        return "E" + number;
    }

    private Outcome act(Deed deed) {
        return take(new Arrival.Act("leader", deed));
    }

    private View.ResponseView view(String response) {
        return (View.ResponseView) room.view(new ViewKey("response", response));
    }

    @Test
    void a_red_signal_proposes_level_one_and_an_undecided_one_calls_the_leader_once() {
        var response = signal(SignalColor.RED);
        assertThat(last).last().isInstanceOfSatisfying(ResponseProposed.class, proposed -> {
            assertThat(proposed.level()).isEqualTo(1);
            assertThat(proposed.decideBy()).contains(START.plus(Duration.ofMinutes(10)));
        });
        at = START.plus(Duration.ofMinutes(10));
        take(new Arrival.TimerDue("response/" + response, at));
        assertThat(last)
                .singleElement()
                .isInstanceOfSatisfying(
                        ResponseOverdue.class,
                        overdue -> assertThat(overdue.errands()).singleElement().satisfies(errand -> {
                            assertThat(errand.to()).isEqualTo("P");
                            assertThat(errand.message()).isEqualTo("演示 乍浦镇I级响应未决定");
                        }));
        assertThat(room.openTimers()).isEmpty();
        assertThat(view(response).state()).isEqualTo("overdue");
        assertThat(act(new Deed.DecideResponse(response, 1, ""))).isEqualTo(new Outcome.Done());
    }

    @Test
    void a_decision_in_time_calls_nobody_and_opens_the_actions_of_the_level() {
        var response = signal(SignalColor.RED);
        act(new Deed.DecideResponse(response, 1, ""));
        assertThat(room.openTimers())
                .extracting(Timer::id)
                .containsExactlyInAnyOrder("action/" + response + "/move", "action/" + response + "/patrol");
        assertThat(view(response).actions())
                .extracting(action -> action.action().action() + action.action().body())
                .containsExactly("move", "patrol");
        assertThat(act(new Deed.ReportAction(response, "move", "已转移 12 人"))).isEqualTo(new Outcome.Done());
        assertThat(act(new Deed.ReportAction(response, "move", "again"))).isInstanceOf(Outcome.Refused.class);
        assertThat(view(response).actions().getFirst().text()).isEqualTo("已转移 12 人");
        act(new Deed.EndResponse(response, "雨停"));
        assertThat(view(response).state()).isEqualTo("ended");
        assertThat(act(new Deed.ReportAction(response, "patrol", "late"))).isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void an_action_is_its_body_s_and_one_for_every_town_is_opened_for_each_that_is_registered() {
        take(new Arrival.RegisterChanged(
                "test",
                List.<Fact>of(
                        new RosterFact.BodyRegistered("B-WATER", "市水利局", "Water", "department", "C"),
                        new RosterFact.BodyRegistered("B-T2", "新埭镇政府", "Xindai", "town", "C"),
                        new RosterFact.BodyRegistered("B-T1", "乍浦镇政府", "Zhapu", "town", "T"))));
        var response = signal(SignalColor.RED);
        act(new Deed.DecideResponse(response, 1, ""));
        assertThat(view(response).actions())
                .extracting(done -> done.action().action() + " " + done.action().body() + " "
                        + done.action().departmentZh())
                .containsExactly("move@B-T1 B-T1 乍浦镇政府", "move@B-T2 B-T2 新埭镇政府", "patrol B-WATER 水利局");
        act(new Deed.ReportAction(response, "move@B-T1", "已转移 12 人"));
        assertThat(view(response).actions())
                .extracting(done -> done.reportedAt().isPresent())
                .containsExactly(true, false, false);
    }

    /** Two towns and the water bureau, each with somebody who is told. */
    private String startedWithBodies() {
        var rows = new ArrayList<Fact>();
        rows.add(new RosterFact.BodyRegistered("B-WATER", "市水利局", "Water", "department", "C"));
        rows.add(new RosterFact.BodyRegistered("B-T1", "乍浦镇政府", "Zhapu", "town", "T"));
        rows.add(new RosterFact.BodyRegistered("B-T2", "新埭镇政府", "Xindai", "town", "C"));
        for (var body : List.of("B-WATER", "B-T1", "B-T2")) {
            rows.add(new RosterFact.PersonRegistered("H" + body, new Personal("H", "某"), body, "负责人", "head"));
            rows.add(new RosterFact.ContactRegistered("H" + body, "text", new Personal("H", "000")));
            rows.add(new RosterFact.DutyAssigned("d" + body, "H" + body, "head", "C", List.of(), ""));
        }
        take(new Arrival.RegisterChanged("test", rows));
        var response = signal(SignalColor.RED);
        act(new Deed.DecideResponse(response, 1, ""));
        return response;
    }

    private void ring(String timer, Duration after) {
        at = START.plus(after);
        take(new Arrival.TimerDue(timer, at));
    }

    @Test
    void an_action_nobody_reports_reminds_its_body_and_then_calls_the_leader_once() {
        var response = startedWithBodies();
        act(new Deed.ReportAction(response, "move@B-T1", "已转移 12 人"));
        ring("action/" + response + "/move@B-T2", Duration.ofHours(1));
        assertThat(last).singleElement().isInstanceOfSatisfying(ActionsUrged.class, urged -> {
            assertThat(urged.actions()).containsExactly("move@B-T2");
            assertThat(urged.errands()).singleElement().satisfies(errand -> {
                assertThat(errand.to()).isEqualTo("HB-T2");
                assertThat(errand.message()).isEqualTo("演示 I级新埭镇政府转移应于9:00");
            });
        });
        assertThat(view(response).actions().get(1).urgedAt()).contains(at);

        ring("late/" + response + "/move@B-T2", Duration.ofMinutes(75));
        assertThat(last).singleElement().isInstanceOfSatisfying(ActionsEscalated.class, escalated -> {
            assertThat(escalated.errands()).singleElement().satisfies(errand -> {
                assertThat(errand.to()).isEqualTo("P");
                assertThat(errand.message()).isEqualTo("演示 乍浦镇I级1项：新埭镇政府转移");
            });
        });
        assertThat(view(response).actions().get(1).escalatedAt()).contains(at);
        assertThat(room.openTimers()).extracting(Timer::id).containsExactly("action/" + response + "/patrol");
        assertThat(act(new Deed.ReportAction(response, "move@B-T2", "0 人"))).isEqualTo(new Outcome.Done());
    }

    @Test
    void actions_late_together_are_one_call_to_the_leader_and_one_reported_meanwhile_is_left_out() {
        var response = startedWithBodies();
        ring("action/" + response + "/move@B-T1", Duration.ofHours(1));
        assertThat(((ActionsUrged) last.getFirst()).actions()).containsExactly("move@B-T1", "move@B-T2");
        assertThat(((ActionsUrged) last.getFirst()).errands())
                .extracting(Errand::to)
                .containsExactly("HB-T1", "HB-T2");
        act(new Deed.ReportAction(response, "move@B-T1", "已转移 12 人"));
        ring("late/" + response + "/move@B-T2", Duration.ofMinutes(75));
        assertThat(((ActionsEscalated) last.getFirst()).actions()).containsExactly("move@B-T2");
    }

    @Test
    void a_response_that_ends_says_what_was_never_reported_and_tells_nobody_any_more() {
        var response = startedWithBodies();
        act(new Deed.ReportAction(response, "move@B-T1", "已转移 12 人"));
        act(new Deed.EndResponse(response, "雨停"));
        assertThat(last)
                .singleElement()
                .isInstanceOfSatisfying(
                        ResponseEnded.class,
                        ended -> assertThat(ended.unreported()).containsExactly("move@B-T2", "patrol"));
        assertThat(room.openTimers()).isEmpty();
    }

    @Test
    void in_an_exercise_only_who_takes_part_is_told() {
        set(false, true);
        var response = startedWithBodies();
        take(new Arrival.RegisterChanged(
                "test", List.<Fact>of(new RosterFact.DutyAssigned("x", "HB-T2", "演练参加人", "C", List.of(), ""))));
        ring("action/" + response + "/move@B-T1", Duration.ofHours(1));
        assertThat(((ActionsUrged) last.getFirst()).errands())
                .extracting(Errand::to)
                .containsExactly("HB-T2");
        ring("late/" + response + "/move@B-T1", Duration.ofMinutes(75));
        assertThat(((ActionsEscalated) last.getFirst()).errands()).isEmpty();
    }

    @Test
    void another_level_than_the_one_proposed_needs_a_reason() {
        var response = signal(SignalColor.RED);
        assertThat(act(new Deed.DecideResponse(response, 3, ""))).isInstanceOf(Outcome.Refused.class);
        assertThat(act(new Deed.DecideResponse(response, 0, "局地短时"))).isEqualTo(new Outcome.Done());
        assertThat(view(response).state()).isEqualTo("declined");
    }

    @Test
    void a_higher_warning_supersedes_a_proposal_and_a_started_level_covers_lower_ones() {
        var second = signal(SignalColor.ORANGE);
        var first = signal(SignalColor.RED);
        assertThat(view(second).state()).isEqualTo("superseded");
        act(new Deed.DecideResponse(first, 1, ""));
        take(new Arrival.SignalReceived("气象台", "door", "rainstorm", "C", SignalColor.ORANGE, "", ""));
        assertThat(last).noneMatch(ResponseProposed.class::isInstance);
    }

    @Test
    void a_proposal_whose_signal_is_lifted_is_withdrawn_and_calls_nobody() {
        var response = signal(SignalColor.RED);
        signal(SignalColor.NONE);
        assertThat(view(response).state()).isEqualTo("withdrawn");
        assertThat(view(response).endedAt()).contains(at);
        assertThat(room.openTimers()).isEmpty();
        assertThat(act(new Deed.DecideResponse(response, 1, ""))).isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void a_signal_that_turns_milder_proposes_the_milder_level_in_place_of_the_graver() {
        var graver = signal(SignalColor.RED);
        var milder = signal(SignalColor.ORANGE);
        assertThat(view(graver).state()).isEqualTo("superseded");
        assertThat(view(milder).level()).isEqualTo(2);
        assertThat(room.openTimers()).isEmpty();
    }

    @Test
    void a_retracted_signal_leaves_what_another_in_force_proposes() {
        var response = signal(SignalColor.RED);
        var red = ((ResponseProposed) last.getLast()).signal();
        take(new Arrival.SignalReceived("气象台", "door", "rainstorm", "C", SignalColor.RED, "", ""));
        assertThat(act(new Deed.RetractSignal(red, "误发"))).isEqualTo(new Outcome.Done());
        assertThat(view(response).state()).as("the city's red asks for it too").isEqualTo("proposed");
    }

    @Test
    void what_is_left_is_not_proposed_again_where_a_started_level_covers_it() {
        var orange = signal(SignalColor.ORANGE);
        act(new Deed.DecideResponse(orange, 2, ""));
        var red = signal(SignalColor.RED);
        signal(SignalColor.ORANGE);
        assertThat(view(red).state()).isEqualTo("withdrawn");
        assertThat(view(orange).state()).isEqualTo("started");
        assertThat(last).noneMatch(ResponseProposed.class::isInstance);
    }

    @Test
    void receipts_of_the_leader_s_call_are_no_findings() {
        var response = signal(SignalColor.RED);
        at = START.plus(Duration.ofMinutes(10));
        take(new Arrival.TimerDue("response/" + response, at));
        var key = ((ResponseOverdue) last.getFirst())
                .errands().stream().map(Errand::key).findFirst().orElseThrow();
        take(new Arrival.CarrierEvents(List.of(new CarrierEvent("voice", "1", key, CarrierEvent.Kind.DELIVERED, ""))));
        assertThat(last).isEmpty();
    }
}
