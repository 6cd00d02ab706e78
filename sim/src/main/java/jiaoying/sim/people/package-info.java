/** People who answer, and people who do not. */
@NullMarked
package jiaoying.sim.people;

import org.jspecify.annotations.NullMarked;
