/** The loop: takes arrivals in the order of their numbers, lets the duty room decide, commits, and rings due timers. */
@NullMarked
package jiaoying.server.loop;

import org.jspecify.annotations.NullMarked;
