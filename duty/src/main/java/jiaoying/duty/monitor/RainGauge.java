package jiaoying.duty.monitor;

import java.time.Duration;
import java.util.Arrays;

/**
 * Rain of one station over sliding windows, exact whatever the order in which readings come.
 *
 * <p>A ring of minutes holds the rain that fell in the interval ending at that minute. One running sum per window is kept
 * for the minute {@code end}; moving on adds the minute that enters and takes off the one that leaves, a late reading is
 * added to the windows that still contain its minute. Sums are whole thousandths of a millimetre, so order cannot matter.
 * Of two values for the same minute the larger stands.
 */
public final class RainGauge {
    /** The windows in minutes: half an hour for "may continue", then 1, 3, 6, 12 and 24 h. */
    static final int[] WINDOWS = {30, 60, 180, 360, 720, 1440};

    /** A reading may lie this many minutes ahead of {@code end}; it counts once {@code end} has come there. */
    static final int AHEAD_MAX = 60;

    private static final int LONGEST = 1440;
    private static final int MASK = 2047;
    private static final int EMPTY = -1;

    private final int[] minutes = new int[MASK + 1];
    private final long[] sums = new long[WINDOWS.length];
    private long end;
    private long latest = Long.MIN_VALUE;

    /** @param end minute (since the epoch) for which sums are wanted first */
    public RainGauge(long end) {
        this.end = end;
        Arrays.fill(minutes, EMPTY);
    }

    /** What a reading means beside those already held. */
    public enum Fit {
        NEW,
        REPEATED,
        /** Another value stands for the same minute; the larger of both counts. */
        CONFLICTING,
        /** Too old for any window. */
        PAST
    }

    public long end() {
        return end;
    }

    /** The latest minute held, or Long.MIN_VALUE while there is none. */
    public long latest() {
        return latest;
    }

    public Fit fit(long minute, long milli) {
        if (minute <= end - LONGEST) {
            return Fit.PAST;
        }
        var held = held(minute);
        if (held == EMPTY) {
            return Fit.NEW;
        }
        return held == milli ? Fit.REPEATED : Fit.CONFLICTING;
    }

    /** Keeps a reading. @param minute at most {@link #AHEAD_MAX} ahead of {@link #end()} */
    public void keep(long minute, long milli) {
        assert minute <= end + AHEAD_MAX : "minute " + minute + " is ahead of " + end;
        if (minute <= end - LONGEST) {
            return;
        }
        var held = held(minute);
        if (held >= milli) {
            return;
        }
        minutes[index(minute)] = Math.toIntExact(milli);
        latest = Math.max(latest, minute);
        var more = milli - Math.max(held, 0);
        for (var w = 0; w < WINDOWS.length; w++) {
            if (minute <= end && minute > end - WINDOWS[w]) {
                sums[w] += more;
            }
        }
    }

    /** Whether the last so many values held are the same and more than {@code aboveMilli}. */
    boolean isStuck(int times, long aboveMilli) {
        if (times == 0 || latest <= end - LONGEST || held(latest) <= aboveMilli) {
            return false;
        }
        var equal = 0;
        for (var minute = latest; minute > end - LONGEST; minute--) {
            var value = held(minute);
            if (value != EMPTY && value != held(latest)) {
                return false;
            }
            equal += value == EMPTY ? 0 : 1;
            if (equal == times) {
                return true;
            }
        }
        return false;
    }

    /** Moves the windows on; never back. */
    public void moveTo(long minute) {
        if (minute - end >= LONGEST + AHEAD_MAX) {
            Arrays.fill(minutes, EMPTY);
            Arrays.fill(sums, 0);
            end = minute;
            return;
        }
        while (end < minute) {
            var next = end + 1;
            for (var w = 0; w < WINDOWS.length; w++) {
                sums[w] += rain(next) - rain(next - WINDOWS[w]);
            }
            end = next;
            minutes[index(end - LONGEST)] = EMPTY;
        }
    }

    /** Rain over a window ending at {@link #end()}. @param window index into the windows, see {@link #windowIndex} */
    public long sum(int window) {
        return sums[window];
    }

    /** What {@link #sum} would be at {@code minute}, without moving there. @param minute not before {@link #end()} */
    public long sumAt(int window, long minute) {
        var width = WINDOWS[window];
        if (minute - end >= LONGEST + AHEAD_MAX) {
            return 0;
        }
        var sum = sums[window];
        for (var m = end + 1; m <= minute; m++) {
            sum += rain(m) - rain(m - width);
        }
        return sum;
    }

    /** By how much a reading that is not kept yet would raise the window ending at {@code end}. */
    long gain(int window, long end, long minute, long milli) {
        if (minute > end || minute <= end - WINDOWS[window]) {
            return 0;
        }
        return Math.max(0, milli - rain(minute));
    }

    static int windowIndex(Duration window) {
        var index = Arrays.binarySearch(WINDOWS, (int) window.toMinutes());
        if (index < 0) {
            throw new IllegalArgumentException("Window must be one of 30 min, 1, 3, 6, 12, 24 h, not " + window);
        }
        return index;
    }

    private long rain(long minute) {
        return Math.max(held(minute), 0);
    }

    private int held(long minute) {
        return minute <= end - LONGEST || minute > end + AHEAD_MAX ? EMPTY : minutes[index(minute)];
    }

    private static int index(long minute) {
        return (int) (minute & MASK);
    }
}
