/** Errands (what the world shall do) and timers (due instants), as data. */
@NullMarked
package jiaoying.duty.errand;

import org.jspecify.annotations.NullMarked;
