package jiaoying.duty.monitor;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Levels or depths of one station over the last day, by the time at which they were observed; the same whatever the order in
 * which they came. Which of them count follows from what is held: a jump that its neighbours in time take back never does.
 * Values are thousandths of the quantity's unit, times are seconds since the epoch.
 */
final class WaterGauge {
    private static final long KEPT_S = 25 * 3600;
    private static final int MOST = 4096;
    private static final byte SUSPECT = 0;
    private static final byte GOOD = 1;
    private static final byte ACCEPTED = 2;

    private long[] seconds = new long[16];
    private long[] values = new long[16];
    private byte[] ranks = new byte[16];
    private int size;

    /** What stands for a station. @param confirmed false when a newer value waits for a second reading */
    record Stand(long second, long milli, boolean confirmed) {
        Instant at() {
            return Instant.ofEpochSecond(second);
        }
    }

    WaterGauge copy() {
        var copy = new WaterGauge();
        copy.seconds = Arrays.copyOf(seconds, Math.max(size + 4, 16));
        copy.values = Arrays.copyOf(values, copy.seconds.length);
        copy.ranks = Arrays.copyOf(ranks, copy.seconds.length);
        copy.size = size;
        return copy;
    }

    RainGauge.Fit fit(long second, long milli) {
        var place = Arrays.binarySearch(seconds, 0, size, second);
        if (place < 0) {
            return RainGauge.Fit.NEW;
        }
        return values[place] == milli ? RainGauge.Fit.REPEATED : RainGauge.Fit.CONFLICTING;
    }

    void keep(long second, long milli, boolean suspect) {
        keep(second, milli, suspect ? SUSPECT : GOOD);
    }

    boolean isAccepted(long second) {
        var place = Arrays.binarySearch(seconds, 0, size, second);
        return place >= 0 && ranks[place] == ACCEPTED;
    }

    /** An officer took it for true. */
    void accept(long second, long milli) {
        keep(second, milli, ACCEPTED);
    }

    /** Of two values for the same moment the more trusted stands, then the larger. */
    private void keep(long second, long milli, byte rank) {
        var place = Arrays.binarySearch(seconds, 0, size, second);
        if (place >= 0) {
            if (rank > ranks[place] || (rank == ranks[place] && milli > values[place])) {
                values[place] = milli;
                ranks[place] = rank;
            }
            return;
        }
        if (size > 0 && second < seconds[size - 1] - KEPT_S) {
            return;
        }
        insert(-place - 1, second, milli, rank);
        var old = Arrays.binarySearch(seconds, 0, size, seconds[size - 1] - KEPT_S);
        drop(Math.max(old < 0 ? -old - 1 : old, size - MOST));
    }

    private void insert(int place, long second, long milli, byte rank) {
        if (size == seconds.length) {
            seconds = Arrays.copyOf(seconds, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
            ranks = Arrays.copyOf(ranks, 2 * size);
        }
        System.arraycopy(seconds, place, seconds, place + 1, size - place);
        System.arraycopy(values, place, values, place + 1, size - place);
        System.arraycopy(ranks, place, ranks, place + 1, size - place);
        seconds[place] = second;
        values[place] = milli;
        ranks[place] = rank;
        size++;
    }

    private void drop(int count) {
        if (count <= 0) {
            return;
        }
        System.arraycopy(seconds, count, seconds, 0, size - count);
        System.arraycopy(values, count, values, 0, size - count);
        System.arraycopy(ranks, count, ranks, 0, size - count);
        size -= count;
    }

    /** The newest value that counts, after {@code since}. */
    Optional<Stand> stand(long since, Quality.Water water) {
        for (var i = size - 1; i >= 0 && seconds[i] > since; i--) {
            if (counts(i, water)) {
                return Optional.of(new Stand(seconds[i], values[i], i == newest()));
            }
        }
        return Optional.empty();
    }

    private int newest() {
        return before(size).orElse(-1);
    }

    private boolean counts(int i, Quality.Water water) {
        return ranks[i] == ACCEPTED || (ranks[i] == GOOD && !isSpike(i, water) && !isUnconfirmed(i, water));
    }

    /** A jump that the next reading took back. */
    private boolean isSpike(int i, Quality.Water water) {
        var before = before(i);
        var after = after(i);
        if (before.isEmpty() || after.isEmpty()) {
            return false;
        }
        var up = values[i] - values[before.getAsInt()];
        var down = values[i] - values[after.getAsInt()];
        return Math.min(Math.abs(up), Math.abs(down)) > water.spikeMilli()
                && (up > 0) == (down > 0)
                && near(before.getAsInt(), i, water)
                && near(i, after.getAsInt(), water);
    }

    /** A jump upwards after which nothing has come yet. */
    private boolean isUnconfirmed(int i, Quality.Water water) {
        var before = before(i);
        return after(i).isEmpty()
                && before.isPresent()
                && values[i] - values[before.getAsInt()] > water.spikeMilli()
                && near(before.getAsInt(), i, water);
    }

    private boolean near(int one, int other, Quality.Water water) {
        return seconds[other] - seconds[one] <= water.spikeWithin().toSeconds();
    }

    private OptionalInt before(int i) {
        for (var j = i - 1; j >= 0; j--) {
            if (ranks[j] != SUSPECT) {
                return OptionalInt.of(j);
            }
        }
        return OptionalInt.empty();
    }

    private OptionalInt after(int i) {
        for (var j = i + 1; j < size; j++) {
            if (ranks[j] != SUSPECT) {
                return OptionalInt.of(j);
            }
        }
        return OptionalInt.empty();
    }

    /** The spike that a reading at that second has just shown to be one. */
    Optional<Stand> spikeBefore(long second, Quality.Water water) {
        var place = Arrays.binarySearch(seconds, 0, size, second);
        var before = place < 0 ? OptionalInt.empty() : before(place);
        return before.isPresent() && ranks[before.getAsInt()] == GOOD && isSpike(before.getAsInt(), water)
                ? Optional.of(new Stand(seconds[before.getAsInt()], values[before.getAsInt()], false))
                : Optional.empty();
    }

    /** Whether a value would have changed faster than water can since the last one believed, not older than {@code since}. */
    boolean isTooFast(long since, long second, long milli, Quality.Water water) {
        for (var j = size - 1; j >= 0 && seconds[j] > since; j--) {
            if (seconds[j] < second && ranks[j] != SUSPECT) {
                return Math.abs(milli - values[j]) * 60 > water.rateMilli() * Math.max(60, second - seconds[j]);
            }
        }
        return false;
    }

    /** How much higher a value stands than the lowest that counts within the span before it. */
    long rise(Stand stand, long withinS, Quality.Water water) {
        var lowest = stand.milli();
        for (var i = size - 1; i >= 0 && seconds[i] >= stand.second() - withinS; i--) {
            if (seconds[i] < stand.second() && counts(i, water)) {
                lowest = Math.min(lowest, values[i]);
            }
        }
        return stand.milli() - lowest;
    }

    /** A step faster than water, within the last hours and after {@code since}, which everything since has kept. @return its size */
    Optional<Long> step(long since, long now, Quality.Water water) {
        var from = Math.max(since, now - water.stepHold().toSeconds() - 7200);
        for (var i = size - 1; i > 0 && seconds[i] > from; i--) {
            var step = values[i] - values[i - 1];
            if (Math.abs(step) * 60 > water.rateMilli() * Math.max(60, seconds[i] - seconds[i - 1])) {
                return seconds[size - 1] - seconds[i] >= water.stepHold().toSeconds() && keeps(i, Math.abs(step) / 2)
                        ? Optional.of(step)
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private boolean keeps(int i, long within) {
        for (var j = i + 1; j < size; j++) {
            if (Math.abs(values[j] - values[i]) > within) {
                return false;
            }
        }
        return true;
    }

    /** Whether the value has not moved over the span up to the newest, told at least six times. */
    boolean isFlat(long now, long spanS) {
        var equal = 0;
        for (var i = size - 1; i >= 0 && seconds[i] > now - 24 * 3600; i--) {
            if (values[i] != values[size - 1]) {
                return false;
            }
            equal++;
            if (seconds[size - 1] - seconds[i] >= spanS) {
                return equal >= 6;
            }
        }
        return false;
    }

    /** The newest value, whether it counts or not. */
    Optional<Stand> last() {
        return size == 0 ? Optional.empty() : Optional.of(new Stand(seconds[size - 1], values[size - 1], true));
    }
}
