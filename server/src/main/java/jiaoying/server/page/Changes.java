package jiaoying.server.page;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import jiaoying.duty.measure.Sentence;
import jiaoying.server.reply.Problem;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Tells open screens that something changed. Only the latest fact is told: a screen reads the state anew, so that a slow one
 * misses nothing. Each stream has its own virtual thread; the loop only leaves word and goes on.
 */
public final class Changes implements AutoCloseable {
    private static final int MOST_STREAMS = 500;

    private final Duration heartbeat;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Semaphore places = new Semaphore(MOST_STREAMS);
    private Change latest = new Change(0, Instant.EPOCH);
    private volatile boolean closed;

    public Changes(Duration heartbeat) {
        this.heartbeat = heartbeat;
    }

    record Change(long fact, Instant at) {}

    /** Called after each commit, one after the other; never blocks for long. */
    public void committed(long fact, Instant at) {
        lock.lock();
        try {
            if (fact > latest.fact()) {
                latest = new Change(fact, at);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * @param seen    the last fact that the screen has seen; when it is behind, or ahead of a restored room, it is told at once
     * @param allowed asked at each heartbeat whether the reader is still signed in
     */
    SseEmitter open(long seen, BooleanSupplier allowed) {
        if (!places.tryAcquire()) {
            throw Problem.allowing(503, "screens.many", "", Sentence.of("screens-most", MOST_STREAMS));
        }
        var emitter = new SseEmitter(0L);
        Thread.ofVirtual().name("screen").start(() -> tell(emitter, seen, allowed));
        return emitter;
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void tell(SseEmitter emitter, long seen, BooleanSupplier allowed) {
        try {
            emitter.send(SseEmitter.event().comment("open").reconnectTime(1000));
            long told = seen > latest().fact() ? 0 : seen;
            while (!closed && allowed.getAsBoolean()) {
                var next = await(told);
                if (next.fact() > told) {
                    told = next.fact();
                    emitter.send(SseEmitter.event()
                            .name("changed")
                            .id(String.valueOf(told))
                            .data(next));
                } else {
                    emitter.send(SseEmitter.event().comment("still here"));
                }
            }
            emitter.complete();
        } catch (IOException | IllegalStateException e) {
            emitter.complete();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            places.release();
        }
    }

    private Change latest() {
        lock.lock();
        try {
            return latest;
        } finally {
            lock.unlock();
        }
    }

    /** The latest change, after the first one behind {@code told} or after a heartbeat. */
    private Change await(long told) throws InterruptedException {
        lock.lock();
        try {
            long left = heartbeat.toNanos();
            while (!closed && latest.fact() <= told && left > 0) {
                left = changed.awaitNanos(left);
            }
            return latest;
        } finally {
            lock.unlock();
        }
    }
}
