package jiaoying.duty.casework;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jiaoying.duty.errand.ClearsTimer;
import jiaoying.duty.errand.Errand;
import jiaoying.duty.errand.OrdersErrands;
import jiaoying.duty.errand.SetsTimer;
import jiaoying.duty.errand.Timer;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.programme.CoreState;

/** What happened to items of programmes (事项). When it was recorded stands with the ledger; {@code happenedAt} is when it happened. */
public sealed interface CaseFact extends Fact {
    String item();

    /**
     * Who did it.
     *
     * @param person     id in the roster
     * @param body       the person's body then, or empty
     * @param role       the pack's role in which it was done; {@code clock} when the law's clock did it
     * @param onBehalfOf the person for whom it was done, or empty; both count for separation
     */
    record Actor(String person, String body, String role, String onBehalfOf) {
        public static final Actor CLOCK = new Actor("", "", "clock", "");
    }

    /** A field and its text. */
    record Entry(String field, String value) {}

    /**
     * Evidence (证据).
     *
     * @param need    the pack's id of what it proves
     * @param sha256  of the file or form, hex
     * @param takenAt by the camera or the form
     * @param place   longitude and latitude as {@code 121.02,30.70}, or empty
     */
    record Proof(String need, String sha256, String name, Instant takenAt, String place) {}

    /** A clock that runs from now. @param dueAt the moment after which it is missed */
    record Started(String clock, Instant dueAt, boolean provisional, List<Timer> timers) {}

    /** A clock that runs no longer. @param how met, missed, paused or cancelled @param timers ids that are not to ring */
    record Stopped(String clock, String how, List<String> timers) {}

    /**
     * @param number   as the pack numbers its items
     * @param source   what it came from: a sentence, a reading, an incident; or empty
     * @param parent   the item it was split from, or empty
     */
    record ItemOpened(
            String item,
            String programme,
            String version,
            String kind,
            String number,
            String stage,
            List<Entry> fields,
            Actor by,
            Instant happenedAt,
            String source,
            String parent,
            List<Started> started)
            implements CaseFact, SetsTimer {
        @Override
        public List<Timer> timers() {
            return timersOf(started);
        }
    }

    /** That an item came to a stage. */
    record Entered(String stage, Instant happenedAt) {}

    /**
     * What a ledger kept elsewhere says of an item that was just opened. What had ended there is ended here and was not witnessed
     * here; what was open there begins at the first stage.
     *
     * @param stage where it stands here from now on
     * @param said  where the ledger says it stands
     * @param row   its number there, behind the ledger's name where it has one
     * @param file  SHA-256, hex; line: from 1
     */
    record ItemTakenOver(
            String item, String stage, String said, String row, String file, int line, List<Entered> entered, Actor by)
            implements CaseFact {}

    /** A step was taken. @param lead @param supervising bodies, empty when they stay as they are */
    record ItemMoved(
            String item,
            String move,
            String from,
            String to,
            Actor by,
            String reason,
            List<Entry> fields,
            String lead,
            String supervising,
            List<String> assisting,
            List<Proof> proofs,
            boolean onSite,
            Instant happenedAt,
            List<Started> started,
            List<Stopped> stopped)
            implements CaseFact, SetsTimer, ClearsTimer {
        @Override
        public List<Timer> timers() {
            return timersOf(started);
        }

        /** What ends is cleared; what starts again under the same name is set by this fact afterwards. */
        @Override
        public List<String> clearedTimers() {
            return clearedOf(stopped, started);
        }
    }

    /** Fields were filled or corrected; what stood there before stays in history. */
    record FieldsSet(String item, List<Entry> fields, Actor by, String reason, Instant happenedAt)
            implements CaseFact {}

    record ProofsAdded(String item, List<Proof> proofs, Actor by, Instant happenedAt) implements CaseFact {}

    /**
     * What was just done came from a person's telephone, which may have kept it while it had no network (离线暂存).
     *
     * @param key       made on the telephone: what comes again with it is the same deed
     * @param enteredAt by our clock
     */
    record PhoneEntryTaken(String item, String key, String person, Instant enteredAt) implements CaseFact {}

    /** Another person agreed that a step be taken. */
    record MoveApproved(String item, String move, Actor by, Instant happenedAt) implements CaseFact {}

    /** The item waits for somebody outside, or is suspended. @param core WAITING or SUSPENDED */
    record ItemPaused(
            String item,
            CoreState core,
            String forWhom,
            String reason,
            Actor by,
            Instant happenedAt,
            List<Stopped> stopped)
            implements CaseFact, ClearsTimer {
        @Override
        public List<String> clearedTimers() {
            return clearedOf(stopped, List.of());
        }
    }

    record ItemResumed(String item, String reason, Actor by, Instant happenedAt, List<Started> started)
            implements CaseFact, SetsTimer {
        @Override
        public List<Timer> timers() {
            return timersOf(started);
        }
    }

    /** A clock ran out at {@code dueAt}, whenever that was noticed. */
    record ClockMissed(String item, String clock, Instant dueAt) implements CaseFact, ClearsTimer {
        @Override
        public List<String> clearedTimers() {
            return List.of(clockTimer(item, clock));
        }
    }

    /** @param decideBy without a decision by then it is refused; the clock runs on meanwhile */
    record ExtensionAsked(
            String item, String clock, int days, Actor by, String reason, List<Entry> fields, Instant decideBy)
            implements CaseFact, SetsTimer {
        @Override
        public List<Timer> timers() {
            return List.of(new Timer(extensionTimer(item, clock), decideBy));
        }
    }

    record ExtensionDecided(
            String item, String clock, boolean granted, Actor by, String reason, Optional<Started> started)
            implements CaseFact, SetsTimer, ClearsTimer {
        @Override
        public List<Timer> timers() {
            return timersOf(started.stream().toList());
        }

        @Override
        public List<String> clearedTimers() {
            return List.of(extensionTimer(item, clock));
        }
    }

    /**
     * A step of supervision (提醒、黄牌、红牌、约谈、报告领导).
     *
     * @param rung     the pack's id
     * @param dueAt    when it was due, which may lie before it was issued
     * @param persons  to whom it goes
     * @param answerBy empty: no answer is owed
     */
    record CardIssued(
            String item,
            String card,
            String rung,
            String level,
            List<String> persons,
            String reason,
            Instant dueAt,
            Optional<Instant> answerBy,
            List<Errand> errands)
            implements CaseFact, OrdersErrands, SetsTimer, ClearsTimer {
        @Override
        public List<Timer> timers() {
            return answerBy.map(by -> new Timer(cardTimer(item, card), by)).stream()
                    .toList();
        }

        @Override
        public List<String> clearedTimers() {
            return List.of(rungTimer(item, rung));
        }
    }

    /** A step of supervision waits, because whom it concerns is called in a storm. */
    record CardHeld(String item, String rung, Instant until) implements CaseFact, SetsTimer {
        @Override
        public List<Timer> timers() {
            return List.of(new Timer(rungTimer(item, rung), until));
        }
    }

    /** The answer to a card about work may wait, because somebody who owes it is called in a storm. */
    record AnswerHeld(String item, String card, Instant until) implements CaseFact, SetsTimer {
        @Override
        public List<Timer> timers() {
            return List.of(new Timer(cardTimer(item, card), until));
        }
    }

    record CardAnswered(String item, String card, Actor by, String text) implements CaseFact, ClearsTimer {
        @Override
        public List<String> clearedTimers() {
            return List.of(cardTimer(item, card));
        }
    }

    /** @param reason why it is taken back; by the body that supervises alone */
    record CardCancelled(String item, String card, Actor by, String reason) implements CaseFact, ClearsTimer {
        @Override
        public List<String> clearedTimers() {
            return List.of(cardTimer(item, card));
        }
    }

    record CardUnanswered(String item, String card) implements CaseFact, ClearsTimer {
        @Override
        public List<String> clearedTimers() {
            return List.of(cardTimer(item, card));
        }
    }

    /** A warning asks whether the item is under control. @param persons who may say so @param ask in zh-CN */
    record ControlAsked(String item, String signal, int linkage, List<String> persons, String ask, Instant dueAt)
            implements CaseFact, SetsTimer {
        @Override
        public List<Timer> timers() {
            return List.of(new Timer(controlTimer(item, signal), dueAt));
        }
    }

    record ControlConfirmed(String item, String signal, Actor by, String text, Instant happenedAt)
            implements CaseFact, ClearsTimer {
        @Override
        public List<String> clearedTimers() {
            return List.of(controlTimer(item, signal));
        }
    }

    /** Nobody confirmed in time. */
    record ControlMissed(String item, String signal, Instant dueAt) implements CaseFact, ClearsTimer {
        @Override
        public List<String> clearedTimers() {
            return List.of(controlTimer(item, signal));
        }
    }

    /** The warning ended before its time was over. */
    record ControlLifted(String item, String signal) implements CaseFact, ClearsTimer {
        @Override
        public List<String> clearedTimers() {
            return List.of(controlTimer(item, signal));
        }
    }

    static String clockTimer(String item, String clock) {
        return "clock/" + item + "/" + clock;
    }

    static String rungTimer(String item, String rung) {
        return "rung/" + item + "/" + rung;
    }

    static String cardTimer(String item, String card) {
        return "card/" + item + "/" + card;
    }

    static String controlTimer(String item, String signal) {
        return "control/" + item + "/" + signal;
    }

    static String extensionTimer(String item, String clock) {
        return "extension/" + item + "/" + clock;
    }

    private static List<Timer> timersOf(List<Started> started) {
        return started.stream().flatMap(one -> one.timers().stream()).toList();
    }

    private static List<String> clearedOf(List<Stopped> stopped, List<Started> started) {
        var set = timersOf(started).stream().map(Timer::id).toList();
        return stopped.stream()
                .flatMap(one -> one.timers().stream())
                .filter(id -> !set.contains(id))
                .toList();
    }
}
