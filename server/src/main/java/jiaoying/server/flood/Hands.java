package jiaoying.server.flood;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import jiaoying.water.inundation.Crew;
import org.jspecify.annotations.Nullable;

/**
 * Platform threads that share each sweep: they spin for a moment between sweeps, because the next one follows within
 * microseconds, and park when it does not. One caller at a time.
 */
public final class Hands implements Crew, AutoCloseable {
    private static final int SPINS = 20_000;

    private final Thread[] others;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failed = new AtomicReference<>();
    private volatile int round;
    private volatile boolean closed;
    private volatile IntConsumer work = part -> {};
    private volatile int parts;
    private volatile @Nullable Thread caller;

    /** @param hands at least 1, the caller's own among them */
    public Hands(int hands) {
        others = new Thread[hands - 1];
        for (var i = 0; i < others.length; i++) {
            var part = i + 1;
            others[i] = Thread.ofPlatform().daemon().name("flood-" + part).start(this::serve);
        }
    }

    @Override
    public int hands() {
        return others.length + 1;
    }

    @Override
    public void each(int count, IntConsumer part) {
        if (count > 1) {
            work = part;
            parts = count;
            next.set(0);
            caller = Thread.currentThread();
            open.set(others.length);
            round++;
            for (var other : others) {
                LockSupport.unpark(other);
            }
        }
        if (count <= 1) {
            part.accept(0);
        } else {
            take();
            for (var spins = 0; open.get() > 0; spins++) {
                rest(spins);
            }
            complain();
        }
    }

    private void take() {
        for (var part = next.getAndIncrement(); part < parts; part = next.getAndIncrement()) {
            work.accept(part);
        }
    }

    private void complain() {
        var wrong = failed.getAndSet(null);
        if (wrong != null) {
            throw new IllegalStateException("a part of a sweep failed: " + wrong, wrong);
        }
    }

    private void serve() {
        var seen = 0;
        while (!closed) {
            for (var spins = 0; round == seen && !closed; spins++) {
                rest(spins);
            }
            if (closed) {
                return;
            }
            seen++;
            try {
                take();
            } catch (Throwable wrong) {
                failed.set(wrong);
            }
            if (open.decrementAndGet() == 0) {
                LockSupport.unpark(caller);
            }
        }
    }

    private static void rest(int spins) {
        if (spins < SPINS) {
            Thread.onSpinWait();
        } else {
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Override
    public void close() {
        closed = true;
        for (var other : others) {
            LockSupport.unpark(other);
        }
    }
}
