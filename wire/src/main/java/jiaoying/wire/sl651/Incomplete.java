package jiaoying.wire.sl651;

/**
 * So far it looks like a frame, but bytes are missing.
 *
 * @param needed how many bytes more can be decided upon, at least 1; more may be needed then
 */
public record Incomplete(int needed) implements Decoded {}
