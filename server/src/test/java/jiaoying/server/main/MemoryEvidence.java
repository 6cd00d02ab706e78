package jiaoying.server.main;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import jiaoying.server.store.Evidence;

/** Files of evidence in memory. */
final class MemoryEvidence implements Evidence {
    private final Map<String, byte[]> contents = new ConcurrentHashMap<>();
    private final Map<String, Kept> files = new ConcurrentHashMap<>();

    @Override
    public Kept keep(byte[] content, String type, String by, Instant at) {
        var sha256 = sha256(content);
        contents.putIfAbsent(sha256, content);
        return files.computeIfAbsent(sha256, _ -> new Kept(sha256, content.length, type, by, at));
    }

    @Override
    public Optional<Kept> find(String sha256) {
        return Optional.ofNullable(files.get(sha256));
    }

    @Override
    public Optional<byte[]> read(String sha256) {
        return Optional.ofNullable(contents.get(sha256));
    }

    static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
