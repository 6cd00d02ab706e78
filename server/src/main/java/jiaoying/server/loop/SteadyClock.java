package jiaoying.server.loop;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The clock by which a room lives (值守时钟): the machine's, except that it never goes back and never stands still. When the
 * machine's clock is set back, ladders would wait for a time that had been before and nobody would be called; this one goes on by
 * the machine's own count of time, a tenth slower, until the two agree again. May be asked from any thread.
 */
public final class SteadyClock implements InstantSource {
    private static final int SLOWER = 10;

    private final InstantSource machine;
    private final LongSupplier nanos;
    private Instant shown;
    private long count;

    /** @param nanos the machine's own count of time, which never jumps */
    public SteadyClock(InstantSource machine, LongSupplier nanos) {
        this.machine = machine;
        this.nanos = nanos;
        shown = machine.instant();
        count = nanos.getAsLong();
    }

    public static SteadyClock ofMachine() {
        return new SteadyClock(InstantSource.system(), System::nanoTime);
    }

    @Override
    public synchronized Instant instant() {
        long now = nanos.getAsLong();
        long passed = Math.max(0, now - count);
        count = now;
        return shown = later(machine.instant(), shown.plusNanos(passed - passed / SLOWER));
    }

    /** A room was heard of then: from now on this clock is not before it. */
    public synchronized void resume(Instant lastRecorded) {
        shown = later(instant(), lastRecorded);
    }

    /** How far it is ahead of the machine's clock. */
    public Duration ahead() {
        return Duration.between(machine.instant(), instant());
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
