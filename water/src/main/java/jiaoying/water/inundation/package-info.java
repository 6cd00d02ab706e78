/** Water on the ground (地表积水): the two-dimensional flow over a raster. */
@NullMarked
package jiaoying.water.inundation;

import org.jspecify.annotations.NullMarked;
