/** Rasters (栅格) and their files. */
@NullMarked
package jiaoying.water.grid;

import org.jspecify.annotations.NullMarked;
