package jiaoying.wire.cap;

import static org.assertj.core.api.Assertions.assertThat;

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
            """)
    void each_fault_is_named(String right, String wrong, Verdict verdict, Rule rule) {
        assertThat(ALERT).contains(right);
        var check = CapCheck.of(ALERT.replace(right, wrong).getBytes(StandardCharsets.UTF_8));
        assertThat(check.verdict()).as("%s", check).isEqualTo(verdict);
        assertThat(check.problems()).extracting(Finding::rule).contains(rule);
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
