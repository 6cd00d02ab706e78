package jiaoying.server.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jiaoying.duty.room.Arrival;
import jiaoying.server.reply.Texts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RegisterCommandTest {
    private static final String CITY = SampleCityTest.CITY.toString();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path dir;

    private boolean refuses;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<Arrival.RegisterChanged> changes = new ArrayList<>();

    @Test
    void check_counts_what_would_be_imported() {
        assertThat(run("check", CITY)).isZero();
        assertThat(out.toString())
                .startsWith("areas      added 146, changed 0, unchanged 0, not in the file 0, ended 0")
                .contains("persons    added 484");
    }

    @Test
    void check_of_a_faulty_folder_ends_with_1_and_of_none_with_2() throws Exception {
        Files.writeString(dir.resolve("areas.csv"), "code\n");
        assertThat(run("check", "--json", dir.toString())).isEqualTo(1);
        assertThat(out.toString())
                .startsWith(
                        "{\"problems\":[{\"file\":\"areas.csv\",\"row\":1,\"column\":\"name_zh\",\"value\":\"no such column\"");

        assertThat(run("check", dir.resolve("none").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("none. Name a folder with CSV files or an .xlsx file.");
    }

    @Test
    void convert_makes_a_workbook_and_import_takes_it_whole() {
        var workbook = dir.resolve("pinghu.xlsx").toString();
        assertThat(run("convert", CITY, workbook)).isZero();
        assertThat(run("import", "--dry-run", workbook)).isZero();
        assertThat(changes).isEmpty();
        assertThat(run("import", workbook)).isZero();
        assertThat(changes)
                .singleElement()
                .satisfies(
                        change -> assertThat(change.rows()).hasSize(146 + 175 + 484 + 1049 + 384 + 33 + 9 + 29 + 16));
    }

    @Test
    void export_writes_what_the_room_has() throws Exception {
        assertThat(run("export", "--english", dir.resolve("out").toString())).isZero();
        assertThat(Files.readString(dir.resolve("out/areas.csv")))
                .isEqualTo("\ufeffcode,name_zh,name_en,kind,parent,schematic\r\n");
    }

    @Test
    void what_the_room_refuses_is_an_error_and_not_success() {
        refuses = true;
        assertThat(run("import", "../samples/pinghu")).isEqualTo(1);
        assertThat(err.toString()).contains("refused by the room");
        assertThat(out.toString()).doesNotContain("added");
    }

    private int run(String... args) {
        return RegisterCommand.of(this::open, Texts.EN)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .execute(args);
    }

    private RegisterDesk.Open open(Optional<Path> data, Optional<String> room) {
        return new RegisterDesk.Open() {
            @Override
            public Register present() {
                return Register.EMPTY;
            }

            @Override
            public Optional<RegisterImport.Ground> ground() {
                return Optional.empty();
            }

            @Override
            public RegisterDesk.Answer change(Arrival.RegisterChanged change, Optional<String> boundaries) {
                changes.add(change);
                return refuses
                        ? new RegisterDesk.Answer(false, "refused by the room")
                        : new RegisterDesk.Answer(true, "taken");
            }

            @Override
            public void close() {}
        };
    }
}
