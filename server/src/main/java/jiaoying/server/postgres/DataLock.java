package jiaoying.server.postgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One program per data directory: a kernel lock on {@code <data>/postgres.lock}, which ends with the program however it ends.
 * The set of directories held by this program comes first: closing any channel to a file drops this program's locks on it.
 */
final class DataLock implements AutoCloseable {
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path dataDir;
    private final FileChannel channel;

    private DataLock(Path dataDir, FileChannel channel) {
        this.dataDir = dataDir;
        this.channel = channel;
    }

    /** Empty when a living program has it. */
    static Optional<DataLock> tryTake(Path dataDir) throws IOException {
        var real = dataDir.toRealPath();
        if (!HELD.add(real)) {
            return Optional.empty();
        }
        var taken = false;
        try {
            var channel = FileChannel.open(
                    real.resolve("postgres.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            taken = channel.tryLock() != null;
            if (!taken) {
                channel.close();
                return Optional.empty();
            }
            return Optional.of(new DataLock(real, channel));
        } finally {
            if (!taken) {
                HELD.remove(real);
            }
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException ignored) {
            // The lock ends with the program at the latest.
        }
        HELD.remove(dataDir);
    }
}
