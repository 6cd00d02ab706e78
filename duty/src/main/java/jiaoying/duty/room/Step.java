package jiaoying.duty.room;

import java.util.ArrayList;
import java.util.List;
import jiaoying.duty.errand.ClearsTimer;
import jiaoying.duty.errand.Errand;
import jiaoying.duty.errand.OrdersErrands;
import jiaoying.duty.errand.SetsTimer;
import jiaoying.duty.errand.SettlesErrands;
import jiaoying.duty.errand.Timer;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.measure.Reading;

/**
 * What follows from one arrival.
 *
 * @param journal readings to be kept, in the order received; the truth beside the facts
 * @param facts   what happened; errands and timers are read off them, so that they fold from facts too
 */
public record Step(List<Reading> journal, List<Fact> facts, Outcome outcome) {
    public static Step of(List<? extends Fact> facts) {
        return new Step(List.of(), List.copyOf(facts), new Outcome.Done());
    }

    public static Step refused(Refusal why, String value) {
        return refused(why, value, "");
    }

    /** @param allowed what the room would have taken, where that is the room's own and not the refusal's */
    public static Step refused(Refusal why, String value, String allowed) {
        return new Step(List.of(), List.of(), new Outcome.Refused(why, value, allowed));
    }

    public List<Errand> errands() {
        var errands = new ArrayList<Errand>();
        for (var fact : facts) {
            if (fact instanceof OrdersErrands orders) {
                errands.addAll(orders.errands());
            }
        }
        return errands;
    }

    public List<Timer> timers() {
        var timers = new ArrayList<Timer>();
        for (var fact : facts) {
            if (fact instanceof SetsTimer sets) {
                timers.addAll(sets.timers());
            }
        }
        return timers;
    }

    /** Keys of errands that are not open any more. */
    public List<String> settledKeys() {
        var keys = new ArrayList<String>();
        for (var fact : facts) {
            if (fact instanceof SettlesErrands settles) {
                keys.addAll(settles.settledKeys());
            }
        }
        return keys;
    }

    public List<String> clearedTimers() {
        var ids = new ArrayList<String>();
        for (var fact : facts) {
            if (fact instanceof ClearsTimer clears) {
                ids.addAll(clears.clearedTimers());
            }
        }
        return ids;
    }
}
