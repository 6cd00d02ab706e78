/** Flood runs from files (内涝演算): a scenario in, maps, series and a report out. */
@NullMarked
package jiaoying.server.flood;

import org.jspecify.annotations.NullMarked;
