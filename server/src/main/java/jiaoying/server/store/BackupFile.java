package jiaoying.server.store;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import jiaoying.server.store.BackupFailed.Reason;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** A backup that was read whole and found undamaged. */
final class BackupFile implements AutoCloseable {
    static final String MANIFEST = "manifest.json";

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Path path;
    private final ZipFile zip;
    private final Manifest manifest;

    private BackupFile(Path path, ZipFile zip, Manifest manifest) {
        this.path = path;
        this.zip = zip;
        this.manifest = manifest;
    }

    /** Reads every byte and compares it with the manifest. */
    static BackupFile open(Path path) throws BackupFailed {
        try {
            var zip = new ZipFile(path.toFile());
            try {
                var file = new BackupFile(path, zip, manifest(path, zip));
                file.verify();
                return file;
            } catch (IOException | BackupFailed | RuntimeException failed) {
                zip.close();
                throw failed;
            }
        } catch (IOException unreadable) {
            throw notABackup(path, unreadable.toString());
        }
    }

    private static Manifest manifest(Path path, ZipFile zip) throws IOException, BackupFailed {
        var entry = Optional.ofNullable(zip.getEntry(MANIFEST));
        if (entry.isEmpty()) {
            throw notABackup(path, "it has no " + MANIFEST);
        }
        try (var in = zip.getInputStream(entry.get())) {
            var bytes = in.readAllBytes();
            requireUndamaged(path, bytes, entry.get().getCrc());
            var tree = JSON.readTree(bytes);
            var form = tree.path("form").asInt(0);
            if (form > Manifest.FORM) {
                throw new BackupFailed(
                        Reason.NEWER,
                        path + " has form " + form,
                        "form 1 to " + Manifest.FORM,
                        "restore it with the program version that made it, or a newer one");
            }
            return JSON.treeToValue(tree, Manifest.class);
        } catch (JacksonException broken) {
            throw notABackup(path, MANIFEST + ": " + broken.getOriginalMessage());
        }
    }

    /** The manifest vouches for all other entries; nobody but the archive's own checksum vouches for the manifest. */
    private static void requireUndamaged(Path path, byte[] manifest, long checksum) throws BackupFailed {
        var crc = new CRC32();
        crc.update(manifest);
        if (crc.getValue() != checksum) {
            throw notABackup(path, MANIFEST + " is damaged");
        }
    }

    private void verify() throws IOException, BackupFailed {
        for (var table : manifest.tables()) {
            verify(table.entry(), table.sha256());
        }
        for (var kept : manifest.files()) {
            requireInside(kept.path());
            verify(kept.entry(), kept.sha256());
        }
        var expected = expected();
        for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
            var name = entries.nextElement().getName();
            if (!expected.contains(name)) {
                throw damaged(name + " is not in the manifest");
            }
        }
    }

    private Set<String> expected() {
        var names = new HashSet<String>();
        names.add(MANIFEST);
        manifest.tables().forEach(table -> names.add(table.entry()));
        manifest.files().forEach(kept -> names.add(kept.entry()));
        return names;
    }

    private void verify(String entry, String sha256) throws IOException, BackupFailed {
        try (var in = read(entry)) {
            var digest = new Digesting.In(in);
            digest.transferTo(OutputStream.nullOutputStream());
            if (!digest.sha256().equals(sha256)) {
                throw damaged(entry + " differs from its digest");
            }
        } catch (ZipException damaged) {
            throw damaged(entry + ": " + damaged.getMessage());
        }
    }

    InputStream read(String entry) throws IOException, BackupFailed {
        var found = Optional.ofNullable(zip.getEntry(entry));
        if (found.isEmpty()) {
            throw damaged(entry + " is missing");
        }
        return new BufferedInputStream(zip.getInputStream(found.get()), 1 << 16);
    }

    Manifest manifest() {
        return manifest;
    }

    private void requireInside(String name) throws BackupFailed {
        var relative = Path.of(name).normalize();
        if (relative.isAbsolute()
                || relative.startsWith("..")
                || relative.toString().isEmpty()) {
            throw damaged(name + " points outside the data directory");
        }
    }

    private BackupFailed damaged(String how) {
        return new BackupFailed(
                Reason.DAMAGED,
                path + ": " + how,
                "a file as 'jiaoying backup' wrote it",
                "take another copy of this backup or an earlier one; nothing was restored");
    }

    private static BackupFailed notABackup(Path path, String how) {
        return new BackupFailed(
                Reason.NOT_A_BACKUP,
                path + ": " + how,
                "a file written by 'jiaoying backup'",
                "check the path, or take another copy of the backup");
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException ignored) {
            // It was only read.
        }
    }
}
