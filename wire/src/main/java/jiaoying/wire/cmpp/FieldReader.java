package jiaoying.wire.cmpp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads fields one after the other; past the end it gives zeros and remembers that it did. */
final class FieldReader {
    private final byte[] bytes;
    private final int end;
    private int at;
    private boolean cutShort;

    FieldReader(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    /** An unsigned number of 1 to 8 bytes, high byte first. */
    long number(int size) {
        var number = 0L;
        for (var b : raw(size)) {
            number = number << 8 | b & 0xFF;
        }
        return number;
    }

    int octet() {
        return (int) number(1);
    }

    MsgId msgId() {
        return new MsgId(number(8));
    }

    /** Up to the first 00 byte. */
    String text(int size) {
        var raw = raw(size);
        var length = 0;
        while (length < raw.length && raw[length] != 0) {
            length++;
        }
        return new String(raw, 0, length, StandardCharsets.ISO_8859_1);
    }

    Content content(int size) {
        return Content.of(raw(size));
    }

    private byte[] raw(int size) {
        if (size > end - at) {
            cutShort = true;
            at = end;
            return new byte[size];
        }
        at += size;
        return Arrays.copyOfRange(bytes, at - size, at);
    }

    /** Whether the fields read are exactly the bytes there were. */
    boolean fits() {
        return !cutShort && at == end;
    }
}
