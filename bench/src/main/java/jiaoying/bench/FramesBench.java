package jiaoying.bench;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.List;
import java.util.OptionalInt;
import jiaoying.wire.sl651.Control;
import jiaoying.wire.sl651.Direction;
import jiaoying.wire.sl651.ElementId;
import jiaoying.wire.sl651.Encoding;
import jiaoying.wire.sl651.Frame;
import jiaoying.wire.sl651.Frames;
import jiaoying.wire.sl651.FunctionCode;
import jiaoying.wire.sl651.Group;
import jiaoying.wire.sl651.Header;
import jiaoying.wire.sl651.Message;
import jiaoying.wire.sl651.StationAddress;
import jiaoying.wire.sl651.StationTime;
import jiaoying.wire.sl651.Value;

/** How many typical timed reports (定时报: PJ, PN05, Z, VT; 60 bytes) one core reads to numbers in a second. */
final class FramesBench {
    private static final int FRAMES = 4_096;
    private static final int ROUNDS = 500;
    private static final int RUNS = 7;

    private FramesBench() {}

    static boolean run() {
        var bytes = new byte[FRAMES][];
        for (var i = 0; i < FRAMES; i++) {
            bytes[i] = Frames.encode(
                    report("00101" + String.format("%05d", i), 1 + i, rain(i), LocalDateTime.of(2026, 7, 1, 9, 0)));
        }
        var wanted = 0L;
        for (var i = 0; i < FRAMES; i++) {
            wanted += 10L * i + rain(i).unscaledValue().longValue() + 3_955 + 1_268;
        }
        var right = true;
        var rates = new double[RUNS];
        read(bytes, ROUNDS / 2);
        for (var run = 0; run < RUNS; run++) {
            var began = System.nanoTime();
            var sum = read(bytes, ROUNDS);
            rates[run] = (double) FRAMES * ROUNDS / ((System.nanoTime() - began) / 1e9);
            right &= sum == wanted * ROUNDS;
        }
        Figures.rate("SL 651 timed reports, bytes to values, one core", rates, "1,000,000/s", right);
        return right;
    }

    private static BigDecimal rain(int i) {
        return BigDecimal.valueOf(i % 100, 1);
    }

    static Frame report(String address, int serial, BigDecimal rain, LocalDateTime at) {
        var header = new Header(Encoding.HEX_BCD, 1, StationAddress.of(address), 0x1234);
        return Frame.of(
                header,
                Direction.UP,
                FunctionCode.TIMED,
                Message.of(
                        1 + (serial - 1) % 65_535,
                        at,
                        List.of(
                                new Group.Station(header.station(), OptionalInt.of('P')),
                                new Group.Observed(StationTime.observed(at)),
                                Group.Element.of(ElementId.of("PJ"), BigDecimal.valueOf(10L * (serial - 1), 1)),
                                Group.Element.of(ElementId.of("PN05"), rain),
                                Group.Element.of(ElementId.of("Z"), new BigDecimal("3.955")),
                                Group.Element.of(ElementId.of("VT"), new BigDecimal("12.68")))),
                Control.ETX);
    }

    /** The sum of all digits read, which nothing but right reading gives. */
    private static long read(byte[][] all, int rounds) {
        var sum = 0L;
        for (var round = 0; round < rounds; round++) {
            for (var bytes : all) {
                var frame = (Frame) Frames.decode(bytes);
                for (var reading :
                        ((Message) frame.content()).readings(frame.header().station())) {
                    if (reading.value() instanceof Value.Measured(var number)) {
                        sum += number.unscaledValue().longValue();
                    }
                }
            }
        }
        return sum;
    }
}
