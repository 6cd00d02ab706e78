package jiaoying.server.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jiaoying.server.postgres.PostgresUnavailable.Reason;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.tukaani.xz.XZInputStream;

/** The unpacked programs {@code initdb} and {@code postgres}, once per version and machine type. */
record Binaries(Path folder) {
    static final String VERSION = "18.6.0";
    static final String MAJOR = "18";

    private static final Map<String, String> ARCHITECTURES = Map.of("amd64", "x86_64", "aarch64", "arm_64");
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwxr-xr-x");

    Path program(String name) {
        return folder.resolve("bin").resolve(name);
    }

    /** Where the cache lies unless {@code jiaoying.cache} or {@code JIAOYING_CACHE} says otherwise; root's home is closed to service users. */
    static Path defaultCache() {
        return Optional.ofNullable(System.getProperty("jiaoying.cache"))
                .or(() -> Optional.ofNullable(System.getenv("JIAOYING_CACHE")))
                .map(Path::of)
                .orElseGet(() -> RunAs.root()
                        ? Path.of("/var/cache/jiaoying")
                        : Path.of(System.getProperty("user.home", "/nonexistent"), ".cache", "jiaoying"));
    }

    /** Unpacks into the cache if it is not there yet. A home that cannot be written (a service account) yields to the data directory. */
    static Binaries unpacked(Path cache, Path dataDir) throws PostgresUnavailable {
        var name = name();
        var ready = cache.resolve(name);
        if (Files.isDirectory(ready)) {
            return new Binaries(ready);
        }
        var chosen = writable(cache) ? cache : dataDir.resolve("cache");
        try {
            return new Binaries(unpackInto(chosen, name));
        } catch (IOException failed) {
            throw new PostgresUnavailable(
                    Reason.NOT_UNPACKED,
                    chosen.resolve(name) + " (" + Complaint.of(failed) + ")",
                    "a folder with 70 MB free where this user may write and programs may be run",
                    "make room or set JIAOYING_CACHE to another folder",
                    failed);
        }
    }

    /** One program at a time; a folder left by one that was killed is thrown away. The final name appears only when complete. */
    private static synchronized Path unpackInto(Path cache, String name) throws IOException, PostgresUnavailable {
        createOpen(cache);
        var ready = cache.resolve(name);
        try (var lockFile = FileChannel.open(
                        cache.resolve("unpack.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var lock = lockFile.lock()) {
            assert lock.isValid() : "the lock is held while unpacking";
            if (!Files.isDirectory(ready)) {
                var fresh = cache.resolve("unpacking");
                deleteTree(fresh);
                createOpen(fresh);
                unpackComplete(fresh);
                Files.move(fresh, ready, StandardCopyOption.ATOMIC_MOVE);
            }
            return ready;
        }
    }

    private static void unpackComplete(Path fresh) throws IOException, PostgresUnavailable {
        try (var archive = archive()) {
            unpack(archive, fresh);
        } catch (IOException | PostgresUnavailable failed) {
            deleteTree(fresh);
            throw failed;
        }
    }

    /** Unpacks a .txz; refuses every entry that would land, or point, outside the target. */
    static void unpack(InputStream txz, Path target) throws IOException {
        var root = target.toRealPath();
        try (var tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(txz, 1 << 16)))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(tar, entry, root);
            }
        }
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path root) throws IOException {
        var path = inside(root, root, entry.getName());
        if (path.equals(root)) {
            return;
        }
        if (entry.isDirectory()) {
            createOpen(path);
            requireNoLinkOnTheWay(path, entry);
            return;
        }
        var parent = path.resolveSibling(".").normalize();
        createOpen(parent);
        requireNoLinkOnTheWay(parent, entry);
        if (entry.isSymbolicLink()) {
            inside(root, parent, entry.getLinkName());
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else if (entry.getLinkFlag() == TarConstants.LF_NORMAL || entry.getLinkFlag() == TarConstants.LF_OLDNORM) {
            write(tar, path, (entry.getMode() & 0100) != 0);
        } else {
            throw new IOException("archive entry " + entry.getName() + " is neither file, folder nor symbolic link");
        }
    }

    private static void requireNoLinkOnTheWay(Path folder, TarArchiveEntry entry) throws IOException {
        if (!folder.toRealPath().equals(folder)) {
            throw new IOException("archive entry " + entry.getName() + " goes through a symbolic link");
        }
    }

    private static Path inside(Path root, Path from, String name) throws IOException {
        var path = from.resolve(name).normalize();
        if (!path.startsWith(root) || name.startsWith("/")) {
            throw new IOException("archive entry " + name + " points outside the target folder");
        }
        return path;
    }

    private static void write(InputStream content, Path path, boolean executable) throws IOException {
        try (var file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            content.transferTo(Channels.newOutputStream(file));
            file.force(false);
        }
        var mode = EnumSet.of(
                PosixFilePermission.OWNER_READ,
                PosixFilePermission.OWNER_WRITE,
                PosixFilePermission.GROUP_READ,
                PosixFilePermission.OTHERS_READ);
        if (executable) {
            mode.addAll(PosixFilePermissions.fromString("--x--x--x"));
        }
        Files.setPosixFilePermissions(path, mode);
    }

    /** Creates what is missing so that every user may enter, whatever the umask. */
    private static void createOpen(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        var parent = folder.getParent();
        if (parent != null) {
            createOpen(parent);
        }
        try {
            Files.createDirectory(folder);
            Files.setPosixFilePermissions(folder, FOLDER);
        } catch (FileAlreadyExistsException createdMeanwhile) {
            // Another program was faster: as good.
        }
    }

    private static InputStream archive() throws PostgresUnavailable {
        var name = "postgres-linux-" + architecture() + ".txz";
        var archive = Binaries.class.getClassLoader().getResourceAsStream(name);
        if (archive == null) {
            throw notShipped();
        }
        return archive;
    }

    /** Of this version for this type of machine. */
    static String name() throws PostgresUnavailable {
        return "postgres-" + VERSION + "-" + architecture();
    }

    private static String architecture() throws PostgresUnavailable {
        var known = Optional.ofNullable(ARCHITECTURES.get(System.getProperty("os.arch")));
        if (known.isEmpty() || !System.getProperty("os.name").equals("Linux")) {
            throw notShipped();
        }
        return known.get();
    }

    private static PostgresUnavailable notShipped() {
        return new PostgresUnavailable(
                Reason.NOT_SHIPPED,
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                "Linux on x86_64 or arm64",
                "use an external PostgreSQL 17 or newer with --database-url");
    }

    private static boolean writable(Path folder) {
        for (var path = folder.toAbsolutePath(); path != null; path = path.getParent()) {
            if (Files.exists(path)) {
                return Files.isDirectory(path) && Files.isWritable(path);
            }
        }
        return false;
    }

    static void deleteTree(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var paths = Files.walk(folder)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
