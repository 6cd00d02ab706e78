package jiaoying.wire.cap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import jiaoying.wire.cap.CapCheck.Verdict;
import jiaoying.wire.cap.Finding.Rule;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The verdicts of a strict examination; those of the samples were given by another checker with the schema of OASIS. */
class CapCheckTest {
    private static final String ALERT = """
            <alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>P-1</identifier><sender>duty@example.org</sender>\
            <sent>2026-07-01T08:00:00+08:00</sent><status>Actual</status><msgType>Alert</msgType><scope>Public</scope>\
            <info><language>zh-CN</language><category>Met</category><event>暴雨</event><urgency>Immediate</urgency>\
            <severity>Severe</severity><certainty>Likely</certainty><expires>2026-07-01T20:00:00+08:00</expires>\
            <area><areaDesc>乍浦镇</areaDesc><polygon>30.5,121 30.6,121 30.6,121.1 30.5,121</polygon>\
            <geocode><valueName>code</valueName><value>330482</value></geocode></area></info></alert>""";

    @TestFactory
    Stream<DynamicTest> the_samples_have_the_verdicts_of_another_checker() {
        var files = Messages.samples().stream()
                .filter(it -> it.getFileName().toString().matches("(valid|invalid|rule|cap11)-.*"))
                .toList();
        assertThat(files).hasSizeGreaterThan(25);
        return files.stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
                    var check = CapCheck.of(Messages.bytes(file));
                    assertThat(check.verdict().name().toLowerCase(Locale.ROOT))
                            .as("%s", check.problems())
                            .isEqualTo(file.getFileName().toString().split("-")[0]);
                }));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <scope>Public</scope>                  | <scope>Public </scope>                   | INVALID | WORD
            <scope>Public</scope>                  | <scope>Private</scope>                   | RULE    | SCOPE
            <scope>Public</scope>                  | ''                                       | INVALID | MISSING
            <status>Actual</status>                | <status>Actual</status><status>Test</status> | INVALID | REPEATED
            08:00:00+08:00</sent>                  | 08:00:00Z</sent>                         | INVALID | TIME
            2026-07-01T08                          | 2026-02-30T08                            | INVALID | TIME
            2026-07-01T20                          | 2026-07-01T07                            | RULE    | EXPIRES
            <msgType>Alert                         | <msgType>Update                          | RULE    | REFERENCES
            P-1                                    | P 1                                      | RULE    | CHARACTER
            30.5,121</polygon>                     | 30.5,122</polygon>                       | RULE    | POLYGON
            30.6,121.1                             | 121.1,30.6                               | RULE    | POLYGON
            <geocode>                              | <circle>30.5 121</circle><geocode>       | RULE    | CIRCLE
            </geocode>                             | </geocode><ceiling>100</ceiling>         | RULE    | ALTITUDE
            </geocode>                             | </geocode><altitude>low</altitude>       | INVALID | ALTITUDE
            <event>暴雨</event>                     | <event>暴雨</event><onset/>               | INVALID | ORDER
            <areaDesc>                             | <areaDesc xml="1">                       | INVALID | UNKNOWN_ELEMENT
            zh-CN                                  | zh_CN                                    | INVALID | LANGUAGE
            cap:1.2                                | cap:1.1                                  | CAP11   | VERSION
            cap:1.2                                | cap:1.3                                  | INVALID | NO_ALERT
            <info>                                 | <info>text                               | INVALID | UNKNOWN_ELEMENT
            </alert>                               | ''                                       | INVALID | XML
            <event>                                | <event xml:lang="zh">                    | INVALID | UNKNOWN_ELEMENT
            <alert                                 | <alert xmlns:o="urn:o" o:a="1"           | INVALID | UNKNOWN_ELEMENT
            P-1                                    | ' P-1'                                   | RULE    | CHARACTER
            duty@example.org                       | duty\u00A0room                           | RULE    | CHARACTER
            2026-07-01T08:00:00+08:00</sent>       | \u30002026-07-01T08:00:00+08:00</sent>    | INVALID | TIME
            2026-07-01T08:00:00+08:00</sent>       | 2026-07-01T23:59:60+08:00</sent>          | INVALID | TIME
            2026-07-01T08:00:00+08:00</sent>       | 2026-07-01T24:00:01+08:00</sent>          | INVALID | TIME
            <scope>Public</scope>                  | '<scope>Public</scope><references>a,b,</references>' | RULE | REFERENCES
            <scope>Public</scope>                  | '<scope>Public</scope><references>a,b,soon</references>' | RULE | REFERENCES
            <area>                                 | <web>http://[a/</web><area>               | INVALID | URI
            <area>                                 | <web>::</web><area>                       | INVALID | URI
            <area>                                 | <web>http://a:b/</web><area>              | INVALID | URI
            <area>                                 | <web>http://a/%2</web><area>              | INVALID | URI
            <area>                                 | <web>1a:b</web><area>                     | INVALID | URI
            <status>Actual                         | <status XSI xsi:type="xs:string">Actual   | INVALID | UNKNOWN_ELEMENT
            <info>                                 | <info XSI xsi:type="xs:string">           | INVALID | UNKNOWN_ELEMENT
            <event>                                | <event XSI xsi:type="xs:integer">         | INVALID | UNKNOWN_ELEMENT
            <event>                                | <event XSI xsi:type="xs:sting">           | INVALID | UNKNOWN_ELEMENT
            <event>                                | <event XSI xsi:type="other:string">       | INVALID | UNKNOWN_ELEMENT
            <event>                                | <event XSI xsi:type="string">             | INVALID | UNKNOWN_ELEMENT
            <event>                                | <event XSI xsi:nil="true">                | INVALID | UNKNOWN_ELEMENT
            <areaDesc>                             | <areaDesc XSI xsi:type="xs:NCName">1 x    | INVALID | UNKNOWN_ELEMENT
            </geocode>                             | </geocode><altitude XSI xsi:type="xs:byte">128</altitude> | INVALID | UNKNOWN_ELEMENT
            """)
    void each_fault_is_named(String right, String wrong, Verdict verdict, Rule rule) {
        assertThat(ALERT).contains(right);
        var check =
                CapCheck.of(ALERT.replace(right, wrong.replace("XSI", TYPES)).getBytes(StandardCharsets.UTF_8));
        assertThat(check.verdict()).as("%s", check).isEqualTo(verdict);
        assertThat(check.problems()).extracting(Finding::rule).contains(rule);
    }

    private static final String TYPES =
            "xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xmlns:xs='http://www.w3.org/2001/XMLSchema'";

    /** Peculiar, and right all the same by the schema and the rules. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            zh-CN</language>                       | </language>
            <language>zh-CN</language>             | <language/>
            2026-07-01T08:00:00+08:00</sent>       | 2026-06-30T24:00:00+08:00</sent>
            2026-07-01T08:00:00+08:00</sent>       | ' 2026-07-01T08:00:00+08:00 </sent>'
            <alert                                 | <alert xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="a b"
            <event>                                | <event XSI xsi:type="xs:string">
            <event>                                | <event XSI xsi:type=" xs:token ">
            <language>                             | <language XSI xsi:type="xs:language">
            </geocode>                             | </geocode><altitude XSI xsi:type="xs:byte">-128</altitude>
            <area>                                 | <web>http://a/b c?d=1&amp;e#f</web><area>
            <area>                                 | <web>http://平湖.example/预警</web><area>
            <area>                                 | <web>http://[::1]:80/&lt;x&gt;</web><area>
            <area>                                 | <web>www.example.org</web><area>
            30.5,121 30.6,121 30.6,121.1 30.5,121  | -17,179 -17,-179 -18,-179 -17,179
            30.5,121 30.6,121 30.6,121.1 30.5,121  | 30.5,121 30.6,121 30.6,121.1 30.50,+121.0
            30.5,121 30.6,121 30.6,121.1 30.5,121  | '30.5,121\n30.6,121\n30.6,121.1\n30.5,121'
            <info>                                 | <!-- one --><info>
            <info>                                 | <?a b?><info>
            </geocode>                             | </geocode><altitude>123456789012345678901234567890123456789012345</altitude><ceiling>.5</ceiling>
            <scope>Public</scope>                  | '<scope>Public</scope><references>a,b,2026-07-01T07:00:00Z</references>'
            """)
    void peculiar_messages_may_be_valid(String right, String other) {
        assertThat(ALERT).contains(right);
        var bytes = ALERT.replace(right, other.replace("\\n", "\n").replace("XSI", TYPES))
                .getBytes(StandardCharsets.UTF_8);
        assertThat(CapCheck.of(bytes).problems()).isEmpty();
        assertThat(CapCheck.of(bytes).verdict()).isEqualTo(Verdict.VALID);
    }

    /** The same message in other clothes. */
    @Test
    void prefixes_marks_and_encodings_change_nothing() {
        var prefixed = ALERT.replaceAll("<(/?)(\\w)", "<$1c:$2").replace("xmlns=", "xmlns:c=");
        var declared = "<?xml version='1.0' encoding='%s'?>\r\n" + ALERT + "\r\n";
        for (var charset : List.of("UTF-8", "GBK", "GB18030", "gb2312", "UTF-16", "UTF-16BE", "UTF-16LE")) {
            var bytes = declared.formatted(charset).getBytes(Charset.forName(charset));
            assertThat(CapCheck.of(bytes).problems()).as(charset).isEmpty();
        }
        assertThat(CapCheck.of(("\uFEFF" + prefixed).getBytes(StandardCharsets.UTF_8))
                        .problems())
                .isEmpty();
        var wrong = declared.formatted("UTF-8").getBytes(Charset.forName("GBK"));
        assertThat(CapCheck.of(wrong).verdict()).isEqualTo(Verdict.INVALID);
    }

    @Test
    void a_message_of_ten_megabytes_is_checked_like_others() {
        var large = ALERT.replace(
                "<area>",
                "<resource><resourceDesc>r</resourceDesc><mimeType>image/png</mimeType>" + "<derefUri>"
                        + "A".repeat(10 << 20) + "</derefUri></resource><area>");
        assertThat(CapCheck.of(large.getBytes(StandardCharsets.UTF_8)).problems())
                .isEmpty();
        assertThat(CapCheck.of("<!DOCTYPE alert>".concat(ALERT).getBytes(StandardCharsets.UTF_8))
                        .problems())
                .singleElement()
                .satisfies(it -> assertThat(it.allowed()).isEqualTo("no DOCTYPE"));
    }

    @Test
    void a_right_message_is_valid_and_every_fault_of_a_wrong_one_is_named_at_once() {
        assertThat(CapCheck.of(ALERT.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new CapCheck(Verdict.VALID, List.of(), List.of()));
        var broken = ALERT.replace("Actual", "Real").replace("Severe", "Bad").replace("30.5,121</", "30.5,122</");
        assertThat(CapCheck.of(broken.getBytes(StandardCharsets.UTF_8)).problems())
                .extracting(Finding::path)
                .contains("/alert/status", "/alert/info[1]/severity", "/alert/info[1]/area[1]/polygon[1]");
    }

    @Test
    void what_schema_and_rules_both_see_is_said_once() {
        var wrong = ALERT.replace("</geocode>", "</geocode><altitude>low</altitude>")
                .replace("Met", "Weather")
                .replace("zh-CN", "zh_CN")
                .replace("<scope>Public</scope>", "<scope>Public</scope><scope>Public</scope>");
        var check = CapCheck.of(wrong.getBytes(StandardCharsets.UTF_8));
        assertThat(check.problems())
                .extracting(it -> it.rule() + " " + it.path())
                .containsExactly(
                        "REPEATED /alert/scope",
                        "LANGUAGE /alert/info[1]/language",
                        "WORD /alert/info[1]/category[1]",
                        "ALTITUDE /alert/info[1]/area[1]/altitude");
        assertThat(check.remarks()).isEmpty();
    }
}
