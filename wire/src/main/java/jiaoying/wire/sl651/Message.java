package jiaoying.wire.sl651;

import java.time.LocalDateTime;
import java.util.List;

/**
 * A whole body: serial, send time and information groups, tables 24 and 25.
 *
 * @param serial of the sender (流水号, §6.6.2.4): 1..65535, in an answer that of the frame answered, 0 in what the centre begins
 * @param sent by the sender's clock (发报时间)
 * @param groups in the order sent (信息组)
 */
public record Message(int serial, StationTime sent, List<Group> groups) implements Content {
    public Message {
        if (serial < 0 || serial > 0xFFFF) {
            throw new IllegalArgumentException("A serial is 0..65535, not " + serial);
        }
        if (sent.digits().size() != StationTime.TO_SECOND) {
            throw new IllegalArgumentException("A send time goes to the second, not " + sent);
        }
        groups = List.copyOf(groups);
    }

    public static Message of(int serial, LocalDateTime sent, List<Group> groups) {
        return new Message(serial, StationTime.sent(sent), groups);
    }

    /** The body's bytes. */
    public Octets encode(Encoding encoding) {
        return switch (encoding) {
            case HEX_BCD -> PackedWriter.write(this);
            case ASCII -> CharacterWriter.write(this);
        };
    }

    /**
     * The values with the station and the time that hold for each: of the groups before it (§6.6.2.7, §6.6.2.8), with
     * intervals counted on from the time of the first (§6.6.4.4, §6.6.4.7).
     *
     * @param sender the station in the frame's header; holds until a group names another
     */
    public List<Reading> readings(StationAddress sender) {
        return Readings.of(this, sender);
    }

    /** Whether some of it was not understood and is kept raw. */
    public boolean isPartlyRaw() {
        return groups.stream().anyMatch(Group.Raw.class::isInstance);
    }
}
