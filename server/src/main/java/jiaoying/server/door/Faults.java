package jiaoying.server.door;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what went wrong at a door, by kind. May be used from any thread. */
public final class Faults {
    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    /** @param kind a fixed word, never anything that came from outside */
    public void count(String kind) {
        counts.computeIfAbsent(kind, _ -> new LongAdder()).increment();
    }

    public Map<String, Long> counts() {
        var all = new TreeMap<String, Long>();
        counts.forEach((kind, count) -> all.put(kind, count.sum()));
        return all;
    }
}
