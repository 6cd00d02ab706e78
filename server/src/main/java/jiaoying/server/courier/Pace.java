package jiaoying.server.courier;

/**
 * How fast one account may send (流速): even steps, with a few at once after a pause. A carrier that says "too fast" makes the
 * steps twice as long, and each that follows a little shorter again. Moments and spans are nanoseconds of whatever clock the
 * caller has. May be called from any thread.
 */
public final class Pace {
    private static final long SECOND = 1_000_000_000L;
    private static final int SLOWEST = 16;
    private static final double EASE = 0.98;
    private static final int AT_ONCE_PART = 10; // a tenth of a second's worth

    private final long usual;
    private final long atOnce;
    private double step;
    private long next = Long.MIN_VALUE;

    /** @param perSecond at least 1 */
    public Pace(int perSecond) {
        usual = SECOND / perSecond;
        atOnce = SECOND / AT_ONCE_PART;
        step = usual;
    }

    /** Takes the next place. @return how long to wait for it, 0 or more */
    public synchronized long reserve(long now) {
        next = next == Long.MIN_VALUE ? now : Math.max(next, now - atOnce + (long) step);
        var wait = Math.max(0, next - now);
        next += (long) step;
        step = Math.max(usual, step * EASE);
        return wait;
    }

    /** The carrier said that this was too fast: nobody sends for one step, which is longer than before. */
    public synchronized void slower(long now) {
        step = Math.min(step * 2, (double) usual * SLOWEST);
        next = Math.max(next, now + Math.max((long) step, SECOND / 2));
    }

    /** Waits for the next place. */
    public void await() throws InterruptedException {
        var wait = reserve(System.nanoTime());
        if (wait > 0) {
            java.util.concurrent.TimeUnit.NANOSECONDS.sleep(wait);
        }
    }
}
