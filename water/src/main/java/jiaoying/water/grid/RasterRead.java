package jiaoying.water.grid;

/** What reading a raster's file came to. */
public sealed interface RasterRead permits Raster, BadRaster {}
