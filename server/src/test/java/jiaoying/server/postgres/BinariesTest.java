package jiaoying.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class BinariesTest {
    @TempDir
    Path dir;

    @Test
    void the_shipped_version_is_the_version_in_the_name() throws Exception {
        var binaries = Binaries.unpacked(dir.resolve("cache"), dir);

        var version = new ProcessBuilder(binaries.program("postgres").toString(), "--version").start();

        assertThat(binaries.folder().getFileName().toString()).startsWith("postgres-" + Binaries.VERSION + "-");
        assertThat(new String(version.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains(" " + Binaries.VERSION.substring(0, Binaries.VERSION.lastIndexOf('.')));
        assertThat(dir.resolve("cache/unpacking")).doesNotExist();
    }

    @Test
    void executables_and_symbolic_links_stay_what_they_are() throws Exception {
        unpack(file("bin/tool", 0755), file("share/text", 0644), link("lib/a.so", "a.so.1"), file("lib/a.so.1", 0644));

        assertThat(dir.resolve("bin/tool")).isExecutable();
        assertThat(Files.getPosixFilePermissions(dir.resolve("share/text"))).hasSize(4);
        assertThat(Files.readSymbolicLink(dir.resolve("lib/a.so"))).isEqualTo(Path.of("a.so.1"));
    }

    @Test
    void an_entry_outside_the_target_is_refused() {
        for (var name : List.of("../out", "bin/../../out", "/tmp/out")) {
            refused(name, file(name, 0644));
        }
        assertThat(dir.resolveSibling("out")).doesNotExist();
    }

    @Test
    void a_link_that_points_outside_is_refused() {
        refused("../../etc", link("lib/etc", "../../etc"));
        refused("/etc", link("lib/etc", "/etc"));
    }

    @Test
    void an_entry_that_goes_through_a_link_is_refused() {
        refused("deep/out", file("a/b/file", 0644), link("deep", "a/b"), link("deep/out", "../../../x"));
        assertThat(dir.resolve("a/b/out")).doesNotExist();
    }

    @Test
    void devices_and_hard_links_are_refused() {
        refused("disk", new TarArchiveEntry("disk", TarConstants.LF_BLK));
        refused("same", new TarArchiveEntry("same", TarConstants.LF_LINK));
    }

    private void refused(String named, TarArchiveEntry... entries) {
        assertThatThrownBy(() -> unpack(entries))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(named);
    }

    private void unpack(TarArchiveEntry... entries) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(new XZOutputStream(bytes, new LZMA2Options(0)))) {
            for (var entry : entries) {
                tar.putArchiveEntry(entry);
                tar.write("x".repeat((int) entry.getSize()).getBytes(StandardCharsets.UTF_8));
                tar.closeArchiveEntry();
            }
        }
        Binaries.unpack(new ByteArrayInputStream(bytes.toByteArray()), dir);
    }

    private static TarArchiveEntry file(String name, int mode) {
        var entry = new TarArchiveEntry(name, true);
        entry.setMode(mode | 0100000);
        entry.setSize(3);
        return entry;
    }

    private static TarArchiveEntry link(String name, String target) {
        var entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
        entry.setLinkName(target);
        return entry;
    }
}
