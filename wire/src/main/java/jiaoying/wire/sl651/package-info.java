/**
 * Hydrological telemetry frames (水文监测数据通信规约) as SL 651-2014 writes them, in HEX/BCD and in ASCII form.
 *
 * <p>Two layers. A {@link Frame} is header, body bytes and end (§6.2 to §6.5): {@link Frames} turns bytes into it and back,
 * byte for byte, and {@link FrameSplitter} cuts a TCP stream. A {@link Content} is what a body says (§6.6): a {@link Message}
 * of serial, send time and information groups (信息组), in the order of the wire. Reading is total: any bytes give a named
 * outcome, never an exception. Writing is strict: what the standard cannot say is an {@link IllegalArgumentException}.
 *
 * <p>Numbers are exact. Times are the station's clock, Beijing time by rule, with two digits for the year.
 */
@NullMarked
package jiaoying.wire.sl651;

import org.jspecify.annotations.NullMarked;
