package jiaoying.wire.cmpp;

import java.util.Arrays;
import java.util.HexFormat;

/** The bytes of a message (Msg_Content), at most 255, which nobody can change. */
public final class Content {
    static final int MOST = 255;

    private final byte[] bytes;

    private Content(byte[] bytes) {
        this.bytes = bytes;
    }

    /** @throws IllegalArgumentException when there are more than 255 */
    public static Content of(byte... bytes) {
        if (bytes.length > MOST) {
            throw new IllegalArgumentException(bytes.length + " bytes of content; at most " + MOST);
        }
        return new Content(bytes.clone());
    }

    public int size() {
        return bytes.length;
    }

    /** The unsigned byte at {@code index}. */
    int at(int index) {
        return bytes[index] & 0xFF;
    }

    /** From {@code start} to the end. */
    Content from(int start) {
        return new Content(Arrays.copyOfRange(bytes, start, bytes.length));
    }

    public byte[] toBytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Content that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Its size only: what people write to each other is nobody's business. */
    @Override
    public String toString() {
        return bytes.length + " bytes";
    }

    /** In hexadecimal digits, for tests and tools. */
    public String hex() {
        return HexFormat.of().formatHex(bytes);
    }
}
