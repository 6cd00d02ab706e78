package jiaoying.wire.sl651;

/** What stands at one place of a byte stream: a frame, the beginning of one, or neither. */
public sealed interface Decoded permits Frame, Incomplete, Broken {}
