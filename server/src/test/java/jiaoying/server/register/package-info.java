/** Tests of the city register as files. */
@NullMarked
package jiaoying.server.register;

import org.jspecify.annotations.NullMarked;
