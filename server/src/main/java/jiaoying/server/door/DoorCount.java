package jiaoying.server.door;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** Counts what came in at a door that has no connections of its own. May be used from any thread. */
public final class DoorCount {
    private final String door;
    private final String where;
    private final InstantSource clock;
    private final LongAdder good = new LongAdder();
    private final Faults faults = new Faults();
    private volatile Optional<Instant> lastAt = Optional.empty();

    /** @param where path or address that people use */
    public DoorCount(String door, String where, InstantSource clock) {
        this.door = door;
        this.where = where;
        this.clock = clock;
    }

    public void good() {
        good.increment();
        lastAt = Optional.of(clock.instant());
    }

    /** @param kind a fixed word, never anything that came from outside */
    public void fault(String kind) {
        faults.count(kind);
    }

    public DoorHealth health() {
        return health(true, 0);
    }

    public DoorHealth health(boolean open, int connections) {
        return new DoorHealth(door, open, where, connections, good.sum(), lastAt, faults.counts(), List.of());
    }
}
