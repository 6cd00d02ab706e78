package jiaoying.duty.respond;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
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

    /** A later proposal of the same or a higher level stands for it. */
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

    record ActionsOpened(String response, List<OpenAction> actions) implements RespondFact {}

    record ActionReported(String response, String action, String by, String text) implements RespondFact {}

    /** Headquarters end a response that was started. */
    record ResponseEnded(String response, String by, String reason) implements RespondFact {}
}
