package jiaoying.server.scratch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A folder that lasts no longer than its program (临时目录). A kernel lock in it ends with the program however it ends; whoever
 * makes the next folder of the same kind at the same place deletes what dead programs left.
 */
public final class Scratch implements AutoCloseable {
    private static final String LOCK = "scratch.lock";

    /** Closing any channel to a lock drops this program's lock on it, so that our own are never opened again. */
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final FileChannel lock;

    private Scratch(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /** Below the system's folder for such things; other users may pass through it, as a database that runs for root does. @param kind one word; only folders of the same kind are cleared away */
    public static Scratch make(String kind) throws IOException {
        var made = make(Path.of(System.getProperty("java.io.tmpdir")), kind);
        if (made.folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(made.folder, PosixFilePermissions.fromString("rwx--x--x"));
        }
        return made;
    }

    /** @param below where it is made; made too if it does not exist */
    public static Scratch make(Path below, String kind) throws IOException {
        Files.createDirectories(below);
        var prefix = "jiaoying-" + kind + "-";
        sweep(below, prefix);
        while (true) {
            var folder = Files.createTempDirectory(below, prefix).toRealPath();
            OURS.add(folder);
            var lock = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (lock.tryLock() != null && Files.exists(folder.resolve(LOCK))) {
                return new Scratch(folder, lock);
            }
            lock.close(); // another program took it for a dead one's just before it was locked
            OURS.remove(folder);
        }
    }

    public Path path() {
        return folder;
    }

    /** It stays for somebody to look at, for ever. */
    public void keep() throws IOException {
        Files.deleteIfExists(folder.resolve(LOCK));
        close(false);
    }

    /** Deletes the folder and all that is in it. */
    @Override
    public void close() throws IOException {
        close(true);
    }

    private void close(boolean deleting) throws IOException {
        if (!OURS.contains(folder)) {
            return; // closed already
        }
        try {
            if (deleting) {
                delete(folder);
            }
        } finally {
            lock.close();
            OURS.remove(folder);
        }
    }

    private static void sweep(Path below, String prefix) throws IOException {
        try (var left = Files.newDirectoryStream(below, prefix + "*")) {
            for (var folder : left) {
                sweep(folder);
            }
        }
    }

    /** What cannot be deleted, since it is another user's, stays. */
    private static void sweep(Path folder) {
        try {
            var lock = folder.resolve(LOCK);
            if (OURS.contains(folder.toRealPath()) || !Files.isRegularFile(lock)) {
                return;
            }
            try (var channel = FileChannel.open(lock, StandardOpenOption.WRITE)) {
                if (channel.tryLock() != null) {
                    delete(folder);
                }
            }
        } catch (IOException | UncheckedIOException stays) {
            System.getLogger(Scratch.class.getName()).log(System.Logger.Level.DEBUG, "{0} stays: {1}", folder, stays);
        }
    }

    /** The lock goes last: a sweep that is cut off goes on at the next. */
    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        var lock = folder.resolve(LOCK);
        try (var paths = Files.walk(folder)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                if (!path.equals(lock) && !path.equals(folder)) {
                    Files.deleteIfExists(path);
                }
            }
        }
        Files.deleteIfExists(lock);
        Files.deleteIfExists(folder);
    }
}
