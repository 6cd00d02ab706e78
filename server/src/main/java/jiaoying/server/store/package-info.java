/** All SQL, the canonical JSON of what is stored, and the keys of a room. */
@NullMarked
package jiaoying.server.store;

import org.jspecify.annotations.NullMarked;
