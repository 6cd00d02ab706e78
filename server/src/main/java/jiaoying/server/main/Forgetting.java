package jiaoying.server.main;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import jiaoying.server.postgres.ContinuousCopy;
import jiaoying.server.store.DatabaseFailed;
import jiaoying.server.store.Erasures;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * After a person was erased nothing of the key stays in the files of the database, nor in a copy of it at another place (删除彻底).
 * What a program that was killed had not done is done at the next start.
 */
final class Forgetting implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Forgetting.class);
    private static final Duration AGAIN = Duration.ofSeconds(30);

    private final Erasures erasures;
    private final Supplier<Optional<ContinuousCopy>> copy;
    private final Semaphore erased = new Semaphore(0);
    private final CountDownLatch closed = new CountDownLatch(1);

    Forgetting(Erasures erasures, Supplier<Optional<ContinuousCopy>> copy) {
        this.erasures = erasures;
        this.copy = copy;
    }

    /** Does what may have been left undone, and from now on what comes. */
    void resume() {
        Thread.ofVirtual().name("forgetting").start(() -> {
            untilDone(this::catchUp);
            while (awaited()) {
                untilDone(this::forget);
            }
        });
    }

    /** Somebody was erased. */
    void again() {
        erased.release();
    }

    private void catchUp() {
        erasures.last().ifPresent(moment -> {
            erasures.scrub();
            copy.get().ifPresent(running -> running.renewUnlessYoungerThan(moment));
        });
    }

    private void forget() {
        erasures.scrub();
        copy.get().ifPresent(ContinuousCopy::renew);
    }

    private boolean awaited() {
        try {
            erased.acquire();
            erased.drainPermits();
            return closed.getCount() > 0;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private void untilDone(Runnable work) {
        while (!done(work)) {
            try {
                if (closed.await(AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static boolean done(Runnable work) {
        try {
            work.run();
            return true;
        } catch (DatabaseFailed e) {
            LOG.warn(
                    "Keys of erased persons may stand in unused places of the database's files; tried again: {}",
                    e.getMessage());
            return false;
        }
    }

    @Override
    public void close() {
        closed.countDown();
        erased.release();
    }
}
