/** Programmes (专项) from files: working calendars, deadlines in a batch, rows of a register and what they add up to. */
@NullMarked
package jiaoying.server.programme;

import org.jspecify.annotations.NullMarked;
