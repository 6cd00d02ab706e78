/** Documents (文件): what a notice or minutes demand, read sentence by sentence, each with its place in the text. */
@NullMarked
package jiaoying.duty.document;

import org.jspecify.annotations.NullMarked;
