package jiaoying.wire.sl651;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;

/**
 * What the centre answers (确认帧, 否认帧), §6.3.1.2: the serial of the frame answered and the time, eight bytes.
 *
 * <p>Addresses, password and function are those of the frame answered.
 */
public final class Acknowledgement {
    private Acknowledgement() {}

    /** What the station does after the answer (§6.3.2.4). */
    public enum Line {
        /** Ends with EOT: the station may leave. */
        LEAVE,
        /** Ends with ESC: the station stays for commands. */
        STAY
    }

    /**
     * Answers a good frame that is whole in itself. Empty in M1, to link maintenance reports (§6.6.4.2), to frames of the
     * centre, to packets of a longer body, which {@link PacketAssembly} answers, and to what cannot be read.
     *
     * <p>After ETB more follows: M2 then keeps the line with ESC, M4 goes on with ACK.
     *
     * @param now by the centre's clock, Beijing time
     */
    public static Optional<Frame> of(Frame frame, LinkMode mode, Line line, LocalDateTime now) {
        var silent = mode == LinkMode.M1
                || frame.direction() == Direction.DOWN
                || frame.functionCode() == FunctionCode.LINK_MAINTENANCE.code();
        if (silent || !(frame.content() instanceof Message message)) {
            return Optional.empty();
        }
        var more = frame.end() == Control.ETB;
        var last = line == Line.STAY ? Control.ESC : Control.EOT;
        var end = more ? mode == LinkMode.M4 ? Control.ACK : Control.ESC : last;
        return Optional.of(answer(frame, frame.packet(), message.serial(), now, end));
    }

    /** Answers the last of many packets once all are there (M3): the number is the total (tables 19 and 23, note a). */
    static Frame all(Frame packet, int total, int serial, Line line, LocalDateTime now) {
        var end = line == Line.STAY ? Control.ESC : Control.EOT;
        return answer(packet, Optional.of(new Packet(total, total)), serial, now, end);
    }

    /** Asks for one packet again (M3). */
    static Frame again(Frame packet, Packet missing, int serial, LocalDateTime now) {
        return answer(packet, Optional.of(missing), serial, now, Control.NAK);
    }

    private static Frame answer(Frame frame, Optional<Packet> packet, int serial, LocalDateTime now, Control end) {
        var body = Message.of(serial, now, List.of()).encode(frame.header().encoding());
        return new Frame(frame.header(), Direction.DOWN, frame.functionCode(), packet, body, end);
    }
}
