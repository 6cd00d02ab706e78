package jiaoying.server.replay;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import jiaoying.duty.measure.Quantity;
import jiaoying.duty.measure.Reading;
import jiaoying.sim.storm.Gauge;
import jiaoying.sim.storm.Observation;
import jiaoying.sim.storm.Storm;

/** The stations of a storm as the register knows them: one quantity, one station. */
public final class StationNames {
    private final Map<String, Gauge> gauges;

    public StationNames(Storm storm) {
        gauges = storm.gauges().stream().collect(Collectors.toMap(Gauge::id, gauge -> gauge));
    }

    /** Id of the station that measured this; a station the storm does not name keeps the id it came with. */
    public String station(Observation seen) {
        return Optional.ofNullable(gauges.get(seen.station()))
                .map(gauge -> station(gauge, seen.quantity()))
                .orElse(seen.station());
    }

    public Reading reading(Observation seen) {
        return new Reading(station(seen), quantity(seen), seen.milli(), seen.at(), false);
    }

    public static Quantity quantity(Observation seen) {
        return Quantity.find(seen.quantity()).orElseThrow();
    }

    static String station(Gauge gauge, String quantity) {
        return gauge.kind().equals(quantity) ? gauge.id() : gauge.id() + "-" + quantity;
    }
}
