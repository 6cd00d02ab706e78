package jiaoying.server.main;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import java.util.TreeSet;

/** A password in a file of its own (密码文件): one line, which nobody but its owner may read. */
sealed interface SecretFile {
    Set<PosixFilePermission> OWNER = Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    /** Never printed. */
    record Secret(String text) implements SecretFile {
        @Override
        public String toString() {
            return "Secret";
        }
    }

    /** @param why end of the key of the text that says what is allowed */
    record Unfit(String why) implements SecretFile {}

    static SecretFile read(Path file) {
        try {
            if (!forOwner(file)) {
                return new Unfit("owner-only");
            }
            var text = Files.readString(file).strip();
            return text.isEmpty() || text.contains("\n") ? new Unfit("one-line") : new Secret(text);
        } catch (IOException e) {
            return new Unfit("readable");
        }
    }

    private static boolean forOwner(Path file) throws IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return true;
        }
        var open = new TreeSet<>(Files.getPosixFilePermissions(file));
        open.removeAll(OWNER);
        return open.isEmpty();
    }
}
