/** Areas, bodies, people, their duties, deputies, superiors and shifts. */
@NullMarked
package jiaoying.duty.roster;

import org.jspecify.annotations.NullMarked;
