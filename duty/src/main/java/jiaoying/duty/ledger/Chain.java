package jiaoying.duty.ledger;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hash chain of the ledger: h(0) = SHA-256(first line), h(n) = SHA-256(h(n-1) || entry n). */
public final class Chain {
    private Chain() {}

    /** The hash before the first entry. @param firstLine the UTF-8 bytes of the export's first line, without line end */
    public static byte[] genesis(byte[] firstLine) {
        return digest().digest(firstLine);
    }

    /** The hash after an entry. @param entry its stored UTF-8 bytes */
    public static byte[] next(byte[] previous, byte[] entry) {
        var digest = digest();
        digest.update(previous);
        return digest.digest(entry);
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Bug: every Java platform has SHA-256", e);
        }
    }
}
