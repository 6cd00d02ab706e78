package jiaoying.duty.room;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import jiaoying.duty.call.CallFact;
import jiaoying.duty.call.CallFact.Aim;
import jiaoying.duty.call.CallFact.CallOrderOpened;
import jiaoying.duty.call.CallOrder;
import jiaoying.duty.call.CallStep;
import jiaoying.duty.call.Calls;
import jiaoying.duty.call.Ladder;
import jiaoying.duty.call.Terms;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.roster.Roster;

/**
 * Exercises of calling (演练) and answer tests (应答测试). They touch no signal and no order of a warning, reach only whom they
 * name, and everything they say begins with the mark of an exercise.
 */
final class DrillStep {
    private static final int PARTICIPANTS_MAX = 5_000;
    private static final String ENDED = "ended";

    private final long number;
    private final Instant at;
    private final Rules rules;
    private final Settings settings;
    private final Roster roster;
    private final Calls calls;

    DrillStep(DutyRoom room, long number, Instant at) {
        this.number = number;
        this.at = at;
        this.rules = room.rules();
        this.settings = room.settings().asExercise();
        this.roster = room.roster();
        this.calls = room.calls();
    }

    Step start(Deed.StartDrill drill) {
        if (roster.findArea(drill.area()).isEmpty()) {
            return Step.refused(Refusal.UNKNOWN_AREA, drill.area());
        }
        if (!rules.knows(drill.hazard())) {
            return Step.refused(Refusal.HAZARD_WITHOUT_CRITERIA, drill.hazard(), String.join(", ", rules.hazards()));
        }
        var ladder = rules.plan().ladders().get(drill.color());
        if (ladder == null) {
            return Step.refused(Refusal.NOBODY_TO_CALL, drill.color().word());
        }
        var unknown = drill.participants().stream()
                .filter(person -> !roster.knows(person))
                .findFirst();
        if (unknown.isPresent()) {
            return Step.refused(Refusal.UNKNOWN_PERSON, unknown.get());
        }
        var named = new LinkedHashSet<>(drill.participants()).size();
        if (named == 0 || named > PARTICIPANTS_MAX) {
            return Step.refused(Refusal.NO_PARTICIPANTS, Integer.toString(named));
        }
        var step = new CallStep(at, calls, roster);
        step.openDrill(
                order("E", Aim.DRILL, drill.hazard(), drill.color(), drill.area(), drill.text(), open(ladder)),
                drill.participants());
        return Step.of(step.facts());
    }

    /** A drill is held when it is held: quiet hours and the shift's leader are left out of it. */
    private static Ladder open(Ladder ladder) {
        var terms = ladder.terms();
        return ladder.with(
                new Terms(Optional.empty(), terms.report(), Optional.empty(), terms.spacing(), terms.first()));
    }

    Step test(Deed.TestAnswers test) {
        if (roster.findArea(test.area()).isEmpty()) {
            return Step.refused(Refusal.UNKNOWN_AREA, test.area());
        }
        var step = new CallStep(at, calls, roster);
        var hazard = rules.hazards().getFirst();
        step.open(
                order(
                        "Q",
                        Aim.ANSWER_TEST,
                        hazard,
                        SignalColor.NONE,
                        test.area(),
                        "",
                        rules.plan().test()),
                List.of());
        return Step.of(step.facts());
    }

    private CallOrderOpened order(
            String kind, Aim aim, String hazard, SignalColor color, String area, String text, Ladder ladder) {
        return new CallOrderOpened(
                DutyRoom.id(kind, number, hazard, area),
                aim == Aim.DRILL ? "drill" : "answer-test",
                hazard,
                color,
                area,
                messages(aim, hazard, color, area, text),
                ladder,
                "",
                aim,
                true,
                aim == Aim.ANSWER_TEST ? Optional.of(at.plus(ladder.giveUp())) : Optional.empty());
    }

    private CallFact.Messages messages(Aim aim, String hazard, SignalColor color, String area, String text) {
        var template = aim == Aim.ANSWER_TEST ? "answer-test" : "call";
        return new CallFact.Messages(
                say(template, hazard, color, area, text),
                say("deputy-ask", hazard, color, area, text),
                say("superior-ask", hazard, color, area, text),
                rules.plan().messages().getOrDefault("phrase.sent-again", "{message}"),
                rules.plan().messages().getOrDefault("phrase.and-more", "{items} ({count})"));
    }

    private String say(String template, String hazard, SignalColor color, String area, String text) {
        return new Wording(rules.plan(), settings)
                .say(template, at, hazard, color, roster.areaName(area), settings.name(), text);
    }

    Step end(Deed.EndDrill end) {
        var drill = calls.findOrder(end.order())
                .filter(CallOrder::open)
                .filter(order -> order.opened().aim() != Aim.WARNING);
        if (drill.isEmpty()) {
            return Step.refused(Refusal.NO_DRILL, end.order());
        }
        var opened = drill.get().opened();
        var step = new CallStep(at, calls, roster);
        step.close(drill.get(), ENDED);
        if (opened.aim() == Aim.DRILL) {
            step.notice(drill.get(), ENDED, say("drill-ended", opened.hazard(), opened.color(), opened.area(), ""));
        }
        return Step.of(step.facts());
    }
}
