/** Measurements: every figure is printed with its machine, its spread and whether the answer was right. */
@NullMarked
package jiaoying.bench;

import org.jspecify.annotations.NullMarked;
