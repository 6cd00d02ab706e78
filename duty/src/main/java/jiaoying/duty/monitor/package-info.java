/** Rain over sliding windows, silent stations, and the level of an area with hysteresis. */
@NullMarked
package jiaoying.duty.monitor;

import org.jspecify.annotations.NullMarked;
