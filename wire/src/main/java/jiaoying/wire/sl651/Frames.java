package jiaoying.wire.sl651;

/** Bytes to frames and back (报文帧), §6.4 and §6.5. Says nothing about what a body means. */
public final class Frames {
    private Frames() {}

    /** Reads from the beginning of {@code bytes}; the same as {@code decode(bytes, 0, bytes.length)}. */
    public static Decoded decode(byte[] bytes) {
        return decode(bytes, 0, bytes.length);
    }

    /**
     * Reads what stands at {@code from} and needs no more than {@code bytes[from..to)}. Positions count as in {@code bytes}.
     *
     * <p>A frame is as long as its length field says; 7E 7E may occur inside. After a fault, reading goes on at the next
     * possible start, not behind the frame that was none.
     */
    public static Decoded decode(byte[] bytes, int from, int to) {
        if (from >= to) {
            return new Incomplete(1);
        }
        return switch (bytes[from]) {
            case Control.HEX_START -> PackedFrame.decode(bytes, from, to);
            case Control.SOH -> CharacterFrame.decode(bytes, from, to);
            default -> noise(bytes, from, to);
        };
    }

    /** The bytes of a frame, check code and all. */
    public static byte[] encode(Frame frame) {
        return switch (frame.header().encoding()) {
            case HEX_BCD -> PackedFrame.encode(frame);
            case ASCII -> CharacterFrame.encode(frame);
        };
    }

    /** How many bytes a frame has on the wire. */
    public static int size(Frame frame) {
        var encoding = frame.header().encoding();
        var packet = frame.packet().isPresent() ? Frame.packetSize(encoding) : 0;
        return frame.body().size()
                + packet
                + (encoding == Encoding.HEX_BCD ? PackedFrame.OVERHEAD : CharacterFrame.OVERHEAD);
    }

    static Broken noise(byte[] bytes, int from, int to) {
        var next = nextStart(bytes, from + 1, to);
        return new Broken(Broken.Reason.NO_START, from, from, next, kept(bytes, from, next));
    }

    /**
     * @param limit how far the decision looked; where to read on depends on nothing behind it, so that it does not matter
     *     how much of the stream has come
     */
    static Broken broken(Broken.Reason reason, byte[] bytes, int from, int faultAt, int limit) {
        var next = nextStart(bytes, from + 1, limit);
        return new Broken(reason, from, faultAt, next, kept(bytes, from, next));
    }

    /** The whole of a frame that is none is kept: its maker wants to see it. */
    static Broken wrongCheck(byte[] bytes, int from, int end) {
        return new Broken(
                Broken.Reason.CRC, from, end, nextStart(bytes, from + 1, end), Octets.copyOf(bytes, from, end));
    }

    private static Octets kept(byte[] bytes, int from, int next) {
        return Octets.copyOf(bytes, from, Math.min(next, from + Broken.KEPT));
    }

    /** The first place at or after {@code from} where a frame can begin, or {@code to}. */
    private static int nextStart(byte[] bytes, int from, int to) {
        for (var i = from; i < to; i++) {
            if (bytes[i] == Control.SOH
                    || bytes[i] == Control.HEX_START && (i + 1 == to || bytes[i + 1] == Control.HEX_START)) {
                return i;
            }
        }
        return to;
    }
}
