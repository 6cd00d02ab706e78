/** Packs (标准和预案包): what a city decides by, read from YAML with errors that name file, line and column. */
@NullMarked
package jiaoying.server.pack;

import org.jspecify.annotations.NullMarked;
