package jiaoying.sim.carrier;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was handed to the simulated carriers, one line each: time, form, full stop. A key that was handed over again has a
 * line for each time; only the first counts. A line cut short by a crash is left out.
 */
public final class TakenFile {
    private final Path path;

    public TakenFile(Path path) {
        this.path = path;
    }

    /** The file is its owner's alone: it holds numbers and words for people. */
    void append(Instant at, Dispatch dispatch) throws IOException {
        if (!Files.exists(path)
                && path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        var line = "%s %s .\n".formatted(at, SubmissionForm.write(dispatch));
        Files.writeString(path, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    List<TakenLine> lines() throws IOException {
        var lines = new ArrayList<TakenLine>();
        if (Files.exists(path)) {
            var text = new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
            for (var line : text.split("\n", -1)) {
                read(line).ifPresent(lines::add);
            }
            if (!text.isEmpty() && !text.endsWith("\n")) {
                Files.writeString(path, "\n", StandardOpenOption.APPEND);
            }
        }
        return lines;
    }

    private static Optional<TakenLine> read(String line) {
        var parts = line.split(" ");
        if (parts.length != 3 || !parts[2].equals(".")) {
            return Optional.empty();
        }
        try {
            return Optional.of(new TakenLine(Instant.parse(parts[0]), SubmissionForm.read(parts[1])));
        } catch (DateTimeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    record TakenLine(Instant at, Dispatch dispatch) {}
}
