package jiaoying.server.postgres;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import jiaoying.server.postgres.StateFile.State;

/**
 * Makes the files of a data directory from a continuous copy (由连续副本恢复). Starting the database in it then runs through the
 * log that was copied, as after a power cut: every commit whose log had come is there.
 */
public final class CopyRestore {
    private static final String FOLDER_MODE = "rwx------";
    private static final String FILE_MODE = "rw-------";

    private final CopyFolder copy;
    private final CopyFolder.Label label;

    private CopyRestore(CopyFolder copy, CopyFolder.Label label) {
        this.copy = copy;
        this.label = label;
    }

    /** Empty when there is no whole copy in that folder. */
    public static Optional<CopyRestore> find(Path place) throws IOException {
        var copy = new CopyFolder(place);
        return copy.label()
                .filter(label -> Files.isDirectory(copy.base(label)))
                .map(label -> new CopyRestore(copy, label));
    }

    /** When the last piece of the log was written. */
    public Instant lastWritten() throws IOException {
        var last = copy.segments().getLast();
        return Files.getLastModifiedTime(last).toInstant();
    }

    /** @param folder a new data directory; when this fails it is for the caller to delete it */
    public void build(Path folder) throws IOException, PostgresUnavailable {
        EmbeddedPostgres.prepareDataDir(folder);
        var binaries = Binaries.unpacked(Binaries.defaultCache(), folder.toRealPath());
        var fresh = folder.resolve("postgres.new");
        Files.createDirectory(fresh);
        Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString(FOLDER_MODE));
        var runAs = RunAs.adopt(fresh, binaries.program("postgres"));
        copyTree(copy.base(label), fresh);
        putLog(fresh.resolve("pg_wal"));
        give(fresh, runAs);
        StateFile.of(folder).write(State.ofPassword(Files.readString(copy.password())));
        Files.move(fresh, Cluster.folderOf(folder));
        copyTree(copy.room(), folder);
    }

    /** Each file of the log has its full length, zeroes behind what has come: there the log ends. */
    private void putLog(Path log) throws IOException {
        for (var segment : copy.segments()) {
            var name = segment.getFileName().toString();
            if (name.compareTo(label.firstSegment()) < 0) {
                continue;
            }
            var target = log.resolve(name);
            Files.copy(segment, target);
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(FILE_MODE));
            try (var file = new RandomAccessFile(target.toFile(), "rw")) {
                file.setLength(label.segmentBytes());
            }
        }
    }

    private static void copyTree(Path from, Path to) throws IOException {
        try (var paths = Files.walk(from)) {
            for (var path : paths.filter(path -> !path.equals(from)).toList()) {
                var target = to.resolve(from.relativize(path));
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(FOLDER_MODE));
                } else {
                    Files.copy(path, target);
                    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(FILE_MODE));
                }
            }
        }
    }

    private static void give(Path cluster, RunAs runAs) throws IOException {
        try (var paths = Files.walk(cluster)) {
            for (var path : paths.toList()) {
                runAs.own(path);
            }
        }
    }
}
