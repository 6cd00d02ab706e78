package jiaoying.server.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import jiaoying.server.store.BackupFailed.Reason;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Brings a backup into a new, empty data directory (恢复), whose rooms start held: no carrier hears anything before an officer
 * releases them.
 *
 * <pre>
 * try (var restore = Restore.begin(file, dataDir)) {           // reads the whole file, refuses a directory with content
 *     try (var postgres = EmbeddedPostgres.start(restore.folder())) {
 *         restore.load(url, user, password, room -> inbox.put(room, new Restored(..)));
 *     }
 *     restore.finish();                                        // the data directory gets its name
 * }                                                            // without finish() nothing is left
 * </pre>
 */
public final class Restore implements AutoCloseable {
    private final BackupFile backup;
    private final Path dataDir;
    private final Path folder;
    private final String migrations;
    private boolean loaded;

    private Restore(BackupFile backup, Path dataDir, Path folder, String migrations) {
        this.backup = backup;
        this.dataDir = dataDir;
        this.folder = folder;
        this.migrations = migrations;
    }

    /** Reads the backup through and makes sure that the data directory is new; makes nothing yet. */
    public static Restore begin(Path file, Path dataDir) throws BackupFailed {
        return begin(file, dataDir, "classpath:db/migration");
    }

    static Restore begin(Path file, Path dataDir, String migrations) throws BackupFailed {
        var target = dataDir.toAbsolutePath().normalize();
        var folder = target.resolveSibling(target.getFileName() + ".restoring");
        requireEmpty(target);
        if (Files.exists(folder)) {
            throw new BackupFailed(
                    Reason.DIRECTORY_NOT_EMPTY,
                    folder.toString(),
                    "no restore into this directory that is running or was killed",
                    "if none is running, delete that folder; then restore again");
        }
        return new Restore(BackupFile.open(file), target, folder, migrations);
    }

    private static void requireEmpty(Path dataDir) throws BackupFailed {
        try {
            if (!Files.exists(dataDir)) {
                return;
            }
            try (var entries = Files.list(dataDir)) {
                if (entries.findAny().isEmpty()) {
                    return;
                }
            }
        } catch (IOException notAFolder) {
            // said below
        }
        throw new BackupFailed(
                Reason.DIRECTORY_NOT_EMPTY,
                dataDir.toString(),
                "a folder that does not exist yet, or an empty one",
                "choose another --data; a restore never overwrites");
    }

    public Manifest manifest() {
        return backup.manifest();
    }

    /** Where the data directory is built. */
    public Path folder() {
        return folder;
    }

    /**
     * Loads the tables, compares them with the manifest, holds all rooms, puts keys into the folder. Then tells each room, so
     * that the caller puts the arrival {@code Restored} into its inbox; the tables are those of the backup's version, opening
     * the {@code Database} brings them up to date.
     */
    public void load(String jdbcUrl, String user, String password, Consumer<String> restored) throws BackupFailed {
        var source = new PGSimpleDataSource();
        source.setURL(jdbcUrl);
        source.setUser(user);
        source.setPassword(password);
        try {
            try (var connection = source.getConnection()) {
                requireNoTables(connection);
                migrate(source);
                connection.setAutoCommit(false);
                load(new Catalog(connection));
                connection.commit();
            }
            putFiles();
        } catch (SQLException | IOException | FlywayException failed) {
            throw new BackupFailed(
                    Reason.RESTORE_FAILED,
                    failed.getMessage() == null ? failed.toString() : failed.getMessage(),
                    "an empty database that only this program uses, and room on its disk",
                    "remove the cause and restore again; nothing was changed",
                    failed);
        }
        manifest().rooms().forEach(restored);
        loaded = true;
    }

    /** The data directory gets its name. The database in it must have been stopped. */
    public void finish() throws BackupFailed {
        if (!loaded) {
            throw new IllegalStateException("Bug: finish() before load()");
        }
        try {
            Files.move(folder, dataDir, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            throw new BackupFailed(
                    Reason.RESTORE_FAILED,
                    folder + " cannot be renamed to " + dataDir + " (" + failed.getMessage() + ")",
                    "a folder that is still absent or empty",
                    "restore again into another --data",
                    failed);
        }
    }

    /** Deletes what was built unless it was finished. */
    @Override
    public void close() {
        backup.close();
        try {
            if (Files.exists(folder)) {
                deleteTree(folder);
            }
        } catch (IOException ignored) {
            // The next restore names the folder and says what to do.
        }
    }

    private void requireNoTables(Connection connection) throws SQLException, BackupFailed {
        var catalog = new Catalog(connection);
        var tables = catalog.tables();
        if (!tables.isEmpty() || catalog.schemaVersion().isPresent()) {
            throw new BackupFailed(
                    Reason.DATABASE_NOT_EMPTY,
                    tables.isEmpty()
                            ? "a history of migrations"
                            : "table " + tables.getFirst().id(),
                    "a database without tables",
                    "make a new database for the restore");
        }
    }

    /** To the version of the backup, no further: its rows fit only those tables. */
    private void migrate(PGSimpleDataSource source) throws BackupFailed {
        var version = manifest().schema();
        if (version.isEmpty()) {
            throw tablesDiffer("the backup names no version of the tables");
        }
        var steps = Flyway.configure().dataSource(source).locations(migrations.split(","));
        var known = Stream.of(steps.load().info().all())
                .anyMatch(step -> MigrationVersion.fromVersion(version).equals(step.getVersion()));
        if (!known) {
            throw new BackupFailed(
                    Reason.NEWER,
                    "tables of version " + version,
                    "a version this program knows",
                    "restore with program version " + manifest().program() + " or newer");
        }
        steps.target(version).load().migrate();
    }

    /** The same tables with the same columns, in the order in which the backup can be loaded. */
    private List<Catalog.Table> requireSameTables(Catalog catalog) throws SQLException, BackupFailed {
        var tables = new ArrayList<Catalog.Table>();
        Map<String, Catalog.Table> found = new HashMap<>();
        catalog.tables().forEach(table -> found.put(table.id(), table));
        for (var table : manifest().tables()) {
            var ours = found.remove(table.id());
            if (ours == null || !ours.columns().equals(table.columns())) {
                throw tablesDiffer(table.id() + " has " + table.columns() + " in the backup and "
                        + (ours == null ? "does not exist" : ours.columns()) + " here");
            }
            tables.add(ours);
        }
        if (!found.isEmpty()) {
            throw tablesDiffer("the backup lacks " + found.keySet());
        }
        return tables;
    }

    private void load(Catalog catalog) throws SQLException, IOException, BackupFailed {
        var tables = requireSameTables(catalog);
        for (var table : manifest().tables()) {
            try (var rows = backup.read(table.entry())) {
                catalog.copyIn(table, rows);
            }
        }
        for (var sequence : manifest().sequences()) {
            catalog.setSequence(sequence);
        }
        for (var i = 0; i < tables.size(); i++) {
            verify(catalog, manifest().tables().get(i), tables.get(i));
        }
        catalog.holdRooms();
    }

    /** Reads back what the database now holds. A table without a key has no order of its own, so there the count must do. */
    private static void verify(Catalog catalog, Manifest.Table table, Catalog.Table restored)
            throws SQLException, IOException, BackupFailed {
        var digest = new Digesting.Out(OutputStream.nullOutputStream());
        var rows = catalog.copyOut(restored, table.columns(), digest);
        var equal = rows == table.rows()
                && (restored.order().isEmpty() || digest.sha256().equals(table.sha256()));
        if (!equal) {
            throw new BackupFailed(
                    Reason.NOT_EQUAL,
                    "table " + table.name() + " has " + rows + " rows of " + table.rows() + ", or other content",
                    "the same rows, byte for byte",
                    "keep the backup and report this; nothing was restored");
        }
    }

    private void putFiles() throws IOException, BackupFailed {
        for (var kept : manifest().files()) {
            var target = folder.resolve(kept.path());
            makePrivate(target.resolveSibling("."));
            try (var content = backup.read(kept.entry())) {
                Files.copy(content, target);
                Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-------"));
                force(target);
            }
        }
    }

    private static void force(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private static void makePrivate(Path directory) throws IOException {
        Files.createDirectories(
                directory.normalize(),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    private static BackupFailed tablesDiffer(String how) {
        return new BackupFailed(
                Reason.TABLES_DIFFER, how, "a backup of this program", "restore with the program version that made it");
    }

    private static void deleteTree(Path folder) throws IOException {
        try (var paths = Files.walk(folder)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
