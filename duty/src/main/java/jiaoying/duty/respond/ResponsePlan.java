package jiaoying.duty.respond;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.respond.RespondFact.OpenAction;
import jiaoying.duty.roster.Roster;
import jiaoying.duty.warn.WarnFact.SignalIssued;

/**
 * Which warning proposes which level of response, how soon that is to be decided, and what each department then does (响应预案).
 *
 * @param leaderDuty the duty whose holders are called when nobody decides
 * @param overdue    what they are told; {@code {level} {hazard} {color} {area}} are filled in
 * @param late       what follows when an action is not reported in time
 */
public record ResponsePlan(
        String name,
        String version,
        List<Trigger> triggers,
        List<Clock> clocks,
        List<Action> actions,
        String leaderDuty,
        String overdue,
        Late late,
        String source) {
    /** Nothing is proposed. */
    public static final ResponsePlan NONE =
            new ResponsePlan("", "", List.of(), List.of(), List.of(), "", "", Late.NOBODY, "");

    /** @param level I is 1 and the highest, IV is 4 */
    public record Trigger(String hazard, SignalColor color, int level) {}

    public record Clock(int level, Duration within) {}

    /** @param level from which on it is done: an action of IV is done at III, II and I too */
    public record Action(
            String action, int level, Department department, String textZh, String textEn, Duration within) {}

    /**
     * Whose action it is (责任单位).
     *
     * @param body id of a body of the register, or empty
     * @param each a kind of bodies of the register, for example {@code town}: each of them gets the action; or empty
     * @param zh   what it is called where the register has no such body
     */
    public record Department(String body, String each, String zh, String en) {}

    /**
     * Who is told of an action that nobody has reported when it is due (到时未报). In both messages {@code {level} {area} {time}
     * {actions} {count}} are filled in.
     *
     * @param duties      people of the action's own body who hold one of these are reminded
     * @param reminder    what they are told
     * @param leaderAfter how long after that the holders of the leader's duty are called; empty: never
     * @param leader      what they are told
     */
    public record Late(List<String> duties, String reminder, Optional<Duration> leaderAfter, String leader) {
        public static final Late NOBODY = new Late(List.of(), "", Optional.empty(), "");
    }

    public Optional<Integer> level(SignalIssued signal) {
        return level(signal.hazard(), signal.color());
    }

    /** The signal that asks for the highest level; empty when none asks for any. */
    public Optional<SignalIssued> gravest(List<SignalIssued> signals) {
        return signals.stream()
                .filter(signal -> level(signal).isPresent())
                .min(Comparator.comparing(signal -> level(signal).orElseThrow()));
    }

    public Optional<Integer> level(String hazard, SignalColor color) {
        return triggers.stream()
                .filter(trigger -> trigger.hazard().equals(hazard) && trigger.color() == color)
                .map(Trigger::level)
                .findFirst();
    }

    Optional<Duration> within(int level) {
        return clocks.stream()
                .filter(clock -> clock.level() == level)
                .map(Clock::within)
                .findFirst();
    }

    /** What is to be done at a level, by whom of the register. */
    List<OpenAction> actions(int level, Roster roster, Instant at) {
        return actions.stream()
                .filter(action -> action.level() >= level)
                .flatMap(action -> open(action, roster, at))
                .toList();
    }

    /** A body that is not registered gets nothing; the action then stands under the plan's words, for the duty desk to report. */
    private static Stream<OpenAction> open(Action action, Roster roster, Instant at) {
        var department = action.department();
        var each = roster.bodiesOfKind(department.each());
        if (!each.isEmpty()) {
            return each.stream()
                    .map(body -> new OpenAction(
                            action.action() + '@' + body.body(),
                            body.body(),
                            body.nameZh(),
                            body.nameEn(),
                            action.textZh(),
                            action.textEn(),
                            at.plus(action.within())));
        }
        return Stream.of(new OpenAction(
                action.action(),
                roster.knowsBody(department.body()) ? department.body() : "",
                department.zh(),
                department.en(),
                action.textZh(),
                action.textEn(),
                at.plus(action.within())));
    }

    /** As headquarters write it. */
    public static String roman(int level) {
        return List.of("-", "I", "II", "III", "IV").get(level);
    }
}
