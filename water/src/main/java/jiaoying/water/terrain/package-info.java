/** Terrain models (地形): what is wrong with one, what is cut into it, and one made up for demonstrations. */
@NullMarked
package jiaoying.water.terrain;

import org.jspecify.annotations.NullMarked;
