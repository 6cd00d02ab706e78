package jiaoying.wire.sl651;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.ArrayList;
import java.util.Arrays;

/** No bytes make the reading of SL 651 throw, stall or lose a byte. */
class Sl651Fuzz {
    @FuzzTest(maxDuration = "10m")
    void stream(byte[] bytes) {
        var out = new ArrayList<Decoded>();
        var splitter = new FrameSplitter();
        var half = bytes.length / 2;
        splitter.feed(bytes, 0, half, out::add);
        splitter.feed(bytes, half, bytes.length, out::add);
        splitter.end(out::add);
        var covered = 0L;
        for (var decoded : out) {
            covered += switch (decoded) {
                case Frame frame -> read(frame);
                case Broken broken -> broken.resync() - broken.at();
                case Incomplete _ -> throw new IllegalStateException("a splitter gives nothing incomplete");
            };
        }
        if (covered != bytes.length) {
            throw new IllegalStateException(covered + " of " + bytes.length + " bytes came out");
        }
    }

    private static int read(Frame frame) {
        if (!Frames.decode(Frames.encode(frame)).equals(frame)) {
            throw new IllegalStateException("not itself after the wire: " + frame);
        }
        frame.content();
        return Frames.size(frame);
    }

    /** The check code hides bodies from a fuzzer; here they are open. */
    @FuzzTest(maxDuration = "10m")
    void body(byte[] bytes) {
        if (bytes.length < 2) {
            return;
        }
        var direction = Direction.values()[bytes[1] & 1];
        var encoding = Encoding.values()[bytes[1] >>> 1 & 1];
        var body = Octets.of(Arrays.copyOfRange(bytes, 2, bytes.length));
        if (Content.of(encoding, direction, bytes[0] & 0xFF, body) instanceof Message message) {
            message.readings(StationAddress.of("0000000000"));
            for (var group : message.groups()) {
                if (group instanceof Group.Setting setting) {
                    WorkMode.of(setting.value());
                    Channel.of(setting.data());
                }
            }
            if (encoding == Encoding.HEX_BCD && !message.encode(encoding).equals(body)) {
                throw new IllegalStateException("not itself after the wire: " + body);
            }
        }
    }
}
