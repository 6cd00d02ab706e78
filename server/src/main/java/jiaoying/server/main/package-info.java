/** The command line and the one wiring class. */
@NullMarked
package jiaoying.server.main;

import org.jspecify.annotations.NullMarked;
