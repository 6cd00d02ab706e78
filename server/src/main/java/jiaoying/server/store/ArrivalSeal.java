package jiaoying.server.store;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals what came in (AES-256-GCM), so that the inbox table tells nothing without the room's keys. The nonce follows from key
 * and text (HMAC-SHA-256, first 12 bytes): no nonce ever stands for two texts, and a replay writes the same bytes.
 */
final class ArrivalSeal {
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec cipherKey;
    private final SecretKeySpec nonceKey;

    /** @param cipherKey 32 bytes */
    ArrivalSeal(byte[] cipherKey, byte[] nonceKey) {
        this.cipherKey = new SecretKeySpec(cipherKey, "AES");
        this.nonceKey = new SecretKeySpec(nonceKey, "HmacSHA256");
    }

    /** Nonce, then ciphertext with its tag. */
    byte[] seal(byte[] text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(nonceKey);
            var nonce = Arrays.copyOf(mac.doFinal(text), NONCE);
            var sealed = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(text);
            return ByteBuffer.allocate(NONCE + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Bug: every Java platform has AES-GCM and HMAC-SHA-256", e);
        }
    }

    /** @throws IllegalArgumentException when it was not sealed with this key, or changed since */
    byte[] open(byte[] sealed) {
        try {
            var nonce = Arrays.copyOf(sealed, NONCE);
            return cipher(Cipher.DECRYPT_MODE, nonce).doFinal(sealed, NONCE, sealed.length - NONCE);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException("What came in cannot be opened with the keys of this room", e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, cipherKey, new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }
}
