package jiaoying.server.main;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import jiaoying.server.main.DataDirectory.Kind;
import jiaoying.server.postgres.Server;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which room a command is for: the options that all tools share. */
final class RoomChoice {
    @Option(names = "--data", paramLabel = "DIR")
    @Nullable
    Path data;

    @Option(names = "--database-url", paramLabel = "URL", defaultValue = "${env:JIAOYING_DATABASE_URL}")
    @Nullable
    String databaseUrl;

    @Option(names = "--room", paramLabel = "ID")
    @Nullable
    String room;

    /** The data directory named, else the only one of the usual two. */
    DataDirectory directory() {
        if (data != null) {
            return DataDirectory.open(data);
        }
        var demo = Home.data(Kind.DEMO);
        var real = Home.data(Kind.REAL);
        if (Files.exists(demo) && Files.exists(real)) {
            throw new Refusal("data.which", demo, real);
        }
        return DataDirectory.open(Files.exists(real) ? real : demo);
    }

    Optional<Server> database() {
        return Optional.ofNullable(databaseUrl).map(ExternalDatabase::of);
    }

    OpenRooms open() {
        return OpenRooms.open(directory(), database());
    }
}
