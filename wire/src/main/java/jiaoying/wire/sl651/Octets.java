package jiaoying.wire.sl651;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** A run of bytes that nobody can change; slices share the bytes they are cut from. */
public final class Octets {
    public static final Octets NONE = new Octets(new byte[0], 0, 0);

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final byte[] bytes;
    private final int from;
    private final int size;

    private Octets(byte[] bytes, int from, int size) {
        this.bytes = bytes;
        this.from = from;
        this.size = size;
    }

    /** A copy of {@code bytes[from..to)}. */
    public static Octets copyOf(byte[] bytes, int from, int to) {
        return new Octets(Arrays.copyOfRange(bytes, from, to), 0, to - from);
    }

    public static Octets of(byte... bytes) {
        return copyOf(bytes, 0, bytes.length);
    }

    /** Takes over an array that nobody else will change. */
    static Octets owning(byte[] bytes) {
        return new Octets(bytes, 0, bytes.length);
    }

    /**
     * @param hex pairs of hexadecimal digits, without separators
     * @throws IllegalArgumentException if it is anything else
     */
    public static Octets ofHex(String hex) {
        return owning(HexFormat.of().parseHex(hex));
    }

    static Octets ofText(String text) {
        return owning(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /** The unsigned byte at {@code index}, 0..255. */
    public int at(int index) {
        return bytes[from + checked(index)] & 0xFF;
    }

    private int checked(int index) {
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException("octet " + index + " of " + size);
        }
        return index;
    }

    public Octets slice(int start, int end) {
        if (start < 0 || end < start || end > size) {
            throw new IndexOutOfBoundsException("octets " + start + " to " + end + " of " + size);
        }
        return new Octets(bytes, from + start, end - start);
    }

    /** The {@code count} bytes (1..8) at {@code index}, high byte first. */
    long number(int index, int count) {
        var number = 0L;
        for (var i = 0; i < count; i++) {
            number = number << 8 | at(index + i);
        }
        return number;
    }

    /** Whether all bytes are this one, and there is one at least. */
    public boolean isFilledWith(int octet) {
        for (var i = 0; i < size; i++) {
            if (at(i) != octet) {
                return false;
            }
        }
        return size > 0;
    }

    public byte[] toBytes() {
        return Arrays.copyOfRange(bytes, from, from + size);
    }

    void writeTo(ByteArrayOutputStream out) {
        out.write(bytes, from, size);
    }

    /** The characters with these codes, 0..255 each. */
    String text() {
        return new String(bytes, from, size, StandardCharsets.ISO_8859_1);
    }

    /** In upper-case hexadecimal digits, as the standard prints frames. */
    public String hex() {
        return HEX.formatHex(bytes, from, from + size);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Octets that
                && Arrays.equals(bytes, from, from + size, that.bytes, that.from, that.from + that.size);
    }

    @Override
    public int hashCode() {
        var hash = 1;
        for (var i = 0; i < size; i++) {
            hash = 31 * hash + bytes[from + i];
        }
        return hash;
    }

    @Override
    public String toString() {
        return hex();
    }
}
