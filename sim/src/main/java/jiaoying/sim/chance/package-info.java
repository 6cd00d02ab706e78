/** Seeded chance: the only source of luck in the simulated world. */
@NullMarked
package jiaoying.sim.chance;

import org.jspecify.annotations.NullMarked;
