package jiaoying.wire.sl651;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Joins the packets of one body that one station sends (多包发送/确认, M3), §6.3.1.2 c), §6.6.2.4.
 *
 * <p>One for each station and function code. A packet of another total begins a new body; the same packet again replaces the
 * old. Holds at most {@code bytesMax} bytes. How long to wait is the caller's decision. For one thread.
 */
public final class PacketAssembly {
    private final int bytesMax;
    private Octets[] parts = new Octets[0];
    private Optional<Frame> latest = Optional.empty();
    private final BitSet come = new BitSet();
    private int bytes;

    /** @param bytesMax a body longer than this is given up */
    public PacketAssembly(int bytesMax) {
        this.bytesMax = bytesMax;
    }

    /** What stands after a packet. */
    public sealed interface State {
        /** Packets are missing. */
        record Waiting(List<Integer> missing) implements State {}

        /** All are there; the assembly is empty again. */
        record Joined(Content content, Octets body) implements State {}

        /** Nothing of it is kept. */
        record Refused(Why why) implements State {}

        /** Why a packet is not taken. */
        enum Why {
            /** It is no packet, or the centre's. */
            NO_PACKET,
            /** The body would be longer than it may be. */
            TOO_LONG
        }
    }

    /** Takes a packet with a total of 2 or more. */
    public State take(Frame frame) {
        if (frame.packet().isEmpty() || frame.direction() == Direction.DOWN) {
            return new State.Refused(State.Why.NO_PACKET);
        }
        var packet = frame.packet().get();
        if (packet.total() != parts.length || isOfAnother(frame)) {
            clear();
            parts = new Octets[packet.total()];
            Arrays.fill(parts, Octets.NONE);
        }
        latest = Optional.of(frame);
        keep(packet.number() - 1, frame.body());
        if (bytes > bytesMax) {
            clear();
            return new State.Refused(State.Why.TOO_LONG);
        }
        return come.cardinality() == parts.length ? joined(frame) : new State.Waiting(missing());
    }

    private boolean isOfAnother(Frame frame) {
        return latest.filter(it -> it.functionCode() == frame.functionCode()
                        && it.header().station().equals(frame.header().station()))
                .isEmpty();
    }

    private void keep(int index, Octets part) {
        bytes += part.size() - parts[index].size();
        parts[index] = part;
        come.set(index);
    }

    private State joined(Frame frame) {
        var out = new Bytes(bytes);
        for (var part : parts) {
            out.octets(part);
        }
        var body = out.toOctets();
        clear();
        var content = Content.of(frame.header().encoding(), Direction.UP, frame.functionCode(), body);
        return new State.Joined(content, body);
    }

    /** Numbers that have not come, ascending. */
    public List<Integer> missing() {
        var missing = new ArrayList<Integer>();
        for (var i = 0; i < parts.length; i++) {
            if (!come.get(i)) {
                missing.add(i + 1);
            }
        }
        return List.copyOf(missing);
    }

    private void clear() {
        parts = new Octets[0];
        latest = Optional.empty();
        come.clear();
        bytes = 0;
    }

    /**
     * Asks for the first packet that is missing: the standard sends each alone, up to twice (§6.3.2.3). Empty if none is
     * missing.
     */
    public Optional<Frame> again(LocalDateTime now) {
        return latest.flatMap(frame -> missing().stream()
                .findFirst()
                .map(it -> Acknowledgement.again(frame, new Packet(parts.length, it), serial().orElse(0), now)));
    }

    /** The serial, once the first packet has come. */
    private OptionalInt serial() {
        return latest.filter(_ -> come.get(0)).stream()
                .map(it -> Content.of(it.header().encoding(), Direction.UP, it.functionCode(), parts[0]))
                .filter(Message.class::isInstance)
                .mapToInt(it -> ((Message) it).serial())
                .findFirst();
    }

    /** Answers a joined body: one acknowledgement with the number of the last packet. */
    public static Frame acknowledge(
            Frame lastTaken, State.Joined joined, Acknowledgement.Line line, LocalDateTime now) {
        var total = lastTaken.packet().map(Packet::total).orElse(1);
        var serial = joined.content() instanceof Message message ? message.serial() : 0;
        return Acknowledgement.all(lastTaken, total, serial, line, now);
    }

    /**
     * Cuts a body into packets as a station sends them: all but the last end with ETB (§6.3.1.2 c).
     *
     * @param partMax bytes of the body in each, 1..4089
     */
    public static List<Frame> split(Header header, FunctionCode function, Octets body, int partMax) {
        var total = (body.size() + partMax - 1) / partMax;
        var frames = new ArrayList<Frame>();
        for (var number = 1; number <= total; number++) {
            var part = body.slice((number - 1) * partMax, Math.min(number * partMax, body.size()));
            var end = number == total ? Control.ETX : Control.ETB;
            var packet = Optional.of(new Packet(total, number));
            frames.add(new Frame(header, Direction.UP, function.code(), packet, part, end));
        }
        return List.copyOf(frames);
    }
}
