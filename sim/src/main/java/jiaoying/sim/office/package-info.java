/** A weather office that answers threshold alerts with warning signals. */
@NullMarked
package jiaoying.sim.office;

import org.jspecify.annotations.NullMarked;
