package jiaoying.server.flood;

import java.util.Locale;
import jiaoying.duty.measure.Sentence;
import jiaoying.water.grid.BadRaster;
import jiaoying.water.grid.Frame;
import jiaoying.water.inundation.SavedState;

/** What there is to say of rasters (栅格): what is wrong with a file, and which ground a frame covers. */
public final class GridWords {
    private GridWords() {}

    static Sentence of(BadRaster bad) {
        return new Sentence(code(bad.fault()), bad.values());
    }

    /** The code of the sentence of a fault: {@code raster-} and its name. */
    public static String code(BadRaster.Fault fault) {
        return "raster-" + fault.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Sentence of(Frame frame) {
        var system = frame.system();
        var size = Entry.plain(frame.cellSize());
        var west = Entry.plain(frame.west());
        var south = Entry.plain(frame.south());
        if (system.epsg().isPresent()) {
            var number = system.epsg().getAsInt();
            return Sentence.of("frame-epsg", frame.columns(), frame.rows(), size, west, south, number);
        }
        return system.known()
                ? Sentence.of("frame-system", frame.columns(), frame.rows(), size, west, south)
                : Sentence.of("frame", frame.columns(), frame.rows(), size, west, south);
    }

    static Sentence of(SavedState state) {
        return Sentence.of("frame-state", state.columns(), state.rows(), Entry.plain(state.cellSize()));
    }
}
