package jiaoying.server.scratch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchTest {
    @TempDir
    Path place;

    private static Path inside(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("deep/er"));
        return Files.writeString(folder.resolve("deep/er/file"), "text");
    }

    @Test
    void what_a_dead_program_left_is_deleted_when_the_next_of_its_kind_is_made() throws Exception {
        var left = Files.createDirectories(place.resolve("jiaoying-sim-1234"));
        Files.createFile(left.resolve("scratch.lock")); // nobody holds it
        inside(left);
        var other = Files.createDirectories(place.resolve("jiaoying-bench-1234"));
        Files.createFile(other.resolve("scratch.lock"));
        try (var made = Scratch.make(place, "sim")) {
            assertThat(left).doesNotExist();
            assertThat(other).as("of another kind").exists();
            assertThat(made.path()).isDirectory();
        }
    }

    @Test
    void a_living_program_s_folder_stays_and_is_gone_after_it() throws Exception {
        var one = Scratch.make(place, "sim");
        var file = inside(one.path());
        try (var two = Scratch.make(place, "sim")) {
            assertThat(file).hasContent("text");
            assertThat(two.path()).isNotEqualTo(one.path());
        }
        one.close();
        one.close();
        assertThat(place).isEmptyDirectory();
    }

    @Test
    void what_somebody_is_to_look_at_is_kept_and_never_swept() throws Exception {
        var one = Scratch.make(place, "drill");
        var file = inside(one.path());
        one.keep();
        one.close();
        Scratch.make(place, "drill").close();
        assertThat(file).hasContent("text");
    }

    @Test
    void a_folder_without_a_lock_is_not_ours_to_delete() throws Exception {
        var foreign = inside(place.resolve("jiaoying-sim-of-somebody"));
        Scratch.make(place, "sim").close();
        assertThat(foreign).exists();
    }
}
