package jiaoying.wire.voice;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** RTP packets (RFC 3550 §5.1), version 2. */
public final class Rtp {
    private static final int HEADER = 12;

    private Rtp() {}

    /** What a receiver here needs of one. The payload is the caller's own. */
    public record Heard(int payloadType, int sequence, long timestamp, byte[] payload) {}

    /** @param marker true on the first packet of a talk spurt */
    public static byte[] write(
            int payloadType, boolean marker, int sequence, long timestamp, int ssrc, byte[] payload) {
        return ByteBuffer.allocate(HEADER + payload.length)
                .put((byte) 0x80)
                .put((byte) ((marker ? 0x80 : 0) | payloadType & 0x7F))
                .putShort((short) sequence)
                .putInt((int) timestamp)
                .putInt(ssrc)
                .put(payload)
                .array();
    }

    /** Empty for what is no RTP of version 2. Padding, extension and contributing sources are taken off. */
    public static Optional<Heard> read(byte[] bytes, int length) {
        if (length < HEADER || length > bytes.length || (bytes[0] & 0xC0) != 0x80) {
            return Optional.empty();
        }
        int start = HEADER + 4 * (bytes[0] & 0x0F);
        if ((bytes[0] & 0x10) != 0) {
            if (length < start + 4) {
                return Optional.empty();
            }
            start += 4 + 4 * ((bytes[start + 2] & 0xFF) << 8 | bytes[start + 3] & 0xFF);
        }
        int end = (bytes[0] & 0x20) != 0 ? length - (bytes[length - 1] & 0xFF) : length;
        if (start > end) {
            return Optional.empty();
        }
        var in = ByteBuffer.wrap(bytes);
        return Optional.of(new Heard(
                bytes[1] & 0x7F,
                in.getShort(2) & 0xFFFF,
                in.getInt(4) & 0xFFFF_FFFFL,
                Arrays.copyOfRange(bytes, start, end)));
    }
}
