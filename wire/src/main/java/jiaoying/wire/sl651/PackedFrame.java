package jiaoying.wire.sl651;

import java.util.Optional;
import jiaoying.wire.sl651.Broken.Reason;

/** A frame in HEX/BCD (HEX/BCD编码传输报文帧), §6.5, tables 20 to 23. */
final class PackedFrame {
    /** Two bytes start, eleven header, one body start, one end, two check code. */
    static final int OVERHEAD = 17;

    private static final int ADDRESSES = 2;
    private static final int PASSWORD = 8;
    private static final int FUNCTION = 10;
    private static final int LENGTH = 11;
    private static final int BODY_START = 13;
    private static final int BODY = 14;
    private static final int PACKET_SIZE = 3;

    private PackedFrame() {}

    static Decoded decode(byte[] bytes, int from, int to) {
        var available = to - from;
        if (available > 1 && bytes[from + 1] != Control.HEX_START) {
            return Frames.noise(bytes, from, to);
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
        var length = length(bytes, from);
        if (length < (packets ? PACKET_SIZE : 1)) {
            return Frames.broken(Reason.LENGTH, bytes, from, from + LENGTH, from + BODY);
        }
        var size = OVERHEAD + length;
        return available < size ? new Incomplete(size - available) : whole(bytes, from, size);
    }

    private static Decoded whole(byte[] bytes, int from, int size) {
        var end = from + size - 3;
        var control = Control.find(bytes[end]);
        if (control.isEmpty()) {
            return Frames.broken(Reason.BODY_END, bytes, from, end, from + size);
        }
        if (Crc16.of(bytes, from, end + 1) != u16(bytes, end + 1)) {
            return Frames.wrongCheck(bytes, from, from + size);
        }
        var frame = Octets.copyOf(bytes, from, from + size);
        if (bytes[from + BODY_START] == Control.STX) {
            return frame(frame, Optional.empty(), frame.slice(BODY, size - 3), control.get());
        }
        var total = (int) frame.number(BODY, PACKET_SIZE) >>> 12;
        var number = (int) frame.number(BODY, PACKET_SIZE) & Packet.MAX;
        if (!Packet.isPossible(total, number)) {
            return Frames.broken(Reason.PACKET, bytes, from, from + BODY, from + size);
        }
        var body = frame.slice(BODY + PACKET_SIZE, size - 3);
        return frame(frame, Optional.of(new Packet(total, number)), body, control.get());
    }

    private static Frame frame(Octets frame, Optional<Packet> packet, Octets body, Control end) {
        var up = frame.at(LENGTH) >>> 4 == Direction.UP.flag;
        var centre = up ? frame.at(ADDRESSES) : frame.at(ADDRESSES + 5);
        var station = new StationAddress(frame.number(up ? ADDRESSES + 1 : ADDRESSES, 5));
        var header = new Header(Encoding.HEX_BCD, centre, station, (int) frame.number(PASSWORD, 2));
        return new Frame(header, up ? Direction.UP : Direction.DOWN, frame.at(FUNCTION), packet, body, end);
    }

    private static Optional<Direction> direction(byte[] bytes, int from) {
        return switch ((bytes[from + LENGTH] & 0xFF) >>> 4) {
            case 0 -> Optional.of(Direction.UP);
            case 8 -> Optional.of(Direction.DOWN);
            default -> Optional.empty();
        };
    }

    private static int length(byte[] bytes, int from) {
        return u16(bytes, from + LENGTH) & Frame.LENGTH_MAX;
    }

    private static int u16(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) << 8 | bytes[at + 1] & 0xFF;
    }

    static byte[] encode(Frame frame) {
        var out = new Bytes(Frames.size(frame));
        var header = frame.header();
        out.number(0x7E7E, 2);
        if (frame.direction() == Direction.UP) {
            out.number(header.centre(), 1).number(header.station().value(), 5);
        } else {
            out.number(header.station().value(), 5).number(header.centre(), 1);
        }
        var length = Frames.size(frame) - OVERHEAD;
        out.number(header.password(), 2)
                .number(frame.functionCode(), 1)
                .number(frame.direction().flag << 12 | length, 2)
                .number(frame.packet().isPresent() ? Control.SYN : Control.STX, 1);
        frame.packet().ifPresent(it -> out.number(it.total() << 12 | it.number(), PACKET_SIZE));
        out.octets(frame.body()).number(frame.end().code(), 1);
        return out.number(out.check(), 2).toBytes();
    }
}
