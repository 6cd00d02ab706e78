/** A recorded storm in a folder, and where it is played. */
@NullMarked
package jiaoying.sim.storm;

import org.jspecify.annotations.NullMarked;
