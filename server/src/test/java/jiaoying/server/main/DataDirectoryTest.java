package jiaoying.server.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import jiaoying.server.main.DataDirectory.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

    @TempDir
    Path scratch;

    @Test
    void a_directory_keeps_the_kind_it_was_born_with() {
        var path = scratch.resolve("room");
        assertThat(DataDirectory.openOrCreate(path, Kind.DEMO).kind()).isEqualTo(Kind.DEMO);
        assertThat(DataDirectory.openOrCreate(path, Kind.DEMO).path()).isEqualTo(path.toAbsolutePath());
        assertThat(DataDirectory.open(path).kind()).isEqualTo(Kind.DEMO);
    }

    @Test
    void the_log_is_its_owners_alone_also_in_a_folder_of_an_earlier_version() throws IOException {
        var path = scratch.resolve("room");
        var directory = DataDirectory.openOrCreate(path, Kind.DEMO);
        Files.createDirectory(path.resolve("log"));
        Files.setPosixFilePermissions(path.resolve("log"), PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(directory.log()).isEqualTo(directory.path().resolve("log/jiaoying.log"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path.resolve("log"))))
                .isEqualTo("rwx------");
    }

    @Test
    void a_room_decides_by_the_national_rule_until_it_is_told_otherwise() {
        var path = scratch.resolve("room");
        assertThat(DataDirectory.openOrCreate(path, Kind.REAL).criteria()).isEqualTo("rainstorm-cma16");
        DataDirectory.open(path).decideBy("rainstorm-shanghai-old");
        assertThat(DataDirectory.open(path).criteria()).isEqualTo("rainstorm-shanghai-old");
        assertThat(Home.criteria(DataDirectory.open(path).criteria()).draft()).isTrue();
        assertThatThrownBy(() -> Home.rules("rainstorm-shangai-old"))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.said(Words.EN))
                                .contains("did you mean \"rainstorm-shanghai-old\"?"));
        assertThatThrownBy(() -> Home.rules("call-and-answer"))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.said(Words.EN)).contains("expected kind criteria"));
    }

    @Test
    void a_demo_never_becomes_a_real_room() {
        var path = scratch.resolve("room");
        DataDirectory.openOrCreate(path, Kind.DEMO);
        assertThatThrownBy(() -> DataDirectory.openOrCreate(path, Kind.REAL)).hasMessage("data.demo");
    }

    @Test
    void no_storm_is_played_in_a_real_room() {
        var path = scratch.resolve("room");
        DataDirectory.openOrCreate(path, Kind.REAL);
        assertThatThrownBy(() -> DataDirectory.openOrCreate(path, Kind.DEMO)).hasMessage("data.real");
    }

    @Test
    void a_folder_of_something_else_is_left_alone() throws IOException {
        Files.writeString(scratch.resolve("thesis.txt"), "chapter 1");
        assertThatThrownBy(() -> DataDirectory.openOrCreate(scratch, Kind.DEMO)).hasMessage("data.foreign");
        try (var entries = Files.list(scratch)) {
            assertThat(entries).hasSize(1);
        }
    }

    @Test
    void a_file_in_the_place_of_the_directory_is_refused() throws IOException {
        var file = Files.writeString(scratch.resolve("file"), "x");
        assertThatThrownBy(() -> DataDirectory.openOrCreate(file, Kind.DEMO)).hasMessage("data.foreign");
    }

    @Test
    void a_kind_that_nobody_knows_is_damage() throws IOException {
        Files.writeString(scratch.resolve("KIND"), "dmeo\n");
        assertThatThrownBy(() -> DataDirectory.open(scratch)).hasMessage("data.kind");
    }

    @Test
    void the_refusal_names_the_directory_and_the_way_out() {
        var path = scratch.resolve("nowhere");
        assertThatThrownBy(() -> DataDirectory.open(path))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.said(Words.EN))
                                .contains(path.toString())
                                .contains("--data"));
    }
}
