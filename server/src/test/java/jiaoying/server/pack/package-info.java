/** Tests of packs: text in, problems out. */
@NullMarked
package jiaoying.server.pack;

import org.jspecify.annotations.NullMarked;
