package jiaoying.server.door.sl651;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import jiaoying.wire.sl651.Control;
import jiaoying.wire.sl651.Crc16;
import jiaoying.wire.sl651.Direction;
import jiaoying.wire.sl651.StationAddress;

/**
 * What can still be read of bytes that are no good frame: the header as far as it came, and the frame as it would be with its
 * length, end and check code put right. For people who look for a fault; doors take nothing of it.
 */
final class Salvage {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    /** Where things stand in bytes; in characters the header has two for one, behind one start instead of two (§6.4, §6.5). */
    private static final int PASSWORD = 8;

    private static final int FUNCTION = 10;
    private static final int LENGTH = 11;
    private static final int BODY_START = 13;
    private static final int BODY = 14;

    private final byte[] bytes;
    private final boolean characters;
    /** As HEX/BCD has it, shorter if less came or a character is no digit. */
    private final byte[] header;

    private Salvage(byte[] bytes, boolean characters) {
        this.bytes = bytes;
        this.characters = characters;
        this.header = characters ? packed(bytes) : Arrays.copyOf(bytes, Math.min(bytes.length, BODY_START));
    }

    /** Empty if they do not begin as a frame does. */
    static Optional<Salvage> of(byte[] bytes) {
        if (bytes.length > 1 && bytes[0] == 0x7E && bytes[1] == 0x7E) {
            return Optional.of(new Salvage(bytes, false));
        }
        return bytes.length > 1 && bytes[0] == 0x01 ? Optional.of(new Salvage(bytes, true)) : Optional.empty();
    }

    /**
     * With its length, end and check code put right.
     *
     * @param announced length of the body that stood there
     * @param checked   the check code was right, over all bytes that came
     */
    record Mended(byte[] bytes, int announced, Optional<Control> end, String check, boolean checked) {}

    private static byte[] packed(byte[] bytes) {
        var header = new byte[BODY_START];
        header[0] = header[1] = 0x7E;
        for (var i = 2; i < BODY_START; i++) {
            var at = 1 + 2 * (i - 2);
            if (at + 1 >= bytes.length || !HexFormat.isHexDigit(bytes[at]) || !HexFormat.isHexDigit(bytes[at + 1])) {
                return Arrays.copyOf(header, i);
            }
            header[i] = (byte) (HexFormat.fromHexDigit(bytes[at]) << 4 | HexFormat.fromHexDigit(bytes[at + 1]));
        }
        return header;
    }

    /** Fields of the header that came, under the names of a whole one. */
    Map<String, Object> header() {
        var fields = new LinkedHashMap<String, Object>();
        direction().ifPresent(it -> addresses(it, fields));
        if (header.length >= FUNCTION) {
            fields.put("password", HEX.formatHex(header, PASSWORD, FUNCTION));
        }
        if (header.length > FUNCTION) {
            fields.put("function", HEX.formatHex(header, FUNCTION, LENGTH));
        }
        direction().ifPresent(it -> fields.put("direction", it == Direction.UP ? "up" : "down"));
        if (header.length == BODY_START) {
            fields.put("bodyLength", announced());
        }
        start().ifPresent(it -> fields.put("start", it));
        if (isWhole()) {
            Control.find(bytes[lastEnd()] & 0xFF).ifPresent(it -> fields.put("end", it.name()));
            fields.put("crc", sentCheck(lastEnd()));
        }
        fields.put("crcOk", isWhole());
        return fields;
    }

    /** Where the end of the frame stands if its last byte came and nothing more. */
    private int lastEnd() {
        return bytes.length - 1 - (characters ? 4 : 2);
    }

    private String sentCheck(int end) {
        return characters
                ? new String(bytes, end + 1, 4, StandardCharsets.ISO_8859_1)
                : HEX.formatHex(bytes, end + 1, end + 3);
    }

    /** The check code over all that came is right: then only what it guards can be wrong, such as the length. */
    private boolean isWhole() {
        return header.length == BODY_START
                && lastEnd() > bodyStart()
                && Control.find(bytes[lastEnd()] & 0xFF).isPresent()
                && HEX.toHexDigits(Crc16.of(bytes, 0, lastEnd() + 1), 4).equalsIgnoreCase(sentCheck(lastEnd()));
    }

    private Optional<Direction> direction() {
        if (header.length <= LENGTH) {
            return Optional.empty();
        }
        return switch (header[LENGTH] >>> 4 & 0xF) {
            case 0 -> Optional.of(Direction.UP);
            case 8 -> Optional.of(Direction.DOWN);
            default -> Optional.empty();
        };
    }

    private void addresses(Direction direction, Map<String, Object> fields) {
        var up = direction == Direction.UP;
        var station = StationAddress.of(HEX.formatHex(header, up ? 3 : 2, up ? 8 : 7));
        if (up) {
            fields.put("centre", header[2] & 0xFF);
        }
        fields.put("station", station.hex());
        fields.put("stationCode", station.code());
        if (!up) {
            fields.put("centre", header[7] & 0xFF);
        }
    }

    private int announced() {
        return (header[LENGTH] & 0xF) << 8 | header[LENGTH + 1] & 0xFF;
    }

    private int bodyStart() {
        return characters ? 2 * (BODY_START - 2) + 1 : BODY_START;
    }

    private Optional<String> start() {
        if (header.length < BODY_START || bytes.length <= bodyStart()) {
            return Optional.empty();
        }
        return switch (bytes[bodyStart()]) {
            case 0x02 -> Optional.of("STX");
            case 0x16 -> Optional.of("SYN");
            default -> Optional.empty();
        };
    }

    /** Empty if not even one byte of the body came. */
    Optional<Mended> mend() {
        var check = characters ? 4 : 2;
        var body = bodyStart() + 1;
        if (header.length < BODY_START || bytes.length < body + 1 + 1 + check) {
            return Optional.empty();
        }
        var whole = isWhole();
        var end = whole ? lastEnd() : Math.min(body + announced(), lastEnd());
        var mended = Arrays.copyOf(bytes, end + 1 + check);
        var length = end - body;
        if (characters) {
            write(HEX.toHexDigits(length, 3), mended, bodyStart() - 3);
        } else {
            mended[LENGTH] = (byte) (bytes[LENGTH] & 0xF0 | length >>> 8);
            mended[LENGTH + 1] = (byte) length;
        }
        var control = Control.find(bytes[end] & 0xFF);
        mended[end] = (byte) control.orElse(Control.ETX).code();
        var right = Crc16.of(mended, 0, end + 1);
        if (characters) {
            write(HEX.toHexDigits(right, 4), mended, end + 1);
        } else {
            mended[end + 1] = (byte) (right >>> 8);
            mended[end + 2] = (byte) right;
        }
        return Optional.of(new Mended(mended, announced(), control, sentCheck(end), whole));
    }

    private static void write(String digits, byte[] bytes, int at) {
        System.arraycopy(digits.getBytes(StandardCharsets.US_ASCII), 0, bytes, at, digits.length());
    }
}
