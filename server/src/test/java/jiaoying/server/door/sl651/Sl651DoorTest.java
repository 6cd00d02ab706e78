package jiaoying.server.door.sl651;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import jiaoying.duty.measure.Quantity;
import jiaoying.duty.measure.Reading;
import jiaoying.duty.measure.Sentence;
import jiaoying.duty.room.Arrival;
import jiaoying.duty.room.Deed;
import jiaoying.server.door.sl651.StationSettings.Limits;
import jiaoying.wire.sl651.Control;
import jiaoying.wire.sl651.ElementId;
import jiaoying.wire.sl651.Encoding;
import jiaoying.wire.sl651.Frame;
import jiaoying.wire.sl651.Frames;
import jiaoying.wire.sl651.FunctionCode;
import jiaoying.wire.sl651.Group;
import jiaoying.wire.sl651.LinkMode;
import jiaoying.wire.sl651.Message;
import jiaoying.wire.sl651.Octets;
import jiaoying.wire.sl651.Packed;
import jiaoying.wire.sl651.PacketAssembly;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Sl651DoorTest {
    private static final Map<String, KnownStation> REGISTER = Map.of(
            "10100001", new KnownStation("10100001", "rain", 5),
            "10100002", new KnownStation("10100002", "level", 60),
            "P0101", new KnownStation("P0101", "rain", 60),
            "D1", new KnownStation("D1", "depth", 5));
    private static final Instant NINE = Gauge.NINE.toInstant(ElementMap.BEIJING);

    private record Put(Arrival arrival, CompletableFuture<Long> durable) {}

    private final BlockingQueue<Put> inbox = new LinkedBlockingQueue<>();
    private final AtomicReference<Instant> clock = new AtomicReference<>(NINE);
    private final Remembered memory = new Remembered();
    private volatile boolean atOnce = true;
    private Optional<Sl651Door> opened = Optional.empty();

    @AfterEach
    void shut() {
        opened.ifPresent(Sl651Door::close);
    }

    private Sl651Door open(UnaryOperator<StationSettings> change) throws IOException {
        var door = Sl651Door.open(
                InetAddress.getLoopbackAddress(),
                change.apply(StationSettings.usual(0)),
                this::put,
                id -> Optional.ofNullable(REGISTER.get(id)),
                memory,
                clock::get);
        opened = Optional.of(door);
        return door;
    }

    private Sl651Door open() throws IOException {
        return open(it -> it);
    }

    private CompletableFuture<Long> put(Arrival arrival) {
        var durable = new CompletableFuture<Long>();
        inbox.add(new Put(arrival, durable));
        if (atOnce) {
            durable.complete(1L);
        }
        return durable;
    }

    private Put next() throws InterruptedException {
        return Optional.ofNullable(inbox.poll(20, TimeUnit.SECONDS)).orElseThrow();
    }

    private Arrival.Readings readings() throws InterruptedException {
        return (Arrival.Readings) next().arrival();
    }

    @Test
    void frame_is_acknowledged_only_after_it_is_durable() throws Exception {
        atOnce = false;
        var door = open();
        try (var gauge = new Gauge(door.port(), "0010100001")) {
            gauge.send(Gauge.report(gauge.header, FunctionCode.TIMED, 7, Gauge.NINE, Gauge.element("PN05", "1.5")));
            var put = next();
            assertThat(door.health().frames()).isEqualTo(1);
            put.durable().complete(1L);
            var answer = gauge.hear().orElseThrow();
            assertThat(answer.end()).isEqualTo(Control.EOT);
            assertThat(answer.header()).isEqualTo(gauge.header);
            assertThat(((Message) answer.content()).serial()).isEqualTo(7);
            assertThat(put.arrival())
                    .isEqualTo(new Arrival.Readings(
                            "sl651", List.of(new Reading("10100001", Quantity.RAIN, 1_500, NINE, false)), List.of()));
        }
    }

    @Test
    void frame_that_is_not_durable_is_not_acknowledged() throws Exception {
        atOnce = false;
        var door = open();
        try (var gauge = new Gauge(door.port(), "0010100001")) {
            var report = Gauge.report(gauge.header, FunctionCode.TIMED, 7, Gauge.NINE, Gauge.element("PN05", "1.5"));
            gauge.send(report);
            next().durable().completeExceptionally(new RejectedExecutionException("full"));
            gauge.send(report);
            next().durable().complete(1L);
            assertThat(gauge.hear()).isPresent();
            assertThat(door.health().faults()).containsEntry("not-durable", 1L);
        }
    }

    @Test
    void rain_is_counted_once_whatever_elements_carry_it() throws Exception {
        var door = open(it -> new StationSettings(
                0,
                it.centre(),
                it.password(),
                it.mode(),
                it.stay(),
                Map.of("0010100077", List.of("P0101", "10100002"), "0010100078", List.of("D1")),
                it.rain(),
                it.fillers(),
                it.limits()));
        try (var gauge = new Gauge(door.port(), "0010100001");
                var hourly = new Gauge(door.port(), "0010100077");
                var street = new Gauge(door.port(), "0010100078")) {
            gauge.send(Gauge.report(
                    gauge.header,
                    FunctionCode.ADDITIONAL,
                    1,
                    Gauge.NINE,
                    Gauge.element("PN05", "0.5"),
                    Gauge.element("P1", "9.0"),
                    Gauge.element("PJ", "12.0"),
                    Gauge.element("PT", "345.0"),
                    Gauge.element("VT", "12.68"),
                    Gauge.element("Z", "9999.999")));
            assertThat(readings().readings()).extracting(Reading::milli).containsExactly(500L);
            hourly.send(Gauge.report(
                    hourly.header,
                    FunctionCode.HOURLY,
                    1,
                    Gauge.NINE,
                    Gauge.element("P1", "9.0"),
                    Gauge.element("PN05", "0.5"),
                    Gauge.element("Z", "-1.720")));
            assertThat(readings().readings())
                    .containsExactly(
                            new Reading("P0101", Quantity.RAIN, 9_000, NINE, false),
                            new Reading("10100002", Quantity.LEVEL, -1_720, NINE, false));
            street.send(Gauge.report(street.header, FunctionCode.TIMED, 1, Gauge.NINE, Gauge.element("Z", "0.27")));
            assertThat(readings().readings()).containsExactly(new Reading("D1", Quantity.DEPTH, 270_000, NINE, false));
            street.hear();
            assertThat(door.health().stations()).anySatisfy(it -> {
                assertThat(it.station()).contains("10100001");
                assertThat(it.voltage()).isEqualTo("12.68");
                assertThat(it.drift()).contains(Duration.ZERO);
            });
        }
    }

    @Test
    void running_total_is_taken_only_where_it_is_set() throws Exception {
        var door = open(it -> new StationSettings(
                0,
                it.centre(),
                it.password(),
                it.mode(),
                it.stay(),
                it.stations(),
                Map.of("10100001", "PT"),
                it.fillers(),
                it.limits()));
        try (var gauge = new Gauge(door.port(), "0010100001")) {
            gauge.send(Gauge.report(
                    gauge.header,
                    FunctionCode.TIMED,
                    1,
                    Gauge.NINE,
                    Gauge.element("PN05", "0.5"),
                    Gauge.element("PT", "345.0")));
            assertThat(readings().readings())
                    .containsExactly(new Reading("10100001", Quantity.RAIN_TOTAL, 345_000, NINE, false));
        }
    }

    @Test
    void hour_array_is_twelve_readings() throws Exception {
        var door = open();
        try (var gauge = new Gauge(door.port(), "0010100001")) {
            var array = new Group.Element(ElementId.of("DRP"), new Packed(0, Octets.ofHex("0500000014FFFFFFFFFF0003")));
            gauge.send(Gauge.report(gauge.header, FunctionCode.HOURLY, 1, Gauge.NINE, array));
            var arrival = readings();
            assertThat(arrival.readings()).hasSize(7);
            assertThat(arrival.readings().getFirst())
                    .isEqualTo(new Reading("10100001", Quantity.RAIN, 500, NINE, false));
            assertThat(arrival.readings().getLast())
                    .isEqualTo(new Reading("10100001", Quantity.RAIN, 300, NINE.plusSeconds(55 * 60), false));
            assertThat(gauge.hear()).isPresent();
        }
    }

    @Test
    void digits_that_are_none_become_a_finding_and_the_rest_is_kept() throws Exception {
        var door = open();
        try (var gauge = new Gauge(door.port(), "0010100001")) {
            var broken = new Group.Element(ElementId.of("PN05"), new Packed(1, Octets.ofHex("003B20")));
            gauge.send(Gauge.report(
                    gauge.header, FunctionCode.TIMED, 1, Gauge.NINE, Gauge.element("PN05", "0.5"), broken));
            var arrival = readings();
            assertThat(arrival.readings()).hasSize(1);
            assertThat(arrival.malformed()).singleElement().satisfies(it -> {
                assertThat(it.field()).isEqualTo("PN05");
                assertThat(it.value()).isEqualTo("003B20");
            });
            assertThat(gauge.hear()).isPresent();
        }
    }

    @Test
    void unknown_station_is_a_finding_with_its_bytes_and_bounded() throws Exception {
        var door = open(it -> it.withLimits(limits(10, 10, 1)));
        try (var gauge = new Gauge(door.port(), "0099999999")) {
            var report = Gauge.report(gauge.header, FunctionCode.TIMED, 1, Gauge.NINE, Gauge.element("PN05", "1"));
            gauge.send(report);
            assertThat(readings().malformed()).singleElement().satisfies(it -> {
                assertThat(it.field()).isEqualTo("station 0099999999");
                assertThat(it.value())
                        .isEqualTo(Octets.of(Frames.encode(report)).hex());
                assertThat(it.allowed()).isEqualTo(Sentence.of("sl651-station", "99999999"));
            });
            assertThat(gauge.hear()).isPresent();
            gauge.send(report).send(report);
            known(door);
            assertThat(inbox).isEmpty();
            assertThat(door.health().faults()).containsEntry("unknown-station", 3L);
        }
    }

    /** Another gauge is answered, and so everything that came before it was looked at. */
    private void known(Sl651Door door) throws Exception {
        try (var gauge = new Gauge(door.port(), "0010100001")) {
            gauge.send(Gauge.report(gauge.header, FunctionCode.TIMED, 1, Gauge.NINE, Gauge.element("PN05", "1")));
            assertThat(gauge.hear()).isPresent();
            assertThat(readings().readings()).hasSize(1);
        }
        awaitFrames(door);
    }

    private static void awaitFrames(Sl651Door door) {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (door.health().faults().getOrDefault("unknown-station", 0L) < 3 && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    @Test
    void packets_of_a_long_body_are_answered_once() throws Exception {
        var door = open();
        try (var gauge = new Gauge(door.port(), "0010100001")) {
            var body = Message.of(9, Gauge.NINE, List.of(new Group.Manual(Octets.ofHex("41".repeat(50)))))
                    .encode(Encoding.HEX_BCD);
            var packets = PacketAssembly.split(gauge.header, FunctionCode.MANUAL, body, 20);
            gauge.send(packets.get(0)).send(packets.get(2));
            var nak = gauge.hear().orElseThrow();
            assertThat(nak.end()).isEqualTo(Control.NAK);
            assertThat(nak.packet().orElseThrow().number()).isEqualTo(2);
            gauge.send(packets.get(1));
            var answer = gauge.hear().orElseThrow();
            assertThat(answer.end()).isEqualTo(Control.EOT);
            assertThat(answer.packet().orElseThrow().number()).isEqualTo(3);
            assertThat(readings().malformed()).hasSize(1);
        }
    }

    @Test
    void mode_m1_never_answers() throws Exception {
        var door = open(it -> new StationSettings(
                0,
                it.centre(),
                it.password(),
                LinkMode.M1,
                it.stay(),
                it.stations(),
                it.rain(),
                it.fillers(),
                it.limits()));
        try (var gauge = new Gauge(door.port(), "0010100001")) {
            gauge.send(Gauge.report(gauge.header, FunctionCode.TIMED, 1, Gauge.NINE, Gauge.element("PN05", "1")));
            readings();
            door.close();
            assertThat(gauge.hear()).isEmpty();
        }
    }

    @Test
    void gap_is_asked_for_with_38h_and_recorded() throws Exception {
        var door = open();
        try (var gauge = new Gauge(door.port(), "0010100001")) {
            gauge.send(Gauge.report(gauge.header, FunctionCode.TIMED, 65_534, Gauge.NINE, Gauge.element("PN05", "1")));
            readings();
            assertThat(gauge.hear().orElseThrow().end()).isEqualTo(Control.EOT);
            gauge.send(Gauge.report(
                    gauge.header, FunctionCode.TIMED, 3, Gauge.NINE.plusHours(1), Gauge.element("PN05", "1")));
            readings();
            assertThat(gauge.hear().orElseThrow().end()).isEqualTo(Control.ESC);
            var question = gauge.hear().orElseThrow();
            assertThat(question.functionCode()).isEqualTo(0x38);
            assertThat(question.end()).isEqualTo(Control.ENQ);
            assertThat(question.body().hex().substring(16)).isEqualTo("26070109" + "26070110" + "0418000005" + "F460");
            var act = (Arrival.Act) next().arrival();
            assertThat(((Deed.WriteNote) act.deed()).text()).contains("38H", "10100001");
            assertThat(inbox).isEmpty();
        }
    }

    @Test
    void serial_begins_again_behind_65535_and_a_resent_frame_is_no_gap() {
        assertThat(StationBook.skipped(65_535, 1)).isFalse();
        assertThat(StationBook.skipped(65_534, 65_535)).isFalse();
        assertThat(StationBook.skipped(5, 5)).isFalse();
        assertThat(StationBook.skipped(5, 4)).isFalse();
        assertThat(StationBook.skipped(65_535, 2)).isTrue();
        assertThat(StationBook.skipped(5, 7)).isTrue();
    }

    @Test
    void clock_is_set_on_request_at_the_next_contact() throws Exception {
        clock.set(NINE.plusSeconds(900));
        var door = open();
        assertThat(door.askClock("10100001", "officer")).isFalse();
        try (var gauge = new Gauge(door.port(), "0010100001")) {
            gauge.send(Gauge.report(gauge.header, FunctionCode.TIMED, 1, Gauge.NINE, Gauge.element("PN05", "1")));
            readings();
            gauge.hear();
        }
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (door.health().connections() > 0 && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(door.health().stations().getFirst().drift()).contains(Duration.ofMinutes(-15));
        assertThat(door.askClock("10100001", "officer")).isTrue();
        try (var gauge = new Gauge(door.port(), "0010100001")) {
            gauge.send(Gauge.report(
                    gauge.header, FunctionCode.TIMED, 2, Gauge.NINE.plusMinutes(5), Gauge.element("PN05", "1")));
            readings();
            assertThat(gauge.hear().orElseThrow().end()).isEqualTo(Control.ESC);
            var command = gauge.hear().orElseThrow();
            assertThat(command.functionCode()).isEqualTo(0x4A);
            assertThat(command.body().hex()).isEqualTo("0000" + "260701091500");
            assertThat(((Deed.WriteNote) ((Arrival.Act) next().arrival()).deed()).text())
                    .contains("4AH", "officer");
        }
    }

    @Test
    void datagrams_are_answered_too() throws Exception {
        var door = open();
        try (var socket = new DatagramSocket()) {
            socket.setSoTimeout(20_000);
            var bytes = Frames.encode(Gauge.report(
                    Gauge.header("0010100001"), FunctionCode.TIMED, 4, Gauge.NINE, Gauge.element("PN05", "1")));
            socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), door.port()));
            var packet = new DatagramPacket(new byte[512], 512);
            socket.receive(packet);
            var answer = (Frame) Frames.decode(packet.getData(), 0, packet.getLength());
            assertThat(((Message) answer.content()).serial()).isEqualTo(4);
            assertThat(readings().readings()).hasSize(1);
        }
    }

    @Test
    void wrong_password_is_refused_without_answer_and_shown_nowhere() throws Exception {
        var door = open(it -> new StationSettings(
                0,
                it.centre(),
                java.util.OptionalInt.of(0xBEEF),
                it.mode(),
                it.stay(),
                it.stations(),
                it.rain(),
                it.fillers(),
                it.limits()));
        try (var gauge = new Gauge(door.port(), "0010100001")) {
            gauge.send(Gauge.report(gauge.header, FunctionCode.TIMED, 1, Gauge.NINE, Gauge.element("PN05", "1")));
            var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (door.health().faults().isEmpty() && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            assertThat(door.health().faults()).containsEntry("password-or-centre", 1L);
            assertThat(inbox).isEmpty();
            assertThat(door.settings().toString().toUpperCase(java.util.Locale.ROOT))
                    .doesNotContain("BEEF", String.valueOf(0xBEEF));
        }
    }

    @Test
    void who_sends_only_noise_or_half_frames_is_cut_off_and_gives_way_to_who_comes() throws Exception {
        var door = open(it -> it.withLimits(limits(10, 2, 60)));
        try (var first = new Gauge(door.port(), "0010100001");
                var half = new Gauge(door.port(), "0010100001");
                var noisy = new Gauge(door.port(), "0010100001")) {
            assertThat(first.hear()).as("one too many; it has proved nothing").isEmpty();
            noisy.send(new byte[10_000]);
            assertThat(noisy.hear()).isEmpty();
            half.send(new byte[] {0x7E, 0x7E, 1});
            assertThat(half.hear()).as("no frame within the time").isEmpty();
        }
        assertThat(door.health().faults()).containsKeys("only-noise", "no-frame", "made-place");
        try (var again = new Gauge(door.port(), "0010100001")) {
            assertThat(again.hear()).as("shut out for a while").isEmpty();
        }
        assertThat(door.health().faults()).containsKey("shut-out");
    }

    @Test
    void stations_do_not_give_way() throws Exception {
        var door = open(it -> it.withLimits(limits(10, 2, 60)));
        try (var one = new Gauge(door.port(), "0010100001");
                var two = new Gauge(door.port(), "0010100002")) {
            one.send(Gauge.report(one.header, FunctionCode.TIMED, 1, Gauge.NINE, Gauge.element("PN05", "1")));
            two.send(Gauge.report(two.header, FunctionCode.TIMED, 1, Gauge.NINE, Gauge.element("Z", "1")));
            assertThat(one.hear()).isPresent();
            assertThat(two.hear()).isPresent();
            // A line is proved before its second frame is looked at, not before its first is answered.
            one.send(Gauge.report(one.header, FunctionCode.TIMED, 2, Gauge.NINE, Gauge.element("PN05", "1")));
            two.send(Gauge.report(two.header, FunctionCode.TIMED, 2, Gauge.NINE, Gauge.element("Z", "1")));
            assertThat(one.hear()).isPresent();
            assertThat(two.hear()).isPresent();
            try (var third = new Gauge(door.port(), "0010100001")) {
                assertThat(third.hear()).isEmpty();
            }
            one.send(Gauge.report(one.header, FunctionCode.TIMED, 3, Gauge.NINE, Gauge.element("PN05", "2")));
            assertThat(one.hear()).isPresent();
        }
        assertThat(door.health().faults()).containsEntry("too-many-of-one-address", 1L);
    }

    @Test
    void a_frame_that_came_before_is_answered_again_and_kept_once() throws Exception {
        var door = open();
        try (var gauge = new Gauge(door.port(), "0010100001")) {
            var report = Gauge.report(gauge.header, FunctionCode.TIMED, 7, Gauge.NINE, Gauge.element("PN05", "1.5"));
            for (var i = 0; i < 3; i++) {
                assertThat(gauge.send(report).hear()).isPresent();
            }
            assertThat(readings().readings()).hasSize(1);
            assertThat(inbox).isEmpty();
            clock.set(NINE.plus(Duration.ofHours(2)));
            assertThat(gauge.send(report).hear()).isPresent();
            assertThat(gauge.send(report).hear()).isPresent();
            assertThat(readings().malformed()).singleElement().satisfies(it -> {
                assertThat(it.field()).isEqualTo("station 0010100001");
                assertThat(it.value())
                        .isEqualTo(Octets.of(Frames.encode(report)).hex());
                assertThat(it.station()).isEqualTo("10100001");
                assertThat(it.allowed()).isEqualTo(Sentence.of("sl651-replayed"));
            });
            assertThat(inbox).as("said once an hour").isEmpty();
        }
        assertThat(door.health().faults()).containsEntry("replayed", 2L);
    }

    @Test
    void a_station_that_sends_too_many_frames_waits_and_it_is_on_the_record() throws Exception {
        var door = open(it -> it.withLimits(limits(10, 5, 60)));
        try (var gauge = new Gauge(door.port(), "0010100001")) {
            for (var serial = 1; serial <= 4; serial++) {
                gauge.send(Gauge.report(
                        gauge.header,
                        FunctionCode.TIMED,
                        serial,
                        Gauge.NINE.plusMinutes(serial),
                        Gauge.element("PN05", "1")));
                assertThat(gauge.hear()).as("slowed, not lost").isPresent();
            }
            for (var serial = 1; serial <= 3; serial++) {
                assertThat(readings().readings()).hasSize(1);
            }
            assertThat(readings().malformed())
                    .singleElement()
                    .satisfies(it -> assertThat(it.allowed()).isEqualTo(Sentence.of("sl651-too-many", 60)));
            assertThat(readings().readings()).hasSize(1);
        }
        assertThat(door.health().faults()).containsEntry("too-many-frames", 1L);
        try (var socket = new DatagramSocket()) {
            var more = Frames.encode(Gauge.report(
                    Gauge.header("0010100001"), FunctionCode.TIMED, 9, Gauge.NINE, Gauge.element("PN05", "1")));
            for (var i = 0; i < 20; i++) {
                socket.send(new DatagramPacket(more, more.length, InetAddress.getLoopbackAddress(), door.port()));
            }
            var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (door.health().faults().getOrDefault("too-many-frames", 0L) < 10 && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
        }
        assertThat(door.health().faults().get("too-many-frames")).isGreaterThanOrEqualTo(10);
    }

    @Test
    void a_picture_of_many_packets_is_kept_before_it_is_acknowledged() throws Exception {
        var door = open();
        var jpeg = Octets.ofHex("FFD8" + "E0".repeat(60) + "FFD9");
        var body = Message.of(
                        9,
                        Gauge.NINE,
                        List.of(
                                new Group.Station(Gauge.header("0010100001").station(), java.util.OptionalInt.of('H')),
                                new Group.Observed(jiaoying.wire.sl651.StationTime.observed(Gauge.NINE)),
                                new Group.Picture(jpeg)))
                .encode(Encoding.HEX_BCD);
        memory.broken = true;
        try (var gauge = new Gauge(door.port(), "0010100001")) {
            for (var packet : PacketAssembly.split(gauge.header, FunctionCode.PICTURE, body, 30)) {
                gauge.send(packet);
            }
            var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (!door.health().faults().containsKey("not-durable") && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            assertThat(inbox).as("neither kept nor answered").isEmpty();
            memory.broken = false;
            for (var packet : PacketAssembly.split(gauge.header, FunctionCode.PICTURE, body, 30)) {
                gauge.send(packet);
            }
            assertThat(gauge.hear().orElseThrow().end()).isEqualTo(Control.EOT);
        }
        assertThat(memory.pictures).singleElement().satisfies(it -> {
            assertThat(it.station()).isEqualTo("10100001");
            assertThat(it.observedAt()).contains(Gauge.NINE);
            assertThat(it.jpeg()).isEqualTo(jpeg.toBytes());
        });
        assertThat(readings().malformed())
                .singleElement()
                .satisfies(it -> assertThat(it.value())
                        .isEqualTo("64 B, SHA-256 " + memory.pictures.getFirst().sha256()));
    }

    @Test
    void what_a_station_is_to_be_asked_outlives_the_door() throws Exception {
        var door = open();
        known(door, "0010100001");
        assertThat(door.askClock("10100001", "officer")).isTrue();
        door.close();
        inbox.clear();
        memory.last = Map.of("10100002", NINE.minusSeconds(6 * 3_600));
        var again = open();
        try (var gauge = new Gauge(again.port(), "0010100001");
                var level = new Gauge(again.port(), "0010100002")) {
            gauge.send(Gauge.report(
                    gauge.header, FunctionCode.TIMED, 2, Gauge.NINE.plusMinutes(5), Gauge.element("PN05", "1")));
            assertThat(gauge.hear().orElseThrow().end()).isEqualTo(Control.ESC);
            assertThat(gauge.hear().orElseThrow().functionCode()).isEqualTo(0x4A);
            level.send(Gauge.report(level.header, FunctionCode.TIMED, 40, Gauge.NINE, Gauge.element("Z", "1.5")));
            assertThat(level.hear().orElseThrow().end()).isEqualTo(Control.ESC);
            var question = level.hear().orElseThrow();
            assertThat(question.functionCode()).isEqualTo(0x38);
            assertThat(question.body().hex()).contains("26070103" + "26070109");
        }
        again.close();
        assertThat(memory.wishes()).as("both were asked").isEmpty();
    }

    @Test
    void running_total_is_taken_of_stations_that_send_nothing_else_of_their_rain() throws Exception {
        var door = open();
        try (var gauge = new Gauge(door.port(), "0010100001")) {
            gauge.send(Gauge.report(gauge.header, FunctionCode.TIMED, 1, Gauge.NINE, Gauge.element("PT", "345.0")));
            assertThat(readings().readings())
                    .containsExactly(new Reading("10100001", Quantity.RAIN_TOTAL, 345_000, NINE, false));
            gauge.hear();
            gauge.send(Gauge.report(gauge.header, FunctionCode.TIMED, 2, Gauge.NINE, Gauge.element("PN05", "0.5")));
            assertThat(readings().readings()).containsExactly(new Reading("10100001", Quantity.RAIN, 500, NINE, false));
            gauge.hear();
            gauge.send(Gauge.report(gauge.header, FunctionCode.TIMED, 3, Gauge.NINE, Gauge.element("PT", "346.0")));
            gauge.hear();
            assertThat(inbox)
                    .as("it would count again what the interval counted")
                    .isEmpty();
        }
    }

    /** The room's store, as far as the door needs it. */
    private static final class Remembered implements StationMemory {
        private final List<Wish> wishes = new java.util.concurrent.CopyOnWriteArrayList<>();
        private final List<Picture> pictures = new java.util.concurrent.CopyOnWriteArrayList<>();
        private Map<String, Instant> last = Map.of();
        private volatile boolean broken;

        @Override
        public List<Wish> wishes() {
            return wishes;
        }

        @Override
        public void keep(Wish wish) {
            wishes.add(wish);
        }

        @Override
        public void drop(Wish wish) {
            wishes.remove(wish);
        }

        @Override
        public void keep(Picture picture) {
            if (broken) {
                throw new IllegalStateException("the store is away");
            }
            pictures.add(picture);
        }

        @Override
        public Map<String, Instant> lastObserved() {
            return last;
        }
    }

    @Test
    void an_address_with_good_stations_is_not_shut_out() throws Exception {
        var door = open(it -> it.withLimits(limits(10, 5, 60)));
        known(door, "0010100001");
        try (var noisy = new Gauge(door.port(), "0010100001")) {
            noisy.send(new byte[10_000]);
            assertThat(noisy.hear()).isEmpty();
        }
        known(door, "0010100001");
    }

    private void known(Sl651Door door, String address) throws Exception {
        try (var gauge = new Gauge(door.port(), address)) {
            gauge.send(Gauge.report(gauge.header, FunctionCode.TIMED, 1, Gauge.NINE, Gauge.element("PN05", "1")));
            assertThat(gauge.hear()).isPresent();
        }
    }

    private static Limits limits(int connections, int perAddress, int unknown) {
        return new Limits(
                connections,
                perAddress,
                16_384,
                Duration.ofMillis(700),
                Duration.ofSeconds(20),
                Duration.ofSeconds(5),
                2_000,
                unknown,
                100_000,
                3,
                60);
    }

    @Test
    void settings_are_read_from_the_data_directory(@TempDir Path data) throws IOException {
        assertThat(StationSettingsFile.read(data, 651)).isEqualTo(StationSettings.usual(651));
        Files.writeString(data.resolve("stations.password"), "beef\n");
        Files.writeString(data.resolve("stations.yaml"), """
                centre: 1
                password_file: stations.password
                mode: M4
                stations:
                  "0010100001": P0101
                  "10100002": [P0102, Z0102]
                rain:
                  P0101: P1
                """);
        var settings = StationSettingsFile.read(data, 651);
        assertThat(settings.centre()).hasValue(1);
        assertThat(settings.password()).hasValue(0xBEEF);
        assertThat(settings.mode()).isEqualTo(LinkMode.M4);
        assertThat(settings.stations("0010100001", "")).containsExactly("P0101");
        assertThat(settings.stations("", "10100002")).containsExactly("P0102", "Z0102");
        assertThat(settings.rain()).containsEntry("P0101", "P1");
        Files.writeString(data.resolve("stations.yaml"), "center: 1\n");
        assertThatThrownBy(() -> StationSettingsFile.read(data, 651))
                .hasMessageContaining("center")
                .hasMessageContaining("centre, password_file");
        Files.writeString(data.resolve("stations.yaml"), "centre: 300\n");
        assertThatThrownBy(() -> StationSettingsFile.read(data, 651))
                .hasMessageContaining("300")
                .hasMessageContaining("1 to 255");
    }
}
