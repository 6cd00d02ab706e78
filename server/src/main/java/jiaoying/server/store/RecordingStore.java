package jiaoying.server.store;

import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What called people said (通话录音): one WAV file of G.711 for each call below {@code recordings/TRUNK/} of the data directory. Its
 * name says the errand's key, the SHA-256 of the file and until when it is kept. A file is {@code .part} while somebody talks,
 * {@code .untold} when it is whole and the ledger does not know it yet, then {@code .wav}; what a kill leaves as a part is thrown
 * away at the next start, and what is untold is told. May be used from any thread.
 */
public final class RecordingStore {
    /** The folder below the data directory. */
    static final String FOLDER = "recordings";

    private static final Logger LOG = LoggerFactory.getLogger(RecordingStore.class);
    private static final String PART = ".part";
    private static final String UNTOLD = ".untold";
    private static final String WHOLE = ".wav";
    private static final Pattern NAME = Pattern.compile("(.+)\\.([0-9a-f]{64})\\.(\\d{1,12})(\\.untold|\\.wav)");
    private static final int KEY_MOST = 150;
    private static final int RATE = 8_000;
    private static final int HEADER = 58;
    private static final int BUFFER = RATE;

    /** A phone that says nothing for longer begins anew. */
    private static final int GAP_MOST = 60 * RATE;

    private final Path folder;

    /** @param dataDir the data directory; the folder is made with the first file */
    public RecordingStore(Path dataDir) {
        this.folder = dataDir.resolve(FOLDER);
    }

    /** A whole recording. @param until when it is deleted */
    public record Kept(Path file, String trunk, String key, String sha256, int seconds, Instant until) {}

    /**
     * Begins to keep what is said in a call.
     *
     * @param most  seconds of sound; more is not kept
     * @param space whether the disk still has room beside its reserve; asked again each second of sound
     */
    public Draft begin(String trunk, String key, Instant until, int most, BooleanSupplier space) throws IOException {
        var name = URLEncoder.encode(key, StandardCharsets.UTF_8);
        if (name.length() > KEY_MOST) {
            throw new IOException("the key is too long for the name of a file");
        }
        var own = Files.createDirectories(
                folder.resolve(trunk),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        var part = Files.createTempFile(
                own,
                name + ".",
                PART,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return new Draft(part, trunk, key, until, (long) most * RATE, space);
    }

    /** The start of a trunk: throws away what was being written at a kill. @return what the ledger may not know yet */
    public List<Kept> resume(String trunk) throws IOException {
        var own = folder.resolve(trunk);
        for (var part : files(own, PART)) {
            Files.deleteIfExists(part);
        }
        return files(own, UNTOLD).stream().flatMap(file -> kept(file).stream()).toList();
    }

    /** The ledger knows it. */
    public void told(Kept kept) throws IOException {
        var name = kept.file.getFileName().toString();
        if (name.endsWith(UNTOLD)) {
            Files.move(
                    kept.file,
                    kept.file.resolveSibling(name.substring(0, name.length() - UNTOLD.length()) + WHOLE),
                    StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Whole recordings of the calls with this key, which the ledger knows. */
    public List<Kept> list(String key) throws IOException {
        var prefix = URLEncoder.encode(key, StandardCharsets.UTF_8) + ".";
        var kept = new ArrayList<Kept>();
        for (var trunk : trunks()) {
            files(trunk, WHOLE).stream()
                    .filter(file -> file.getFileName().toString().startsWith(prefix))
                    .flatMap(file -> kept(file).stream())
                    .filter(one -> one.key.equals(key))
                    .forEach(kept::add);
        }
        kept.sort(Comparator.comparing(Kept::until));
        return kept;
    }

    /** Deletes what is kept no longer. @return how many */
    public int tidy(Instant now) throws IOException {
        var gone = 0;
        for (var trunk : trunks()) {
            for (var end : List.of(WHOLE, UNTOLD)) {
                for (var file : files(trunk, end)) {
                    if (kept(file).filter(one -> !one.until.isAfter(now)).isPresent()) {
                        gone += Files.deleteIfExists(file) ? 1 : 0;
                    }
                }
            }
        }
        return gone;
    }

    private List<Path> trunks() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var all = Files.list(folder)) {
            return all.filter(Files::isDirectory).toList();
        }
    }

    private static List<Path> files(Path folder, String end) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var all = Files.list(folder)) {
            return all.filter(file -> file.getFileName().toString().endsWith(end))
                    .sorted()
                    .toList();
        }
    }

    private static Optional<Kept> kept(Path file) {
        var name = NAME.matcher(file.getFileName().toString());
        if (!name.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Kept(
                    file,
                    String.valueOf(file.getName(file.getNameCount() - 2)),
                    URLDecoder.decode(name.group(1), StandardCharsets.UTF_8),
                    name.group(2),
                    (int) ((Files.size(file) - HEADER + RATE - 1) / RATE),
                    Instant.ofEpochSecond(Long.parseLong(name.group(3)))));
        } catch (IOException e) {
            return Optional.empty(); // deleted meanwhile
        }
    }

    /** A call that is being listened to. */
    public static final class Draft {
        private final Path part;
        private final String trunk;
        private final String key;
        private final Instant until;
        private final long most;
        private final BooleanSupplier space;
        private final FileChannel file;
        private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        private boolean open = true;
        private boolean begun;
        private boolean muLaw;
        private long next;
        private long kept;

        private Draft(Path part, String trunk, String key, Instant until, long most, BooleanSupplier space)
                throws IOException {
            this.part = part;
            this.trunk = trunk;
            this.key = key;
            this.until = until;
            this.most = most;
            this.space = space;
            file = FileChannel.open(part, StandardOpenOption.WRITE, StandardOpenOption.READ);
            file.position(HEADER);
        }

        /**
         * A packet of sound. What comes twice or late is left out, what is missing is silence.
         *
         * @param mu        by the mu-law, else the A-law; one of another law than the first is left out
         * @param timestamp of its first sample
         */
        public synchronized void hear(boolean mu, long timestamp, byte[] octets) {
            if (!open || begun && mu != muLaw) {
                return;
            }
            if (!begun) {
                begun = true;
                muLaw = mu;
                next = timestamp;
            }
            int gap = (int) (timestamp - next);
            if (gap < 0 && gap > -GAP_MOST) {
                return;
            }
            if (gap > 0 && gap <= GAP_MOST) {
                for (var n = 0; n < gap; n++) {
                    put((byte) (muLaw ? 0xFF : 0xD5));
                }
            }
            for (var octet : octets) {
                put(octet);
            }
            next = timestamp + octets.length;
        }

        private void put(byte octet) {
            if (!open || kept >= most) {
                return;
            }
            if (!buffer.hasRemaining()) {
                write();
            }
            if (open) {
                buffer.put(octet);
                kept++;
            }
        }

        private void write() {
            try {
                if (!space.getAsBoolean()) {
                    throw new IOException("the reserve of the disk is reached");
                }
                drain();
            } catch (IOException e) {
                LOG.warn("trunk {}: no more is recorded of a call: {}", trunk, e.getMessage());
                kept -= buffer.position();
                buffer.clear();
                open = false;
            }
        }

        private void drain() throws IOException {
            buffer.flip();
            while (buffer.hasRemaining()) {
                file.write(buffer);
            }
            buffer.clear();
        }

        /** The call is over. @return empty when nothing was heard or nothing could be kept */
        public synchronized Optional<Kept> end() {
            try (file) {
                if (open && buffer.position() > 0) {
                    write();
                }
                open = false;
                if (kept == 0) {
                    Files.deleteIfExists(part);
                    return Optional.empty();
                }
                file.truncate(HEADER + kept);
                file.write(header(), 0);
                file.force(true);
                return Optional.of(named(digest()));
            } catch (IOException e) {
                LOG.warn("trunk {}: the recording of a call could not be kept: {}", trunk, e.getMessage());
                return Optional.empty(); // the part is thrown away at the next start
            }
        }

        private Kept named(String sha256) throws IOException {
            var whole = part.resolveSibling(URLEncoder.encode(key, StandardCharsets.UTF_8) + "." + sha256 + "."
                    + until.getEpochSecond() + UNTOLD);
            Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE);
            return kept(whole).orElseThrow(() -> new IOException("it is gone"));
        }

        private String digest() throws IOException {
            try {
                var digest = MessageDigest.getInstance("SHA-256");
                var some = ByteBuffer.allocate(BUFFER);
                file.position(0);
                while (file.read(some) >= 0) {
                    digest.update(some.flip());
                    some.clear();
                }
                return HexFormat.of().formatHex(digest.digest());
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("Bug: no SHA-256 in this Java", e);
            }
        }

        /** RIFF WAVE, 8 kHz, 8 bits, one channel: format 6 (A-law) or 7 (mu-law), which wants the count of samples besides. */
        private ByteBuffer header() {
            return ByteBuffer.allocate(HEADER)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(0x46464952)
                    .putInt((int) (HEADER - 8 + kept))
                    .putInt(0x45564157)
                    .putInt(0x20746d66)
                    .putInt(18)
                    .putShort((short) (muLaw ? 7 : 6))
                    .putShort((short) 1)
                    .putInt(RATE)
                    .putInt(RATE)
                    .putShort((short) 1)
                    .putShort((short) 8)
                    .putShort((short) 0)
                    .putInt(0x74636166)
                    .putInt(4)
                    .putInt((int) kept)
                    .putInt(0x61746164)
                    .putInt((int) kept)
                    .flip();
        }
    }
}
