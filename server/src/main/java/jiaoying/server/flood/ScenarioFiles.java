package jiaoying.server.flood;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import jiaoying.duty.measure.Sentence;
import jiaoying.water.grid.BadRaster;
import jiaoying.water.grid.EsriAscii;
import jiaoying.water.grid.Frame;
import jiaoying.water.grid.GeoTiff;
import jiaoying.water.grid.Raster;
import jiaoying.water.grid.RasterRead;
import jiaoying.water.inundation.Amount;
import jiaoying.water.inundation.SavedState;

/**
 * The files beside a scenario.
 *
 * @param folder   paths are relative to it
 * @param problems takes what is wrong with them
 */
record ScenarioFiles(Path folder, List<Problem> problems) {

    /** A raster by the ending of its name: {@code .tif} is GeoTIFF, all else ESRI ASCII. */
    static RasterRead read(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return GeoTiff.named(String.valueOf(file.getFileName())) ? GeoTiff.read(in) : EsriAscii.read(in);
        }
    }

    Optional<Path> file(Entry entry) {
        if (!entry.given()) {
            return Optional.empty();
        }
        if (!entry.isText()) {
            entry.wrong("kind", Sentence.of("expects-file"));
            return Optional.empty();
        }
        try {
            var file = folder.resolve(entry.text(""));
            if (Files.isRegularFile(file) && Files.isReadable(file)) {
                return Optional.of(file);
            }
        } catch (InvalidPathException notAPath) {
            // said below
        }
        problems.add(Problem.of("file", entry.path(), entry.text("")));
        return Optional.empty();
    }

    Optional<Raster> raster(Entry entry, Optional<Frame> frame, double min, double max) throws IOException {
        var file = file(entry);
        return file.isEmpty() ? Optional.empty() : raster(entry, file.get(), frame, min, max);
    }

    /** @param frame that it must have, if any */
    Optional<Raster> raster(Entry entry, Path file, Optional<Frame> frame, double min, double max) throws IOException {
        return switch (read(file)) {
            case BadRaster bad -> {
                problems.add(Problem.of("raster", entry.path(), file.getFileName(), GridWords.of(bad)));
                yield Optional.empty();
            }
            case Raster raster -> checked(entry, file, raster, frame, min, max);
        };
    }

    private Optional<Raster> checked(
            Entry entry, Path file, Raster raster, Optional<Frame> frame, double min, double max) {
        if (frame.isPresent() && !raster.frame().matches(frame.get())) {
            problems.add(Problem.of(
                    "shape",
                    entry.path(),
                    file.getFileName(),
                    GridWords.of(raster.frame()),
                    GridWords.of(frame.get())));
            return Optional.empty();
        }
        for (var value : raster.values()) {
            if (value < min || value > max) {
                problems.add(Problem.of(
                        "cell", entry.path(), file.getFileName(), value, Entry.plain(min), Entry.plain(max)));
                return Optional.empty();
            }
        }
        return Optional.of(raster);
    }

    /** A number, or a raster by its file's name; 0 where nothing is given. */
    Amount amount(Entry entry, Optional<Frame> frame, double min, double max) throws IOException {
        return amount(entry, frame, min, max, 0);
    }

    Amount amount(Entry entry, Optional<Frame> frame, double min, double max, double otherwise) throws IOException {
        if (!entry.given()) {
            return Amount.of(otherwise);
        }
        if (entry.isText()) {
            return raster(entry, frame, min, max).map(Amount::of).orElse(Amount.of(otherwise));
        }
        return Amount.of(entry.number(otherwise, min, max));
    }

    /** As {@link #amount}, but a raster must have a number wherever the ground has one. */
    Amount everywhere(Entry entry, Optional<Raster> ground, double min, double max) throws IOException {
        if (!entry.isText()) {
            return amount(entry, Optional.empty(), min, max);
        }
        var raster = raster(entry, ground.map(Raster::frame), min, max);
        if (raster.isPresent() && ground.isPresent()) {
            var values = raster.get().values();
            var columns = raster.get().frame().columns();
            for (var i = 0; i < values.length; i++) {
                if (Double.isNaN(values[i]) && !Double.isNaN(ground.get().values()[i])) {
                    problems.add(Problem.of("hole", entry.path(), entry.text(""), i / columns, i % columns));
                    break;
                }
            }
        }
        return raster.map(Amount::of).orElse(Amount.of(0));
    }

    /** The features of a GeoJSON file. */
    List<GeoJson.Feature> features(Entry entry) throws IOException {
        var file = file(entry);
        try {
            return file.isEmpty() ? List.of() : GeoJson.read(file.get());
        } catch (GeoJson.Broken broken) {
            problems.add(Problem.of("raster", entry.path(), file.get().getFileName(), broken.what()));
            return List.of();
        }
    }

    Optional<SavedState> saved(Entry entry, Optional<Frame> frame) throws IOException {
        var file = file(entry);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try (var in = new BufferedInputStream(Files.newInputStream(file.get()), 1 << 16)) {
            var state = SavedState.read(in);
            if (state.isEmpty()) {
                entry.wrong("raster", Sentence.of("raster-no-state"));
            } else if (frame.isPresent() && !state.get().fits(frame.get())) {
                entry.wrong("shape", GridWords.of(state.get()), GridWords.of(frame.get()));
                return Optional.empty();
            }
            return state;
        }
    }
}
