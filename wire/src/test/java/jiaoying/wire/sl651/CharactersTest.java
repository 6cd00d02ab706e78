package jiaoying.wire.sl651;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The ASCII form, §6.4 and §6.6.2. Built by the rules; no real frame is known. */
class CharactersTest {
    private static final String REPORT = "\u0001010010100001A000320050\u0002"
            + "0001260720173000ST 0010100001 H TT 2607201730 PJ 13.0 PN05 4.0 Z 3.955 VT 12.68 \u000303ED";

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void table_16_report_in_characters() {
        var frame = (Frame) Frames.decode(bytes(REPORT));
        assertThat(frame.header()).isEqualTo(new Header(Encoding.ASCII, 1, StationAddress.of("0010100001"), 0xA000));
        assertThat(frame.function()).contains(FunctionCode.TIMED);
        assertThat(Frames.encode(frame)).isEqualTo(bytes(REPORT));
        var message = (Message) frame.content();
        assertThat(message.encode(Encoding.ASCII)).isEqualTo(frame.body());
        assertThat(MessageTest.lines(message))
                .containsExactly(
                        "0010100001 RIVER 2026-07-20T17:30 PJ 13.0",
                        "0010100001 RIVER 2026-07-20T17:30 PN05 4.0",
                        "0010100001 RIVER 2026-07-20T17:30 Z 3.955",
                        "0010100001 RIVER 2026-07-20T17:30 VT 12.68");
    }

    @Test
    void clause_6_6_4_4_several_elements_share_a_step_and_m_is_missing() {
        var message = read(0x31, "0001260720173000ST 0010100001 P TT 2607200805 DRN05 PN05 Z 0.5 3.10 M 3.12 1.0 M ");
        assertThat(MessageTest.lines(message))
                .containsExactly(
                        "0010100001 RAIN 2026-07-20T08:05 PN05 0.5",
                        "0010100001 RAIN 2026-07-20T08:05 Z 3.10",
                        "0010100001 RAIN 2026-07-20T08:10 PN05 missing M",
                        "0010100001 RAIN 2026-07-20T08:10 Z 3.12",
                        "0010100001 RAIN 2026-07-20T08:15 PN05 1.0",
                        "0010100001 RAIN 2026-07-20T08:15 Z missing M");
    }

    @Test
    void hour_arrays_are_hexadecimal_digits() {
        var message = read(0x34, "0001260720173000ST 0010100001 P TT 2607200805 DRP 0500000014FFFFFFFFFF0000 ");
        assertThat(MessageTest.lines(message))
                .contains(
                        "0010100001 RAIN 2026-07-20T08:25 DRP 2.0", "0010100001 RAIN 2026-07-20T08:30 DRP missing FF");
    }

    @Test
    void numbers_have_sign_and_one_point_and_nothing_else() {
        var message = read(0x32, "0001260720173000ST 0010100001 H TT 2607201730 AI -2.6 Z 1.2.3 Q .5 VT 1E3 XY 7 ");
        assertThat(MessageTest.lines(message))
                .extracting(it -> it.substring(it.indexOf(':') + 4))
                .containsExactly("AI -2.6", "Z invalid 312E322E33", "Q invalid 2E35", "VT invalid 314533", "XY 7");
    }

    @Test
    void parameters_are_named_by_their_leader() {
        var header = new Header(Encoding.ASCII, 1, StationAddress.of("0010100001"), 0);
        var settings = List.of(
                new Group.Setting(new ParameterId(0x28), Packed.of(new BigDecimal("-1.500"), 5, 3)),
                new Group.Setting(ParameterId.PASSWORD, new Packed(0, Octets.ofHex("03E8"))));
        var frame = Command.writeRunning(settings).frame(header, LocalDateTime.of(2026, 7, 20, 8, 0));
        assertThat(frame.body().text()).isEqualTo("000026072008000028 -1.500 03 03E8 ");
        assertThat(((Message) frame.content()).groups())
                .containsExactly(
                        new Group.Setting(new ParameterId(0x28), new Data.Characters("-1.500")),
                        new Group.Setting(ParameterId.PASSWORD, new Data.Characters("03E8")));
    }

    @Test
    void commands_keep_their_meaning() {
        var header = new Header(Encoding.ASCII, 1, StationAddress.of("0010100001"), 0);
        var now = LocalDateTime.of(2026, 7, 20, 8, 0);
        var period = Command.queryPeriod(now.minusDays(1), now, Group.Step.hours(0), ElementId.of("DRP"));
        assertThat(period.frame(header, now).body().text()).isEqualTo("000026072008000026071908 26072008 DRH00 DRP ");
        assertThat(((Message) Command.clearMemory().frame(header, now).content()).groups())
                .containsExactly(new Group.Setting(ParameterId.CLEAR_MEMORY, new Data.Characters("")));
        var pumps = new Group.Switches(Octets.ofHex("05"));
        assertThat(((Message) Command.pumps(pumps).frame(header, now).content()).groups())
                .containsExactly(pumps);
    }

    @Test
    void what_is_not_understood_is_kept() {
        assertThat(read(0x32, "0001260720173000ST 00 H Z 1 ").groups())
                .containsExactly(new Group.Raw(Octets.ofText("ST 00 H Z 1 "), Group.Raw.Why.MALFORMED));
        assertThat(read(0x32, "0001260720173000Z").groups())
                .containsExactly(new Group.Raw(Octets.ofText("Z"), Group.Raw.Why.CUT_SHORT));
        assertThat(Content.of(Encoding.ASCII, Direction.UP, 0x32, Octets.ofText("00012607XX")))
                .isInstanceOf(Content.Unreadable.class);
    }

    @Test
    void the_mark_of_an_extension_may_be_written_in_any_case() {
        assertThat(read(0x40, "0001260720173000fF01 7 fF 7 ").groups())
                .containsExactly(
                        new Group.Setting(new ParameterId(0xFF01), new Data.Characters("7")),
                        new Group.Raw(Octets.ofText("fF 7 "), Group.Raw.Why.UNKNOWN_IDENTIFIER));
    }

    private static Message read(int function, String body) {
        return (Message) Content.of(Encoding.ASCII, Direction.UP, function, Octets.ofText(body));
    }
}
