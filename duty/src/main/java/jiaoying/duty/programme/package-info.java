/** Programmes (专项) as data: working calendar and terms, stages, roles, clocks, registers and the formulas over them. */
@NullMarked
package jiaoying.duty.programme;

import org.jspecify.annotations.NullMarked;
