package jiaoying.duty.call;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jiaoying.duty.errand.CarrierEvent;
import jiaoying.duty.errand.ClearsTimer;
import jiaoying.duty.errand.CourierReport;
import jiaoying.duty.errand.Errand;
import jiaoying.duty.errand.OrdersErrands;
import jiaoying.duty.errand.SetsTimer;
import jiaoying.duty.errand.SettlesErrands;
import jiaoying.duty.errand.Timer;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.monitor.SignalColor;

/** What happened in call orders (叫应单). A callee (被叫应人) is a person in one order. */
public sealed interface CallFact extends Fact {
    /**
     * @param reason   the signal or threshold alert for which people are called
     * @param hazard   the word of the hazard (灾种) for which people are called: rainstorm, water-level or waterlogging
     * @param messages what is said to self, deputy and superior; {@code {items}} and {@code {link}} are still to be filled in
     * @param plan     the frozen ladder; later edits of the pack do not touch this order
     * @param supersedes the order before it that called for the same signal or a milder one before it, open or not; or empty
     */
    record CallOrderOpened(
            String order,
            String reason,
            String hazard,
            SignalColor color,
            String area,
            Messages messages,
            Ladder plan,
            String supersedes,
            boolean exercise)
            implements CallFact {}

    /** @param items the duties for which the person is called; he is called once for all of them */
    record CalleeListed(String order, String person, List<Item> items, List<String> deputies, List<String> superiors)
            implements CallFact {}

    /** A round (轮次) began: these attempts, and the next round at {@code nextDue}. */
    record RoundStarted(String order, String person, int round, String target, List<Errand> errands, Instant nextDue)
            implements CallFact, OrdersErrands, SetsTimer {
        @Override
        public List<Timer> timers() {
            return List.of(new Timer(timerOf(order, person), nextDue));
        }
    }

    /** Every round is spent; the person stands on the duty officer's own list until somebody reaches him. */
    record CalleeExhausted(String order, String person) implements CallFact, ClearsTimer {
        @Override
        public List<String> clearedTimers() {
            return List.of(timerOf(order, person));
        }
    }

    /**
     * The ladder of a callee goes no further: answered in person, taken over by another, or carried over to a new order.
     *
     * @param by      who answered or reached him; the new order when carried over
     * @param attempt key of the attempt that was answered, or empty
     * @param said    what the person said on the desk phone, or empty
     */
    record CalleeSettled(
            String order,
            String person,
            Settled how,
            String by,
            String channel,
            String attempt,
            String said,
            List<String> withdrawnKeys)
            implements CallFact, SettlesErrands, ClearsTimer {
        @Override
        public List<String> settledKeys() {
            return withdrawnKeys;
        }

        @Override
        public boolean withdrawn() {
            return true;
        }

        @Override
        public List<String> clearedTimers() {
            return List.of(timerOf(order, person));
        }
    }

    /** A courier reported on an attempt. */
    record AttemptReported(String order, String person, CourierReport report, Optional<Errand> again)
            implements CallFact, SettlesErrands, OrdersErrands {
        @Override
        public List<String> settledKeys() {
            return again.isPresent() ? List.of() : List.of(report.key());
        }

        @Override
        public boolean withdrawn() {
            return false;
        }

        @Override
        public List<Errand> errands() {
            return again.stream().toList();
        }
    }

    /** A carrier told something about an attempt; insert-only. */
    record EvidenceHeard(String order, String person, CarrierEvent event) implements CallFact {}

    /** What rounds from now on say, after a correction or a downgrade to a colour that is still called. */
    record CallOrderReworded(String order, Messages messages) implements CallFact {}

    /**
     * A notice goes to people already reached; the same notice follows to whom an earlier call reaches late.
     *
     * @param kind downgraded-still-called (the order goes on), downgraded, lifted, corrected or retracted
     */
    record NoticeSent(String notice, String order, String kind, String message, List<Errand> errands)
            implements CallFact, OrdersErrands {}

    /** @param reason all-reached, downgraded, lifted, retracted or superseded */
    record CallOrderClosed(String order, String reason, List<String> withdrawnKeys, List<String> timersOff)
            implements CallFact, SettlesErrands, ClearsTimer {
        @Override
        public List<String> settledKeys() {
            return withdrawnKeys;
        }

        @Override
        public boolean withdrawn() {
            return true;
        }

        @Override
        public List<String> clearedTimers() {
            return timersOff;
        }
    }

    static String timerOf(String order, String person) {
        return "round/" + order + "/" + person;
    }

    /**
     * The frozen texts of an order, by whom a rung calls.
     *
     * @param again   how a text is marked that is sent once more because nobody knows its fate; {@code {message}} is the text
     * @param andMore how more duties are named than fit; {@code {items}} are the first of them, {@code {count}} is all
     */
    record Messages(String self, String deputy, String superior, String again, String andMore) {
        String to(String target) {
            return switch (target) {
                case "deputy" -> deputy;
                case "superior" -> superior;
                default -> self;
            };
        }
    }

    /** One reason why a person is called. */
    record Item(String duty, String area) {}

    /** How a ladder ended. */
    enum Settled {
        ANSWERED,
        REACHED_BY_DESK,
        TAKEN_OVER,
        CARRIED_OVER
    }
}
