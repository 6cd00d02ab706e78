package jiaoying.server.main;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import jiaoying.duty.room.Arrival.Restored;
import jiaoying.server.postgres.CopyRestore;
import jiaoying.server.postgres.EmbeddedPostgres;
import jiaoying.server.postgres.PostgresUnavailable;
import jiaoying.server.postgres.Server;
import jiaoying.server.store.BackupFailed;
import jiaoying.server.store.Database;
import jiaoying.server.store.Inbox;
import jiaoying.server.store.Restore;
import jiaoying.server.store.Rooms;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a new data directory from a backup (恢复); its rooms start held. */
@Command(name = "restore")
final class RestoreCommand implements Callable<Integer> {
    private final Words words;

    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Parameters(paramLabel = "FILE")
    @SuppressWarnings("NullAway.Init")
    Path file;

    @Option(names = "--data", paramLabel = "DIR", required = true)
    @SuppressWarnings("NullAway.Init")
    Path data;

    RestoreCommand(Words words) {
        this.words = words;
    }

    @Override
    public Integer call() throws BackupFailed, PostgresUnavailable {
        if (Files.isDirectory(file)) {
            return fromCopy();
        }
        if (!Files.isReadable(file)) {
            throw new Refusal("backup.file", file);
        }
        try (var restore = Restore.begin(file, data)) {
            try (var postgres = EmbeddedPostgres.start(restore.folder())) {
                var server = postgres.server();
                restore.load(
                        server.jdbcUrl(),
                        server.user(),
                        server.password(),
                        room -> tell(restore.folder(), server, room));
            }
            restore.finish();
            var manifest = restore.manifest();
            spec.commandLine()
                    .getOut()
                    .println(words.say(
                            "restore.done",
                            data.toAbsolutePath(),
                            String.join(", ", manifest.rooms()),
                            manifest.takenAt()));
            return Jiaoying.GOOD;
        }
    }

    /** From a continuous copy, whose log is run through as after a power cut. */
    private Integer fromCopy() throws PostgresUnavailable {
        var target = data.toAbsolutePath().normalize();
        var folder = target.resolveSibling(target.getFileName() + ".restoring");
        if (!DataDirectory.isNew(target) || !DataDirectory.isNew(folder)) {
            throw new Refusal("restore.not-empty", DataDirectory.isNew(target) ? folder : target);
        }
        try {
            var copy = CopyRestore.find(file).orElseThrow(() -> new Refusal("restore.no-copy", file));
            copy.build(folder);
            var rooms = hold(folder);
            Files.deleteIfExists(target);
            Files.move(folder, target, StandardCopyOption.ATOMIC_MOVE);
            spec.commandLine()
                    .getOut()
                    .println(words.say("restore.copied", target, String.join(", ", rooms), copy.lastWritten()));
            return Jiaoying.GOOD;
        } catch (IOException e) {
            throw new Refusal("restore.copy-failed", file, folder, String.valueOf(e.getMessage()));
        }
    }

    private List<String> hold(Path folder) throws PostgresUnavailable {
        try (var postgres = EmbeddedPostgres.start(folder)) {
            var server = postgres.server();
            List<String> rooms;
            try (var database = Database.open(server.jdbcUrl(), server.user(), server.password())) {
                rooms = new Rooms(database).hold();
            }
            rooms.forEach(room -> tell(folder, server, room));
            return rooms;
        }
    }

    /** The room learns that it was restored, and takes it first of all when it is opened. */
    private void tell(Path folder, Server server, String room) {
        try (var database = Database.open(server.jdbcUrl(), server.user(), server.password());
                var inbox = new Inbox(database, InstantSource.system(), 1)) {
            inbox.know(room, OpenRooms.keys(folder, room));
            var number = inbox.put(room, new Restored(String.valueOf(file.getFileName())));
            inbox.flush();
            number.join();
        }
    }
}
