package jiaoying.server.main;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import jiaoying.duty.room.Arrival.Restored;
import jiaoying.server.postgres.EmbeddedPostgres;
import jiaoying.server.postgres.PostgresUnavailable;
import jiaoying.server.postgres.Server;
import jiaoying.server.store.BackupFailed;
import jiaoying.server.store.Database;
import jiaoying.server.store.Inbox;
import jiaoying.server.store.Restore;
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
