package jiaoying.wire.cmpp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** How both sides prove that they know the shared secret: MD5, as the protocol asks (AuthenticatorSource, AuthenticatorISMG). */
public final class Authenticator {
    private static final byte[] NINE = new byte[9];

    private Authenticator() {}

    /** MD5(account + nine 00 bytes + secret + timestamp in ten digits). */
    public static Content ofClient(String account, String secret, long timestamp) {
        return md5(latin(account), NINE, latin(secret), latin("%010d".formatted(timestamp)));
    }

    /** MD5(status + the client's authenticator + secret); status as wide as in the response. */
    public static Content ofServer(long status, Content client, String secret, Version version) {
        var wide = new byte[version.result()];
        for (var i = 0; i < wide.length; i++) {
            wide[i] = (byte) (status >>> 8 * (wide.length - 1 - i));
        }
        return md5(wide, client.toBytes(), latin(secret));
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static Content md5(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (var part : parts) {
            all.writeBytes(part);
        }
        try {
            return Content.of(MessageDigest.getInstance("MD5").digest(all.toByteArray()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Bug: every Java platform has MD5", e);
        }
    }
}
