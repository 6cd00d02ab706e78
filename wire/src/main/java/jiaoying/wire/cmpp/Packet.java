package jiaoying.wire.cmpp;

/** One packet: header and body (消息头, 消息体). @param sequence Sequence_Id, 0 to 4294967295; a response has its request's */
public record Packet(long sequence, Body body) implements Decoded {
    public Packet {
        if (sequence < 0 || sequence > 0xFFFF_FFFFL) {
            throw new IllegalArgumentException("Sequence_Id " + sequence + "; allowed are 0 to 4294967295");
        }
    }
}
