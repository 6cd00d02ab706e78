package jiaoying.wire.sl651;

import java.util.Optional;

/**
 * One frame (报文帧) with a correct check code, §6.2.3.
 *
 * @param functionCode one byte (功能码), also those that the standard does not name
 * @param packet present if the body starts with SYN (M3)
 * @param body 1..4095 bytes, with the packet's number 1..4092 (HEX/BCD) or 1..4089 (ASCII); not empty without a packet
 */
public record Frame(
        Header header, Direction direction, int functionCode, Optional<Packet> packet, Octets body, Control end)
        implements Decoded {
    /** Largest value of the length field. */
    static final int LENGTH_MAX = 0xFFF;

    public Frame {
        if (functionCode < 0 || functionCode > 0xFF) {
            throw new IllegalArgumentException("A function code is one byte, not " + functionCode);
        }
        var length = body.size() + (packet.isPresent() ? packetSize(header.encoding()) : 0);
        if (length < 1 || length > LENGTH_MAX) {
            throw new IllegalArgumentException("A body has 1..4095 bytes, not " + length + "; split it into packets");
        }
    }

    static int packetSize(Encoding encoding) {
        return encoding == Encoding.HEX_BCD ? 3 : 6;
    }

    /** A frame in one piece. */
    public static Frame of(Header header, Direction direction, FunctionCode function, Message message, Control end) {
        return new Frame(header, direction, function.code(), Optional.empty(), message.encode(header.encoding()), end);
    }

    /** Empty for codes that are reserved or the user's. */
    public Optional<FunctionCode> function() {
        return FunctionCode.find(functionCode);
    }

    /** What the body says, or that it is a piece of a longer one. Reads the body anew each time. */
    public Content content() {
        return packet.filter(it -> it.total() > 1)
                .<Content>map(it -> new Content.Piece(it, body))
                .orElseGet(() -> Content.of(header.encoding(), direction, functionCode, body));
    }
}
