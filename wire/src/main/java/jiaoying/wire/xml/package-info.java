/** Reading XML of strangers: small trees, no DTD, no entities but the five, everything bounded. */
@NullMarked
package jiaoying.wire.xml;

import org.jspecify.annotations.NullMarked;
