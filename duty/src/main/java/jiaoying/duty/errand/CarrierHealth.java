package jiaoying.duty.errand;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How well one carrier brings what it takes (承运方健康), and what part of the work it should therefore get. Folded from what was
 * handed to it and what it told afterwards; times come in as arguments, not before one another. For one thread.
 *
 * <p>A carrier that takes errands and tells of none of them (a black hole, 黑洞) gets nothing more, and what it swallowed is to go
 * another way. It comes back by a probe that it tells of, and then by and by.
 */
public final class CarrierHealth {
    /** Fewer silent errands may all be phones that are off. */
    static final int SILENT_LEAST = 5;

    /** While it is silent it gets one errand, or the canary, in this span. */
    public static final Duration PROBE_EVERY = Duration.ofSeconds(60);

    /** A carrier that was silent begins with this part of its weight, and gets as much more in each {@link #STEP}. */
    static final double BACK = 0.1;

    static final Duration STEP = Duration.ofMinutes(1);

    private static final double AFTER_FAILURE = 0.7;
    private static final double LEAST = 0.05;
    private static final int JUDGED = 50;
    private static final int JUDGED_LEAST = 20;
    private static final double GOOD_RATE = 0.8;
    private static final int OUTSTANDING_MOST = 100_000;
    private static final int EARLY_MOST = 1_000;

    private final Duration silence;
    private final LinkedHashMap<String, Instant> outstanding = new LinkedHashMap<>();
    private final LinkedHashMap<String, Boolean> early = new LinkedHashMap<>();
    private final Deque<Boolean> judged = new ArrayDeque<>();
    private Instant lastHeardOf = Instant.MIN;
    private Instant silentSince = Instant.MAX;
    private Instant probedAt = Instant.MIN;
    private Instant driftFrom = Instant.MIN;
    private double drift = 1;
    private boolean silent;

    /** @param silence after which an errand of which nothing was told counts as swallowed; texts 120 s, calls 30 s */
    public CarrierHealth(Duration silence) {
        this.silence = silence;
    }

    /** It took an errand, or a canary. What it told of it before it answered (a receipt may be faster) is not waited for. */
    public void handed(String key, Instant at) {
        var told = early.remove(key);
        if (told != null && !silent) {
            judge(told);
            lastHeardOf = at.isAfter(lastHeardOf) ? at : lastHeardOf;
            return;
        }
        outstanding.remove(key);
        outstanding.put(key, at);
        if (outstanding.size() > OUTSTANDING_MOST) {
            outstanding.pollFirstEntry();
        }
    }

    /** It told of an errand. @param arrived whether that reached the person */
    public void told(String key, boolean arrived, Instant at) {
        var handed = Optional.ofNullable(outstanding.remove(key));
        if (handed.isEmpty()) {
            tellsEarly(key, arrived);
        }
        handed.ifPresent(then -> {
            judge(arrived);
            lastHeardOf = then.isAfter(lastHeardOf) ? then : lastHeardOf;
            if (silent && !then.isBefore(silentSince)) {
                silent = false;
                drift = BACK;
                driftFrom = at;
            }
        });
    }

    /** Also what is told twice comes here, so only the latest are kept. */
    private void tellsEarly(String key, boolean arrived) {
        early.put(key, arrived);
        if (early.size() > EARLY_MOST) {
            early.pollFirstEntry();
        }
    }

    /** It could not take an errand, or nobody knows whether it did. One failure does not turn everything away from it. */
    public void failed(Instant at) {
        drift = Math.max(LEAST, driftedTo(at) * AFTER_FAILURE);
        driftFrom = at;
    }

    private void judge(boolean arrived) {
        judged.addLast(arrived);
        if (judged.size() > JUDGED) {
            judged.removeFirst();
        }
    }

    /** Looks whether it has fallen silent. @return true from then on until it tells of something handed to it later */
    public boolean silent(Instant now) {
        if (!silent && swallowed(now).size() >= SILENT_LEAST) {
            silent = true;
            silentSince = now;
            probedAt = now;
        }
        return silent;
    }

    /** Handed to it after the last one of which anything was heard, and long ago. */
    private List<String> swallowed(Instant now) {
        var keys = new ArrayList<String>();
        for (Map.Entry<String, Instant> one : outstanding.entrySet()) {
            if (one.getValue().isAfter(lastHeardOf)
                    && !one.getValue().plus(silence).isAfter(now)) {
                keys.add(one.getKey());
            }
        }
        return keys;
    }

    /** What a silent carrier swallowed and what must go another way; each key once. Empty while it is not silent. */
    public List<String> overtaken(Instant now) {
        if (!silent(now)) {
            return List.of();
        }
        var keys = swallowed(now);
        keys.forEach(key -> {
            outstanding.remove(key);
            judge(false);
        });
        return keys;
    }

    /** Whether a silent carrier is to be tried again; then says no until {@link #PROBE_EVERY} later. */
    public boolean probe(Instant now) {
        if (!silent(now) || now.isBefore(probedAt.plus(PROBE_EVERY))) {
            return false;
        }
        probedAt = now;
        return true;
    }

    /** What part of its weight it should get, 0 while it is silent, at most 1. */
    public double share(Instant now) {
        return silent(now) ? 0 : driftedTo(now) * rate();
    }

    private double driftedTo(Instant now) {
        if (drift >= 1) {
            return 1;
        }
        var steps = Math.max(0, Duration.between(driftFrom, now).toMillis()) / (double) STEP.toMillis();
        return Math.min(1, drift + BACK * steps);
    }

    /** Receipts that say that it arrived, of the last ones; 1 from four of five on. */
    private double rate() {
        if (judged.size() < JUDGED_LEAST) {
            return 1;
        }
        return Math.max(LEAST, Math.min(1, arrived() / (GOOD_RATE * judged.size())));
    }

    /** Of how many of the last errands it told, at most {@link #JUDGED}. */
    public int told() {
        return judged.size();
    }

    /** How many of these reached the person. */
    public int arrived() {
        return (int) judged.stream().filter(arrived -> arrived).count();
    }

    /** Handed over and not told of yet. */
    public int waiting() {
        return outstanding.size();
    }
}
