package jiaoying.server.flood;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import jiaoying.water.inundation.Crew;
import org.jspecify.annotations.Nullable;

/**
 * Platform threads that share each sweep: they spin for a moment between sweeps, because the next one follows within
 * microseconds, and park when it does not. A sweep is over when its parts are done, not when every hand has looked: on a busy
 * machine a hand that gets no core holds up nobody, the caller does its parts. One caller at a time.
 */
public final class Hands implements Crew, AutoCloseable {
    private static final int SPINS = 20_000;

    private final Thread[] others;
    private volatile Round round = new Round(0, 0, part -> {});
    private volatile boolean closed;

    /** One sweep. A hand that comes late finds no part left in it and goes on to the newest. */
    private static final class Round {
        final int number;
        final int parts;
        final IntConsumer work;
        final AtomicInteger next = new AtomicInteger();
        final AtomicInteger open;
        final AtomicReference<@Nullable Throwable> failed = new AtomicReference<>();

        Round(int number, int parts, IntConsumer work) {
            this.number = number;
            this.parts = parts;
            this.work = work;
            open = new AtomicInteger(parts);
        }

        void take() {
            for (var part = next.getAndIncrement(); part < parts; part = next.getAndIncrement()) {
                try {
                    work.accept(part);
                } catch (Throwable wrong) {
                    failed.set(wrong);
                }
                open.decrementAndGet();
            }
        }

        void complain() {
            var wrong = failed.get();
            if (wrong != null) {
                throw new IllegalStateException("a part of a sweep failed: " + wrong, wrong);
            }
        }
    }

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
        if (count <= 1) {
            if (count == 1) {
                part.accept(0);
            }
            return;
        }
        var mine = new Round(round.number + 1, count, part);
        round = mine;
        for (var other : others) {
            LockSupport.unpark(other);
        }
        mine.take();
        for (var spins = 0; mine.open.get() > 0; spins++) {
            rest(spins, 50_000);
        }
        mine.complain();
    }

    private void serve() {
        var seen = 0;
        while (!closed) {
            for (var spins = 0; round.number == seen && !closed; spins++) {
                rest(spins, 1_000_000);
            }
            var now = round;
            seen = now.number;
            now.take();
        }
    }

    private static void rest(int spins, long park_ns) {
        if (spins < SPINS) {
            Thread.onSpinWait();
        } else {
            LockSupport.parkNanos(park_ns);
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
