package jiaoying.sim.storm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class StormOrderProperties {
    @Property(tries = 30)
    void shuffled_rows_give_the_same_storm(
            @ForAll List<@IntRange(max = 200) Integer> steps, @ForAll Random random, @ForAll boolean omitted)
            throws IOException {
        var rows = new ArrayList<>(List.of("2017-08-27T06:00:00Z,a,1"));
        for (var step : steps) {
            rows.add("%s,%s,%d"
                    .formatted(
                            Instant.parse("2017-08-27T06:00:00Z").plusSeconds(300L * step),
                            step % 2 == 0 ? "a" : "b",
                            step % 7));
        }
        var inOrder = read(rows, omitted);
        Collections.shuffle(rows, random);
        assertThat(read(rows, omitted)).isEqualTo(inOrder);
    }

    private static Storm read(List<String> rows, boolean omitted) throws IOException {
        Path folder = Files.createTempDirectory("storm");
        try {
            Files.writeString(folder.resolve("storm.yaml"), "");
            Files.writeString(folder.resolve("stations.csv"), "id,name,lat,lon\na,A,30,-95\nb,B,30.1,-95.1\n");
            Files.writeString(folder.resolve("rain.csv"), "end_time_utc,station,mm\n" + String.join("\n", rows));
            return StormFolder.read(
                    folder, Map.of("name", "x", "rain", Map.of("step_min", 5, "zeros", omitted ? "omitted" : "kept")));
        } finally {
            for (var file : List.of("storm.yaml", "stations.csv", "rain.csv", "")) {
                Files.delete(folder.resolve(file));
            }
        }
    }
}
