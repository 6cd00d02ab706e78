/** The deterministic simulator (仿真): the real loop, inbox, couriers and decisions, crashed and disturbed on a virtual clock. */
@NullMarked
package jiaoying.server.sim;

import org.jspecify.annotations.NullMarked;
