package jiaoying.server.main;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** The city's own boundaries (行政区划边界) in the data directory of a room: there whole or not at all. */
record Boundaries(Path file) {
    static Boundaries of(Path data) {
        return new Boundaries(data.resolve("areas.geojson"));
    }

    Optional<String> find() {
        try {
            return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException e) {
            throw new Refusal("data.unusable", file, String.valueOf(e.getMessage()));
        }
    }

    /** Puts them beside the present ones, to be taken over when the register has been. */
    void prepare(String geojson) {
        try {
            Files.writeString(beside(), geojson);
        } catch (IOException e) {
            throw new Refusal("file.unwritable", beside(), String.valueOf(e.getMessage()));
        }
    }

    void takeOver() {
        try {
            Files.move(beside(), file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new Refusal("file.unwritable", file, String.valueOf(e.getMessage()));
        }
    }

    void discard() {
        try {
            Files.deleteIfExists(beside());
        } catch (IOException e) {
            throw new Refusal("file.unwritable", beside(), String.valueOf(e.getMessage()));
        }
    }

    private Path beside() {
        return file.resolveSibling(file.getFileName() + ".part");
    }
}
