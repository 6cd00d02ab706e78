package jiaoying.server.main;

import java.nio.file.Path;

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

    static Path packs() {
        return root().resolve("packs");
    }

    static Path sampleCity() {
        return root().resolve("samples/pinghu");
    }
}
