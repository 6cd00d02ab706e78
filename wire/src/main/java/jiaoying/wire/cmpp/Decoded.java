package jiaoying.wire.cmpp;

/** What stands at one place of a byte stream: a packet, the beginning of one, or neither. */
public sealed interface Decoded permits Packet, Incomplete, Broken {}
