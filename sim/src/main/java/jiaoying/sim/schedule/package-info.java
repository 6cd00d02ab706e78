/** Virtual time. */
@NullMarked
package jiaoying.sim.schedule;

import org.jspecify.annotations.NullMarked;
