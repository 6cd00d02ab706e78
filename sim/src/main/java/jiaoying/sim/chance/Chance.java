package jiaoying.sim.chance;

import java.time.Duration;

/** Seeded chance: the same seed and words always give the same draws, whatever was drawn elsewhere. */
public final class Chance {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    private long state;

    private Chance(long state) {
        this.state = state;
    }

    public static Chance of(long seed, String... words) {
        var hash = FNV_OFFSET;
        for (var word : words) {
            for (int i = 0; i < word.length(); i++) {
                hash = (hash ^ word.charAt(i)) * FNV_PRIME;
            }
            hash = (hash ^ 0xffff) * FNV_PRIME;
        }
        return new Chance(mixed(seed + GOLDEN_GAMMA) ^ mixed(hash));
    }

    /** The next draw, at least 0 and below 1. */
    public double share() {
        state += GOLDEN_GAMMA;
        return (mixed(state) >>> 11) * 0x1.0p-53;
    }

    /** True for this share of all draws: never for 0, always for 1. */
    public boolean falls(double share) {
        return share() < share;
    }

    /** Whole seconds between the two, both included. */
    public Duration seconds(int from, int to) {
        return Duration.ofSeconds(from + (long) (share() * (to - from + 1)));
    }

    /** SplitMix64 (Steele, Lea, Flood 2014). */
    private static long mixed(long z) {
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
