/** Words that go back to callers: problems in four parts, and the text catalogue in zh-CN and en. */
@NullMarked
package jiaoying.server.reply;

import org.jspecify.annotations.NullMarked;
