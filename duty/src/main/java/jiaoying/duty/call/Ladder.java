package jiaoying.duty.call;

import java.time.Duration;
import java.util.List;
import jiaoying.duty.errand.Channel;

/**
 * The rounds by which a callee is called, from the plan pack.
 *
 * @param rounds    first one first; each {@code after} is counted from the opening of the order
 * @param giveUp    after this span every round is spent and the callee stands on the officer's list
 * @param terms     what holds beside the rounds
 * @param source    pack, version and the source cited there
 */
public record Ladder(List<Rung> rounds, Duration giveUp, Terms terms, String source) {
    /** A ladder without further terms. */
    public Ladder(List<Rung> rounds, Duration giveUp, String source) {
        this(rounds, giveUp, Terms.NONE, source);
    }

    public Ladder with(Terms terms) {
        return new Ladder(rounds, giveUp, terms, source);
    }

    /** @param to self, deputy or superior; several channels of one rung are used at once */
    public record Rung(Duration after, String to, List<Channel> channels) {}
}
