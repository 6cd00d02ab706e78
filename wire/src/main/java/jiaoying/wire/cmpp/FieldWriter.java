package jiaoying.wire.cmpp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes fields one after the other and refuses what does not fit. */
final class FieldWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    FieldWriter number(String field, int size, long value) {
        if (value < 0 || size < 8 && value >>> 8 * size != 0) {
            throw new IllegalArgumentException(field + " " + value + " does not fit " + size + " bytes");
        }
        return bits(size, value);
    }

    private FieldWriter bits(int size, long value) {
        for (var shift = 8 * (size - 1); shift >= 0; shift -= 8) {
            out.write((int) (value >>> shift));
        }
        return this;
    }

    FieldWriter octet(String field, int value) {
        return number(field, 1, value);
    }

    FieldWriter msgId(MsgId id) {
        return bits(8, id.bits());
    }

    /** The value itself is not in the error, for it may be a person's number. */
    FieldWriter text(String field, int size, String value) {
        var bytes = value.getBytes(StandardCharsets.ISO_8859_1);
        if (bytes.length > size || value.chars().anyMatch(c -> c == 0 || c > 255)) {
            throw new IllegalArgumentException(field + " has " + value.length() + " characters; allowed are " + size
                    + " of one byte each, none of them 00");
        }
        out.writeBytes(Arrays.copyOf(bytes, size));
        return this;
    }

    FieldWriter content(String field, int size, Content content) {
        if (content.size() != size) {
            throw new IllegalArgumentException(field + " has " + content.size() + " bytes; it must have " + size);
        }
        out.writeBytes(content.toBytes());
        return this;
    }

    /** With its length in the byte before it. */
    FieldWriter message(Content content) {
        return octet("Msg_Length", content.size()).content("Msg_Content", content.size(), content);
    }

    byte[] toBytes() {
        return out.toByteArray();
    }
}
