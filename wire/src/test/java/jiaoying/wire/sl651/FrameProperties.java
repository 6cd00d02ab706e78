package jiaoying.wire.sl651;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class FrameProperties {
    @Property(tries = 500)
    void frame_is_itself_after_the_wire(@ForAll long seed) {
        var random = new Random(seed);
        var frame = frame(random);
        var bytes = Frames.encode(frame);
        assertThat(bytes).hasSize(Frames.size(frame));
        assertThat(Frames.decode(bytes)).isEqualTo(frame);
        for (var cut = 0; cut < bytes.length; cut++) {
            assertThat(Frames.decode(bytes, 0, cut)).isInstanceOf(Incomplete.class);
        }
    }

    @Property(tries = 500)
    void report_is_itself_after_the_wire(@ForAll long seed) {
        var random = new Random(seed);
        var encoding = Encoding.values()[random.nextInt(2)];
        var message = report(random, encoding);
        var body = message.encode(encoding);
        assertThat(Content.of(encoding, Direction.UP, 0x32, body)).isEqualTo(message);
    }

    /** Any body has a content, and in HEX/BCD it becomes the same bytes again. */
    @Property(tries = 3000)
    void any_body_is_read_and_nothing_of_it_is_lost(@ForAll long seed) {
        var random = new Random(seed);
        var body = body(random);
        for (var direction : Direction.values()) {
            for (var encoding : Encoding.values()) {
                var content = Content.of(encoding, direction, function(random), body);
                if (content instanceof Message message) {
                    assertThat(message.readings(StationAddress.of("0000000000")))
                            .isNotNull();
                    if (encoding == Encoding.HEX_BCD) {
                        assertThat(message.encode(encoding)).isEqualTo(body);
                    }
                }
            }
        }
    }

    /** Whatever can be asked of a group has an answer. */
    private static void read(Group group) {
        switch (group) {
            case Group.Setting setting -> {
                assertThat(WorkMode.of(setting.value())).isNotNull();
                assertThat(Channel.of(setting.data())).isNotNull();
            }
            case Group.Gates gates ->
                assertThat(gates.isOpen(gates.count())
                                || gates.opening_cm(gates.count()).isEmpty())
                        .isIn(true, false);
            case Group.Step step -> assertThat(step.length()).isNotNull();
            case Group.Period period -> assertThat(period.from().dateTime()).isNotNull();
            default -> {}
        }
    }

    @Property(tries = 3000)
    void any_bytes_have_an_outcome(@ForAll long seed) {
        var random = new Random(seed);
        var bytes = frameLike(random);
        for (var from = 0; from < bytes.length; from++) {
            switch (Frames.decode(bytes, from, bytes.length)) {
                case Frame frame -> assertThat(frame.content()).isNotNull();
                case Incomplete(var needed) -> assertThat(needed).isPositive();
                case Broken broken -> assertThat(broken.resync()).isBetween(from + 1L, (long) bytes.length);
            }
        }
    }

    static byte[] frameLike(Random random) {
        var samples = Sample.all();
        var bytes = samples.get(random.nextInt(samples.size())).bytes().clone();
        for (var i = random.nextInt(4); i > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return bytes;
    }

    private static int function(Random random) {
        return random.nextInt(4) == 0 ? random.nextInt(256) : 0x2F + random.nextInt(0x23);
    }

    /** A real body with some bytes changed, or a few random bytes. */
    private static Octets body(Random random) {
        if (random.nextInt(4) == 0) {
            return random(random, random.nextInt(60));
        }
        var samples = Sample.good();
        var bytes = samples.get(random.nextInt(samples.size())).frame().body().toBytes();
        for (var i = random.nextInt(6); i > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return Octets.copyOf(bytes, 0, 1 + random.nextInt(bytes.length));
    }

    private static Octets random(Random random, int size) {
        var bytes = new byte[size];
        random.nextBytes(bytes);
        return Octets.of(bytes);
    }

    static Frame frame(Random random) {
        var encoding = Encoding.values()[random.nextInt(2)];
        var header = new Header(
                encoding, random.nextInt(256), new StationAddress(random.nextLong() >>> 24), random.nextInt(0x10000));
        var total = 1 + random.nextInt(Packet.MAX);
        return new Frame(
                header,
                Direction.values()[random.nextInt(2)],
                random.nextInt(256),
                random.nextBoolean() ? Optional.empty() : Optional.of(new Packet(total, 1 + random.nextInt(total))),
                random(random, 1 + random.nextInt(random.nextInt(50) == 0 ? 4089 : 90)),
                Control.values()[random.nextInt(Control.values().length)]);
    }

    private static Message report(Random random, Encoding encoding) {
        var groups = new ArrayList<Group>();
        groups.add(new Group.Station(new StationAddress(random.nextLong() >>> 24), OptionalInt.of('H')));
        var time = LocalDateTime.of(2000, 1, 1, 0, 0).plusMinutes(random.nextInt(50_000_000));
        groups.add(new Group.Observed(StationTime.observed(time)));
        for (var i = random.nextInt(8); i > 0; i--) {
            var row = ElementTable.ROWS.get(random.nextInt(ElementTable.ROWS.size()));
            var id = ElementId.of(row.leader());
            groups.add(
                    new Group.Element(id, encoding == Encoding.ASCII ? characters(random, row) : packed(random, id)));
        }
        return Message.of(random.nextInt(0x10000), time, List.copyOf(groups));
    }

    private static Data packed(Random random, ElementId id) {
        var bytes = 1 + random.nextInt(31);
        if (id.isBinary() || random.nextInt(5) == 0) {
            var data = new Packed(random.nextInt(8), random(random, bytes));
            var vendorPair = id.leader().orElseThrow() == data.definition();
            return vendorPair ? new Packed(0, Octets.of((byte) 1)) : data;
        }
        return Packed.of(number(random), 8, 3);
    }

    private static Data characters(Random random, TableRow row) {
        var text = row.binary()
                ? random(random, row.digits()).hex()
                : number(random).toPlainString();
        return new Data.Characters(random.nextInt(5) == 0 ? "M" : text);
    }

    private static BigDecimal number(Random random) {
        return BigDecimal.valueOf(random.nextInt(), 3);
    }

    @Property(tries = 500)
    void number_is_itself_in_any_width(@ForAll long seed) {
        var random = new Random(seed);
        var decimals = random.nextInt(8);
        var number = new BigDecimal(new BigInteger(random.nextInt(190), random), decimals)
                .multiply(BigDecimal.valueOf(random.nextBoolean() ? 1 : -1));
        var packed = Packed.of(number, 31, decimals);
        assertThat(Value.of(ElementId.of("Q"), packed)).isEqualTo(new Value.Measured(number));
    }
}
