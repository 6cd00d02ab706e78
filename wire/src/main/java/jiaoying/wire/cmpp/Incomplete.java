package jiaoying.wire.cmpp;

/** So far it looks like a packet, but bytes are missing. @param needed how many bytes the whole has, or 4 while that is unknown */
public record Incomplete(int needed) implements Decoded {}
