@NullMarked
package jiaoying.server.cap;

import org.jspecify.annotations.NullMarked;
