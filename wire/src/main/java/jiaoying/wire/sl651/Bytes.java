package jiaoying.wire.sl651;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes being written, high byte first. */
final class Bytes {
    private byte[] bytes;
    private int size;

    Bytes(int expected) {
        this.bytes = new byte[Math.max(16, expected)];
    }

    /** The lowest {@code count} bytes of a number. */
    Bytes number(long number, int count) {
        room(count);
        for (var i = count - 1; i >= 0; i--) {
            bytes[size++] = (byte) (number >>> 8 * i);
        }
        return this;
    }

    /** The lowest {@code count} hexadecimal digits of a number, as characters. */
    Bytes digits(long number, int count) {
        return text(Hex.digits(number, count));
    }

    Bytes text(String text) {
        return array(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    Bytes octets(Octets octets) {
        return array(octets.toBytes());
    }

    private Bytes array(byte[] more) {
        room(more.length);
        System.arraycopy(more, 0, bytes, size, more.length);
        size += more.length;
        return this;
    }

    private void room(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
    }

    /** The check code over all that was written. */
    int check() {
        return Crc16.of(bytes, 0, size);
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    Octets toOctets() {
        return Octets.owning(toBytes());
    }
}
