package jiaoying.server.postgres;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Writes the write-ahead log into files as PostgreSQL has them: each byte stands at its position. One thread. */
final class WalFiles implements AutoCloseable {
    private final Path folder;
    private final long segmentBytes;
    private @Nullable FileChannel channel;
    private long begin = -1;

    WalFiles(Path folder, long segmentBytes) {
        this.folder = folder;
        this.segmentBytes = segmentBytes;
    }

    /** @param position of the first byte in the log, as an unsigned number */
    void write(long position, ByteBuffer bytes) throws IOException {
        var at = position;
        while (bytes.hasRemaining()) {
            var file = at(at - Long.remainderUnsigned(at, segmentBytes));
            var offset = at - begin;
            var part = bytes.slice();
            part.limit((int) Math.min(part.remaining(), segmentBytes - offset));
            var length = part.remaining();
            while (part.hasRemaining()) {
                offset += file.write(part, offset);
            }
            bytes.position(bytes.position() + length);
            at += length;
        }
    }

    private FileChannel at(long segment) throws IOException {
        var open = channel;
        if (open != null && begin == segment) {
            return open;
        }
        close();
        var name = CopyFolder.segmentName(segment, segmentBytes);
        open = FileChannel.open(folder.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        channel = open;
        begin = segment;
        CopyFolder.forceFolder(folder);
        return open;
    }

    /** What was written is on disk. */
    void force() throws IOException {
        if (channel != null) {
            channel.force(false);
        }
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            force();
            channel.close();
            channel = null;
        }
    }
}
