package jiaoying.server.forecaster;

import java.util.Optional;
import jiaoying.server.forecaster.ForecasterSettings.LonLat;
import jiaoying.water.grid.Frame;
import jiaoying.water.grid.TransverseMercator;

/**
 * Where a ground lies on the earth: by its own projection, or, when that is not known or not to be believed, by the place of
 * its south-western corner, with metres laid east and north from there (good to 1 m in some 20 km).
 */
public sealed interface Placing {
    /** The place in metres of the ground. */
    Place of(LonLat place);

    LonLat back(double x, double y);

    /** m, in the ground's own coordinates. */
    record Place(double x, double y) {}

    /** Empty when nobody knows. */
    static Optional<Placing> of(Frame frame, Optional<LonLat> origin) {
        return origin.<Placing>map(corner -> new Laid(corner, frame.west(), frame.south()))
                .or(() -> TransverseMercator.of(frame.system()).map(Projected::new));
    }

    /** Metres from a corner. */
    record Laid(LonLat corner, double west, double south) implements Placing {
        private static final double METRES_PER_DEGREE = 111_195;

        private double perDegreeEast() {
            return METRES_PER_DEGREE * Math.cos(Math.toRadians(corner.lat()));
        }

        @Override
        public Place of(LonLat place) {
            return new Place(
                    west + (place.lon() - corner.lon()) * perDegreeEast(),
                    south + (place.lat() - corner.lat()) * METRES_PER_DEGREE);
        }

        @Override
        public LonLat back(double x, double y) {
            return new LonLat(
                    corner.lon() + (x - west) / perDegreeEast(), corner.lat() + (y - south) / METRES_PER_DEGREE);
        }
    }

    /** By a projection. */
    record Projected(TransverseMercator by) implements Placing {
        @Override
        public Place of(LonLat place) {
            var xy = by.xy(place.lon(), place.lat());
            return new Place(xy[0], xy[1]);
        }

        @Override
        public LonLat back(double x, double y) {
            var lonLat = by.lonLat(x, y);
            return new LonLat(lonLat[0], lonLat[1]);
        }
    }
}
