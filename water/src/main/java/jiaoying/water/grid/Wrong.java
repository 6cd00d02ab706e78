package jiaoying.water.grid;

import jiaoying.water.grid.BadRaster.Fault;

/** Ends the reading of a file that is not a raster. */
final class Wrong extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient BadRaster bad;

    Wrong(Fault fault, Object... values) {
        super(fault.name());
        bad = BadRaster.of(fault, values);
    }

    BadRaster bad() {
        return bad;
    }
}
