package jiaoying.server.door.sl651;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.Socket;
import java.time.LocalDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import jiaoying.wire.sl651.Control;
import jiaoying.wire.sl651.Decoded;
import jiaoying.wire.sl651.Direction;
import jiaoying.wire.sl651.ElementId;
import jiaoying.wire.sl651.Encoding;
import jiaoying.wire.sl651.Frame;
import jiaoying.wire.sl651.FrameSplitter;
import jiaoying.wire.sl651.Frames;
import jiaoying.wire.sl651.FunctionCode;
import jiaoying.wire.sl651.Group;
import jiaoying.wire.sl651.Header;
import jiaoying.wire.sl651.Message;
import jiaoying.wire.sl651.StationAddress;
import jiaoying.wire.sl651.StationTime;

/** A telemetry station as the door meets it, with the real bytes. */
final class Gauge implements AutoCloseable {
    static final LocalDateTime NINE = LocalDateTime.of(2026, 7, 1, 9, 0);

    final Header header;
    private final Socket socket;
    private final FrameSplitter splitter = new FrameSplitter();
    private final ArrayDeque<Decoded> came = new ArrayDeque<>();

    Gauge(int port, String address) throws IOException {
        header = header(address);
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
    }

    static Header header(String address) {
        return new Header(Encoding.HEX_BCD, 1, StationAddress.of(address), 0x1234);
    }

    /** Observed at {@code at}, sent as soon. */
    static Frame report(Header header, FunctionCode function, int serial, LocalDateTime at, Group... elements) {
        var groups = new ArrayList<Group>();
        groups.add(new Group.Station(header.station(), OptionalInt.of('P')));
        groups.add(new Group.Observed(StationTime.observed(at)));
        groups.addAll(List.of(elements));
        return Frame.of(header, Direction.UP, function, Message.of(serial, at, groups), Control.ETX);
    }

    static Group.Element element(String symbol, String number) {
        return Group.Element.of(ElementId.of(symbol), new BigDecimal(number));
    }

    Gauge send(Frame frame) throws IOException {
        return send(Frames.encode(frame));
    }

    Gauge send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** The next frame of the centre; empty once it has hung up. */
    Optional<Frame> hear() throws IOException {
        var chunk = new byte[1024];
        while (came.isEmpty()) {
            var read = socket.getInputStream().read(chunk);
            if (read < 0) {
                return Optional.empty();
            }
            splitter.feed(chunk, 0, read, came::add);
        }
        return Optional.of((Frame) came.remove());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
