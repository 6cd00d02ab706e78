/**
 * Lists of warnings (订阅源): Atom (RFC 4287) and RSS 2.0 read, Atom written. Where a message is, when it changed, and the message
 * itself if it comes along. Links are as written; who fetched the feed resolves those that are relative.
 */
@NullMarked
package jiaoying.wire.feed;

import org.jspecify.annotations.NullMarked;
