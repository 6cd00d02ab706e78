/** Forecasts of waterlogging (内涝预报): when one is asked for, what it takes for the rain to come, what it gave, how well it did. */
@NullMarked
package jiaoying.duty.forecast;

import org.jspecify.annotations.NullMarked;
