package jiaoying.duty.respond;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import jiaoying.duty.monitor.SignalColor;

/**
 * Which warning proposes which level of response, how soon that is to be decided, and what each department then does (响应预案).
 *
 * @param leaderDuty the duty whose holders are called when nobody decides
 * @param overdue    what they are told; {@code {level} {hazard} {color} {area}} are filled in
 */
public record ResponsePlan(
        String name,
        String version,
        List<Trigger> triggers,
        List<Clock> clocks,
        List<Action> actions,
        String leaderDuty,
        String overdue,
        String source) {
    /** Nothing is proposed. */
    public static final ResponsePlan NONE = new ResponsePlan("", "", List.of(), List.of(), List.of(), "", "", "");

    /** @param level I is 1 and the highest, IV is 4 */
    public record Trigger(String hazard, SignalColor color, int level) {}

    public record Clock(int level, Duration within) {}

    /** @param level from which on it is done: an action of IV is done at III, II and I too */
    public record Action(String action, int level, String department, String textZh, String textEn, Duration within) {}

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

    /** What is to be done at a level. */
    List<Action> actions(int level) {
        return actions.stream().filter(action -> action.level() >= level).toList();
    }

    /** As headquarters write it. */
    public static String roman(int level) {
        return List.of("-", "I", "II", "III", "IV").get(level);
    }
}
