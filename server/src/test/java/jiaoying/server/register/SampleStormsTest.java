package jiaoying.server.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** The recorded storms: complete, in order, and where they are said to lie once moved to the sample city. */
class SampleStormsTest {
    private static final Path STORMS = Path.of("../samples/storms");

    private record Rain(String end, String station, BigDecimal mm) {}

    @Test
    void harvey_keeps_every_zero_and_its_broken_gauge() throws Exception {
        var rain = rain("harvey2017");

        assertThat(rain).hasSize(216_000);
        assertThat(rain.getFirst().end()).isEqualTo("2017-08-25T05:05:00Z");
        assertThat(rain.getLast().end()).isEqualTo("2017-08-30T05:00:00Z");
        assertThat(rain).extracting(Rain::end).isSorted();
        assertThat(rain).contains(new Rain("2017-08-27T12:25:00Z", "520", new BigDecimal("100.58")));
        assertThat(total(rain)).isEqualByComparingTo("128315.42");
    }

    @Test
    void harvey_puts_31_gauges_into_the_city_and_at_least_two_into_each_town() throws Exception {
        var towns = towns("harvey2017", 121.05, 30.71);

        assertThat(towns)
                .hasSize(9)
                .allSatisfy((town, gauges) -> assertThat(gauges).isGreaterThanOrEqualTo(2));
        assertThat(towns.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(31);
    }

    @Test
    void gothenburg_is_one_day_of_minutes_with_all_ten_gauges_in_the_city() throws Exception {
        var rain = rain("gothenburg2015");

        assertThat(rain).hasSize(14_400).extracting(Rain::end).isSorted();
        assertThat(total(rain)).isEqualByComparingTo("249.8");
        assertThat(towns("gothenburg2015", 121.15, 30.70).values().stream()
                        .mapToInt(Integer::intValue)
                        .sum())
                .isEqualTo(10);
    }

    private static BigDecimal total(List<Rain> rain) {
        return rain.stream().map(Rain::mm).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static List<Rain> rain(String storm) throws Exception {
        var rain = new ArrayList<Rain>();
        try (var in = new GZIPInputStream(new FileInputStream(
                        STORMS.resolve(storm).resolve("rain.csv.gz").toFile()));
                var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).isEqualTo("end_time_utc,station,mm");
            lines.lines()
                    .map(line -> line.split(","))
                    .forEach(cells -> rain.add(new Rain(cells[0], cells[1], new BigDecimal(cells[2]))));
        }
        return rain;
    }

    /** Gauges in each town, when the mean of their positions is moved to the target named in storm.yaml. */
    private static Map<String, Integer> towns(String storm, double lon, double lat) throws Exception {
        assertThat(Files.readString(STORMS.resolve(storm).resolve("storm.yaml")))
                .contains("  to: [%.2f, %.2f]\n  scale: 1.0\n".formatted(lon, lat));
        var stations = Csv.read(Files.readString(STORMS.resolve(storm).resolve("stations.csv")));
        var positions = stations.subList(1, stations.size()).stream()
                .map(row -> new double[] {
                    Double.parseDouble(row.cells().get(3)),
                    Double.parseDouble(row.cells().get(2))
                })
                .toList();
        var middleLon = positions.stream().mapToDouble(p -> p[0]).average().orElseThrow();
        var middleLat = positions.stream().mapToDouble(p -> p[1]).average().orElseThrow();
        var stretch = Math.cos(Math.toRadians(middleLat)) / Math.cos(Math.toRadians(lat));
        var locator = AreaLocator.read(SampleCityTest.CITY.resolve("areas.geojson"));
        var towns = new TreeMap<String, Integer>();
        for (var p : positions) {
            locator.areaOf(lon + (p[0] - middleLon) * stretch, lat + p[1] - middleLat)
                    .ifPresent(town -> towns.merge(town, 1, Integer::sum));
        }
        return towns;
    }
}
