package jiaoying.server.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The evidence of one room: each file enciphered (AES-256-GCM) with a key of its own in the data directory, the keys in the
 * database. A file is on disk before its row is, and its name is never used twice: a row always finds its file, and what a kill
 * leaves behind is a file that nobody has a key for. May be used from any thread.
 */
public final class EvidenceStore implements Evidence {
    /** The folder below the data directory. */
    static final String FOLDER = "evidence";

    private static final Sql ADD = Sql.of("""
            INSERT INTO evidence (room, sha256, file, key, size, type, by, taken_in)
            VALUES (:room, :digest, :file, :key, :size, :type, :by, :at)
            ON CONFLICT (room, sha256) DO UPDATE
               SET file = excluded.file, key = excluded.key, by = excluded.by, taken_in = excluded.taken_in
             WHERE evidence.key IS NULL""");
    private static final Sql FIND = Sql.of("""
            SELECT sha256, file, key, size, type, by, taken_in FROM evidence
             WHERE room = :room AND sha256 = :digest AND key IS NOT NULL""");

    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int KEY_BYTES = 32;
    private static final int TAG_BITS = 128;
    /** Each key enciphers one file once: the nonce need not differ. */
    private static final byte[] NONCE = new byte[12];

    private final Database db;
    private final String room;
    private final Path folder;
    private final SecureRandom random = new SecureRandom();

    /** @param dataDir the data directory; the folder is made with the first file */
    public EvidenceStore(Database db, String room, Path dataDir) {
        this.db = db;
        this.room = room;
        this.folder = dataDir.resolve(FOLDER);
    }

    private record Row(Kept kept, String file, byte[] key) {}

    @Override
    public Kept keep(byte[] content, String type, String by, Instant at) {
        var sha256 = sha256(content);
        return row(sha256).map(Row::kept).orElseGet(() -> {
            var key = new byte[KEY_BYTES];
            random.nextBytes(key);
            var name = new byte[16];
            random.nextBytes(name);
            var file = HexFormat.of().formatHex(name);
            write(file, enciphered(content, key, sha256));
            add(new Kept(sha256, content.length, type, by, at), file, key);
            return find(sha256)
                    .orElseThrow(() -> new IllegalStateException("Bug: evidence " + sha256 + " has just been kept"));
        });
    }

    private void add(Kept kept, String file, byte[] key) {
        db.write(c -> ADD.on(c)
                .with("room", room)
                .with("digest", kept.sha256())
                .with("file", file)
                .with("key", key)
                .with("size", kept.size())
                .with("type", kept.type())
                .with("by", kept.by())
                .with("at", kept.takenIn())
                .update());
    }

    @Override
    public Optional<Kept> find(String sha256) {
        return row(sha256).map(Row::kept);
    }

    @Override
    public Optional<byte[]> read(String sha256) {
        return row(sha256).map(this::content);
    }

    private Optional<Row> row(String sha256) {
        return db.read(c -> FIND.on(c).with("room", room).with("digest", sha256).find(EvidenceStore::row));
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                new Kept(
                        row.getString("sha256"),
                        row.getLong("size"),
                        row.getString("type"),
                        row.getString("by"),
                        Sql.instant(row, "taken_in")),
                row.getString("file"),
                row.getBytes("key"));
    }

    private byte[] content(Row row) {
        try {
            var sealed = Files.readAllBytes(folder.resolve(row.file()));
            var cipher = cipher(Cipher.DECRYPT_MODE, row.key(), row.kept().sha256());
            return cipher.doFinal(sealed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "Evidence " + row.kept().sha256() + ": file " + row.file()
                            + " is damaged; restore it from a backup",
                    e);
        }
    }

    private static byte[] enciphered(byte[] content, byte[] key, String sha256) {
        try {
            return cipher(Cipher.ENCRYPT_MODE, key, sha256).doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Bug: every Java has AES", e);
        }
    }

    /** The hash goes along as what is authenticated: a file cannot stand in for another. */
    private static Cipher cipher(int mode, byte[] key, String sha256) throws GeneralSecurityException {
        var cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, NONCE));
        cipher.updateAAD(HexFormat.of().parseHex(sha256));
        return cipher;
    }

    private void write(String name, byte[] bytes) {
        var part = folder.resolve(name + ".part");
        try {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            try (var channel = FileChannel.open(part, options, owner)) {
                var left = ByteBuffer.wrap(bytes);
                while (left.hasRemaining()) {
                    channel.write(left);
                }
                channel.force(true);
            }
            Files.move(part, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            try (var directory = FileChannel.open(folder)) {
                directory.force(true);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Bug: every Java has SHA-256", e);
        }
    }
}
