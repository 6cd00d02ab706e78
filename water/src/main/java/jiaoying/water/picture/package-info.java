/** Water as people look at it (水深图): classes, colours, outlines, frames. */
@NullMarked
package jiaoying.water.picture;

import org.jspecify.annotations.NullMarked;
