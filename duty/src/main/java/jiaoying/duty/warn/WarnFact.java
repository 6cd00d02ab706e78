package jiaoying.duty.warn;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jiaoying.duty.errand.ClearsTimer;
import jiaoying.duty.errand.SetsTimer;
import jiaoying.duty.errand.Timer;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.monitor.Basis;
import jiaoying.duty.monitor.SignalColor;

/** What happened to threshold alerts and warning signals. */
public sealed interface WarnFact extends Fact {
    /**
     * 实况提醒 (internal; in a weather-office room the proposal of a signal): the area's level moved to {@code color}.
     *
     * @param criteria name and version of the criteria pack that said so, or {@code hand/} and the account that proposed it, or
     *                 {@code forecast/} and the run whose expectation it is (预报提醒): nothing has been measured yet
     * @param source   what a person who proposed it by hand named as his source, or empty
     * @param text     the words of a proposal by hand, or empty
     */
    record ThresholdAlertRaised(
            String alert,
            String hazard,
            String area,
            SignalColor color,
            SignalColor was,
            String criteria,
            boolean single,
            List<Basis> basis,
            Optional<Instant> decideBy,
            String source,
            String text)
            implements WarnFact, SetsTimer {
        /** What stands before the run in the criteria of an alert by forecast. */
        public static final String FORECAST = "forecast/";

        /** Whether it says what is expected and not what is. */
        public boolean byForecast() {
            return criteria.startsWith(FORECAST);
        }

        @Override
        public List<Timer> timers() {
            return decideBy.map(due -> List.of(new Timer("alert/" + alert, due)))
                    .orElse(List.of());
        }
    }

    /** @param decision issued, consulted, call-order, superseded or overdue (nobody decided in time) */
    record ThresholdAlertDecided(String alert, String decision, String by, String reason)
            implements WarnFact, ClearsTimer {
        @Override
        public List<String> clearedTimers() {
            return List.of("alert/" + alert);
        }
    }

    /**
     * A warning signal came into force for an area; what stood there before ended with it.
     *
     * @param action   issue, upgrade, downgrade
     * @param source   who issued it (office, telephone, fax), as shown on every screen
     * @param by       account or door that brought it in
     * @param alert    the threshold alert it answers, or empty
     * @param replaces the signal that it ended, or empty
     */
    record SignalIssued(
            String signal,
            String hazard,
            String area,
            SignalColor color,
            String action,
            String source,
            String by,
            String text,
            String alert,
            String replaces,
            List<Basis> basis)
            implements WarnFact {}

    /** 解除. */
    record SignalLifted(String signal, String source, String by) implements WarnFact {}

    /** 更正: the text of a signal in force was wrong; the signal stands with the new text. */
    record SignalCorrected(String signal, String text, String by, String reason) implements WarnFact {}

    /** 撤回: the signal should not have been issued; it ends. */
    record SignalRetracted(String signal, String by, String reason) implements WarnFact {}
}
