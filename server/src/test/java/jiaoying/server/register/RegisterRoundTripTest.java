package jiaoying.server.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.ledger.Personal;
import jiaoying.duty.roster.RosterFact.ContactRegistered;
import jiaoying.duty.roster.RosterFact.DutyAssigned;
import jiaoying.duty.roster.RosterFact.DutyEnded;
import jiaoying.duty.roster.RosterFact.PersonRegistered;
import jiaoying.server.register.RegisterChecked.Counts;
import jiaoying.server.register.RegisterChecked.Prepared;
import jiaoying.server.reply.Texts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is exported imports again unchanged. */
class RegisterRoundTripTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path dir;

    private final Register city = SampleCityTest.register();

    @ParameterizedTest
    @CsvSource({"CHINESE,out.xlsx", "ENGLISH,out.xlsx", "CHINESE,out", "ENGLISH,out"})
    void the_sample_city_comes_back_as_it_went_out(Wording wording, String name) throws Exception {
        RegisterExport.write(city, wording, dir.resolve(name));
        var files = RegisterFiles.read(dir.resolve(name));

        var fresh = (Prepared) RegisterImport.check(files, Register.EMPTY, ZONE);
        assertThat(Register.of(fresh.rows())).isEqualTo(city);
        assertThat(fresh.rows()).isEqualTo(city.rows());

        var again = (Prepared) RegisterImport.check(files, city, ZONE);
        assertThat(again.rows()).isEmpty();
        assertThat(again.counts()).containsEntry(Table.PERSONS, new Counts(0, 0, 484, 0, 0));
    }

    @Test
    void an_empty_register_goes_out_as_a_form_to_fill_in() throws Exception {
        RegisterExport.write(Register.EMPTY, Wording.CHINESE, dir.resolve("form.xlsx"));

        var files = RegisterFiles.read(dir.resolve("form.xlsx"));
        assertThat(files.problems()).isEmpty();
        assertThat(files.tables()).hasSize(9).allMatch(table -> table.rows().isEmpty());
    }

    @Test
    void an_erased_person_goes_out_blank_and_comes_back_blank() throws Exception {
        var erased = erased("P163");
        RegisterExport.write(erased, Wording.CHINESE, dir.resolve("out.xlsx"));

        var again = (Prepared) RegisterImport.check(RegisterFiles.read(dir.resolve("out.xlsx")), erased, ZONE);
        assertThat(again.rows()).isEmpty();
    }

    @Test
    void an_old_file_does_not_bring_an_erased_person_back() throws Exception {
        var refused = (RegisterChecked.Refused)
                RegisterImport.check(RegisterFiles.read(SampleCityTest.CITY), erased("P163"), ZONE);

        assertThat(refused.text(Texts.EN)).isEqualTo("""
                        persons.csv row 164, name: "杜示三"; allowed: nothing: this person was erased; register a new person instead
                        contacts.csv row 375, address: "0000100163"; allowed: nothing: this person was erased; register a new person instead
                        contacts.csv row 376, address: "0000100163"; allowed: nothing: this person was erased; register a new person instead""");
    }

    @Test
    void some_rows_change_some_rows_and_only_a_whole_register_ends_duties() throws Exception {
        Files.writeString(dir.resolve("duties.csv"), """
                id,person,duty,area,deputies,superior
                D001,P001,市防汛带班领导,330482,P002,
                D002,P002,市防汛带班领导,330482,P004；P003,P001
                D900,P163,网格员,330482001001,,
                """);
        var files = RegisterFiles.read(dir);
        var others = (int) city.rows().stream()
                        .filter(DutyAssigned.class::isInstance)
                        .count()
                - 2;

        var some = (Prepared) RegisterImport.check(files, city, ZONE);
        assertThat(some.counts()).containsOnlyKeys(Table.DUTIES);
        assertThat(some.counts()).containsEntry(Table.DUTIES, new Counts(1, 1, 1, others, 0));
        assertThat(some.rows()).hasSize(2);

        var whole = (Prepared) RegisterImport.checkWhole(files, city, ZONE);
        assertThat(whole.counts()).containsEntry(Table.DUTIES, new Counts(1, 1, 1, 0, others));
        assertThat(whole.rows()).contains(new DutyEnded("D003")).doesNotContain(new DutyEnded("D001"));
    }

    @Test
    void a_file_saved_by_chinese_excel_is_read() throws Exception {
        Files.write(
                dir.resolve("人员.csv"),
                "编号,姓名,单位编号,职务,英文职务\r\nP900,王示例,B-HQ,值班员,\r\n".getBytes(Charset.forName("GB18030")));

        var read = (Prepared) RegisterImport.check(RegisterFiles.read(dir), city, ZONE);
        assertThat(read.rows())
                .containsExactly(new PersonRegistered("P900", new Personal("P900", "王示例"), "B-HQ", "值班员", ""));
    }

    /** The city after somebody was erased, as the store reads it. */
    private Register erased(String person) {
        var rows = new ArrayList<Fact>();
        for (var row : city.rows()) {
            rows.add(
                    switch (row) {
                        case PersonRegistered p
                        when p.person().equals(person) ->
                            new PersonRegistered(person, new Personal(person, ""), p.body(), p.postZh(), p.postEn());
                        case ContactRegistered c
                        when c.person().equals(person) ->
                            new ContactRegistered(person, c.channel(), new Personal(person, ""));
                        default -> row;
                    });
        }
        return Register.of(rows);
    }
}
