package jiaoying.server.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Consumer;
import jiaoying.server.postgres.StateFile.State;

/**
 * A cluster with its tables that is made once and copied for servers that are thrown away: making both from nothing takes
 * longer than many a replay has time for.
 *
 * @param folder  where it is kept; made with all that is in it when it is first needed
 * @param filling what is done with the new server before it is kept
 */
public record Template(Path folder, Consumer<Server> filling) {
    /** One that belongs to the program of this jar and goes with it; none where the program does not run from a jar. */
    public static Optional<Template> besideProgram(Consumer<Server> filling) throws PostgresUnavailable {
        var program = Path.of(System.getProperty("java.class.path", "").split(System.getProperty("path.separator"))[0])
                .toAbsolutePath();
        var folder = program.resolveSibling("tables-" + Binaries.name());
        return Files.isRegularFile(program) ? Optional.of(new Template(folder, filling)) : Optional.empty();
    }

    /** Makes it, unless it is there. */
    public void keep() throws IOException, PostgresUnavailable {
        if (Files.isDirectory(folder)) {
            return;
        }
        var fresh = Files.createTempDirectory(folder.toAbsolutePath().getParent(), "tables.new");
        try {
            try (var postgres = EmbeddedPostgres.start(fresh)) { // ended in order, so that no copy has to recover
                filling.accept(postgres.server());
            }
            Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Binaries.deleteTree(fresh); // still there when it failed, or another program was quicker
        }
    }

    /** A cluster like it in a new data directory. A template that cannot be kept or read is none: then nothing is copied. */
    void copyTo(Path dataDir, Binaries binaries) throws IOException, PostgresUnavailable {
        try {
            keep();
            var password = StateFile.of(folder).read().map(State::password).orElseThrow();
            EmbeddedPostgres.prepareDataDir(dataDir);
            var cluster = Cluster.folderOf(dataDir);
            Files.createDirectory(
                    cluster, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            copy(Cluster.folderOf(folder), cluster, RunAs.adopt(cluster, binaries.program("postgres")));
            StateFile.of(dataDir).write(State.ofPassword(password));
        } catch (IOException | NoSuchElementException unusable) {
            Binaries.deleteTree(Cluster.folderOf(dataDir));
        }
    }

    private static void copy(Path from, Path to, RunAs owner) throws IOException {
        try (var paths = Files.walk(from)) {
            for (var path : paths.skip(1).toList()) {
                var copied = to.resolve(from.relativize(path).toString());
                Files.copy(path, copied);
                owner.own(copied);
            }
        }
    }
}
