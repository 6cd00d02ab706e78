/**
 * The short-message gateway protocol of China Mobile (中国移动通信互联网短信网关接口协议, CMPP), versions 2.0 and 3.0: packets to
 * records and back, long texts, status reports. Names are the protocol's.
 *
 * <p>Reading is total: any bytes give a {@link Decoded}, never an exception. Writing is strict: what the protocol cannot say is
 * an {@link IllegalArgumentException}. Only the operations between a service provider and a gateway that a sender of texts
 * needs are known: CONNECT, TERMINATE, SUBMIT, DELIVER and ACTIVE_TEST with their responses.
 */
@NullMarked
package jiaoying.wire.cmpp;

import org.jspecify.annotations.NullMarked;
