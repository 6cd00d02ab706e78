package jiaoying.server.main;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import jiaoying.server.pack.PackLibrary;
import jiaoying.server.scratch.Scratch;

/**
 * The folder of one server (数据目录): its database, keys and logs. It is born 演示 (demo) or 实战 (real), says so in its file
 * {@code KIND}, and is never converted: what was played can never be taken for what happened.
 */
record DataDirectory(Path path, Kind kind) {
    private static final String CRITERIA = "CRITERIA";
    private static final String PLAN = "PLAN";

    /** What a data directory is for. */
    enum Kind {
        /** 演示: a sample city, simulated people, carriers that end on this machine. */
        DEMO("demo"),
        /** 实战: a real room. */
        REAL("real");

        private final String folder;

        Kind(String folder) {
            this.folder = folder;
        }

        String folder() {
            return folder;
        }

        static Optional<Kind> find(String word) {
            return switch (word) {
                case "demo" -> Optional.of(DEMO);
                case "real" -> Optional.of(REAL);
                default -> Optional.empty();
            };
        }
    }

    /** The directory of this kind, made if there is none; refuses one of the other kind, and a folder of something else. */
    static DataDirectory openOrCreate(Path path, Kind wanted) {
        var absolute = path.toAbsolutePath().normalize();
        try {
            if (isNew(absolute)) {
                create(absolute, wanted);
            }
            var found = open(absolute);
            if (found.kind != wanted) {
                throw new Refusal(wanted == Kind.REAL ? "data.demo" : "data.real", absolute);
            }
            return found;
        } catch (IOException e) {
            throw new Refusal("data.unusable", absolute, reason(e));
        }
    }

    /** A directory that exists, of whichever kind. */
    static DataDirectory open(Path path) {
        var absolute = path.toAbsolutePath().normalize();
        try {
            if (!Files.exists(absolute)) {
                throw new Refusal("data.missing", absolute);
            }
            var file = absolute.resolve("KIND");
            if (!Files.isDirectory(absolute) || !Files.isRegularFile(file)) {
                throw new Refusal("data.foreign", absolute);
            }
            if (!Files.isWritable(absolute)) {
                throw new Refusal("data.unusable", absolute, "read-only");
            }
            var word = Files.readString(file).strip();
            var kind = Kind.find(word).orElseThrow(() -> new Refusal("data.kind", file, word));
            return new DataDirectory(absolute, kind);
        } catch (IOException e) {
            throw new Refusal("data.unusable", absolute, reason(e));
        }
    }

    /** Name of the pack by whose criteria the rooms here decide. */
    String criteria() {
        var file = path.resolve(CRITERIA);
        try {
            return Files.exists(file) ? Files.readString(file).strip() : PackLibrary.USUAL_CRITERIA;
        } catch (IOException e) {
            throw new Refusal("data.unusable", path, reason(e));
        }
    }

    /** By which plan the rooms here call: the name of one inside the program, or a copy of their own. */
    PlanChoice plan() {
        var file = path.resolve(PLAN);
        try {
            return PlanChoice.kept(Files.exists(file) ? Files.readString(file).strip() : PackLibrary.USUAL_PLAN, path);
        } catch (IOException e) {
            throw new Refusal("data.unusable", path, reason(e));
        }
    }

    /** From now on the rooms here call by this plan; one from a folder is copied, so that a later edit there changes nothing. */
    void callBy(PlanChoice choice) {
        try {
            Files.writeString(path.resolve(PLAN), choice.keep(path) + "\n");
        } catch (IOException e) {
            throw new Refusal("data.unusable", path, reason(e));
        }
    }

    /** From now on the rooms here decide by these criteria. */
    void decideBy(String criteria) {
        try {
            Files.writeString(path.resolve(CRITERIA), criteria + "\n");
        } catch (IOException e) {
            throw new Refusal("data.unusable", path, reason(e));
        }
    }

    /** The program's log, in a folder for its owner only, which is made where there is none. */
    Path log() {
        var folder = path.resolve("log");
        try {
            Files.createDirectories(folder);
            forOwner(folder);
            return folder.resolve("jiaoying.log");
        } catch (IOException e) {
            throw new Refusal("data.unusable", path, reason(e));
        }
    }

    /** A folder in it for what lasts no longer than the program; what programs that were killed left there is deleted. */
    Scratch scratch() {
        try {
            return Scratch.make(path.resolve("tmp"), "run");
        } catch (IOException e) {
            throw new Refusal("data.unusable", path, reason(e));
        }
    }

    private static void forOwner(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
    }

    /** Whether there is nothing yet, so that a directory would be made. */
    static boolean isNew(Path path) {
        if (!Files.exists(path)) {
            return true;
        }
        if (!Files.isDirectory(path)) {
            return false;
        }
        try (var entries = Files.list(path)) {
            return entries.findAny().isEmpty();
        } catch (IOException e) {
            throw new Refusal("data.unusable", path, reason(e));
        }
    }

    private static void create(Path path, Kind kind) throws IOException {
        Files.createDirectories(path);
        forOwner(path);
        Files.writeString(path.resolve("KIND"), kind.folder() + "\n");
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName() + ": " + e.getMessage();
    }
}
