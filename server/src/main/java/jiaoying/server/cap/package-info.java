/**
 * CAP 1.2 at the border of the house: messages of other centres to our words, feeds polled, and our own signals to messages.
 */
@NullMarked
package jiaoying.server.cap;

import org.jspecify.annotations.NullMarked;
