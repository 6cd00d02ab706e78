package jiaoying.wire.sl651;

import java.util.Optional;
import jiaoying.wire.sl651.Broken.Reason;

/**
 * A frame in characters (ASCII字符编码传输报文帧), §6.4, tables 16 to 19. The check code is taken over the characters as sent.
 *
 * <p>SOH is a common byte in noise, so 22 hexadecimal digits must follow it before it counts as a start.
 */
final class CharacterFrame {
    /** One byte start, 22 header, one body start, one end, four check code. */
    static final int OVERHEAD = 29;

    private static final int ADDRESSES = 1;
    private static final int PASSWORD = 13;
    private static final int FUNCTION = 17;
    private static final int LENGTH = 19;
    private static final int BODY_START = 23;
    private static final int BODY = 24;
    private static final int PACKET_SIZE = 6;
    private static final int CHECK_SIZE = 4;

    private CharacterFrame() {}

    static Decoded decode(byte[] bytes, int from, int to) {
        var available = to - from;
        for (var i = from + 1; i < Math.min(to, from + BODY_START); i++) {
            if (Hex.digit(bytes[i]) == Hex.NONE) {
                return Frames.noise(bytes, from, to);
            }
        }
        if (available > LENGTH && direction(bytes, from).isEmpty()) {
            return Frames.broken(Reason.DIRECTION, bytes, from, from + LENGTH, from + LENGTH + 1);
        }
        if (available <= BODY_START) {
            return new Incomplete(BODY_START + 1 - available);
        }
        var packets = bytes[from + BODY_START] == Control.SYN;
        if (!packets && bytes[from + BODY_START] != Control.STX) {
            return Frames.broken(Reason.BODY_START, bytes, from, from + BODY_START, from + BODY);
        }
        var length = (int) Hex.number(bytes, from + LENGTH + 1, 3);
        if (length < (packets ? PACKET_SIZE : 1)) {
            return Frames.broken(Reason.LENGTH, bytes, from, from + LENGTH, from + BODY);
        }
        var size = OVERHEAD + length;
        return available < size ? new Incomplete(size - available) : whole(bytes, from, size);
    }

    private static Decoded whole(byte[] bytes, int from, int size) {
        var end = from + size - 1 - CHECK_SIZE;
        var control = Control.find(bytes[end]);
        if (control.isEmpty()) {
            return Frames.broken(Reason.BODY_END, bytes, from, end, from + size);
        }
        if (Crc16.of(bytes, from, end + 1) != Hex.number(bytes, end + 1, CHECK_SIZE)) {
            return Frames.wrongCheck(bytes, from, from + size);
        }
        if (bytes[from + BODY_START] == Control.STX) {
            return frame(bytes, from, Optional.empty(), Octets.copyOf(bytes, from + BODY, end), control.get());
        }
        var total = (int) Hex.number(bytes, from + BODY, 3);
        var number = (int) Hex.number(bytes, from + BODY + 3, 3);
        if (!Packet.isPossible(total, number)) {
            return Frames.broken(Reason.PACKET, bytes, from, from + BODY, from + size);
        }
        var body = Octets.copyOf(bytes, from + BODY + PACKET_SIZE, end);
        return frame(bytes, from, Optional.of(new Packet(total, number)), body, control.get());
    }

    private static Frame frame(byte[] bytes, int from, Optional<Packet> packet, Octets body, Control end) {
        var up = bytes[from + LENGTH] == '0';
        var centre = Hex.number(bytes, from + ADDRESSES + (up ? 0 : 10), 2);
        var station = Hex.number(bytes, from + ADDRESSES + (up ? 2 : 0), 10);
        var password = Hex.number(bytes, from + PASSWORD, 4);
        var header = new Header(Encoding.ASCII, (int) centre, new StationAddress(station), (int) password);
        var function = (int) Hex.number(bytes, from + FUNCTION, 2);
        return new Frame(header, up ? Direction.UP : Direction.DOWN, function, packet, body, end);
    }

    private static Optional<Direction> direction(byte[] bytes, int from) {
        return switch (bytes[from + LENGTH]) {
            case '0' -> Optional.of(Direction.UP);
            case '8' -> Optional.of(Direction.DOWN);
            default -> Optional.empty();
        };
    }

    static byte[] encode(Frame frame) {
        var out = new Bytes(Frames.size(frame));
        var header = frame.header();
        out.number(Control.SOH, 1);
        if (frame.direction() == Direction.UP) {
            out.digits(header.centre(), 2).digits(header.station().value(), 10);
        } else {
            out.digits(header.station().value(), 10).digits(header.centre(), 2);
        }
        var length = Frames.size(frame) - OVERHEAD;
        out.digits(header.password(), 4)
                .digits(frame.functionCode(), 2)
                .digits(frame.direction().flag << 12 | length, 4)
                .number(frame.packet().isPresent() ? Control.SYN : Control.STX, 1);
        frame.packet().ifPresent(it -> out.digits(it.total(), 3).digits(it.number(), 3));
        out.octets(frame.body()).number(frame.end().code(), 1);
        return out.digits(out.check(), CHECK_SIZE).toBytes();
    }
}
