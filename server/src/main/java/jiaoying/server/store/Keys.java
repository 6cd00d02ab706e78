package jiaoying.server.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secrets of one room: the key that signs heads of its ledger (Ed25519), the secret behind people's links, and fresh
 * keys for persons. From files that only the server's user can read, or from a seed, so that a replay gives the same bytes.
 * May be called from any thread.
 */
public final class Keys {
    private static final int SECRET = 32;
    private static final int LINK_MAC = 16;
    private static final int LINK_MAC_TEXT = 22;
    private static final int TOKEN_MAX = 400;
    private static final Pattern ROOM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern UUID_TEXT = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final SecureRandom CHANCE = new SecureRandom();

    private final PrivateKey signKey;
    private final String publicKeyHex;
    private final byte[] linkSecret;
    private final UnaryOperator<byte[]> personKeys;

    private Keys(byte[] signSeed, byte[] linkSecret, UnaryOperator<byte[]> personKeys) {
        this.signKey = privateKey(signSeed);
        this.publicKeyHex = publicKeyHex(signSeed);
        this.linkSecret = linkSecret;
        this.personKeys = personKeys;
    }

    /** Keys kept in a directory, made at first use: {@code room.sign} and {@code room.link}, hex, mode 0600. */
    public static Keys ofDirectory(Path directory, String room) {
        if (!ROOM.matcher(room).matches()) {
            throw new IllegalArgumentException("Room " + room
                    + ": keys are kept under the room's id; allowed are 1 to 64 letters, digits, '.', '_' and '-'");
        }
        try {
            return new Keys(
                    secret(directory, room + ".sign"), secret(directory, room + ".link"), person -> randomSecret());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Keys of room " + room + " cannot be read or made in " + directory + ": " + e.getMessage(), e);
        }
    }

    /** Keys that follow from a seed, for replay and simulation only. */
    public static Keys ofSeed(long seed, String room) {
        var master = hmac(ByteBuffer.allocate(Long.BYTES).putLong(seed).array(), "jiaoying/" + room);
        return new Keys(hmac(master, "sign"), hmac(master, "link"), person -> hmac(hmac(master, "person"), person));
    }

    /**
     * The token of a person's link: unguessable, 44 characters for an errand whose key is a UUID, never ending in
     * punctuation that a phone would leave out of the link.
     */
    public String linkToken(String errandKey) {
        var mac = Arrays.copyOf(hmac(linkSecret, errandKey.getBytes(UTF_8)), LINK_MAC);
        return base64(mac) + compact(errandKey);
    }

    /** A mark of something that nobody needs to read again, such as a phone number: the same has the same mark, in this room only. */
    public String mark(String secretThing) {
        return base64(Arrays.copyOf(hmac(hmac(linkSecret, "mark"), secretThing), LINK_MAC));
    }

    /** What seals the arrivals of this room in the inbox. */
    ArrivalSeal arrivalSeal() {
        return new ArrivalSeal(hmac(linkSecret, "arrival"), hmac(linkSecret, "arrival nonce"));
    }

    /** The errand's key when the token is one of this room's. */
    public Optional<String> verifyLink(String token) {
        return expanded(token)
                .filter(key -> MessageDigest.isEqual(linkToken(key).getBytes(UTF_8), token.getBytes(UTF_8)));
    }

    /** The Ed25519 signature of a statement. */
    public byte[] sign(byte[] statement) {
        try {
            var signature = Signature.getInstance("Ed25519");
            signature.initSign(signKey);
            signature.update(statement);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    /** The public key in hex, 32 bytes as in RFC 8032. */
    public String publicKeyHex() {
        return publicKeyHex;
    }

    /** A key for a person who has none: a random one, or in a replay the one that follows from the seed. */
    public byte[] personKey(String person) {
        return personKeys.apply(person.getBytes(UTF_8));
    }

    private static String compact(String errandKey) {
        if (!UUID_TEXT.matcher(errandKey).matches()) {
            return "." + base64(errandKey.getBytes(UTF_8));
        }
        var uuid = UUID.fromString(errandKey);
        return base64(ByteBuffer.allocate(16)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array());
    }

    /** The errand's key that a token claims; whether it is true is checked by making the token again. */
    private static Optional<String> expanded(String token) {
        if (token.length() <= LINK_MAC_TEXT || token.length() > TOKEN_MAX) {
            return Optional.empty();
        }
        var rest = token.substring(LINK_MAC_TEXT);
        try {
            if (rest.startsWith(".")) {
                return Optional.of(new String(Base64.getUrlDecoder().decode(rest.substring(1)), UTF_8));
            }
            var uuid = ByteBuffer.wrap(Base64.getUrlDecoder().decode(rest));
            return uuid.remaining() == 16
                    ? Optional.of(new UUID(uuid.getLong(), uuid.getLong()).toString())
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] randomSecret() {
        var secret = new byte[SECRET];
        CHANCE.nextBytes(secret);
        return secret;
    }

    private static byte[] secret(Path directory, String name) throws IOException {
        var file = directory.resolve(name);
        if (!Files.exists(file)) {
            make(directory, file);
        }
        checkPrivate(file);
        var text = Files.readString(file).strip();
        if (text.length() != 2 * SECRET || !text.chars().allMatch(HexFormat::isHexDigit)) {
            throw new IOException(file
                    + " is damaged: it must hold 64 hex digits; bring it back from a backup, do not make a new one");
        }
        return HexFormat.of().parseHex(text);
    }

    /** Whole or not at all: a crash cannot leave half a key. */
    private static void make(Path directory, Path file) throws IOException {
        if (isPosix()) {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(directory);
        }
        var made = isPosix()
                ? Files.createTempFile(
                        directory,
                        "new",
                        ".key",
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
                : Files.createTempFile(directory, "new", ".key");
        try (var out = FileChannel.open(made, StandardOpenOption.WRITE)) {
            out.write(ByteBuffer.wrap((HexFormat.of().formatHex(randomSecret()) + "\n").getBytes(UTF_8)));
            out.force(true);
        }
        Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void checkPrivate(Path file) throws IOException {
        if (!isPosix()) {
            return;
        }
        var mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        if (!mode.endsWith("------")) {
            throw new IOException(file + " has mode " + mode
                    + ", so that others on this machine can read it; allowed is rw-------; run: chmod 600 " + file);
        }
    }

    private static boolean isPosix() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }

    private static PrivateKey privateKey(byte[] seed) {
        try {
            return KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    /** The JDK derives a public key only while it makes a pair, so the pair is made with the seed as its chance. */
    private static String publicKeyHex(byte[] seed) {
        try {
            var pairs = KeyPairGenerator.getInstance("Ed25519");
            pairs.initialize(NamedParameterSpec.ED25519, new Loaded(seed));
            var encoded = pairs.generateKeyPair().getPublic().getEncoded();
            return HexFormat.of().formatHex(encoded, encoded.length - 32, encoded.length);
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        return hmac(key, text.getBytes(UTF_8));
    }

    private static byte[] hmac(byte[] key, byte[] text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    private static IllegalStateException missing(GeneralSecurityException e) {
        return new IllegalStateException("Bug: every Java platform has Ed25519 and HMAC-SHA256", e);
    }

    /** A source of chance that gives the seed. */
    private static final class Loaded extends SecureRandom {
        private static final long serialVersionUID = 1;

        private final byte[] seed;

        Loaded(byte[] seed) {
            this.seed = seed;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(seed, 0, bytes, 0, bytes.length);
        }
    }
}
