/** Plays a recorded storm through the whole server on a virtual clock, and says what came of it. */
@NullMarked
package jiaoying.server.replay;

import org.jspecify.annotations.NullMarked;
