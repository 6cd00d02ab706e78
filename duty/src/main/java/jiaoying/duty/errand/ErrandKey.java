package jiaoying.duty.errand;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** Idempotent keys of errands: the same intention has the same key, for ever and everywhere. */
public final class ErrandKey {
    /** Namespace of our keys, drawn once. */
    private static final UUID NAMESPACE = UUID.fromString("6f0f0a4e-6d0c-4bb5-9f5e-2b8f6a3c7d11");

    private ErrandKey() {}

    /** UUIDv5 (RFC 9562 section 5.5) of the parts in order. */
    public static String of(String... parts) {
        var name = String.join("\n", parts).getBytes(StandardCharsets.UTF_8);
        var input = ByteBuffer.allocate(16 + name.length)
                .putLong(NAMESPACE.getMostSignificantBits())
                .putLong(NAMESPACE.getLeastSignificantBits())
                .put(name);
        var hash = ByteBuffer.wrap(sha1(input.array()));
        var high = hash.getLong() & 0xFFFF_FFFF_FFFF_0FFFL | 0x5000L;
        var low = hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }

    private static byte[] sha1(byte[] input) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(input);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Bug: every Java platform has SHA-1", e);
        }
    }
}
