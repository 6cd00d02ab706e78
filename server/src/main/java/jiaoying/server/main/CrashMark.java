package jiaoying.server.main;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that is there while the server runs: found at a start, it says that the last run was cut off. */
final class CrashMark implements AutoCloseable {
    private final Path file;
    private final boolean cutOff;

    private CrashMark(Path file, boolean cutOff) {
        this.file = file;
        this.cutOff = cutOff;
    }

    static CrashMark set(Path data) {
        var file = data.resolve("running");
        try {
            var cutOff = Files.exists(file);
            if (!cutOff) {
                Files.createFile(file);
            }
            return new CrashMark(file, cutOff);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean lastRunWasCutOff() {
        return cutOff;
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }
}
