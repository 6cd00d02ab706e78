package jiaoying.server.door.sl651;

import java.time.Duration;

/** So much at once, so much a second in the long run (令牌桶). For one thread. */
final class Allowance {
    private final double most;
    private final double aSecond;
    private double left;
    private long at;

    /** @param now as System.nanoTime() */
    Allowance(double most, double aSecond, long now) {
        this.most = most;
        this.aSecond = aSecond;
        this.left = most;
        this.at = now;
    }

    /** Takes so much, though it may not be there yet. @return how long until it is */
    Duration take(double amount, long now) {
        left = Math.min(most, left + (now - at) / 1e9 * aSecond) - amount;
        at = now;
        return left >= 0 ? Duration.ZERO : Duration.ofNanos((long) (-left / aSecond * 1e9));
    }

    /** Takes one if it is there. */
    boolean tryTake(long now) {
        var lets = take(1, now).isZero();
        if (!lets) {
            left += 1;
        }
        return lets;
    }
}
