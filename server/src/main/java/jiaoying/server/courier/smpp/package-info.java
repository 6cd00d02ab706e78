/** Texts over an SMSC by SMPP 3.4, with the jsmpp library below. */
@NullMarked
package jiaoying.server.courier.smpp;

import org.jspecify.annotations.NullMarked;
