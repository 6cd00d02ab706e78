package jiaoying.sim.storm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StormFolderTest {
    private static final Map<String, Object> KEPT =
            Map.of("name", "drizzle", "title", "毛毛雨", "rain", Map.of("step_min", 5, "zeros", "kept"));
    private static final Map<String, Object> OMITTED =
            Map.of("name", "drizzle", "rain", Map.of("step_min", 5, "zeros", "omitted"));

    @TempDir
    private Path folder;

    @BeforeEach
    void a_small_storm() throws IOException {
        write("storm.yaml", "name: drizzle\n");
        write(
                "stations.csv",
                "\uFEFFid,name,lat,lon\n100,\"Clear Lake, 2nd \"\"Outlet\"\"\",29.5,-95.0\n105,Mary's Creek,29.6,-95.2\n");
        write("rain.csv", """
                end_time_utc,station,mm
                2017-08-27T06:10:00Z,105,1.02
                2017-08-27T06:05:00Z,105,0.00
                2017-08-27T06:05:00Z,100,2.036

                2017-08-27T06:10:00Z,100,0
                """);
    }

    @Test
    void rows_in_any_order_are_played_in_order_of_time_and_station() {
        assertThat(transcript(read(KEPT))).isEqualTo("""
                2017-08-27T06:05:00Z 100 rain 2036, 105 rain 0
                2017-08-27T06:10:00Z 100 rain 0, 105 rain 1020
                """);
        assertThat(read(KEPT).start()).hasToString("2017-08-27T06:00:00Z");
        assertThat(read(KEPT).end()).hasToString("2017-08-27T06:10:00Z");
    }

    @Test
    void quoted_names_and_a_byte_order_mark_are_read() {
        assertThat(read(KEPT).gauges())
                .extracting(Gauge::name)
                .containsExactly("Clear Lake, 2nd \"Outlet\"", "Mary's Creek");
    }

    @Test
    void a_packed_file_is_read_before_a_plain_one() throws IOException {
        pack("rain.csv.gz", "station,mm,end_time_utc,remark\n100,7,2017-08-27T06:05:00+00:00,x\n");
        assertThat(transcript(read(KEPT))).isEqualTo("2017-08-27T06:05:00Z 100 rain 7000\n");
    }

    @Test
    void zeros_that_were_left_out_are_filled_in_for_every_station_at_every_step() throws IOException {
        write("rain.csv", "end_time_utc,station,mm\n2017-08-27T06:05:00Z,100,1\n2017-08-27T06:19:00Z,100,2\n");
        assertThat(transcript(read(OMITTED))).isEqualTo("""
                2017-08-27T06:05:00Z 100 rain 1000, 105 rain 0
                2017-08-27T06:10:00Z 100 rain 0, 105 rain 0
                2017-08-27T06:15:00Z 100 rain 0, 105 rain 0
                2017-08-27T06:19:00Z 100 rain 2000
                2017-08-27T06:20:00Z 105 rain 0
                """);
    }

    @Test
    void levels_and_depths_are_played_beside_the_rain() throws IOException {
        write("levels.csv", "time_utc,station,level_m,datum\n2017-08-27T06:05:00Z,105,1.92,NAVD88\n");
        pack("depths.csv.gz", "time_utc,station,depth_mm\n2017-08-27T06:07:00Z,900,120\n");
        assertThat(transcript(read(KEPT))).isEqualTo("""
                2017-08-27T06:05:00Z 100 rain 2036, 105 level 1920, 105 rain 0
                2017-08-27T06:07:00Z 900 depth 120000
                2017-08-27T06:10:00Z 100 rain 0, 105 rain 1020
                """);
    }

    @Test
    void a_bad_row_is_kept_as_a_finding_and_the_storm_goes_on() throws IOException {
        write("rain.csv", """
                end_time_utc,station,mm
                2017-08-27T06:05:00Z,100,1
                2017-08-27T06:10:00Z,100,much
                yesterday,100,1
                2017-08-27T06:10:00Z,,1
                2017-08-27T06:10:00Z,999,-5
                2017-08-27T06:10:00Z,100
                2017-08-27T06:10:00Z,100,1e300
                """);
        var storm = read(KEPT);
        assertThat(transcript(storm)).isEqualTo("""
                2017-08-27T06:05:00Z 100 rain 1000
                2017-08-27T06:10:00Z 999 rain -5000
                """);
        assertThat(storm.steps().get(0).bad())
                .extracting(BadRow::line, BadRow::field, BadRow::value)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(4L, "end_time_utc", "yesterday"));
        assertThat(storm.steps().get(1).bad())
                .extracting(row -> row.line() + " " + row.field() + " " + row.value())
                .containsExactlyInAnyOrder("3 mm much", "5 station ", "7 mm ", "8 mm 1e300");
    }

    @Test
    void areas_are_taken_from_the_folder() throws IOException {
        write("areas.csv", "station,area,area_name\n100,east,东片\n");
        assertThat(read(KEPT).gauges().get(0).area()).contains(new StormArea("east", "东片"));
        assertThat(read(KEPT).gauges().get(1).area()).isEmpty();
    }

    @Test
    void a_transposed_network_lies_around_its_new_centre() {
        var yaml = Map.of(
                "name",
                "x",
                "rain",
                Map.of("step_min", 5, "zeros", "kept"),
                "transpose",
                Map.of("to", List.of(121.05, 30.69)));
        var places = read(yaml).gauges().stream().map(Gauge::place).toList();
        assertThat(places.stream().mapToDouble(Place::lat).average())
                .hasValueCloseTo(30.69, org.assertj.core.data.Offset.offset(1e-9));
        assertThat(places.stream().mapToDouble(Place::lon).average())
                .hasValueCloseTo(121.05, org.assertj.core.data.Offset.offset(1e-9));
    }

    @Test
    void keys_nobody_knows_are_remarked_and_left_out() {
        var yaml = Map.of(
                "name", "x", "rain", Map.of("step_min", 5, "zeros", "kept", "colour", "grey"), "licence", "none");
        assertThat(read(yaml).sheet().remarks())
                .containsExactly(
                        Told.of("storm-unknown-key", "licence", "name, title, source, terms, rain, transpose, demo"),
                        Told.of("storm-unknown-key", "rain.colour", "step_min, zeros"));
    }

    @Test
    void a_title_may_be_given_in_two_languages() {
        var rain = Map.of("step_min", 5, "zeros", "kept");
        var both = read(Map.of("name", "x", "title", Map.of("zh", "毛毛雨", "en", "Drizzle"), "rain", rain))
                .sheet();
        assertThat(both.title() + both.titleEn()).isEqualTo("毛毛雨Drizzle");
        var one = read(Map.of("name", "x", "title", "Drizzle", "rain", rain)).sheet();
        assertThat(one.title() + one.titleEn()).isEqualTo("DrizzleDrizzle");
        var none = read(Map.of("name", "x", "rain", rain)).sheet();
        assertThat(none.title() + none.titleEn()).isEqualTo("xx");
    }

    @Test
    void a_demonstration_may_begin_in_the_middle_of_the_storm() {
        var rain = Map.of("step_min", 5, "zeros", "kept");
        assertThat(read(Map.of("name", "x", "rain", rain, "demo", Map.of("start", "2017-08-27T06:05:00Z")))
                        .sheet()
                        .story())
                .contains(Instant.parse("2017-08-27T06:05:00Z"));
        assertThat(read(Map.of("name", "x", "rain", rain)).sheet().story()).isEmpty();
        problem(() -> read(Map.of("name", "x", "rain", rain, "demo", Map.of("start", "noon"))))
                .hasMessage("storm-key(demo.start; noon; storm-time)");
    }

    @Test
    void each_thing_missing_is_named() throws IOException {
        problem(() -> StormFolder.sheetOf(folder.resolve("nowhere")))
                .hasMessage("storm-absent(%s)".formatted(folder.resolve("nowhere")));
        Files.delete(folder.resolve("rain.csv"));
        problem(() -> read(KEPT)).hasMessage("storm-missing(%s; rain.csv.gz)".formatted(folder));
        Files.delete(folder.resolve("stations.csv"));
        problem(() -> read(KEPT)).hasMessage("storm-missing(%s; stations.csv)".formatted(folder));
        Files.delete(folder.resolve("storm.yaml"));
        problem(() -> read(KEPT)).hasMessage("storm-missing(%s; storm.yaml)".formatted(folder));
    }

    @Test
    void each_wrong_station_is_named_with_line_column_value_and_what_is_allowed() throws IOException {
        write("stations.csv", "id,name,lat\n1,a,2\n");
        problem(() -> read(KEPT)).hasMessage("storm-column(stations.csv; 1; lon; id,name,lat; id,name,lat,lon)");
        write("stations.csv", "id,name,lat,lon\n1,a,north,2\n");
        problem(() -> read(KEPT)).hasMessage("storm-row(stations.csv; 2; lat; north; value-from(-90.0; 90.0))");
        write("stations.csv", "id,name,lat,lon\n1,a,1,200\n");
        problem(() -> read(KEPT)).hasMessageStartingWith("storm-row(stations.csv; 2; lon; 200");
        write("stations.csv", "id,name,lat,lon\n1,a,1,NaN\n");
        problem(() -> read(KEPT)).hasMessageStartingWith("storm-row(stations.csv; 2; lon; NaN");
        write("stations.csv", "id,name,lat,lon\n1,a,1,2\n1,b,1,2\n");
        problem(() -> read(KEPT)).hasMessageStartingWith("storm-row(stations.csv; 3; id; 1; station-once");
        write("stations.csv", "id,name,lat,lon\n1,\"a,1,2\n");
        problem(() -> read(KEPT)).hasMessage("storm-quote(stations.csv; 2)");
        write("stations.csv", "id,name,lat,lon\n");
        problem(() -> read(KEPT)).hasMessage("storm-no-station");
        write("stations.csv", "");
        problem(() -> read(KEPT)).hasMessage("storm-empty(stations.csv; id,name,lat,lon)");
        Files.write(
                folder.resolve("stations.csv"),
                "id,name,lat,lon\n1,\u00e9,1,2\n".getBytes(StandardCharsets.ISO_8859_1));
        problem(() -> read(KEPT)).hasMessage("storm-utf8(stations.csv)");
    }

    @Test
    void a_broken_rain_file_is_named() throws IOException {
        write("rain.csv", "end_time_utc,station,mm\nx,y,z\n");
        problem(() -> read(KEPT))
                .hasMessageStartingWith("storm-rowless(rain.csv; storm-row(rain.csv; 2; end_time_utc; x");
        write("rain.csv", "time,station,mm\n");
        problem(() -> read(KEPT)).hasMessageStartingWith("storm-column(rain.csv; 1; end_time_utc");
        write("rain.csv.gz", "plain text");
        problem(() -> read(KEPT)).hasMessageStartingWith("storm-gzip(rain.csv.gz");
        pack("rain.csv.gz", "end_time_utc,station,mm\n2017-08-27T06:05:00Z,100,1\n".repeat(500));
        var bytes = Files.readAllBytes(folder.resolve("rain.csv.gz"));
        Files.write(folder.resolve("rain.csv.gz"), java.util.Arrays.copyOf(bytes, bytes.length - 20));
        problem(() -> read(KEPT)).hasMessageStartingWith("storm-gzip(rain.csv.gz");
    }

    @Test
    void an_area_row_for_a_station_nobody_knows_is_named() throws IOException {
        write("areas.csv", "station,area,area_name\n777,east,东片\n");
        problem(() -> read(KEPT)).hasMessageStartingWith("storm-row(areas.csv; 2; station; 777; storm-station");
    }

    @Test
    void a_mistyped_year_is_a_bad_row_instead_of_lasting_for_ever() throws IOException {
        write(
                "rain.csv",
                "end_time_utc,station,mm\n2017-08-27T06:05:00Z,100,1\n2017-08-27T06:10:00Z,100,1\n2071-08-27T06:15:00Z,100,1\n");
        var storm = read(KEPT);
        assertThat(storm.end()).isEqualTo("2017-08-27T06:10:00Z");
        assertThat(storm.steps().getFirst().bad())
                .containsExactly(new BadRow(
                        "rain.csv",
                        4,
                        "end_time_utc",
                        "2071-08-27T06:15:00Z",
                        Told.of("storm-near", 62L, Instant.parse("2017-08-27T06:10:00Z"))));
    }

    @Test
    void times_may_be_written_in_every_way_of_the_standard_that_names_a_zone() throws IOException {
        write(
                "rain.csv",
                "end_time_utc,station,mm\n2017-08-27T06:05Z,100,1\n2017-08-27T14:10:00+08:00,100,2\n2017-08-27T06:15:00.000Z,100,3\n");
        assertThat(transcript(read(KEPT))).isEqualTo("""
                2017-08-27T06:05:00Z 100 rain 1000
                2017-08-27T06:10:00Z 100 rain 2000
                2017-08-27T06:15:00Z 100 rain 3000
                """);
    }

    @Test
    void rain_without_a_readable_row_is_refused_and_the_first_problem_named() throws IOException {
        write("rain.csv", "end_time_utc,station,mm\n2017-08-27T06:05:00Z,100,NaN\n");
        problem(() -> read(KEPT)).hasMessage("storm-rowless(rain.csv; storm-row(rain.csv; 2; mm; NaN; a-number))");
        write("rain.csv", "end_time_utc,station,mm\n");
        problem(() -> read(OMITTED)).hasMessage("storm-rowless(rain.csv; storm-no-row)");
    }

    @Test
    void each_wrong_key_of_the_sheet_is_named() {
        problem(() -> read(Map.of())).hasMessage("storm-key(name; ; storm-name)");
        problem(() -> read(Map.of("name", "x", "rain", Map.of("step_min", "five", "zeros", "kept"))))
                .hasMessage("storm-key(rain.step_min; five; whole(1; 1440))");
        problem(() -> read(Map.of("name", "x", "rain", Map.of("step_min", 5, "zeros", "maybe"))))
                .hasMessage("storm-key(rain.zeros; maybe; kept-omitted)");
        problem(() -> read(Map.of("name", "x", "rain", 5))).hasMessageStartingWith("storm-key(rain; 5");
        problem(() -> read(withTranspose(Map.of("to", List.of(121.05)))))
                .hasMessage("storm-key(transpose.to; [121.05]; lon-lat)");
        problem(() -> read(withTranspose(Map.of("to", List.of(121.05, 30.69), "scale", 0))))
                .hasMessage("storm-key(transpose.scale; 0; value-from(0.001; 10.0))");
    }

    private static Map<String, Object> withTranspose(Map<String, Object> transpose) {
        return Map.of("name", "x", "rain", Map.of("step_min", 5, "zeros", "kept"), "transpose", transpose);
    }

    private static AbstractThrowableAssert<?, ?> problem(org.assertj.core.api.ThrowableAssert.ThrowingCallable action) {
        return assertThatThrownBy(action).isInstanceOf(StormUnreadable.class);
    }

    private Storm read(Map<?, ?> yaml) {
        return StormFolder.read(folder, yaml);
    }

    private static String transcript(Storm storm) {
        return storm.steps().stream()
                .map(step -> step.end() + " "
                        + step.observations().stream()
                                .map(seen -> "%s %s %d".formatted(seen.station(), seen.quantity(), seen.milli()))
                                .collect(Collectors.joining(", "))
                        + "\n")
                .collect(Collectors.joining());
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }

    private void pack(String file, String text) throws IOException {
        try (var out = new GZIPOutputStream(Files.newOutputStream(folder.resolve(file)))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
