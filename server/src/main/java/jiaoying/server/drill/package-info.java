/** The crash drill (崩溃演练): carriers, people and a weather office outside of a real program that is killed again and again. */
@NullMarked
package jiaoying.server.drill;

import org.jspecify.annotations.NullMarked;
