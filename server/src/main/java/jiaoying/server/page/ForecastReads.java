package jiaoying.server.page;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What only the Foresee screen reads beside the projections.
 *
 * @param frames of a run, empty when they are kept no longer
 * @param box    of the ground, empty before it was first read
 */
public record ForecastReads(Frames frames, Supplier<Optional<Box>> box) {
    /** A room without ground. */
    public static final ForecastReads NONE = new ForecastReads(_ -> Optional.empty(), Optional::empty);

    /** The packed depths of a run; see the format in the guide. */
    @FunctionalInterface
    public interface Frames {
        Optional<byte[]> of(String run) throws IOException;
    }

    /** Corners of the ground in degrees, and the side of a cell in metres. */
    public record Box(double west, double south, double east, double north, double cellM) {}
}
