package jiaoying.server.store;

import java.time.Instant;
import java.util.Optional;

/** Files that prove something (证据文件), by the SHA-256 of their content. A deed names the hash; the file is kept first. */
public interface Evidence {
    /**
     * @param sha256 of the content, 64 hexadecimal digits
     * @param type   by the content, for example image/jpeg
     * @param by     who brought it first
     */
    record Kept(String sha256, long size, String type, String by, Instant takenIn) {}

    /** Keeps a file; when this returns, it outlives a kill. The same content again is the same file. */
    Kept keep(byte[] content, String type, String by, Instant at);

    /** Empty when it never came in, or its key was erased. */
    Optional<Kept> find(String sha256);

    /** The content, proved by its hash; empty as in {@link #find}. */
    Optional<byte[]> read(String sha256);
}
