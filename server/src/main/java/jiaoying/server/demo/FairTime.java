package jiaoying.server.demo;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;
import jiaoying.duty.call.CallFact.CallOrderClosed;
import jiaoying.duty.call.CallFact.CalleeListed;
import jiaoying.duty.call.CallFact.CalleeSettled;
import jiaoying.duty.call.CallFact.RoundStarted;
import jiaoying.duty.ledger.Fact;

/**
 * Time for the visitor to answer (给来访者的时间): at the speed of a demonstration his deputy would be called before he had found
 * his phone. So the story runs slower while he is being called himself: longer when somebody looks at his phone, and only
 * once for a while when nobody does.
 */
final class FairTime {
    static final double SLOWER = 4;

    /** A story that is played faster than this is not played for somebody who takes part. */
    static final double FASTEST = 60;

    private static final Duration LOOKED_AT = Duration.ofMinutes(4);
    private static final Duration UNSEEN = Duration.ofSeconds(90);
    private static final Duration IN_HAND = Duration.ofSeconds(90);

    private final DemoClock clock;
    private final String visitor;
    private final LongSupplier nanos;
    private final double usual;
    private final Set<String> asked = new HashSet<>();
    private long lookedAt;
    private boolean looked;
    private boolean waitedInVain;
    private long spent;
    private long before;

    FairTime(DemoClock clock, String visitor, LongSupplier nanos) {
        this.clock = clock;
        this.visitor = visitor;
        this.nanos = nanos;
        usual = clock.speed();
        before = nanos.getAsLong();
    }

    synchronized void hear(Fact fact) {
        switch (fact) {
            case CalleeListed listed
            when listed.person().equals(visitor) -> {
                settle();
                asked.add(listed.order());
                spent = 0;
                settle();
            }
            case RoundStarted round
            when round.person().equals(visitor) && !round.target().equals("self") -> over(round.order());
            case CalleeSettled settled when settled.person().equals(visitor) -> over(settled.order());
            case CallOrderClosed closed -> over(closed.order());
            default -> {}
        }
    }

    private void over(String order) {
        settle();
        asked.remove(order);
        settle();
    }

    /** Somebody looks at the visitor's phone. */
    synchronized void looked() {
        looked = true;
        lookedAt = nanos.getAsLong();
    }

    /** Sets the clock's speed by what is known now; called several times a second. */
    synchronized void settle() {
        var now = nanos.getAsLong();
        if (clock.speed() < usual) {
            spent += now - before;
        }
        before = now;
        var slow = usual <= FASTEST && !asked.isEmpty() && hasTime(now);
        if (slow != clock.speed() < usual) {
            clock.run(slow ? Math.max(1, usual / SLOWER) : usual);
        }
    }

    private boolean hasTime(long now) {
        if (looked && now - lookedAt < IN_HAND.toNanos()) {
            return spent < LOOKED_AT.toNanos();
        }
        var left = !waitedInVain && spent < UNSEEN.toNanos();
        waitedInVain |= spent >= UNSEEN.toNanos();
        return left;
    }
}
