package jiaoying.server.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The two scripts of a person's own page: the one that keeps what is entered, and the one that keeps the page. */
final class PhoneScripts {
    static final String KEPT = read("kept.js");
    static final String WORKER = read("worker.js");
    /** Another one with every change: what a browser keeps never goes with another page. */
    static final String VERSION = digest(KEPT + WORKER);

    private PhoneScripts() {}

    private static String read(String name) {
        try (var in = PhoneScripts.class.getResourceAsStream("/jiaoying/phone/" + name)) {
            if (in == null) {
                throw new IllegalStateException("Bug: the script " + name + " is not in the program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String digest(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Bug: every JDK has SHA-256", e);
        }
    }
}
