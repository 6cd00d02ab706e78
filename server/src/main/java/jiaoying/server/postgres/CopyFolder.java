package jiaoying.server.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.postgresql.replication.LogSequenceNumber;

/**
 * The place of a continuous copy (连续副本).
 *
 * <pre>
 * COPY                  of which database, which base is good, since which segment of the log
 * base-SEGMENT/         all files of the database as of one moment
 * wal/SEGMENT           the write-ahead log since, byte for byte; the last file is as long as it has come
 * room/                 what belongs to a data directory besides its database: keys, evidence, settings
 * password              of the database, mode 0600
 * </pre>
 */
record CopyFolder(Path place) {
    private static final String FORM = "1";
    private static final int NAME_LENGTH = 24;
    private static final long LOG_FILE_BYTES = 1L << 32;

    /**
     * @param system       number by which PostgreSQL tells one database from another
     * @param segmentBytes length of a whole file of the log
     * @param base         folder of the base
     * @param until        position in the log that the copy must have reached for the base to be whole
     * @param takenAt      when the base was begun
     */
    record Label(long system, long segmentBytes, String base, LogSequenceNumber until, Instant takenAt) {
        String firstSegment() {
            return base.substring("base-".length());
        }
    }

    Path wal() {
        return place.resolve("wal");
    }

    Path room() {
        return place.resolve("room");
    }

    Path password() {
        return place.resolve("password");
    }

    Path base(Label label) {
        return place.resolve(label.base());
    }

    /** Makes the folders, for their owner only; refuses a folder that holds something else. */
    void prepare() throws IOException {
        if (!Files.exists(place)) {
            Files.createDirectories(place);
            if (place.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwx------"));
            }
        }
        if (!Files.isDirectory(wal()) && holdsAnything()) {
            throw new IOException(place + " holds something else; allowed: an empty folder or a copy of this database");
        }
        Files.createDirectories(wal());
        Files.createDirectories(room());
    }

    private boolean holdsAnything() throws IOException {
        try (var entries = Files.list(place)) {
            return entries.findAny().isPresent();
        }
    }

    Optional<Label> label() throws IOException {
        try (var lines = Files.lines(place.resolve("COPY"))) {
            Map<String, String> values = lines.map(line -> line.split("=", 2))
                    .filter(part -> part.length == 2)
                    .collect(Collectors.toMap(part -> part[0], part -> part[1], (one, other) -> other));
            if (!FORM.equals(values.get("form"))) {
                throw new IOException(place.resolve("COPY") + ": form " + values.get("form") + "; allowed: " + FORM);
            }
            return Optional.of(new Label(
                    Long.parseLong(values.getOrDefault("system", "")),
                    Long.parseLong(values.getOrDefault("segment_bytes", "")),
                    values.getOrDefault("base", ""),
                    LogSequenceNumber.valueOf(values.getOrDefault("until", "")),
                    Instant.parse(values.getOrDefault("taken_at", ""))));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (RuntimeException broken) {
            throw new IOException(place.resolve("COPY") + " cannot be read: " + broken.getMessage(), broken);
        }
    }

    void write(Label label) throws IOException {
        var text = "form=%s%nsystem=%d%nsegment_bytes=%d%nbase=%s%nuntil=%s%ntaken_at=%s%n"
                .formatted(
                        FORM,
                        label.system(),
                        label.segmentBytes(),
                        label.base(),
                        label.until().asString(),
                        label.takenAt());
        replace(place.resolve("COPY"), text);
    }

    /** Keeps the password as the data directory has it. */
    void keepPassword(String password) throws IOException {
        if (!Files.exists(password()) || !Files.readString(password()).equals(password)) {
            Files.deleteIfExists(password());
            StateFile.writePrivate(password(), password);
        }
    }

    private static void replace(Path file, String text) throws IOException {
        var fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.write(fresh, text.getBytes(UTF_8));
        force(fresh);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        forceFolder(file.resolveSibling("."));
    }

    /** Files of the log in their order. */
    List<Path> segments() throws IOException {
        try (var files = Files.list(wal())) {
            return files.filter(file -> file.getFileName().toString().matches("[0-9A-F]{" + NAME_LENGTH + "}"))
                    .sorted()
                    .toList();
        }
    }

    /** Deletes bases other than the good one, and the log before it. */
    void prune(Label good) throws IOException {
        try (var entries = Files.list(place)) {
            for (var entry : entries.toList()) {
                var name = entry.getFileName().toString();
                if (name.startsWith("base-") && !name.equals(good.base())) {
                    Binaries.deleteTree(entry);
                }
            }
        }
        for (var segment : segments()) {
            if (segment.getFileName().toString().compareTo(good.firstSegment()) < 0) {
                Files.delete(segment);
            }
        }
    }

    /** Name of the file of the log that holds a position; our database never leaves its first timeline. */
    static String segmentName(long position, long segmentBytes) {
        var number = Long.divideUnsigned(position, segmentBytes);
        var each = LOG_FILE_BYTES / segmentBytes;
        return "%08X%08X%08X".formatted(1, number / each, number % each);
    }

    /** Where the file of that name begins. */
    static long segmentBegin(String name, long segmentBytes) {
        var each = LOG_FILE_BYTES / segmentBytes;
        return (Long.parseLong(name.substring(8, 16), 16) * each + Long.parseLong(name.substring(16), 16))
                * segmentBytes;
    }

    static void force(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    static void forceFolder(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder)) {
            channel.force(true);
        }
    }
}
