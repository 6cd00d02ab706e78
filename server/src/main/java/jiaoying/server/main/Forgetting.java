package jiaoying.server.main;

import java.time.Duration;
import java.time.Instant;
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
            erasures.last().ifPresent(moment -> forget(Optional.of(moment)));
            while (awaited()) {
                forget(Optional.empty());
            }
        });
    }

    /** Somebody was erased. */
    void again() {
        erased.release();
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

    private void forget(Optional<Instant> moment) {
        while (!scrubbed()) {
            try {
                if (closed.await(AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            } catch (InterruptedException e) {
                return;
            }
        }
        copy.get().ifPresent(running -> moment.ifPresentOrElse(running::renewUnlessYoungerThan, running::renew));
    }

    private boolean scrubbed() {
        try {
            erasures.scrub();
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
