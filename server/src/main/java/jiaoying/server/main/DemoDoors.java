package jiaoying.server.main;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import jiaoying.server.security.DoorTokens;

/** The tokens of a demonstration's own sources, kept in a folder for its owner only, so that a restart makes no new ones. */
final class DemoDoors {
    private final Path folder;
    private final DoorTokens doors;

    DemoDoors(Path folder, DoorTokens doors) {
        this.folder = folder;
        this.doors = doors;
    }

    /** The token made at an earlier start when it still opens the door, else a new one in place of all older ones. */
    String token(String source, String permission) {
        var file = folder.resolve(permission + "-" + source);
        try {
            var kept = kept(file).filter(token -> doors.opens(token, source, permission));
            return kept.isPresent() ? kept.get() : renew(file, source, permission);
        } catch (IOException e) {
            throw new UncheckedIOException("The token of " + source + " cannot be kept in " + file, e);
        }
    }

    private static Optional<String> kept(Path file) throws IOException {
        return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
    }

    private String renew(Path file, String source, String permission) throws IOException {
        doors.remove(source, permission);
        var token = doors.make(source, permission);
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, token);
        return token;
    }
}
