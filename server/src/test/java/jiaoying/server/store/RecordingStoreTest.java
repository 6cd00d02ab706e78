package jiaoying.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingStoreTest {
    private static final Instant UNTIL = Instant.parse("2026-07-31T00:00:00Z");
    private static final String KEY = "o-7/li/1/voice/1";

    @TempDir
    Path data;

    private RecordingStore store() {
        return new RecordingStore(data);
    }

    private RecordingStore.Draft begin(int seconds) throws IOException {
        return store().begin("trunk", KEY, UNTIL, seconds, () -> true);
    }

    private static byte[] sound(int from, int count) {
        var sound = new byte[count];
        for (var i = 0; i < count; i++) {
            sound[i] = (byte) (from + i);
        }
        return sound;
    }

    private static byte[] octets(RecordingStore.Kept kept) throws IOException {
        var file = Files.readAllBytes(kept.file());
        return Arrays.copyOfRange(file, 58, file.length);
    }

    private List<Path> files() throws IOException {
        try (var all = Files.walk(data)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void what_was_said_is_kept_byte_for_byte_under_the_key_for_the_owner_only() throws Exception {
        var draft = begin(60);
        draft.hear(false, 1_000, sound(0, 160));
        draft.hear(false, 1_160, sound(160, 160));
        var kept = draft.end().orElseThrow();
        store().told(kept);

        var found = store().list(KEY);
        assertThat(found).hasSize(1);
        var one = found.getFirst();
        assertThat(octets(one)).isEqualTo(sound(0, 320));
        var file = Files.readAllBytes(one.file());
        var head = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(head.getInt(4)).isEqualTo(file.length - 8);
        assertThat(head.getShort(20)).isEqualTo((short) 6);
        assertThat(head.getInt(54)).isEqualTo(320);
        assertThat(one.sha256())
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(file)));
        assertThat(one).returns("trunk", RecordingStore.Kept::trunk).returns(UNTIL, RecordingStore.Kept::until);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(one.file())))
                .isEqualTo("rw-------");
        assertThat(store().list("o-7/li/1/voice/11")).isEmpty();
    }

    @Test
    void what_comes_twice_or_late_is_left_out_and_what_is_lost_is_silence() throws Exception {
        var draft = begin(60);
        draft.hear(true, 0xFFFF_FF60L, sound(1, 160)); // the next time stamp begins anew at 0
        draft.hear(true, 0xFFFF_FF60L, sound(1, 160));
        draft.hear(true, 160, sound(2, 160));
        draft.hear(true, 0, sound(3, 160));
        draft.hear(false, 320, sound(4, 160));
        var octets = octets(draft.end().orElseThrow());
        assertThat(octets).hasSize(480);
        assertThat(Arrays.copyOfRange(octets, 160, 320)).containsOnly(0xFF);
        assertThat(Arrays.copyOfRange(octets, 320, 480)).isEqualTo(sound(2, 160));
    }

    @Test
    void no_more_is_kept_than_the_limit_and_nothing_of_a_call_in_which_nobody_spoke() throws Exception {
        var draft = begin(2);
        for (var n = 0; n < 300; n++) {
            draft.hear(false, n * 160L, sound(n, 160));
        }
        assertThat(octets(draft.end().orElseThrow())).hasSize(16_000);
        assertThat(begin(2).end()).isEmpty();
        assertThat(files()).hasSize(1);
    }

    @Test
    void when_the_reserve_of_the_disk_is_reached_in_the_middle_what_there_is_stays_whole() throws Exception {
        var asked = new AtomicInteger();
        var draft = store().begin("trunk", KEY, UNTIL, 60, () -> asked.incrementAndGet() < 3);
        for (var n = 0; n < 500; n++) {
            draft.hear(false, n * 160L, sound(n, 160));
        }
        assertThat(octets(draft.end().orElseThrow())).hasSize(16_000).startsWith(sound(0, 160));
    }

    @Test
    void a_kill_while_somebody_speaks_leaves_nothing_and_one_before_it_is_told_leaves_it_to_be_told() throws Exception {
        var broken = begin(60);
        for (var n = 0; n < 200; n++) {
            broken.hear(false, n * 160L, sound(n, 160));
        }
        var whole = begin(60);
        whole.hear(false, 0, sound(0, 160));
        var kept = whole.end().orElseThrow();
        assertThat(files()).hasSize(2);

        var after = store();
        assertThat(after.resume("trunk")).containsExactly(kept);
        assertThat(files()).containsExactly(kept.file());
        assertThat(after.list(KEY)).as("the ledger does not know it yet").isEmpty();
        after.told(kept);
        assertThat(after.resume("trunk")).isEmpty();
        assertThat(after.list(KEY)).hasSize(1);
    }

    @Test
    void what_is_over_its_time_is_deleted_and_nothing_else() throws Exception {
        var draft = begin(60);
        draft.hear(false, 0, sound(0, 160));
        store().told(draft.end().orElseThrow());
        assertThat(store().tidy(UNTIL.minus(Duration.ofSeconds(1)))).isZero();
        assertThat(store().list(KEY)).hasSize(1);
        assertThat(store().tidy(UNTIL)).isOne();
        assertThat(files()).isEmpty();
    }
}
