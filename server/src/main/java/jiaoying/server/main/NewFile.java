package jiaoying.server.main;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that has its name only when it is complete; one that exists is never replaced. */
final class NewFile {
    private NewFile() {}

    /** Writes the content and says something about it. */
    interface Content<R> {
        R into(OutputStream out) throws IOException;
    }

    static <R> R write(Path file, Content<R> content) throws IOException {
        var target = file.toAbsolutePath().normalize();
        var part = target.resolveSibling(target.getFileName() + ".part");
        if (Files.exists(target)) {
            throw new Refusal("file.exists", target);
        }
        try (var out = Files.newOutputStream(part)) {
            var said = content.into(out);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            return said;
        } catch (IOException e) {
            throw new Refusal("file.unwritable", target, String.valueOf(e.getMessage()));
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
