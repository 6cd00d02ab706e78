package jiaoying.server.main;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import jiaoying.server.store.Backup;
import jiaoying.server.store.BackupFailed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a backup of a data directory (备份); its room may be live. */
@Command(name = "backup")
final class BackupCommand implements Callable<Integer> {
    private final Words words;
    private final InstantSource clock = InstantSource.system();

    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Mixin
    RoomChoice choice = new RoomChoice();

    @Parameters(paramLabel = "FILE")
    @SuppressWarnings("NullAway.Init")
    Path file;

    BackupCommand(Words words) {
        this.words = words;
    }

    @Override
    public Integer call() throws BackupFailed {
        try (var rooms = choice.open()) {
            var backup =
                    new Backup(rooms.database().dataSource(), rooms.directory().path(), Version.number());
            var manifest = backup.write(file.toAbsolutePath(), clock.instant());
            spec.commandLine()
                    .getOut()
                    .println(words.say("backup.done", file, String.join(", ", manifest.rooms()), manifest.rows()));
            return Jiaoying.GOOD;
        }
    }
}
