package jiaoying.server.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Keeps what belongs to a data directory besides its database equal at the place of a copy. */
final class SideFiles {
    private final Path dataDir;
    private final Path room;
    private final List<String> kept;
    private final Map<String, Seen> copied = new HashMap<>();

    /** What a file looked like when it was copied. */
    private record Seen(long bytes, long changed) {}

    /** @param kept files and folders of the data directory, relative to it */
    SideFiles(Path dataDir, Path room, List<String> kept) {
        this.dataDir = dataDir;
        this.room = room;
        this.kept = kept;
    }

    void equalize() throws IOException {
        var there = new TreeSet<String>();
        for (var name : kept) {
            var root = dataDir.resolve(name);
            if (Files.exists(root)) {
                try (var paths = Files.walk(root)) {
                    for (var path : paths.filter(SideFiles::whole).toList()) {
                        var file = dataDir.relativize(path).toString();
                        there.add(file);
                        copy(path, file);
                    }
                }
            }
        }
        deleteOthers(there);
    }

    /** What is still being written has another name. */
    private static boolean whole(Path path) {
        return Files.isRegularFile(path) && !path.toString().endsWith(".part");
    }

    private void copy(Path path, String file) throws IOException {
        try {
            var now = new Seen(Files.size(path), Files.getLastModifiedTime(path).toMillis());
            if (now.equals(copied.get(file))) {
                return;
            }
            var target = room.resolve(file);
            Files.createDirectories(target.resolveSibling("."));
            var fresh = target.resolveSibling(target.getFileName() + ".new");
            Files.copy(path, fresh, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
            CopyFolder.force(fresh);
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
            copied.put(file, now);
        } catch (NoSuchFileException deletedMeanwhile) {
            copied.remove(file);
        }
    }

    /** A key that was erased is erased in the copy too. */
    private void deleteOthers(TreeSet<String> there) throws IOException {
        try (var paths = Files.walk(room)) {
            for (var path : paths.filter(Files::isRegularFile).toList()) {
                if (!there.contains(room.relativize(path).toString())) {
                    Files.deleteIfExists(path);
                }
            }
        }
        copied.keySet().retainAll(there);
    }
}
