package jiaoying.server.door;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import jiaoying.duty.room.Arrival;

/** Counts what came in at a door that has no connections of its own. May be used from any thread. */
public final class DoorCount {
    private static final int MOST_STATIONS = 10_000;

    private final String door;
    private final String where;
    private final InstantSource clock;
    private final LongAdder good = new LongAdder();
    private final Faults faults = new Faults();
    private volatile Optional<Instant> lastAt = Optional.empty();

    /** By station, the one heard last at the end. */
    private final Map<String, Heard> heard = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Heard> eldest) {
            return size() > MOST_STATIONS;
        }
    };

    private record Heard(Instant at, long readings) {}

    /** @param where path or address that people use */
    public DoorCount(String door, String where, InstantSource clock) {
        this.door = door;
        this.where = where;
        this.clock = clock;
    }

    /** A message came. */
    public void good() {
        good.increment();
        lastAt = Optional.of(clock.instant());
    }

    /** A message came, with readings of these stations, each as often as it is named. */
    public void good(Arrival.Readings message) {
        good();
        var now = clock.instant();
        synchronized (heard) {
            message.readings()
                    .forEach(reading -> heard.merge(
                            reading.station(),
                            new Heard(now, 1),
                            (before, one) -> new Heard(now, before.readings() + 1)));
        }
    }

    /** @param kind a fixed word, never anything that came from outside */
    public void fault(String kind) {
        faults.count(kind);
    }

    public DoorHealth health() {
        return health(true, 0);
    }

    public DoorHealth health(boolean open, int connections) {
        return new DoorHealth(door, open, where, connections, good.sum(), lastAt, faults.counts(), stations());
    }

    private List<DoorHealth.Station> stations() {
        var all = new ArrayList<DoorHealth.Station>();
        synchronized (heard) {
            heard.forEach((id, last) -> all.add(
                    new DoorHealth.Station(id, Optional.of(id), last.at(), last.readings(), 0, Optional.empty(), "")));
        }
        return all.reversed();
    }
}
