/** The outside world of the demonstration, played against the running server by its own doors. */
@NullMarked
package jiaoying.server.demo;

import org.jspecify.annotations.NullMarked;
