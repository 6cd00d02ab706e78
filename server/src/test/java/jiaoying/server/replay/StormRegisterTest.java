package jiaoying.server.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.roster.RosterFact.AreaRegistered;
import jiaoying.duty.roster.RosterFact.ContactRegistered;
import jiaoying.duty.roster.RosterFact.DutyAssigned;
import jiaoying.duty.roster.RosterFact.PersonRegistered;
import jiaoying.duty.station.StationFact.StationRegistered;
import jiaoying.server.register.AreaLocator;
import jiaoying.sim.storm.StormUnreadable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StormRegisterTest {
    private static final List<Fact> CITY = List.of(
            new AreaRegistered("330482", "平湖市", "Pinghu", "city", "", true),
            new AreaRegistered("330482101", "乍浦镇", "Zhapu", "town", "330482", true),
            new StationRegistered("PHR01", "示意", "rain", 121, 30, "330482101", 5));

    @TempDir
    private Path folder;

    @BeforeEach
    void a_storm_of_three_stations() throws IOException {
        write("storm.yaml", "name: three\nrain: {step_min: 5, zeros: kept}\n");
        write("stations.csv", "id,name,lat,lon\na,A,30.5,120.5\nb,B,30.5,121.5\nc,C,35,121\n");
        write("rain.csv", "end_time_utc,station,mm\n2017-08-27T06:05:00Z,a,1\n2017-08-27T06:05:00Z,b,1\n");
        write("areas.geojson", """
                {"type":"FeatureCollection","features":[
                {"properties":{"code":"330482","kind":"outline"},"geometry":{"type":"Polygon","coordinates":[[[0,0],[180,0],[180,80],[0,80],[0,0]]]}},
                {"properties":{"code":"330482101","kind":"town"},"geometry":{"type":"MultiPolygon","coordinates":[
                 [[[120,30],[121,30],[121,31],[120,31],[120,30]]]]}}]}
                """);
    }

    @Test
    void a_station_belongs_to_the_area_of_the_city_that_contains_it_and_the_others_are_only_drawn() throws IOException {
        assertThat(stations(rows())).containsExactly("a rain 330482101 5", "b rain  5", "c rain  5");
        assertThat(areas(rows())).containsExactly("330482", "330482101");
    }

    @Test
    void stations_of_the_city_itself_are_left_out_because_nobody_reports_for_them() throws IOException {
        assertThat(stations(rows())).noneMatch(station -> station.startsWith("PHR"));
    }

    @Test
    void when_no_station_lies_in_the_city_all_form_one_network_with_people_of_its_own() throws IOException {
        write("storm.yaml", "name: three\nrain: {step_min: 5, zeros: kept}\ntranspose: {to: [10, 50]}\n");
        assertThat(stations(rows())).containsExactly("a rain network 5", "b rain network 5", "c rain network 5");
        assertThat(areas(rows())).containsExactly("330482", "330482101", "network");
        assertThat(only(rows(), PersonRegistered.class))
                .hasSize(12)
                .allMatch(person -> person.name().text().startsWith("示例"));
        assertThat(only(rows(), PersonRegistered.class))
                .extracting(person -> person.name().text())
                .contains("示例一", "示例十", "示例十二");
    }

    @Test
    void areas_of_the_folder_that_the_city_does_not_have_get_twelve_sample_people_who_can_be_reached()
            throws IOException {
        write("areas.csv", "station,area,area_name\na,east,东片\nb,330482101,whatever\n");
        var rows = rows();
        assertThat(stations(rows)).containsExactly("a rain east 5", "b rain 330482101 5", "c rain  5");
        assertThat(only(rows, AreaRegistered.class))
                .contains(new AreaRegistered("east", "东片", "东片", "area", "330482", true));
        var duties = only(rows, DutyAssigned.class);
        assertThat(duties).hasSize(12).allSatisfy(duty -> {
            assertThat(duty.area()).isEqualTo("east");
            assertThat(duty.deputies()).hasSize(2).doesNotContain(duty.person());
            assertThat(duty.superior()).isNotEqualTo(duty.person());
        });
        assertThat(only(rows, ContactRegistered.class).stream()
                        .collect(Collectors.groupingBy(
                                ContactRegistered::person,
                                Collectors.mapping(ContactRegistered::channel, Collectors.toSet()))))
                .hasSize(12)
                .allSatisfy((_, channels) -> assertThat(channels).isEqualTo(Set.of("text", "voice")));
        assertThat(only(rows, ContactRegistered.class))
                .allMatch(contact -> contact.address().text().startsWith("0000"));
    }

    @Test
    void what_a_station_measures_besides_is_a_station_of_its_own() throws IOException {
        write(
                "levels.csv",
                "time_utc,station,level_m,datum\n2017-08-27T06:05:00Z,a,1.5,x\n2017-08-27T06:05:00Z,c,1.5,x\n");
        assertThat(stations(rows()))
                .containsExactly("a rain 330482101 5", "a-level level 330482101 5", "b rain  5", "c level  5");
    }

    @Test
    void the_same_storm_gives_the_same_rows() throws IOException {
        assertThat(rows()).isEqualTo(rows());
    }

    @Test
    void wrong_yaml_is_named_with_line_and_column() throws IOException {
        write("storm.yaml", "name: three\nrain: {step_min: 5\n");
        assertThatThrownBy(() -> StormYaml.read(folder))
                .isInstanceOf(StormUnreadable.class)
                .hasMessageStartingWith("storm-yaml(storm.yaml:3:1; ");
        write("storm.yaml", "name: a\nname: b\n");
        assertThatThrownBy(() -> StormYaml.read(folder))
                .isInstanceOf(StormUnreadable.class)
                .hasMessage("storm-yaml(storm.yaml:2:1; yaml-twice(name))");
        write("storm.yaml", "- a\n- b\n");
        assertThatThrownBy(() -> StormYaml.read(folder)).hasMessage("storm-sheet");
        write("storm.yaml", "");
        assertThatThrownBy(() -> StormYaml.read(folder)).hasMessage("storm-sheet");
        write("storm.yaml", "name: !!java.net.URL [http://x]\n");
        assertThatThrownBy(() -> StormYaml.read(folder)).isInstanceOf(StormUnreadable.class);
    }

    private List<Fact> rows() throws IOException {
        return StormRegister.rows(StormYaml.read(folder), CITY, AreaLocator.read(folder.resolve("areas.geojson")));
    }

    private static List<String> stations(List<Fact> rows) {
        return texts(
                rows,
                StationRegistered.class,
                s -> "%s %s %s %d".formatted(s.station(), s.kind(), s.area(), s.intervalMin()));
    }

    private static List<String> areas(List<Fact> rows) {
        return texts(rows, AreaRegistered.class, AreaRegistered::area);
    }

    private static <T extends Fact> List<String> texts(List<Fact> rows, Class<T> kind, Function<T, String> text) {
        return only(rows, kind).stream().map(text).toList();
    }

    private static <T extends Fact> List<T> only(List<Fact> rows, Class<T> kind) {
        return rows.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }
}
