package jiaoying.server.main;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import jiaoying.duty.room.Rules;
import jiaoying.server.pack.PackException;
import jiaoying.server.pack.PackLibrary;

/** Where the program lives: its packs and samples, and the folder {@code .jiaoying} for everything it writes by default. */
final class Home {
    private Home() {}

    /** The folder of {@code ./jiaoying}, which names it; without it the current directory. */
    static Path root() {
        return Path.of(System.getProperty("jiaoying.home", "")).toAbsolutePath().normalize();
    }

    static Path logs() {
        return root().resolve(".jiaoying/log");
    }

    static Path data(DataDirectory.Kind kind) {
        return root().resolve(".jiaoying/data").resolve(kind.folder());
    }

    static Path storms() {
        return root().resolve("samples/storms");
    }

    /** The rules by which every room decides: those of the packs inside the program. */
    static Rules rules() {
        try {
            return PackLibrary.inside().rules("rainstorm-cma16", "call-and-answer", "zh-CN");
        } catch (PackException e) {
            throw new Refusal("said", String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path sampleCity() {
        return root().resolve("samples/pinghu");
    }
}
