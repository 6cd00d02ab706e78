package jiaoying.water.grid;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the coordinates of a raster mean: the GeoKeys of OGC GeoTIFF 1.1 (OGC 19-008r4, clause 7), kept as they stood in the
 * file, so that national grids which nobody listed here go through unchanged.
 *
 * @param keys    key, location, count and value or index, four numbers a key, without the directory's head
 * @param doubles numbers that keys of location 34736 point into
 * @param letters text that keys of location 34737 point into
 */
public record CoordinateSystem(List<Integer> keys, List<Double> doubles, String letters) {
    /** Nothing is known: as an ESRI ASCII grid without more. */
    public static final CoordinateSystem UNKNOWN = new CoordinateSystem(List.of(), List.of(), "");

    private static final int MODEL = 1024;
    private static final int RASTER = 1025;
    private static final int GEODETIC = 2048;
    private static final int PROJECTED = 3072;
    private static final int LENGTH_UNIT = 3076;
    private static final int IS_PROJECTED = 1;
    private static final int IS_GEODETIC = 2;
    private static final int IS_AREA = 1;
    private static final int METRE = 9001;
    private static final int BY_HAND = 32767;

    public CoordinateSystem {
        keys = List.copyOf(keys);
        doubles = List.copyOf(doubles);
    }

    /** A projected system by its number in the EPSG register, 1024 to 32766. */
    public static CoordinateSystem epsg(int code) {
        return new CoordinateSystem(
                List.of(
                        MODEL,
                        0,
                        1,
                        IS_PROJECTED,
                        RASTER,
                        0,
                        1,
                        IS_AREA,
                        PROJECTED,
                        0,
                        1,
                        code,
                        LENGTH_UNIT,
                        0,
                        1,
                        METRE),
                List.of(),
                "");
    }

    public boolean known() {
        return !keys.isEmpty();
    }

    /** The number of the projected system in the EPSG register, if it has one. */
    public OptionalInt epsg() {
        var code = key(PROJECTED);
        return code.isPresent() && code.get() != BY_HAND && code.get() > 0
                ? OptionalInt.of(code.get())
                : OptionalInt.empty();
    }

    /** Coordinates are longitude and latitude in degrees; such a raster has no cell size in metres. */
    public boolean geodetic() {
        return key(MODEL).filter(model -> model == IS_GEODETIC).isPresent()
                || key(GEODETIC).isPresent()
                        && key(PROJECTED).isEmpty()
                        && key(MODEL).isEmpty();
    }

    public boolean metres() {
        return !geodetic() && key(LENGTH_UNIT).orElse(METRE) == METRE;
    }

    /** The cell's coordinates are those of its centre (RasterPixelIsPoint). */
    boolean ofCentres() {
        return key(RASTER).filter(kind -> kind == 2).isPresent();
    }

    /** The same with coordinates of cells' corners, as this program writes them. */
    CoordinateSystem ofAreas() {
        var changed = new ArrayList<>(keys);
        for (var i = 0; i + 3 < changed.size(); i += 4) {
            if (changed.get(i) == RASTER) {
                changed.set(i + 3, IS_AREA);
            }
        }
        return new CoordinateSystem(changed, doubles, letters);
    }

    /** Not known to differ. */
    boolean agrees(CoordinateSystem other) {
        return epsg().isEmpty()
                || other.epsg().isEmpty()
                || epsg().getAsInt() == other.epsg().getAsInt();
    }

    private Optional<Integer> key(int wanted) {
        for (var i = 0; i + 3 < keys.size(); i += 4) {
            if (keys.get(i) == wanted && keys.get(i + 1) == 0) {
                return Optional.of(keys.get(i + 3));
            }
        }
        return Optional.empty();
    }

    public String words() {
        if (epsg().isPresent()) {
            return "EPSG:" + epsg().getAsInt();
        }
        return known() ? "a system without EPSG code" : "no coordinate system";
    }
}
