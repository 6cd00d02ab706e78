/** The command line and the one class that wires everything together. */
@NullMarked
package jiaoying.server.main;

import org.jspecify.annotations.NullMarked;
