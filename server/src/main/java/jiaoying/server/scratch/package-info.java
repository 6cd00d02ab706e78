/** Folders that last no longer than the program that made them. */
@NullMarked
package jiaoying.server.scratch;

import org.jspecify.annotations.NullMarked;
