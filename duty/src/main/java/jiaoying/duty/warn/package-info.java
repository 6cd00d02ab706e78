/** Threshold alerts and warning signals: raised, decided, issued, replaced, lifted. */
@NullMarked
package jiaoying.duty.warn;

import org.jspecify.annotations.NullMarked;
