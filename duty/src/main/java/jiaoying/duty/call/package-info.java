/** Call orders: who is called, by which ladder, who answered, who did not. */
@NullMarked
package jiaoying.duty.call;

import org.jspecify.annotations.NullMarked;
