package jiaoying.server.store;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.sql.DataSource;
import jiaoying.server.store.BackupFailed.Reason;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes all tables, as they stood at one moment, and the keys of a data directory into one file (备份). The room may be
 * live. The file holds secrets and personal data: mode 0600, keep it as you keep the data directory. It has its final name
 * only when it is complete and on disk.
 */
public final class Backup {
    /** What belongs to a data directory besides its database. */
    public static final List<String> KEPT = List.of(
            "KIND",
            "keys",
            "areas.geojson",
            "CRITERIA",
            "PLAN",
            "plans",
            "forecast.yaml",
            "ground",
            EvidenceStore.FOLDER);

    private final DataSource source;
    private final Path dataDir;
    private final String program;

    /**
     * @param source the live database
     * @param dataDir the data directory whose keys go along
     * @param program version of this program
     */
    public Backup(DataSource source, Path dataDir, String program) {
        this.source = source;
        this.dataDir = dataDir;
        this.program = program;
    }

    /** Writes a new file; one that exists is not replaced. */
    public Manifest write(Path file, Instant at) throws BackupFailed {
        if (Files.exists(file)) {
            throw new BackupFailed(
                    Reason.TARGET_EXISTS,
                    file.toString(),
                    "a name that is free",
                    "choose another name or move that file");
        }
        var part = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.deleteIfExists(part);
            var manifest = writePart(part, at);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            forceFolder(file);
            return manifest;
        } catch (IOException failed) {
            throw new BackupFailed(
                    Reason.TARGET_UNWRITABLE,
                    file + " (" + failed.getClass().getSimpleName() + ": " + failed.getMessage() + ")",
                    "a folder with room for the backup where this user may write",
                    "make room or choose another folder",
                    failed);
        } catch (SQLException failed) {
            throw new BackupFailed(
                    Reason.SOURCE_FAILED,
                    failed.getMessage() == null ? "no reason given" : failed.getMessage(),
                    "a running database with the tables of this program",
                    "start the room, then take the backup again",
                    failed);
        } finally {
            deleteQuietly(part);
        }
    }

    /** Reads a backup through, compares every digest, and says what it holds. */
    public static Manifest check(Path file) throws BackupFailed {
        try (var backup = BackupFile.open(file)) {
            return backup.manifest();
        }
    }

    private Manifest writePart(Path part, Instant at) throws IOException, SQLException {
        var onlyOwner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var channel = FileChannel.open(part, options, onlyOwner)) {
            var zip = new ZipOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16));
            zip.setLevel(Deflater.BEST_SPEED);
            var manifest = writeAll(zip, at);
            zip.finish();
            zip.flush();
            channel.force(true);
            return manifest;
        }
    }

    /** Keys come after the tables: no row can then need a key that is missing. */
    private Manifest writeAll(ZipOutputStream zip, Instant at) throws IOException, SQLException {
        try (var connection = source.getConnection()) {
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            try {
                var catalog = new Catalog(connection);
                var schema = catalog.schemaVersion().orElse("");
                var rooms = catalog.rooms();
                var tables = tables(catalog, zip);
                var sequences = catalog.sequences();
                var manifest = new Manifest(Manifest.FORM, program, at, schema, rooms, tables, sequences, files(zip));
                write(zip, BackupFile.MANIFEST, out -> JsonMapper.shared().writeValue(out, manifest));
                return manifest;
            } finally {
                connection.rollback();
            }
        }
    }

    private static List<Manifest.Table> tables(Catalog catalog, ZipOutputStream zip) throws IOException, SQLException {
        var tables = new ArrayList<Manifest.Table>();
        for (var table : catalog.tables()) {
            var named = new Manifest.Table(table.schema(), table.name(), table.columns(), 0, "");
            zip.putNextEntry(new ZipEntry(named.entry()));
            var out = new Digesting.Out(zip);
            var rows = catalog.copyOut(table, table.columns(), out);
            zip.closeEntry();
            tables.add(new Manifest.Table(table.schema(), table.name(), table.columns(), rows, out.sha256()));
        }
        return List.copyOf(tables);
    }

    private List<Manifest.Kept> files(ZipOutputStream zip) throws IOException {
        var files = new ArrayList<Manifest.Kept>();
        for (var name : KEPT) {
            var root = dataDir.resolve(name);
            if (!Files.exists(root)) {
                continue;
            }
            try (var paths = Files.walk(root)) {
                for (var path : paths.filter(Backup::complete).sorted().toList()) {
                    files.add(file(zip, path));
                }
            }
        }
        return List.copyOf(files);
    }

    /** What is still being written belongs to no row of the tables. */
    private static boolean complete(Path path) {
        return Files.isRegularFile(path) && !path.toString().endsWith(".part");
    }

    private Manifest.Kept file(ZipOutputStream zip, Path path) throws IOException {
        var name = dataDir.relativize(path).toString();
        var sha256 = write(zip, new Manifest.Kept(name, "").entry(), out -> Files.copy(path, out));
        return new Manifest.Kept(name, sha256);
    }

    private interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    private static String write(ZipOutputStream zip, String entry, Content content) throws IOException {
        zip.putNextEntry(new ZipEntry(entry));
        var out = new Digesting.Out(zip);
        content.writeTo(out);
        zip.closeEntry();
        return out.sha256();
    }

    private static void forceFolder(Path file) throws IOException {
        try (var folder = FileChannel.open(file.toAbsolutePath().resolveSibling("."))) {
            folder.force(true);
        }
    }

    private static void deleteQuietly(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException ignored) {
            // A .part is never taken for a backup, and the next one replaces it.
        }
    }
}
