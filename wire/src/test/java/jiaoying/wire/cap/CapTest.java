package jiaoying.wire.cap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import jiaoying.wire.cap.CapRead.Understood;
import jiaoying.wire.cap.Finding.Rule;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class CapTest {
    @TestFactory
    Stream<DynamicTest> message_of_the_field_is_judged_as_schema_and_rules_judge_it() {
        return Messages.samples().stream().map(it -> {
            var name = it.getFileName().toString();
            return dynamicTest(name, () -> {
                var read = Cap.read(Messages.bytes(it));
                assertThat(read.findings().isEmpty())
                        .as("valid: %s", read.findings())
                        .isEqualTo(name.startsWith("valid-"));
                if (name.startsWith("cap11-")) {
                    assertThat(read).isInstanceOfSatisfying(Understood.class, understood -> {
                        assertThat(understood.version()).isEqualTo(CapRead.Version.CAP_1_1);
                        assertThat(understood.findings())
                                .extracting(Finding::rule)
                                .containsOnly(Rule.VERSION);
                    });
                }
            });
        });
    }

    @TestFactory
    Stream<DynamicTest> message_that_is_understood_is_itself_after_writing() {
        return Messages.samples().stream()
                .filter(it -> !it.getFileName().toString().startsWith("rule-"))
                .filter(it -> Cap.read(Messages.bytes(it)) instanceof Understood)
                .map(it -> dynamicTest(it.getFileName().toString(), () -> {
                    var alert = understood(Messages.bytes(it)).alert();
                    var written = Cap.write(alert);
                    assertThat(understood(written).alert()).isEqualTo(alert);
                    assertThat(Cap.write(understood(written).alert())).isEqualTo(written);
                }));
    }

    private static Understood understood(byte[] bytes) {
        return (Understood) Cap.read(bytes);
    }

    @Test
    void elements_out_of_order_are_noted_with_their_place() {
        assertThat(findings(Messages.sample("invalid-cfs-sa-gov-au-2c29e0.xml")))
                .contains("NOTE ORDER /alert/status \"\": before incidents");
    }

    @Test
    void the_end_of_a_day_and_a_leap_second_are_moments() {
        assertThat(understood(Messages.with("2026-07-20T08:00:00+08:00", "2026-07-19T24:00:00+08:00"))
                        .alert()
                        .id()
                        .sent())
                .isEqualTo(Messages.time("2026-07-20T00:00:00+08:00"));
        assertThat(understood(Messages.with("2026-07-20T08:00:00+08:00", "2026-12-31T23:59:60-00:00"))
                        .alert()
                        .id()
                        .sent())
                .isEqualTo(Messages.time("2027-01-01T00:00:00Z"));
    }

    @Test
    void update_without_references_is_one_message_more_and_cannot_be_written() {
        var update = understood(Messages.sample("rule-ec-gc-ca-55aa28.xml"));
        assertThat(update.findings()).extracting(Finding::rule).containsExactly(Rule.REFERENCES);
        assertThatThrownBy(() -> Cap.write(update.alert())).hasMessageContaining("because msgType is Update");
    }

    @Test
    void cancel_ack_and_error_without_references_say_nothing() {
        for (var type : List.of("Cancel", "Ack", "Error")) {
            assertRefused(Messages.with(">Alert<", ">" + type + "<"), Rule.REFERENCES, "/alert/references");
        }
    }

    @Test
    void references_name_sender_identifier_and_time() {
        var other = new MessageId("a@example.com", "1", Messages.time("2026-07-20T07:00:00+08:00"));
        var update =
                Messages.draft().of(Alert.MsgType.UPDATE, List.of(other, other)).alert();
        var read = understood(Cap.write(update)).alert();
        assertThat(read.references()).containsExactly(other, other);
        assertThat(read.refersTo(new MessageId("a@example.com", "1", Messages.time("2026-07-19T23:00:00Z"))))
                .isTrue();
        var text = new String(Cap.write(update), StandardCharsets.UTF_8);
        var broken = text.replace("a@example.com,1,", "a@example.com;1;").getBytes(StandardCharsets.UTF_8);
        assertRefused(broken, Rule.REFERENCES, "/alert/references");
    }

    @Test
    void a_quote_in_a_senders_name_is_a_character_like_others() {
        var other = new MessageId("a\"b", "1\"", Messages.time("2026-07-20T07:00:00+08:00"));
        var update = Messages.draft().of(Alert.MsgType.UPDATE, List.of(other)).alert();
        assertThat(understood(Cap.write(update)).alert()).isEqualTo(update);
    }

    @Test
    void word_that_is_not_in_the_list_is_refused_with_the_list() {
        assertThat(findings(Messages.sample("invalid-rfs-nsw-gov-au-7fe2b7.xml")))
                .containsExactly("REFUSAL WORD /alert/info[1]/urgency \"Foobar\": Immediate, Expected, Future, Past,"
                        + " Unknown");
        assertRefused(Messages.with(">Exercise<", ">exercise<"), Rule.WORD, "/alert/status");
        assertRefused(Messages.with(">Met<", ">Weather<"), Rule.WORD, "/alert/info[1]/category[1]");
    }

    @Test
    void very_likely_of_cap_1_0_is_likely() {
        var read = understood(Messages.with(">Observed<", ">Very Likely<"));
        assertThat(read.alert().infos().getFirst().certainty()).isEqualTo(Info.Certainty.LIKELY);
        assertThat(read.findings()).extracting(Finding::rule).containsExactly(Rule.WORD);
    }

    @Test
    void all_problems_are_named_not_the_first_only() {
        var bytes = Messages.with(">Exercise<", ">Real<");
        var more = new String(bytes, StandardCharsets.UTF_8)
                .replace("<scope>Public</scope>", "")
                .replace(">30.6,121.0 30.6,121.1 30.7,121.1 30.6,121.0<", ">30.6,121.0 91,121.1 30.7,121.1<")
                .replace("T08:00:00+08:00</effective>", " 08:00</effective>");
        assertThat(Cap.read(more.getBytes(StandardCharsets.UTF_8)).findings())
                .extracting(Finding::rule)
                .containsExactlyInAnyOrder(Rule.WORD, Rule.MISSING, Rule.TIME, Rule.POLYGON);
    }

    @Test
    void time_has_an_offset_and_no_z() {
        assertNoted(Messages.with("<sent>2026-07-20T08:00:00+08:00", "<sent>2026-07-20T00:00:00Z"), Rule.TIME);
        assertNoted(Messages.with("<sent>2026-07-20T08:00:00+", "<sent>2026-07-20T08:00:00.123+"), Rule.TIME);
        assertNoted(Messages.with("<sent>2026-07-20T08:00:00+08:00", "<sent> 2026-07-20T08:00:00+08:00"), Rule.SPACE);
        for (var wrong :
                List.of("2026-07-20 08:00:00+08:00", "2026-02-30T08:00:00+08:00", "2026-07-20T08:00:00+0800", "now")) {
            assertRefused(
                    Messages.with("2026-07-20T08:00:00+08:00</sent>", wrong + "</sent>"), Rule.TIME, "/alert/sent");
        }
    }

    @Test
    void time_without_offset_needs_a_reader_who_knows_the_sender() {
        var bytes = Messages.with("2026-07-20T08:00:00+08:00</sent>", "2026-07-20T08:00:00</sent>");
        assertRefused(bytes, Rule.TIME, "/alert/sent");
        var read = (Understood) Cap.read(bytes, ZoneOffset.ofHours(8));
        assertThat(read.alert().id().sent()).isEqualTo(Messages.time("2026-07-20T08:00:00+08:00"));
        assertThat(read.findings()).extracting(Finding::rule).containsExactly(Rule.TIME);
    }

    @Test
    void utc_is_written_with_a_minus() {
        assertThat(Messages.time("2026-07-20T00:00:00Z")).hasToString("2026-07-20T00:00:00-00:00");
        assertThat(Messages.time("2026-07-20T00:00:00-03:30")).hasToString("2026-07-20T00:00:00-03:30");
    }

    @Test
    void polygon_is_closed_has_four_points_and_latitude_first() {
        var place = "30.6,121.0 30.6,121.1 30.7,121.1 30.6,121.0";
        for (var wrong : List.of(
                "30.6,121.0 30.6,121.1 30.7,121.1 30.8,121.0",
                "30.6,121.0 30.6,121.1 30.6,121.0",
                "121.0,30.6 121.1,30.6 121.1,30.7 121.0,30.6",
                "30.6,181 30.6,121.1 30.7,121.1 30.6,181",
                "30.6 121.0 30.6 121.1 30.7 121.1 30.6 121.0",
                "30.6,121.0,30.6,121.1",
                "30.6,1e2 30.6,121.1 30.7,121.1 30.6,1e2",
                "30.6,NaN 30.6,121.1 30.7,121.1 30.6,NaN")) {
            assertRefused(Messages.with(place, wrong), Rule.POLYGON, "/alert/info[1]/area[1]/polygon[1]");
        }
        assertThat(understood(Messages.with(place, "\n30.60,121 30.6,121.1\t30.7,121.1 30.6,121.000\n"))
                        .isValid())
                .isTrue();
    }

    @Test
    void empty_polygon_beside_a_geocode_is_no_polygon() {
        var read = understood(
                Messages.with("<polygon>30.6,121.0 30.6,121.1 30.7,121.1 30.6,121.0</polygon>", "<polygon/>"));
        assertThat(read.alert().infos().getFirst().areas().getFirst().polygons())
                .isEmpty();
        assertThat(read.findings()).extracting(Finding::rule).containsExactly(Rule.EMPTY);
    }

    @Test
    void circle_has_a_radius_which_may_be_nought() {
        var place = "30.65,121.05 2.5";
        assertThat(understood(Messages.with(place, "30.65,121.05 0")).isValid()).isTrue();
        for (var wrong : List.of("30.65,121.05", "30.65,121.05 -1", "30.65 121.05 2", "95,121.05 2")) {
            assertRefused(Messages.with(place, wrong), Rule.CIRCLE, "/alert/info[1]/area[1]/circle[1]");
        }
    }

    @Test
    void restricted_needs_restriction_and_private_needs_addresses() {
        assertNoted(Messages.with("<scope>Public<", "<scope>Restricted<"), Rule.SCOPE);
        assertNoted(Messages.with("<scope>Public<", "<scope>Private<"), Rule.SCOPE);
        var addressed = Messages.draft().addressedTo("one", "two words").alert();
        assertThat(understood(Cap.write(addressed)).alert()).isEqualTo(addressed);
        var restricted = Messages.draft().restrictedTo("示例内部").alert();
        assertThat(understood(Cap.write(restricted)).alert()).isEqualTo(restricted);
    }

    @Test
    void other_rules_are_noted() {
        assertNoted(Messages.with("urn:example:1", "urn:example 1"), Rule.CHARACTER);
        assertNoted(Messages.with("<altitude>0</altitude>", ""), Rule.ALTITUDE);
        assertNoted(
                Messages.with("2026-07-20T14:00:00+08:00</expires>", "2026-07-19T14:00:00+08:00</expires>"),
                Rule.EXPIRES);
        assertNoted(Messages.with("https://example.com/1", "example"), Rule.URI);
        assertNoted(Messages.with("<size>5<", "<size>5 KB<"), Rule.SIZE);
        assertNoted(Messages.with("aaf4c61d", "xxxxxxxx"), Rule.DIGEST);
        assertNoted(Messages.with("aGVsbG8=", "#"), Rule.BASE64);
        assertNoted(Messages.with("zh-CN", "zh_CN"), Rule.LANGUAGE);
        assertNoted(Messages.with("<note>", "<motto>x</motto><note>"), Rule.UNKNOWN_ELEMENT);
        assertNoted(Messages.with("<value></value>", ""), Rule.PAIR);
        assertRefused(Messages.with("<event>", "<event>one</event><event>"), Rule.REPEATED, "/alert/info[1]/event");
        assertRefused(Messages.with("<value>330482</value>", ""), Rule.PAIR, "/alert/info[1]/area[1]/geocode[1]");
    }

    @Test
    void language_is_en_us_if_the_message_does_not_say() {
        var read = understood(Messages.with("    <language>zh-CN</language>\n", ""));
        assertThat(read.isValid()).isTrue();
        assertThat(read.alert().infos().getFirst().language()).isEqualTo("en-US");
    }

    @Test
    void message_in_an_envelope_is_found_and_several_are_not_guessed_at() {
        var alert = Messages.text().substring(Messages.text().indexOf("<alert"));
        assertNoted(
                ("<EDXLDistribution xmlns='urn:oasis:names:tc:emergency:EDXL:DE:1.0'><contentObject>" + alert
                                + "</contentObject></EDXLDistribution>")
                        .getBytes(StandardCharsets.UTF_8),
                Rule.WRAPPED);
        assertRefused(
                ("<list>" + alert + alert + "</list>").getBytes(StandardCharsets.UTF_8), Rule.SEVERAL_ALERTS, "/list");
        assertRefused("<list/>".getBytes(StandardCharsets.UTF_8), Rule.NO_ALERT, "/list");
        assertRefused("<alert xmlns='urn:other'/>".getBytes(StandardCharsets.UTF_8), Rule.NO_ALERT, "/alert");
    }

    @Test
    void message_without_a_namespace_is_read_with_a_note() {
        assertNoted(Messages.with(" xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\"", ""), Rule.VERSION);
    }

    @Test
    void latin_letters_of_an_old_encoding_are_read() {
        var text = Messages.text().replace("UTF-8", "ISO-8859-1").replace("示例镇", "Zürich");
        var latin = text.chars().mapToObj(it -> it < 256 ? String.valueOf((char) it) : "&#" + it + ";");
        var bytes = String.join("", latin.toList()).getBytes(StandardCharsets.ISO_8859_1);
        assertThat(understood(bytes)
                        .alert()
                        .infos()
                        .getFirst()
                        .areas()
                        .getFirst()
                        .areaDesc())
                .isEqualTo("Zürich");
    }

    @Test
    void marks_and_encodings_of_the_field_are_read() {
        var text = Messages.text();
        var sixteen = ("\uFEFF" + text.replace("UTF-8", "UTF-16")).getBytes(StandardCharsets.UTF_16BE);
        assertThat(understood(sixteen).alert()).isEqualTo(Messages.alert());
        assertThat(understood(("\uFEFF" + text).getBytes(StandardCharsets.UTF_8))
                        .alert())
                .isEqualTo(Messages.alert());
        var chinese = text.replace("UTF-8", "GB18030").getBytes(Charset.forName("GB18030"));
        assertThat(understood(chinese).alert()).isEqualTo(Messages.alert());
        assertRefused(Messages.with("UTF-8", "UTF-9"), Rule.XML, "/");
        assertRefused(text.getBytes(Charset.forName("GB18030")), Rule.XML, "/");
    }

    @Test
    void doctype_entities_and_depth_are_refused_at_once() {
        for (var hostile : List.of(
                "<!DOCTYPE alert SYSTEM 'file:///etc/passwd'><alert/>",
                "<!DOCTYPE alert [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><alert>&x;</alert>",
                "<!DOCTYPE alert [<!ENTITY a 'aa'><!ENTITY b '&a;&a;'>]><alert>&b;</alert>",
                "<alert>&nbsp;</alert>",
                "<a>".repeat(10_000),
                "<alert>",
                "")) {
            assertRefused(hostile.getBytes(StandardCharsets.UTF_8), Rule.XML, "/");
        }
        assertRefused(new byte[Cap.LIMITS.bytes() + 1], Rule.XML, "/");
    }

    @Test
    void what_xml_cannot_say_is_not_written() {
        var alert = Messages.draft().note("bell \u0007").alert();
        assertThatThrownBy(() -> Cap.write(alert)).hasMessageContaining("U+7");
    }

    private static List<String> findings(byte[] bytes) {
        return Cap.read(bytes).findings().stream().map(Finding::toString).toList();
    }

    private static void assertNoted(byte[] bytes, Rule rule) {
        assertThat(Cap.read(bytes))
                .isInstanceOfSatisfying(
                        Understood.class,
                        it -> assertThat(it.findings())
                                .extracting(Finding::rule)
                                .containsExactly(rule));
    }

    private static void assertRefused(byte[] bytes, Rule rule, String path) {
        assertThat(Cap.read(bytes))
                .isInstanceOfSatisfying(
                        CapRead.Refused.class,
                        it -> assertThat(it.findings()).anySatisfy(finding -> {
                            assertThat(finding.rule()).isEqualTo(rule);
                            assertThat(finding.path()).startsWith(path);
                            assertThat(finding.grade()).isEqualTo(Finding.Grade.REFUSAL);
                        }));
    }
}
