package jiaoying.wire.sl651;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Answers, packets and commands, §6.3. */
class LinkTest {
    private static final LocalDateTime NOW = LocalDateTime.of(2020, 7, 24, 17, 23, 50);
    private static final Header HEADER = new Header(Encoding.HEX_BCD, 1, StationAddress.of("0010100001"), 0xA000);

    @Test
    void m2_answer_to_a_timed_report_byte_for_byte() {
        var report = Frame.of(HEADER, Direction.UP, FunctionCode.TIMED, Message.of(12, NOW, List.of()), Control.ETX);
        assertThat(hex(Acknowledgement.of(report, LinkMode.M2, Acknowledgement.Line.STAY, NOW)))
                .isEqualTo("7E7E001010000101A00032800802000C2007241723501B42DC");
        assertThat(end(report, LinkMode.M2, Acknowledgement.Line.LEAVE)).contains(Control.EOT);
    }

    @Test
    void after_etb_the_line_is_kept() {
        var report = Frame.of(HEADER, Direction.UP, FunctionCode.TIMED, Message.of(12, NOW, List.of()), Control.ETB);
        assertThat(end(report, LinkMode.M2, Acknowledgement.Line.LEAVE)).contains(Control.ESC);
        assertThat(end(report, LinkMode.M4, Acknowledgement.Line.LEAVE)).contains(Control.ACK);
    }

    @Test
    void m1_and_link_maintenance_and_own_frames_are_not_answered() {
        var report = Sample.named("s025").frame();
        assertThat(end(report, LinkMode.M1, Acknowledgement.Line.STAY)).isEmpty();
        assertThat(end(Sample.named("s015").frame(), LinkMode.M2, Acknowledgement.Line.STAY))
                .isEmpty();
        assertThat(end(Sample.named("s016").frame(), LinkMode.M2, Acknowledgement.Line.STAY))
                .isEmpty();
    }

    @Test
    void answers_of_the_field_are_those_that_we_send() {
        var answer = Sample.named("s017").frame();
        var report = Frame.of(
                answer.header(), Direction.UP, FunctionCode.UNIFORM, Message.of(49, NOW, List.of()), Control.ETX);
        assertThat(hex(Acknowledgement.of(
                        report, LinkMode.M2, Acknowledgement.Line.STAY, LocalDateTime.of(2017, 7, 18, 11, 0, 5))))
                .isEqualTo(HexFormat.of()
                        .withUpperCase()
                        .formatHex(Sample.named("s017").bytes()));
    }

    private static Optional<Control> end(Frame frame, LinkMode mode, Acknowledgement.Line line) {
        return Acknowledgement.of(frame, mode, line, NOW).map(Frame::end);
    }

    private static String hex(Optional<Frame> frame) {
        return HexFormat.of().withUpperCase().formatHex(Frames.encode(frame.orElseThrow()));
    }

    @Test
    void m3_picture_of_thirteen_packets_becomes_a_jpeg() {
        var packets = Sample.good().stream()
                .map(Sample::frame)
                .filter(it -> it.packet().isPresent())
                .toList();
        assertThat(packets).hasSize(13);
        var assembly = new PacketAssembly(1 << 20);
        packets.subList(0, 12)
                .forEach(it -> assertThat(assembly.take(it)).isInstanceOf(PacketAssembly.State.Waiting.class));
        assertThat(assembly.missing()).containsExactly(13);
        var joined = (PacketAssembly.State.Joined) assembly.take(packets.getLast());
        var message = (Message) joined.content();
        var jpeg = ((Group.Picture) message.groups().getLast()).jpeg();
        assertThat(jpeg.size()).isEqualTo(3313);
        assertThat(jpeg.hex()).startsWith("FFD8").endsWith("FFD900B7");
        var answer = PacketAssembly.acknowledge(packets.getLast(), joined, Acknowledgement.Line.LEAVE, NOW);
        assertThat(answer.packet()).contains(new Packet(13, 13));
        assertThat(answer.end()).isEqualTo(Control.EOT);
        assertThat(answer.body().hex()).isEqualTo("0005200724172350");
    }

    @Test
    void m3_missing_packet_is_asked_for_alone_and_may_come_late() {
        var body = Message.of(9, NOW, List.of(new Group.Manual(Octets.ofHex("41".repeat(50)))))
                .encode(Encoding.HEX_BCD);
        var packets = PacketAssembly.split(HEADER, FunctionCode.MANUAL, body, 20);
        assertThat(packets).hasSize(3).extracting(Frame::end).containsExactly(Control.ETB, Control.ETB, Control.ETX);
        var assembly = new PacketAssembly(1000);
        assembly.take(packets.get(2));
        assembly.take(packets.get(0));
        var nak = assembly.again(NOW).orElseThrow();
        assertThat(nak.end()).isEqualTo(Control.NAK);
        assertThat(nak.packet()).contains(new Packet(3, 2));
        assertThat(nak.body().hex()).isEqualTo("0009200724172350");
        assertThat(assembly.take(packets.get(1))).isInstanceOfSatisfying(PacketAssembly.State.Joined.class, it -> {
            assertThat(it.body()).isEqualTo(body);
            assertThat(((Message) it.content()).serial()).isEqualTo(9);
        });
        assertThat(assembly.missing()).isEmpty();
        assertThat(assembly.again(NOW)).isEmpty();
    }

    @Test
    void m3_a_body_without_end_is_given_up() {
        var packets = PacketAssembly.split(HEADER, FunctionCode.PICTURE, Octets.ofHex("00".repeat(100)), 40);
        var assembly = new PacketAssembly(60);
        assembly.take(packets.get(0));
        assertThat(assembly.take(packets.get(1)))
                .isEqualTo(new PacketAssembly.State.Refused(PacketAssembly.State.Why.TOO_LONG));
        assertThat(assembly.take(Sample.named("s025").frame()))
                .isEqualTo(new PacketAssembly.State.Refused(PacketAssembly.State.Why.NO_PACKET));
    }

    @Test
    void clause_6_6_4_24_setting_the_clock_says_the_time_only() {
        var frame = Command.setClock().frame(HEADER, NOW);
        assertThat(frame.body().hex()).isEqualTo("0000200724172350");
        assertThat(frame.end()).isEqualTo(Control.ENQ);
    }

    @Test
    void commands_are_laid_out_as_the_tables_say() {
        assertThat(body(Command.queryPeriod(NOW.minusHours(2), NOW, Group.Step.hours(1), ElementId.of("P1"))))
                .isEqualTo("20072415" + "20072417" + "0418000100" + "1A19");
        assertThat(body(Command.queryElements(List.of(ElementId.of("Z"), ElementId.of("DRP")))))
                .isEqualTo("3923" + "F460");
        assertThat(body(Command.clearMemory())).isEqualTo("9700");
        assertThat(body(Command.factoryReset())).isEqualTo("9800");
        assertThat(body(Command.changePassword(0x1234, 0x03E8))).isEqualTo("03101234" + "031003E8");
        assertThat(body(Command.setIcCard(true))).isEqualTo("452000000200");
        assertThat(body(Command.pumps(new Group.Switches(Octets.ofHex("05"))))).isEqualTo("0105");
        assertThat(body(Command.quota(true))).isEqualTo("FF");
        assertThat(body(Command.queryEvents())).isEmpty();
        assertThat(Command.queryEvents().frame(HEADER, NOW).functionCode()).isEqualTo(0x50);
    }

    private static String body(Command command) {
        return command.frame(HEADER, NOW).body().hex().substring(16);
    }
}
