/** Calls by SIP (RFC 3261) with the JAIN SIP stack below: speech out by RTP, keys in by RFC 4733 and INFO. */
@NullMarked
package jiaoying.server.courier.sip;

import org.jspecify.annotations.NullMarked;
