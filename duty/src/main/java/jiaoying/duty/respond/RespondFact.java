package jiaoying.duty.respond;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import jiaoying.duty.errand.ClearsTimer;
import jiaoying.duty.errand.Errand;
import jiaoying.duty.errand.OrdersErrands;
import jiaoying.duty.errand.SetsTimer;
import jiaoying.duty.errand.Timer;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.monitor.SignalColor;

/** What happened to emergency responses. */
public sealed interface RespondFact extends Fact {
    /**
     * A warning proposes a level.
     *
     * @param level    I is 1 and the highest, IV is 4
     * @param decideBy when the leader is called if nobody has decided
     * @param plan     name and version of the pack that says so
     */
    record ResponseProposed(
            String response,
            String hazard,
            SignalColor color,
            String area,
            String signal,
            int level,
            Optional<Instant> decideBy,
            String plan)
            implements RespondFact, SetsTimer {
        @Override
        public List<Timer> timers() {
            return decideBy.map(due -> List.of(new Timer("response/" + response, due)))
                    .orElse(List.of());
        }
    }

    /** @param level 0: no response is started */
    record ResponseDecided(String response, int level, String by, String reason) implements RespondFact, ClearsTimer {
        @Override
        public List<String> clearedTimers() {
            return List.of("response/" + response);
        }
    }

    /** Nobody decided in time: the leader is called. The proposal stays open. */
    record ResponseOverdue(String response, List<Errand> errands) implements RespondFact, ClearsTimer, OrdersErrands {
        @Override
        public List<String> clearedTimers() {
            return List.of("response/" + response);
        }
    }

    /** A proposal that stands no longer. @param by the one that stands for it; empty: no signal in force asks for a response any more */
    record ResponseSuperseded(String response, String by) implements RespondFact, ClearsTimer {
        @Override
        public List<String> clearedTimers() {
            return List.of("response/" + response);
        }
    }

    /**
     * @param body         whose people may report it, an id of the register; empty: the duty desk reports it
     * @param departmentZh what the body was called then
     * @param due          when it is to be done
     */
    record OpenAction(
            String action,
            String body,
            String departmentZh,
            String departmentEn,
            String textZh,
            String textEn,
            Instant due) {}

    /** The timer of each action rings when it is due. */
    record ActionsOpened(String response, List<OpenAction> actions) implements RespondFact, SetsTimer {
        @Override
        public List<Timer> timers() {
            return actions.stream()
                    .map(action -> new Timer(dueTimer(response, action.action()), action.due()))
                    .toList();
        }
    }

    record ActionReported(String response, String action, String by, String text) implements RespondFact, ClearsTimer {
        @Override
        public List<String> clearedTimers() {
            return RespondFact.timersOf(response, List.of(action));
        }
    }

    /**
     * Actions that nobody had reported when they were due: those whose they are were reminded (催办).
     *
     * @param leaderAt when the leader is called about those that still wait then; empty: never
     */
    record ActionsUrged(String response, List<String> actions, Optional<Instant> leaderAt, List<Errand> errands)
            implements RespondFact, SetsTimer, ClearsTimer, OrdersErrands {
        @Override
        public List<Timer> timers() {
            return leaderAt.map(at -> actions.stream()
                            .map(action -> new Timer(lateTimer(response, action), at))
                            .toList())
                    .orElse(List.of());
        }

        @Override
        public List<String> clearedTimers() {
            return actions.stream().map(action -> dueTimer(response, action)).toList();
        }
    }

    /** Actions that waited for a report some time after the reminder: the leader was called. They stay open. */
    record ActionsEscalated(String response, List<String> actions, List<Errand> errands)
            implements RespondFact, ClearsTimer, OrdersErrands {
        @Override
        public List<String> clearedTimers() {
            return actions.stream().map(action -> lateTimer(response, action)).toList();
        }
    }

    /** Headquarters end a response that was started. @param unreported actions that nobody had reported */
    record ResponseEnded(String response, String by, String reason, List<String> unreported)
            implements RespondFact, ClearsTimer {
        @Override
        public List<String> clearedTimers() {
            return RespondFact.timersOf(response, unreported);
        }
    }

    private static List<String> timersOf(String response, List<String> actions) {
        return actions.stream()
                .flatMap(action -> Stream.of(dueTimer(response, action), lateTimer(response, action)))
                .toList();
    }

    private static String dueTimer(String response, String action) {
        return "action/" + response + "/" + action;
    }

    private static String lateTimer(String response, String action) {
        return "late/" + response + "/" + action;
    }
}
