package jiaoying.server.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** What is written into a log from now on. */
final class LogTail {
    private static final int LONGEST = 64 << 10;
    private static final long KEEP = 10L << 20;

    private final Path log;
    private final long start;

    LogTail(Path log) throws IOException {
        this.log = log;
        this.start = Files.exists(log) ? Files.size(log) : 0;
    }

    /** A log over 10 MB is put aside in place of the one put aside before; a new log is for its owner's eyes only. */
    static void turnOver(Path log) throws IOException {
        if (Files.exists(log) && Files.size(log) > KEEP) {
            Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
        if (!Files.exists(log)) {
            StateFile.writePrivate(log, "");
        }
    }

    /** At most the last 64 KB. */
    String text() throws IOException {
        if (!Files.exists(log)) {
            return "";
        }
        try (var channel = FileChannel.open(log)) {
            var from = Math.max(start, channel.size() - LONGEST);
            var bytes = ByteBuffer.allocate((int) Math.max(0, channel.size() - from));
            while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {
                // until full or at the end
            }
            return new String(bytes.array(), 0, bytes.position(), UTF_8);
        }
    }
}
