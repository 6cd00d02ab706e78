package jiaoying.server.main;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import jiaoying.server.postgres.Server;
import jiaoying.server.store.DatabaseFailed;
import jiaoying.server.store.ServerLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which of several servers on one external database works (主备): the one that holds the lock; the others wait for it. A server
 * whose lock was lost takes it again, or, when another has it, ends.
 */
final class Standby implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Standby.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final Server server;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Optional<ServerLock> lock = Optional.empty();

    private Standby(Server server) {
        this.server = server;
    }

    /** The right to work, at once or not at all. */
    static Standby take(Server server) {
        var standby = new Standby(server);
        if (!standby.tryTake()) {
            throw new Refusal("run.taken");
        }
        return standby;
    }

    /** Waits until the server that works is gone. */
    static Standby await(Server server) throws InterruptedException {
        var standby = new Standby(server);
        while (!standby.tryTakeOrAway()) {
            Thread.sleep(LOOK_EVERY);
        }
        return standby;
    }

    private boolean tryTake() {
        lock = ServerLock.tryTake(server.jdbcUrl(), server.user(), server.password());
        return lock.isPresent();
    }

    private boolean tryTakeOrAway() {
        try {
            return tryTake();
        } catch (DatabaseFailed e) {
            LOG.warn("Standing by: {}", e.getMessage());
            return false;
        }
    }

    /** Looks after the lock from now on. @param lost another server has it: this one must end */
    void watch(Runnable lost) {
        Thread.ofVirtual().name("standby").start(() -> {
            while (!closedWithin()) {
                if (!lock.map(ServerLock::held).orElse(false) && !takenAgain()) {
                    LOG.error("Another server has the database; this one ends");
                    lost.run();
                    return;
                }
            }
        });
    }

    private boolean closedWithin() {
        try {
            return closed.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }

    /** False when another has it; a database that is away has nobody's lock, and is asked again. */
    private boolean takenAgain() {
        lock.ifPresent(ServerLock::close);
        lock = Optional.empty();
        try {
            return tryTake();
        } catch (DatabaseFailed away) {
            return true;
        }
    }

    @Override
    public void close() {
        closed.countDown();
        lock.ifPresent(ServerLock::close);
    }
}
