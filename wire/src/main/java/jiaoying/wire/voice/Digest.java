package jiaoying.wire.voice;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The proof that answers a challenge of a SIP server (RFC 3261 §22.4, RFC 2617 §3.2.2): MD5, with or without {@code qop=auth}. */
public final class Digest {
    private static final Pattern FIELD = Pattern.compile("([A-Za-z]+)\\s*=\\s*(?:\"([^\"]*)\"|([^\\s,]+))");

    private Digest() {}

    /**
     * The value of the header that answers a challenge.
     *
     * @param challenge value of WWW-Authenticate or Proxy-Authenticate
     * @param cnonce    a number that nobody can guess, in hexadecimal digits
     * @return empty for a scheme or algorithm that is not known here
     */
    public static Optional<String> answer(
            String challenge, String user, String password, String method, String uri, String cnonce) {
        if (!challenge.strip().toLowerCase(Locale.ROOT).startsWith("digest")) {
            return Optional.empty();
        }
        var fields = fields(challenge);
        var algorithm = fields.getOrDefault("algorithm", "MD5");
        var nonce = fields.getOrDefault("nonce", "");
        if (!algorithm.equalsIgnoreCase("MD5") || nonce.isEmpty()) {
            return Optional.empty();
        }
        var realm = fields.getOrDefault("realm", "");
        var secret = md5(user + ":" + realm + ":" + password);
        var what = md5(method + ":" + uri);
        var auth =
                (", " + fields.getOrDefault("qop", "") + ",").replace(" ", "").contains(",auth,");
        var response = auth
                ? md5(secret + ":" + nonce + ":00000001:" + cnonce + ":auth:" + what)
                : md5(secret + ":" + nonce + ":" + what);
        return Optional.of(
                "Digest username=\"%s\", realm=\"%s\", nonce=\"%s\", uri=\"%s\", response=\"%s\", algorithm=MD5"
                                .formatted(user, realm, nonce, uri, response)
                        + (auth ? ", qop=auth, nc=00000001, cnonce=\"" + cnonce + "\"" : "")
                        + Optional.ofNullable(fields.get("opaque"))
                                .map(opaque -> ", opaque=\"" + opaque + "\"")
                                .orElse(""));
    }

    private static Map<String, String> fields(String challenge) {
        var fields = new LinkedHashMap<String, String>();
        var found = FIELD.matcher(challenge);
        while (found.find()) {
            fields.put(
                    found.group(1).toLowerCase(Locale.ROOT), found.group(2) == null ? found.group(3) : found.group(2));
        }
        return fields;
    }

    private static String md5(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Bug: every Java platform has MD5", e);
        }
    }
}
