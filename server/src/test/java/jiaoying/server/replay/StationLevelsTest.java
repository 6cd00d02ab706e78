package jiaoying.server.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import jiaoying.duty.call.CallPlan;
import jiaoying.duty.monitor.Quality;
import jiaoying.duty.monitor.RainCriteria;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.room.Rules;
import jiaoying.duty.station.StationFact.StationRegistered;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StationLevelsTest {
    private static final Instant START = Instant.parse("2017-08-27T06:00:00Z");
    private static final Rules RULES = new Rules(
            List.of(new RainCriteria(
                    "test",
                    "1",
                    "rainstorm",
                    List.of(
                            new RainCriteria.Rule(SignalColor.ORANGE, 3, 50_000),
                            new RainCriteria.Rule(SignalColor.RED, 3, 100_000)),
                    1_000,
                    Duration.ofMinutes(30),
                    80,
                    Duration.ofMinutes(60),
                    "test")),
            Quality.only(List.of(new Quality.GrossLimit(5, 63_000)), Duration.ofMinutes(30)),
            new CallPlan("test", "1", Map.of(), Map.of(), "test"));

    @TempDir
    private Path folder;

    @Test
    void each_station_has_a_level_of_its_own_and_changes_are_counted_per_station() throws IOException {
        Files.writeString(folder.resolve("storm.yaml"), "name: x\nrain: {step_min: 5, zeros: kept}\n");
        Files.writeString(folder.resolve("stations.csv"), "id,name,lat,lon\na,A,30,120\nb,B,30,120\n");
        var rows = new StringBuilder("end_time_utc,station,mm\n");
        for (int step = 1; step <= 120; step++) {
            var at = START.plusSeconds(300L * step);
            rows.append("%s,a,%d\n%s,b,0\n".formatted(at, step <= 12 ? 10 : 0, at));
        }
        Files.writeString(folder.resolve("rain.csv"), rows);
        var register = List.of(station("a", "rain"), station("b", "rain"), station("c", "level"));
        // a: orange, red, then calm again; b: never anything; c measures no rain.
        assertThat(StationLevels.changesPerStation(StormYaml.read(folder), register, RULES))
                .isEqualTo(1.5);
        assertThat(StationLevels.changesPerStation(StormYaml.read(folder), List.of(), RULES))
                .isZero();
    }

    private static StationRegistered station(String id, String kind) {
        return new StationRegistered(id, id, kind, 121, 30, "", 5);
    }
}
