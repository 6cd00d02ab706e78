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
     * @param aim      what the order is for; a drill and an answer test are exercises wherever they are held
     * @param judgeAt  when the rule over all callees is judged; empty without a rule
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
            Aim aim,
            boolean exercise,
            Optional<Instant> judgeAt)
            implements CallFact, SetsTimer {
        @Override
        public List<Timer> timers() {
            return judgeAt.map(due -> new Timer(ruleTimerOf(order), due)).stream()
                    .toList();
        }
    }

    /** More people are to be called than one step takes: the next slice (分批) follows at once, behind what is more urgent. */
    record CallOrderContinues(String order, Instant due) implements CallFact, SetsTimer {
        @Override
        public List<Timer> timers() {
            return List.of(new Timer(sliceTimerOf(order), due));
        }
    }

    /** Everybody whom the order calls is listed. */
    record CallOrderListed(String order) implements CallFact, ClearsTimer {
        @Override
        public List<String> clearedTimers() {
            return List.of(sliceTimerOf(order));
        }
    }

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

    /**
     * A loudspeaker (喇叭) that several people of an order share speaks once for all of them: this callee's round uses an errand
     * that stands on the ladder of another.
     *
     * @param to  whose loudspeaker the round asks for: the callee, or who stands in
     * @param key the errand, ordered by a {@link RoundStarted} of another callee of the same order
     */
    record SpeakerShared(String order, String person, int round, String to, String key) implements CallFact {}

    /** A round falls into quiet hours in which all its channels wait: it begins when they end. */
    record RoundPutOff(String order, String person, int round, Instant until) implements CallFact, SetsTimer {
        @Override
        public List<Timer> timers() {
            return List.of(new Timer(timerOf(order, person), until));
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
     * @param channel the channel of the answer, link, or by hand: desk, satellite, loudspeaker, door or officer
     * @param said    what the person said when reached by hand, or empty
     * @param witness who saw or heard an answer entered from the offline ladder, or empty
     * @param reportBy until when a second report is waited for; empty when none is asked for
     */
    record CalleeSettled(
            String order,
            String person,
            Settled how,
            String by,
            String channel,
            String attempt,
            String said,
            String witness,
            List<String> withdrawnKeys,
            Optional<Instant> reportBy)
            implements CallFact, SettlesErrands, ClearsTimer, SetsTimer {
        @Override
        public List<String> settledKeys() {
            return withdrawnKeys;
        }

        @Override
        public List<Timer> timers() {
            return reportBy.map(due -> new Timer(reportTimerOf(order, person), due)).stream()
                    .toList();
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

    /** The second report came in time: who answered is at his place (到岗). @param by who reported it */
    record InPlaceReported(String order, String person, String by, String channel, String said)
            implements CallFact, ClearsTimer {
        @Override
        public List<String> clearedTimers() {
            return List.of(reportTimerOf(order, person));
        }
    }

    /** No second report came in time: the answer no longer counts, and the ladder goes on. */
    record AnswerExpired(String order, String person) implements CallFact, ClearsTimer {
        @Override
        public List<String> clearedTimers() {
            return List.of(reportTimerOf(order, person));
        }
    }

    /**
     * The rule over all callees was judged when its time was over.
     *
     * @param areas    areas called for; areasReached: those with somebody reached
     * @param missing  holders of must-have duties who were not reached
     */
    record RuleJudged(
            String order, boolean met, int called, int reached, int areas, int areasReached, List<String> missing)
            implements CallFact, ClearsTimer {
        @Override
        public List<String> clearedTimers() {
            return List.of(ruleTimerOf(order));
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

    /**
     * An attempt was to be sent once more because nobody knew its fate; meanwhile evidence says that it came through, and what is
     * not sent yet stays unsent.
     */
    record RepeatStopped(String order, String person, String key) implements CallFact, SettlesErrands {
        @Override
        public List<String> settledKeys() {
            return List.of(key);
        }

        @Override
        public boolean withdrawn() {
            return true;
        }
    }

    /** What rounds from now on say, after a correction or a downgrade to a colour that is still called. */
    record CallOrderReworded(String order, Messages messages) implements CallFact {}

    /**
     * A notice goes to people already reached; the same notice follows to whom an earlier call reaches late.
     *
     * @param kind downgraded-still-called (the order goes on), downgraded, lifted, corrected or retracted
     */
    record NoticeSent(String notice, String order, String kind, String message, List<Errand> errands)
            implements CallFact, OrdersErrands {}

    /** @param reason all-reached, downgraded, lifted, retracted, superseded or, of a drill, ended */
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

    static String reportTimerOf(String order, String person) {
        return "report/" + order + "/" + person;
    }

    static String ruleTimerOf(String order) {
        return "rule/" + order;
    }

    static String sliceTimerOf(String order) {
        return "slice/" + order;
    }

    /** What an order is for. */
    enum Aim {
        WARNING,
        /** 演练: reaches its named participants and nobody else. */
        DRILL,
        /** 应答测试: shows whether the numbers in the register are still true. */
        ANSWER_TEST
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
