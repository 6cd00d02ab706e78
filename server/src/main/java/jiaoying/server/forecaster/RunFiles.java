package jiaoying.server.forecaster;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import jiaoying.water.inundation.SavedState;
import org.jspecify.annotations.Nullable;

/**
 * What runs leave behind in the data directory (演算成果): {@code forecast/runs/RUN.frames}, the depths for a screen, and
 * {@code forecast/states/SECOND.state}, the water at the start of a forecast. Files are whole or not there; old ones go. All of
 * it can be lost: it is computed again.
 */
public final class RunFiles {
    private static final Pattern RUN = Pattern.compile("F(\\d{1,18})\\.frames");
    private static final Pattern STATE = Pattern.compile("(\\d{1,12})\\.state");
    private static final int STATES = 6;

    private final Path runs;
    private final Path states;

    public RunFiles(Path data) {
        runs = data.resolve("forecast/runs");
        states = data.resolve("forecast/states");
    }

    /** Writes a file or leaves none. */
    @FunctionalInterface
    interface Writing {
        void into(OutputStream out) throws IOException, InterruptedException;
    }

    void keepFrames(String run, int most, Writing frames) throws IOException, InterruptedException {
        write(runs.resolve(run + ".frames"), frames);
        tidy(runs, RUN, most);
    }

    /** The frames of a run as {@link jiaoying.water.picture.Frames} wrote them; empty when they are kept no longer. */
    public Optional<byte[]> frames(String run) throws IOException {
        var file = runs.resolve(run + ".frames");
        return RUN.matcher(run + ".frames").matches() && Files.exists(file)
                ? Optional.of(Files.readAllBytes(file))
                : Optional.empty();
    }

    /** Water at a moment. */
    record State(Instant at, SavedState water) {}

    void keepState(Instant at, SavedState state) throws IOException, InterruptedException {
        write(states.resolve(at.getEpochSecond() + ".state"), state::write);
        tidy(states, STATE, STATES);
    }

    /** The newest water not younger than one moment and not older than another; one that cannot be read is no water. */
    Optional<State> state(Instant newest, Instant oldest) throws IOException {
        for (var file : sorted(states, STATE).reversed()) {
            var at = Instant.ofEpochSecond(number(file, STATE));
            if (!at.isAfter(newest) && !at.isBefore(oldest)) {
                try (var in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
                    var water = SavedState.read(in);
                    if (water.isPresent()) {
                        return Optional.of(new State(at, water.get()));
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static void write(Path file, Writing writing) throws IOException, InterruptedException {
        var folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        sweep(folder);
        var unfinished = file.resolveSibling(file.getFileName() + ".part");
        try (var out = new BufferedOutputStream(Files.newOutputStream(unfinished), 1 << 16)) {
            writing.into(out);
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** What a run left behind that was killed. */
    private static void sweep(@Nullable Path folder) throws IOException {
        if (folder != null) {
            try (var left = Files.newDirectoryStream(folder, "*.part")) {
                for (var file : left) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static void tidy(Path folder, Pattern names, int most) throws IOException {
        var files = sorted(folder, names);
        for (var file : files.subList(0, Math.max(0, files.size() - most))) {
            Files.deleteIfExists(file);
        }
    }

    /** The oldest first. */
    private static List<Path> sorted(Path folder, Pattern names) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(file ->
                            names.matcher(String.valueOf(file.getFileName())).matches())
                    .sorted(Comparator.comparingLong(file -> number(file, names)))
                    .toList();
        }
    }

    private static long number(Path file, Pattern names) {
        var name = names.matcher(String.valueOf(file.getFileName()));
        return name.matches() ? Long.parseLong(name.group(1)) : 0;
    }
}
