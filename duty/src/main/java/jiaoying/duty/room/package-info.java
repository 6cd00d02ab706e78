/** The duty room of one jurisdiction: takes arrivals, returns steps. */
@NullMarked
package jiaoying.duty.room;

import org.jspecify.annotations.NullMarked;
