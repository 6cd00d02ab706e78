package jiaoying.server.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import jiaoying.server.loop.TestHouse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of evidence in a data directory, their keys in PostgreSQL. */
class EvidenceStoreTest {
    private static final byte[] PHOTO = "a photo of the dike".getBytes(UTF_8);
    private static final Sql ERASE = Sql.of("UPDATE evidence SET key = NULL WHERE room = :room");

    @TempDir
    Path data;

    private final TestHouse house = new TestHouse().furnished();

    @AfterEach
    void close() {
        house.close();
    }

    private EvidenceStore store() {
        return new EvidenceStore(house.db, house.room, data);
    }

    private List<Path> files() throws IOException {
        try (var paths = Files.walk(data)) {
            return paths.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void what_was_kept_is_there_for_whoever_opens_the_store_next_and_only_by_its_key() throws IOException {
        var kept = store().keep(PHOTO, "image/jpeg", "P1", TestHouse.START);
        assertThat(kept.sha256()).isEqualTo(EvidenceStore.sha256(PHOTO));
        assertThat(store().read(kept.sha256())).hasValue(PHOTO);
        assertThat(store().find(kept.sha256())).contains(kept);
        assertThat(store().find(EvidenceStore.sha256(new byte[] {1}))).isEmpty();
        assertThat(new EvidenceStore(house.db, "another", data).find(kept.sha256()))
                .isEmpty();
        assertThat(files())
                .singleElement()
                .satisfies(file -> assertThat(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1))
                        .doesNotContain("photo")
                        .doesNotContain(kept.sha256()));

        house.db.write(c -> ERASE.on(c).with("room", house.room).update());
        assertThat(store().read(kept.sha256())).as("erased: its key is gone").isEmpty();
        var again = store().keep(PHOTO, "image/jpeg", "P2", TestHouse.START.plusSeconds(1));
        assertThat(store().read(again.sha256())).hasValue(PHOTO);
    }

    @Test
    void the_same_content_from_many_at_once_is_one_file_that_can_be_read() throws IOException {
        var kept = IntStream.range(0, 8)
                .parallel()
                .mapToObj(n -> store().keep(PHOTO, "image/jpeg", "P" + n, TestHouse.START))
                .distinct()
                .toList();
        assertThat(kept).hasSize(1);
        assertThat(store().read(kept.getFirst().sha256())).hasValue(PHOTO);
    }

    @Test
    void what_a_kill_left_half_done_is_in_nobodys_way() throws IOException {
        Files.createDirectories(data.resolve(EvidenceStore.FOLDER));
        Files.write(data.resolve(EvidenceStore.FOLDER).resolve("0123.part"), new byte[] {1, 2});
        Files.write(data.resolve(EvidenceStore.FOLDER).resolve("4567"), new byte[] {3, 4});
        var kept = store().keep(PHOTO, "image/jpeg", "P1", TestHouse.START);
        assertThat(store().read(kept.sha256())).hasValue(PHOTO);
    }

    @Test
    void a_changed_byte_is_found() throws IOException {
        var kept = store().keep(PHOTO, "image/jpeg", "P1", TestHouse.START);
        var file = files().getFirst();
        var bytes = Files.readAllBytes(file);
        for (var at : List.of(0, bytes.length / 2, bytes.length - 1)) {
            var changed = bytes.clone();
            changed[at] ^= 1;
            Files.write(file, changed);
            assertThatThrownBy(() -> store().read(kept.sha256())).hasMessageContaining("is damaged");
        }
    }
}
