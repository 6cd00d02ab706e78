package jiaoying.server.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.room.DutyRoom;
import jiaoying.duty.roster.RosterFact.AreaRegistered;
import jiaoying.duty.roster.RosterFact.ContactRegistered;
import jiaoying.duty.roster.RosterFact.DutyAssigned;
import jiaoying.duty.roster.RosterFact.PersonRegistered;
import jiaoying.duty.station.StationFact.SiteRegistered;
import jiaoying.duty.station.StationFact.StationRegistered;
import jiaoying.server.register.RegisterChecked.Counts;
import jiaoying.server.register.RegisterChecked.Prepared;
import org.junit.jupiter.api.Test;

/** The sample city of Pinghu: complete, and nobody in it can be real. */
class SampleCityTest {
    static final Path CITY = Path.of("../samples/pinghu");

    private final Register register = register();

    @Test
    void it_imports_without_a_problem() throws Exception {
        assertThat(prepared().counts())
                .containsEntry(Table.AREAS, added(146))
                .containsEntry(Table.PERSONS, added(484))
                .containsEntry(Table.DUTIES, added(384))
                .hasSize(Table.values().length);
    }

    @Test
    void every_village_and_town_has_a_responsible_person_with_deputy_and_superior_who_can_be_reached() {
        var reached = rows(Table.CONTACTS, ContactRegistered.class).stream()
                .filter(contact -> !contact.channel().equals("mail"))
                .collect(Collectors.groupingBy(ContactRegistered::person, Collectors.counting()));
        var duties = rows(Table.DUTIES, DutyAssigned.class).stream()
                .filter(duty -> !duty.duty().equals(DutyRoom.HEAD_RECIPIENT))
                .collect(Collectors.groupingBy(DutyAssigned::area));
        for (var area : rows(Table.AREAS, AreaRegistered.class)) {
            assertThat(duties.get(area.area())).as(area.nameZh()).isNotEmpty().allSatisfy(duty -> {
                assertThat(duty.deputies()).isNotEmpty();
                assertThat(duty.superior().isEmpty()).isEqualTo(duty.id().equals("D001"));
                assertThat(reached).containsEntry(duty.person(), 2L);
                assertThat(reached.keySet()).containsAll(duty.deputies());
            });
        }
    }

    @Test
    void the_signed_head_goes_to_two_recipients_outside() {
        assertThat(rows(Table.DUTIES, DutyAssigned.class))
                .filteredOn(duty -> duty.duty().equals(DutyRoom.HEAD_RECIPIENT))
                .hasSize(2);
    }

    @Test
    void somebody_has_three_duties() {
        assertThat(rows(Table.DUTIES, DutyAssigned.class).stream()
                        .collect(Collectors.groupingBy(DutyAssigned::person, Collectors.counting())))
                .containsEntry("P163", 3L)
                .containsEntry("P315", 3L);
    }

    @Test
    void names_numbers_and_addresses_cannot_be_real() {
        assertThat(rows(Table.PERSONS, PersonRegistered.class))
                .extracting(person -> person.name().text())
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("\\p{IsHan}示[一二三四五六七八九十]"));
        assertThat(rows(Table.CONTACTS, ContactRegistered.class))
                .extracting(contact -> contact.address().text())
                .allMatch(address -> address.matches("0000\\d{6}") || address.endsWith("@example.invalid"));
    }

    @Test
    void sites_and_stations_lie_in_their_towns_and_every_boundary_is_a_sketch() throws Exception {
        var locator = AreaLocator.read(CITY.resolve("areas.geojson"));
        var parents = rows(Table.AREAS, AreaRegistered.class).stream()
                .collect(Collectors.toMap(AreaRegistered::area, AreaRegistered::parent));

        assertThat(rows(Table.STATIONS, StationRegistered.class))
                .allSatisfy(station ->
                        assertThat(locator.areaOf(station.lon(), station.lat())).contains(station.area()));
        assertThat(rows(Table.SITES, SiteRegistered.class))
                .allSatisfy(site -> assertThat(locator.areaOf(site.lon(), site.lat()))
                        .contains(String.valueOf(parents.get(site.area()))));
        assertThat(rows(Table.AREAS, AreaRegistered.class)).allMatch(AreaRegistered::schematic);
        assertThat(locator.codes()).hasSize(9).allMatch(locator::schematic);
        assertThat(locator.areaOf(121.5, 30.7)).isEmpty();
    }

    private static Counts added(int rows) {
        return new Counts(rows, 0, 0, 0, 0);
    }

    private <F extends Fact> List<F> rows(Table table, Class<F> kind) {
        return register.rows(table).stream().map(kind::cast).toList();
    }

    static Prepared prepared() throws java.io.IOException {
        return (Prepared) RegisterImport.check(RegisterFiles.read(CITY), Register.EMPTY, ZoneId.of("Asia/Shanghai"));
    }

    static Register register() {
        try {
            return Register.of(prepared().rows());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
