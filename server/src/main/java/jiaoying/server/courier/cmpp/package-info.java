/** Texts over a carrier's own gateway by CMPP 2.0 and 3.0: connections, windows, parts, status reports and replies. */
@NullMarked
package jiaoying.server.courier.cmpp;

import org.jspecify.annotations.NullMarked;
