package jiaoying.server.main;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Optional;
import jiaoying.duty.room.Deed;
import jiaoying.server.pack.Pack;
import jiaoying.server.pack.PackException;
import jiaoying.server.pack.PackFiles;
import jiaoying.server.pack.PackLibrary;

/**
 * By which plan rooms call (叫应预案): one inside the program, or one from a folder, of which the data directory keeps a copy.
 *
 * @param name   of the pack
 * @param folder where its files are; empty for one inside the program
 */
record PlanChoice(String name, Optional<Path> folder) {
    private static final String OWN = "plans/";

    /** What somebody asked for: the name of a plan inside the program, or a folder. */
    static PlanChoice asked(String given) {
        if (PackLibrary.INSIDE.contains(given) || !Files.isRegularFile(Path.of(given, "pack.yaml"))) {
            return new PlanChoice(given, Optional.empty());
        }
        var folder = Path.of(given).toAbsolutePath().normalize();
        return new PlanChoice(String.valueOf(folder.getFileName()), Optional.of(folder));
    }

    /** What a data directory says. */
    static PlanChoice kept(String line, Path data) {
        return line.startsWith(OWN)
                ? new PlanChoice(line.substring(OWN.length()), Optional.of(data.resolve(line)))
                : new PlanChoice(line, Optional.empty());
    }

    /** The plan, or a refusal that says everything that is wrong with it. */
    Pack.PlanPack read() {
        try {
            return folder.isPresent()
                    ? PackLibrary.planIn(folder.get())
                    : PackLibrary.inside().plan(name);
        } catch (PackException e) {
            throw new Refusal("said", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Deed.ChoosePlan deed() {
        var pack = read();
        return new Deed.ChoosePlan(pack.head().name(), pack.head().version(), pack.digest());
    }

    /** Keeps its files in a data directory, if they are not part of the program. @return the line by which it is found again */
    String keep(Path data) throws IOException {
        if (folder.isEmpty()) {
            return name;
        }
        var own = data.resolve(OWN + name);
        if (!own.equals(folder.get())) {
            copy(PackFiles.onDisk(folder.get()), own);
        }
        return OWN + name;
    }

    /** The old copy stands until the new one is whole. */
    private static void copy(PackFiles pack, Path own) throws IOException {
        var fresh = own.resolveSibling(own.getFileName() + ".new");
        clear(fresh);
        for (var file : pack.texts().entrySet()) {
            var path = fresh.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
        clear(own);
        Files.move(fresh, own, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void clear(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var paths = Files.walk(folder)) {
                for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
