package jiaoying.server.postgres;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Set;
import org.postgresql.replication.LogSequenceNumber;

/**
 * Copies all files of a running database (PostgreSQL documentation, section 25.3.4, making a base backup using the low level
 * API). Files may change while they are copied: the log between begin and end of the copy makes them whole.
 */
final class BaseCopy {
    /** Folders whose content a start makes anew, or which the log brings. */
    private static final Set<String> EMPTY = Set.of(
            "pg_wal",
            "pg_replslot",
            "pg_dynshmem",
            "pg_notify",
            "pg_serial",
            "pg_snapshots",
            "pg_stat_tmp",
            "pg_subtrans");

    private static final Set<String> LEFT_OUT =
            Set.of("postmaster.pid", "postmaster.opts", "pg_internal.init", "backup_label", "tablespace_map");

    private final Path cluster;
    private final CopyFolder copy;

    BaseCopy(Path cluster, CopyFolder copy) {
        this.cluster = cluster;
        this.copy = copy;
    }

    /** @return what is to be written beside it as soon as the log has reached its end */
    CopyFolder.Label take(Connection connection, long system, long segmentBytes, Instant at)
            throws SQLException, IOException {
        var begin = Asking.text(connection, "SELECT pg_backup_start('jiaoying copy', true)");
        var from = LogSequenceNumber.valueOf(begin).asLong();
        var name = "base-" + CopyFolder.segmentName(from, segmentBytes);
        var base = copy.place().resolve(name);
        Binaries.deleteTree(base);
        Files.createDirectory(base);
        copyTree(base);
        var end = Asking.row(connection, "SELECT labelfile, lsn FROM pg_backup_stop(false)");
        var label = base.resolve("backup_label");
        Files.writeString(label, end.get(0));
        CopyFolder.force(label);
        CopyFolder.forceFolder(base);
        return new CopyFolder.Label(system, segmentBytes, name, LogSequenceNumber.valueOf(end.get(1)), at);
    }

    private void copyTree(Path base) throws IOException {
        Files.walkFileTree(cluster, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                var name = String.valueOf(folder.getFileName());
                if (name.startsWith("pgsql_tmp")) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(base.resolve(cluster.relativize(folder)));
                return EMPTY.contains(name) && cluster.equals(folder.getParent())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.isRegularFile() && !LEFT_OUT.contains(String.valueOf(file.getFileName()))) {
                    copyFile(file, base.resolve(cluster.relativize(file)));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failed) throws IOException {
                if (failed instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE; // dropped meanwhile: the log says so too
                }
                throw failed;
            }
        });
    }

    private static void copyFile(Path from, Path to) throws IOException {
        try (var in = Files.newInputStream(from);
                var out = Files.newOutputStream(to, StandardOpenOption.CREATE_NEW)) {
            in.transferTo(out);
        } catch (NoSuchFileException droppedMeanwhile) {
            Files.deleteIfExists(to);
            return;
        }
        CopyFolder.force(to);
    }
}
