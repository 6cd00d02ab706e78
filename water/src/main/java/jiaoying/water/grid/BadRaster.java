package jiaoying.water.grid;

/**
 * A file that is not a raster.
 *
 * @param what the finding in English: what stands there, where, and what was expected
 */
public record BadRaster(String what) implements RasterRead {}
