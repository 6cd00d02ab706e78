/** The one loop (发现、督办、整改、反馈): items, their clocks, cards and the rules by which nobody closes his own. */
@NullMarked
package jiaoying.duty.casework;

import org.jspecify.annotations.NullMarked;
