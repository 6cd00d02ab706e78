/** Somebody who watches the watcher (看护): looks at a room from another machine and raises the alarm when it falls silent. */
@NullMarked
package jiaoying.server.watch;

import org.jspecify.annotations.NullMarked;
