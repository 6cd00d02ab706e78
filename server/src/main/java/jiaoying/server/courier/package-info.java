/** Couriers: take errands by lease and fence, hand them to carriers, and bring the outcome back in at the front door. */
@NullMarked
package jiaoying.server.courier;

import org.jspecify.annotations.NullMarked;
