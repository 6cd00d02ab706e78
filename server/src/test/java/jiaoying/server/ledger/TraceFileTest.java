package jiaoying.server.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jiaoying.duty.ledger.Chain;
import jiaoying.server.store.Keys;
import jiaoying.server.store.LedgerStore.Linked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A trace proves itself with nothing but the file, and any changed byte is found. */
class TraceFileTest {
    private static final Keys KEYS = Keys.ofSeed(7, "pinghu");

    /** Entries 4, 5 and 9 of a chain. */
    private static byte[] trace() {
        var hash = Chain.genesis("first".getBytes(UTF_8));
        var some = new ArrayList<Linked>();
        for (var number = 1; number <= 12; number++) {
            var entry = ("{\"n\":" + number + ",\"item\":\"I3\",\"title\":\"圩堤充水\"}").getBytes(UTF_8);
            var next = Chain.next(hash, entry);
            if (List.of(4, 5, 9).contains(number)) {
                some.add(new Linked(number, hash, next, entry));
            }
            hash = next;
        }
        var out = new ByteArrayOutputStream();
        try {
            TraceFile.write(
                    out, "pinghu", "I3", KEYS.publicKeyHex(), some.iterator(), "12:" + "ab".repeat(32), KEYS::sign);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static TraceFile.Verdict verify(byte[] file, Optional<String> known) {
        try {
            return TraceFile.verify(new ByteArrayInputStream(file), known);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void it_is_told_from_a_whole_ledger_by_its_first_line(@TempDir Path folder) throws IOException {
        assertThat(TraceFile.is(Files.write(folder.resolve("a"), trace()))).isTrue();
        assertThat(TraceFile.is(Files.writeString(folder.resolve("b"), "{\"jiaoying\":\"ledger\",\"v\":1}\n")))
                .isFalse();
        assertThat(TraceFile.is(Files.writeString(folder.resolve("c"), ""))).isFalse();
    }

    @Test
    void it_verifies_and_says_whose_it_is_when_the_key_is_known() {
        assertThat(verify(trace(), Optional.empty()))
                .isEqualTo(new TraceFile.Verdict.Verified(
                        "pinghu", "I3", 3, "12:" + "ab".repeat(32), KEYS.publicKeyHex(), false));
        assertThat(verify(trace(), Optional.of(KEYS.publicKeyHex())))
                .extracting("anchored")
                .isEqualTo(true);
        assertThat(verify(trace(), Optional.of("0".repeat(64)))).isInstanceOf(TraceFile.Verdict.Broken.class);
    }

    @Test
    void every_changed_missing_and_added_byte_is_found() {
        var file = trace();
        for (var at = 0; at < file.length; at++) {
            var changed = file.clone();
            changed[at] ^= 1;
            assertThat(verify(changed, Optional.empty())).as("byte " + at).isInstanceOf(TraceFile.Verdict.Broken.class);
        }
        for (var length = 0; length < file.length; length++) {
            assertThat(verify(java.util.Arrays.copyOf(file, length), Optional.empty()))
                    .as("cut at " + length)
                    .isInstanceOf(TraceFile.Verdict.Broken.class);
        }
        var more = java.util.Arrays.copyOf(file, file.length + 1);
        more[file.length] = '\n';
        assertThat(verify(more, Optional.empty())).isInstanceOf(TraceFile.Verdict.Broken.class);
    }

    @Test
    void a_line_left_out_is_found() {
        var lines = new ArrayList<>(List.of(new String(trace(), UTF_8).split("\n")));
        for (var left = 1; left <= 3; left++) {
            var fewer = new ArrayList<>(lines);
            fewer.remove(left);
            assertThat(verify((String.join("\n", fewer) + "\n").getBytes(UTF_8), Optional.empty()))
                    .isInstanceOf(TraceFile.Verdict.Broken.class);
        }
    }
}
