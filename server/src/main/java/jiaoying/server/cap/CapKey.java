package jiaoying.server.cap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/**
 * The key that signs our messages (签名密钥): EC P-256, in the keys folder, made at first use. The public half lies beside it to
 * be given to those who receive.
 */
final class CapKey {
    private CapKey() {}

    /** {@code room.cap} for its owner only, {@code room.cap.pub} for everybody, both PEM. */
    static PrivateKey ofDirectory(Path keys, String room) {
        var file = keys.resolve(room + ".cap");
        try {
            if (!Files.exists(file)) {
                make(keys, file);
            }
            var bytes = Base64.getMimeDecoder().decode(Files.readString(file).replaceAll("-----[A-Z ]+-----", ""));
            return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(file + " is no key; bring it back from a backup", e);
        }
    }

    private static void make(Path keys, Path file) throws IOException, GeneralSecurityException {
        var pairs = KeyPairGenerator.getInstance("EC");
        pairs.initialize(new ECGenParameterSpec("secp256r1"));
        var pair = pairs.generateKeyPair();
        Files.createDirectories(keys);
        Files.writeString(
                keys.resolve(file.getFileName() + ".pub"),
                pem("PUBLIC KEY", pair.getPublic().getEncoded()));
        var made = file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? Files.createTempFile(
                        keys,
                        "new",
                        ".key",
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
                : Files.createTempFile(keys, "new", ".key");
        Files.writeString(made, pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
        Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String pem(String what, byte[] bytes) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes) + "\n-----END " + what + "-----\n";
    }
}
