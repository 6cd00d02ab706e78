package jiaoying.server.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import jiaoying.duty.ledger.Personal;

/**
 * Seals personal fields (个人信息) with AES-256-GCM under the key of their person; without the key they read as blank.
 *
 * <p>Sealed form: base64 of nonce (12 bytes), ciphertext, tag (16 bytes). The nonce is the start of HMAC-SHA256 over the
 * place and the text: the same seed gives the same bytes, and a number that is given out a second time after a rollback
 * cannot bring the same nonce for another text. Nonce and cipher use different keys derived from the person's. May be
 * called from any thread.
 */
public final class Sealer {
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final PersonKeys keys;

    public Sealer(PersonKeys keys) {
        this.keys = keys;
    }

    /**
     * The sealed text; empty when the text is blank or the person was erased.
     *
     * @param place where the field stands, for example {@code 17/fact/name}
     */
    public String seal(String place, Personal personal) {
        if (personal.text().equals(Personal.BLANK)) {
            return "";
        }
        return keys.findOrMake(personal.person())
                .map(key -> seal(key, place, personal.text()))
                .orElse("");
    }

    /** The text in the clear, or blank when the key is gone. @throws IllegalArgumentException when it is damaged */
    public Personal open(String person, String sealed) {
        if (sealed.isEmpty()) {
            return new Personal(person, Personal.BLANK);
        }
        return new Personal(
                person, keys.find(person).map(key -> open(key, decoded(sealed))).orElse(Personal.BLANK));
    }

    private static String seal(byte[] key, String place, String text) {
        try {
            var nonce = Arrays.copyOf(hmac(hmac(key, "nonce"), place + "\0" + text), NONCE);
            var cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce);
            var plain = text.getBytes(UTF_8);
            var sealed = Arrays.copyOf(nonce, NONCE + cipher.getOutputSize(plain.length));
            cipher.doFinal(plain, 0, plain.length, sealed, NONCE);
            return Base64.getEncoder().encodeToString(sealed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Bug: every Java platform has AES-GCM and HMAC-SHA256", e);
        }
    }

    private static byte[] decoded(String sealed) {
        try {
            return Base64.getDecoder().decode(sealed);
        } catch (IllegalArgumentException e) {
            throw damaged(e);
        }
    }

    private static IllegalArgumentException damaged(Exception e) {
        return new IllegalArgumentException("the sealed text is damaged or was sealed with another key", e);
    }

    private static String open(byte[] key, byte[] sealed) {
        try {
            if (sealed.length < NONCE + TAG_BITS / 8) {
                throw new AEADBadTagException();
            }
            var cipher = cipher(Cipher.DECRYPT_MODE, key, Arrays.copyOf(sealed, NONCE));
            return new String(cipher.doFinal(sealed, NONCE, sealed.length - NONCE), UTF_8);
        } catch (AEADBadTagException e) {
            throw damaged(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Bug: every Java platform has AES-GCM and HMAC-SHA256", e);
        }
    }

    private static Cipher cipher(int mode, byte[] key, byte[] nonce) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(hmac(key, "seal"), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(UTF_8));
    }
}
