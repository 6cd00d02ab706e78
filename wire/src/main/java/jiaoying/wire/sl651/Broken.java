package jiaoying.wire.sl651;

/**
 * Bytes that are no frame. They are not answered (§6.3.1.2), and kept for the operator.
 *
 * @param at where the bytes begin, counted as the reader of them counts
 * @param faultAt the byte at which it was seen, same count
 * @param resync where to read on, same count; always after {@code at}
 * @param seen the bytes, the first {@value #KEPT} of them for noise, all of a frame whose check code is wrong
 */
public record Broken(Reason reason, long at, long faultAt, long resync, Octets seen) implements Decoded {
    public static final int KEPT = 64;

    /** Why. */
    public enum Reason {
        /** Noise: no start of a frame here (帧起始符, table 10). */
        NO_START,
        /** The length field begins neither with 0 nor with 8 (上下行标识). */
        DIRECTION,
        /** The body's length is not 1..4095, or too short for a packet's number. */
        LENGTH,
        /** The body starts neither with STX nor with SYN. */
        BODY_START,
        /** The packet's number is not 1..total. */
        PACKET,
        /** The frame does not end with a control character of table 10. */
        BODY_END,
        /** The check code is wrong. */
        CRC,
        /** The bytes stopped inside of a frame. */
        CUT_SHORT
    }
}
