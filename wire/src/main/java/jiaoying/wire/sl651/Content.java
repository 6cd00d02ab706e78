package jiaoying.wire.sl651;

/** What the body of a frame (报文正文) says, §6.6. */
public sealed interface Content permits Message, Content.Piece, Content.Unreadable {
    /**
     * One packet of a longer body (M3); a {@link PacketAssembly} joins them.
     *
     * @param part as sent; only the first packet's begins with a serial (§6.6.2.4)
     */
    record Piece(Packet packet, Octets part) implements Content {}

    /** A body without serial and send time, or with characters where digits must be. */
    record Unreadable(Octets body) implements Content {}

    /** Reads a whole body, of one frame or joined of many packets. */
    static Content of(Encoding encoding, Direction direction, int functionCode, Octets body) {
        var layout = Layout.of(direction, functionCode);
        return switch (encoding) {
            case HEX_BCD -> PackedReader.read(layout, body);
            case ASCII -> CharacterReader.read(layout, body);
        };
    }
}
