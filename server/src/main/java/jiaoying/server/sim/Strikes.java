package jiaoying.server.sim;

import java.util.function.BooleanSupplier;
import jiaoying.server.store.Watch;

/** What strikes one engine, counted in its steps: statements, commits and hand-overs. */
final class Strikes implements Watch {
    private static final int NEVER = -1;

    private final BooleanSupplier away;
    private final Runnable goAway;
    private long steps;
    private int untilKill = NEVER;
    private int untilAway = NEVER;
    private int untilLost = NEVER;

    /**
     * @param away   the database cannot be reached
     * @param goAway from now on it cannot
     */
    Strikes(BooleanSupplier away, Runnable goAway) {
        this.away = away;
        this.goAway = goAway;
    }

    void killAfter(int more) {
        untilKill = more;
    }

    void awayAfter(int more) {
        untilAway = more;
    }

    void loseAnswerAfter(int commits) {
        untilLost = commits;
    }

    /** No strike is due any more. */
    void calm() {
        untilKill = NEVER;
        untilAway = NEVER;
        untilLost = NEVER;
    }

    long steps() {
        return steps;
    }

    /** A step outside of the database: something is handed over, or was. */
    void step() {
        steps++;
        if (untilKill >= 0 && untilKill-- == 0) {
            throw new Killed();
        }
    }

    @Override
    public void at(Step at) throws BrokenOff {
        step();
        if (untilAway >= 0 && untilAway-- == 0) {
            goAway.run();
        }
        if (at != Step.COMMITTED && away.getAsBoolean()) {
            throw new BrokenOff("simulated: the database is away");
        }
        if (at == Step.COMMITTED && untilLost >= 0 && untilLost-- == 0) {
            throw new BrokenOff("simulated: the answer to the commit was lost");
        }
    }
}
