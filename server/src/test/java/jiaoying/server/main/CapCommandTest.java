package jiaoying.server.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CapCommandTest {
    private static final String RIGHT = """
            <alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>P-1</identifier><sender>duty@example.org</sender>\
            <sent>2026-07-01T08:00:00+08:00</sent><status>Exercise</status><msgType>Alert</msgType><scope>Public</scope>\
            <info><language>zh-CN</language><category>Met</category><event>暴雨</event><urgency>Immediate</urgency>\
            <severity>Severe</severity><certainty>Likely</certainty><headline>平湖市发布暴雨橙色预警信号</headline>\
            <area><areaDesc>乍浦镇</areaDesc><polygon>30.5,121 30.6,121 30.6,121.1 30.5,121</polygon></area></info></alert>""";

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... words) {
        return Jiaoying.execute(words, Map.of(), new PrintWriter(out, true), new PrintWriter(err, true));
    }

    private String file(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @Test
    void check_gives_each_file_its_verdict_and_all_of_its_problems() throws Exception {
        var right = file("right.xml", RIGHT);
        var wrong = file("wrong.xml", RIGHT.replace("Severe", "Bad").replace("30.5,121</", "30.5,122</"));
        var old = file("old.xml", RIGHT.replace("cap:1.2", "cap:1.1"));
        assertThat(run("cap", "check", "--json", right, wrong, old)).isEqualTo(1);
        var document = JsonMapper.builder().build().readTree(out.toString());
        assertThat(document.valueStream().map(it -> it.get("verdict").asString()))
                .containsExactly("valid", "invalid", "cap11");
        assertThat(document.get(0).get("file").asString()).isEqualTo(right);
        assertThat(document.get(0).get("problems")).isEmpty();
        assertThat(document.get(1).get("problems").valueStream().map(CapCommandTest::where))
                .containsExactlyInAnyOrder("/alert/info[1]/severity", "/alert/info[1]/area[1]/polygon[1]");
        assertThat(document.get(1).get("problems").get(0).get("allowed").asString())
                .contains("Extreme");
    }

    private static String where(JsonNode problem) {
        return problem.get("where").asString();
    }

    @Test
    void check_is_good_when_all_are_valid_and_speaks_the_users_language() throws Exception {
        assertThat(run("cap", "check", "--lang", "zh-CN", file("right.xml", RIGHT)))
                .isZero();
        assertThat(run("cap", "check", "--lang", "zh-CN", file("wrong.xml", RIGHT.replace("Severe", "Bad"))))
                .isEqualTo(1);
        assertThat(out.toString()).contains("有效").contains("/alert/info[1]/severity 不在词表内: Bad；允许：");
    }

    @Test
    void show_prints_what_a_message_says() throws Exception {
        assertThat(run("cap", "show", "--lang", "en", file("right.xml", RIGHT))).isZero();
        assertThat(out.toString())
                .contains("P-1", "Exercise, Alert, Public", "Signature   none", "平湖市发布暴雨橙色预警信号", "乍浦镇 (polygons 1");
        assertThat(run("cap", "show", "--lang", "en", file("broken.xml", "<alert>")))
                .isEqualTo(1);
        assertThat(err.toString()).contains("is not understood").contains("well-formed XML");
    }

    @Test
    void each_name_has_its_verdict_also_beside_a_file_that_cannot_be_read() throws Exception {
        var right = file("right.xml", RIGHT);
        assertThat(run(
                        "cap",
                        "check",
                        "--json",
                        right,
                        folder.resolve("none.xml").toString(),
                        right))
                .isEqualTo(2);
        assertThat(out.toString().split("\"verdict\":\"valid\"", -1)).hasSize(3);
        assertThat(err.toString()).contains("none.xml");
    }

    @Test
    void a_file_that_cannot_be_read_is_named() {
        assertThat(run(
                        "cap",
                        "check",
                        "--lang",
                        "en",
                        folder.resolve("none.xml").toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("none.xml");
    }
}
