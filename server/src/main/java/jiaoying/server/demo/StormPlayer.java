package jiaoying.server.demo;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jiaoying.duty.measure.Reading;
import jiaoying.duty.room.Arrival;
import jiaoying.server.replay.StationNames;
import jiaoying.sim.storm.Observation;
import jiaoying.sim.storm.Storm;
import jiaoying.sim.storm.StormStep;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * The stations of a storm: report each step to the server's door when the demonstration's clock has come to its end. As data
 * loggers do, they keep what was not acknowledged: after a restart they go on with the last step that was.
 */
final class StormPlayer implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(StormPlayer.class);

    /** Where nobody remembers what was acknowledged, steps of this span are sent again; what came twice counts once. */
    private static final Duration SENT_AGAIN = Duration.ofMinutes(30);

    private static final Duration LOOK_EVERY = Duration.ofMillis(200);
    private static final Duration TRY_AGAIN = Duration.ofMillis(500);

    private final Storm storm;
    private final DemoClock clock;
    private final ServerDoor door;
    private final StationNames stations;
    private final Path memory;

    /** @param memory file with the end of the last step that was acknowledged */
    StormPlayer(Storm storm, DemoClock clock, ServerDoor door, Path memory) {
        this.memory = memory;
        this.storm = storm;
        this.clock = clock;
        this.door = door;
        stations = new StationNames(storm);
    }

    /** What the stations reported in the day before a time, as one arrival: a room begins with full windows. */
    static Arrival.Readings before(Storm storm, Instant at) {
        var stations = new StationNames(storm);
        var readings = new ArrayList<Reading>();
        for (var step : storm.steps()) {
            if (!step.end().isAfter(at) && step.end().isAfter(at.minus(Duration.ofHours(24)))) {
                step.observations().forEach(seen -> readings.add(stations.reading(seen)));
            }
        }
        return new Arrival.Readings("storm", readings, List.of());
    }

    @Override
    public void run() {
        try {
            var from = remembered().orElseGet(() -> clock.instant().minus(SENT_AGAIN));
            for (var step : storm.steps()) {
                if (!step.end().isBefore(from)) {
                    waitFor(step.end());
                    report(step);
                    remember(step.end());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** In short sleeps, since the clock's speed may change. */
    private void waitFor(Instant end) throws InterruptedException {
        for (var ahead = clock.waitFor(end); ahead.isPositive(); ahead = clock.waitFor(end)) {
            Thread.sleep(ahead.compareTo(LOOK_EVERY) < 0 ? ahead : LOOK_EVERY);
        }
    }

    private Optional<Instant> remembered() {
        try {
            return Optional.of(Instant.parse(Files.readString(memory).strip()));
        } catch (IOException | DateTimeParseException none) {
            return Optional.empty();
        }
    }

    private void remember(Instant end) {
        try {
            var fresh = memory.resolveSibling(memory.getFileName() + ".new");
            Files.writeString(fresh, end + "\n");
            Files.move(fresh, memory, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOG.warn("The stations cannot write {}; after a restart they send some steps again", memory, e);
        }
    }

    private void report(StormStep step) throws InterruptedException {
        var body = JsonMapper.shared().writeValueAsString(Map.of("readings", rows(step)));
        while (true) {
            try {
                int status = door.json("/api/readings", body);
                if (status >= 400) {
                    LOG.warn(
                            "The door for readings refused the step of {} with status {}; the storm goes on",
                            step.end(),
                            status);
                }
                return;
            } catch (IOException away) {
                Thread.sleep(TRY_AGAIN);
            }
        }
    }

    private List<Map<String, String>> rows(StormStep step) {
        return step.observations().stream().map(this::row).toList();
    }

    private Map<String, String> row(Observation seen) {
        var row = new LinkedHashMap<String, String>();
        row.put("station", stations.station(seen));
        row.put("quantity", seen.quantity());
        row.put("value", BigDecimal.valueOf(seen.milli(), 3).toPlainString());
        row.put("unit", StationNames.quantity(seen).unit());
        row.put("observed_at", seen.at().toString());
        return row;
    }
}
