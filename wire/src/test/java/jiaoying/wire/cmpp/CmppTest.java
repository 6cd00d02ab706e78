package jiaoying.wire.cmpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Packets laid beside the protocol's tables, byte for byte. */
class CmppTest {
    private static final String ZEROS = "00";

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static String padded(String text, int size) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.ISO_8859_1))
                + ZEROS.repeat(size - text.length());
    }

    /** The digest was taken with another program: printf '901234\0\0\0\0\0\0\0\0\0secret0701021700' | md5sum. */
    @Test
    void connect_carries_account_digest_version_and_time() {
        var connect =
                new Body.Connect("901234", Authenticator.ofClient("901234", "secret", 701021700L), 0x20, 701021700L);
        assertThat(connect.authenticator().hex()).isEqualTo("b8fbd1233332d5bb74b3dcdc986e5aa8");
        assertThat(hex(Packets.write(new Packet(1, connect), Version.V2_0)))
                .isEqualTo("00000027" + "00000001" + "00000001" + "393031323334" + "b8fbd1233332d5bb74b3dcdc986e5aa8"
                        + "20" + "29c8be04");
    }

    /** printf '\0' + the client's digest + 'secret' | md5sum. */
    @Test
    void the_gateways_digest_covers_the_status_as_wide_as_it_is_sent() {
        var client = Authenticator.ofClient("901234", "secret", 701021700L);
        assertThat(Authenticator.ofServer(0, client, "secret", Version.V2_0).hex())
                .isEqualTo("0a9d2a38488426489079f89a6160c736");
        assertThat(Authenticator.ofServer(0, client, "secret", Version.V3_0).hex())
                .isEqualTo("0d1f6c00ce51341688eb37230b868342");
    }

    @Test
    void connect_resp_is_read_in_either_width() {
        var two = Packets.read(hex("0000001e 80000001 00000001 03" + ZEROS.repeat(16) + "20"), Version.V3_0);
        var three = Packets.read(hex("00000021 80000001 00000001 00000003" + ZEROS.repeat(16) + "30"), Version.V2_0);
        assertThat(two).isEqualTo(new Packet(1, new Body.ConnectResp(3, Content.of(new byte[16]), 0x20)));
        assertThat(three).isEqualTo(new Packet(1, new Body.ConnectResp(3, Content.of(new byte[16]), 0x30)));
    }

    private static Body.Submit submit(String linkId) {
        return new Body.Submit(
                MsgId.NONE,
                1,
                1,
                1,
                9,
                "FLOOD",
                2,
                "",
                0,
                0,
                0,
                8,
                "901234",
                "01",
                "0",
                "",
                "",
                "1069012345",
                List.of("13800000001"),
                0,
                Content.of("暴雨".getBytes(StandardCharsets.UTF_16BE)),
                linkId);
    }

    @Test
    void submit_has_the_fields_of_its_version() {
        assertThat(hex(Packets.write(new Packet(7, submit("")), Version.V2_0)))
                .isEqualTo("000000a3" + "00000004" + "00000007" + "0000000000000000" + "01" + "01" + "01" + "09"
                        + padded("FLOOD", 10) + "02" + padded("", 21) + "00" + "00" + "08" + padded("901234", 6)
                        + padded("01", 2) + padded("0", 6) + padded("", 17) + padded("", 17)
                        + padded("1069012345", 21) + "01" + padded("13800000001", 21) + "04" + "66b496e8"
                        + padded("", 8));
        assertThat(hex(Packets.write(new Packet(7, submit("link")), Version.V3_0)))
                .isEqualTo("000000c7" + "00000004" + "00000007" + "0000000000000000" + "01" + "01" + "01" + "09"
                        + padded("FLOOD", 10) + "02" + padded("", 32) + "00" + "00" + "00" + "08"
                        + padded("901234", 6) + padded("01", 2) + padded("0", 6) + padded("", 17) + padded("", 17)
                        + padded("1069012345", 21) + "01" + padded("13800000001", 32) + "00" + "04" + "66b496e8"
                        + padded("link", 20));
    }

    @Test
    void what_a_field_cannot_hold_is_refused_without_the_persons_number() {
        var long30 = new Body.DeliverResp(MsgId.NONE, 256);
        assertThatThrownBy(() -> Packets.write(new Packet(1, long30), Version.V2_0))
                .hasMessageContaining("Result 256");
        assertThatThrownBy(() -> Packets.write(new Packet(1, submit("link")), Version.V2_0))
                .hasMessageContaining("LinkID");
        var far = new Body.Deliver(MsgId.NONE, "", "", 0, 0, 0, "1".repeat(33), 0, 0, Content.of(), "");
        assertThatThrownBy(() -> Packets.write(new Packet(1, far), Version.V3_0))
                .hasMessageContaining("Src_terminal_Id has 33 characters")
                .hasMessageNotContaining("1111");
        assertThat(far.toString() + submit("")).doesNotContain("111", "138");
    }

    @Test
    void a_message_number_is_month_to_serial() {
        var id = MsgId.of(7, 1, 2, 17, 30, 123_456, 65_535);
        assertThat(id.gateway()).isEqualTo(123_456);
        assertThat(id.serial()).isEqualTo(65_535);
        assertThat(Long.toBinaryString(id.bits()))
                .isEqualTo("111" + "00001" + "00010" + "010001" + "011110" + "0000011110001001000000" + "1".repeat(16));
        assertThatThrownBy(() -> MsgId.of(16, 1, 0, 0, 0, 0, 0)).hasMessageContaining("16");
    }

    @Test
    void a_status_report_has_60_bytes_in_2_0_and_71_in_3_0_and_either_is_read() {
        var report = new StatusReport(new MsgId(42), "DELIVRD", "2607010217", "2607010218", "13800000001", 5);
        assertThat(report.content(Version.V2_0).size()).isEqualTo(60);
        assertThat(report.content(Version.V3_0).size()).isEqualTo(71);
        for (var version : Version.values()) {
            assertThat(StatusReport.find(report.content(version))).contains(report);
        }
        assertThat(StatusReport.find(Content.of(new byte[61]))).isEmpty();
        assertThat(report.fate()).isEqualTo(StatusReport.Fate.DELIVERED);
        assertThat(report.toString()).doesNotContain("138");
    }

    @Test
    void every_end_of_a_text_but_delivery_is_none() {
        var ends = List.of("DELIVRD", "ACCEPTD", "EXPIRED", "DELETED", "UNDELIV", "UNKNOWN", "REJECTD", "MA:0054");
        assertThat(ends)
                .extracting(stat -> new StatusReport(MsgId.NONE, stat, "", "", "", 0)
                        .fate()
                        .name()
                        .charAt(0))
                .containsExactly('D', 'U', 'N', 'N', 'N', 'N', 'N', 'N');
    }

    @Test
    void seventy_letters_are_one_message_and_seventy_one_are_two() {
        assertThat(LongText.cut("雨".repeat(70), 5)).singleElement().satisfies(part -> {
            assertThat(part.tpUdhi()).isZero();
            assertThat(part.content().size()).isEqualTo(140);
        });
        var two = LongText.cut("雨".repeat(71), 0x1A5);
        assertThat(two).extracting(part -> part.content().size()).containsExactly(140, 6 + 8);
        assertThat(two).extracting(Part::tpUdhi).containsOnly(1);
        assertThat(two.getLast().content().hex()).startsWith("050003a50202" + "96e8");
    }

    @Test
    void a_letter_of_two_halves_is_not_cut() {
        var parts = LongText.cut("雨".repeat(66) + "𠮷" + "雨".repeat(10), 1);
        assertThat(parts.getFirst().content().size()).isEqualTo(6 + 132);
        assertThat(parts.getLast().text(1)).startsWith("𠮷");
    }

    @Test
    void plain_letters_go_as_ascii() {
        assertThat(LongText.cut("Red warning", 1))
                .containsExactly(new Part(0, 1, 1, 0, Content.of("Red warning".getBytes(StandardCharsets.US_ASCII))));
        assertThatThrownBy(() -> LongText.cut("", 1)).hasMessageContaining("empty");
    }

    @Test
    void a_reply_is_read_in_the_letters_it_was_written_in() {
        var gb = Content.of("收到".getBytes(Charset.forName("GBK")));
        assertThat(Part.find(0, 15, gb).orElseThrow().text(0)).isEqualTo("收到");
        assertThat(Part.find(0, 8, Content.of(hex("6536 5230"))).orElseThrow().text(0))
                .isEqualTo("收到");
        assertThat(Part.find(0, 0, Content.of((byte) '1')).orElseThrow().text(0))
                .isEqualTo("1");
        assertThat(Part.find(1, 8, Content.of(hex("06080401020201 6536"))).orElseThrow())
                .extracting(Part::reference, Part::total, Part::index)
                .containsExactly(0x102, 2, 1);
        assertThat(Part.find(1, 8, Content.of(hex("09")))).isEmpty();
        assertThat(Part.find(1, 8, Content.of(hex("0304010c 6536")))
                        .orElseThrow()
                        .text(1))
                .isEqualTo("收");
    }

    @Test
    void parts_of_two_people_do_not_mix_and_a_part_that_comes_twice_counts_once() {
        var joined = new Joined(2);
        var a = LongText.cut("甲".repeat(80), 9);
        var b = LongText.cut("乙".repeat(80), 9);
        assertThat(joined.add("a", a.get(0), 1)).isEmpty();
        assertThat(joined.add("b", b.get(1), 1)).isEmpty();
        assertThat(joined.add("a", a.get(0), 1)).isEmpty();
        assertThat(joined.add("a", a.get(1), 1)).contains("甲".repeat(80));
        assertThat(joined.add("b", b.get(0), 1)).contains("乙".repeat(80));
    }

    @Test
    void broken_lengths_end_the_stream_and_unknown_commands_do_not() {
        assertThat(Packets.read(hex("0000000b 00000008 000000"), Version.V2_0))
                .isEqualTo(new Broken(Broken.Reason.LENGTH, 0, 0, 0));
        assertThat(Packets.read(hex("7fffffff"), Version.V2_0)).isEqualTo(new Broken(Broken.Reason.LENGTH, 0, 0, 0));
        assertThat(Packets.read(hex("0000000c 00000006 00000009"), Version.V2_0))
                .isEqualTo(new Broken(Broken.Reason.COMMAND, 6, 9, 12));
        assertThat(Packets.read(hex("0000000d 00000008 00000009 00"), Version.V2_0))
                .isEqualTo(new Broken(Broken.Reason.BODY, 8, 9, 13));
    }
}
