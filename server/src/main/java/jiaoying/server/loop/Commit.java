package jiaoying.server.loop;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import jiaoying.duty.room.Outcome;
import jiaoying.server.store.Decisions;

/** Decisions on their way into the database, while the loop may decide on. Whoever runs it first commits; others wait. */
final class Commit implements Runnable {
    private final Decisions decisions;
    private final Map<Long, Outcome> outcomes;
    private final Instant begunAt;
    private final Work work;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    /** @param outcomes what became of the arrivals decided, by their numbers */
    Commit(Decisions decisions, Map<Long, Outcome> outcomes, Instant begunAt, Work work) {
        this.decisions = decisions;
        this.outcomes = outcomes;
        this.begunAt = begunAt;
        this.work = work;
    }

    Decisions decisions() {
        return decisions;
    }

    Map<Long, Outcome> outcomes() {
        return outcomes;
    }

    Instant begunAt() {
        return begunAt;
    }

    /** May be asked from any thread. */
    boolean hangs(Instant now, Duration most) {
        return !ended() && now.isAfter(begunAt.plus(most));
    }

    boolean ended() {
        return ended.isDone();
    }

    /** What it throws is kept for {@link #end}; an error reaches whoever runs it too. */
    @Override
    public void run() {
        if (!begun.compareAndSet(false, true)) {
            return;
        }
        try {
            work.on(decisions, outcomes);
            ended.complete(null);
        } catch (RuntimeException e) {
            ended.completeExceptionally(e);
        } catch (Error e) {
            ended.completeExceptionally(e);
            throw e;
        }
    }

    /** Waits until it has ended, and throws what it threw. */
    void end() {
        run();
        try {
            ended.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) e.getCause();
        }
    }

    /** What is done with decisions and their outcomes. */
    @FunctionalInterface
    interface Work {
        void on(Decisions decisions, Map<Long, Outcome> outcomes);
    }
}
