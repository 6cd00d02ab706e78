/** Rainfall, levels and depths as exact integers with their units. */
@NullMarked
package jiaoying.duty.measure;

import org.jspecify.annotations.NullMarked;
