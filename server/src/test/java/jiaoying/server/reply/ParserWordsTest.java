package jiaoying.server.reply;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.json.JsonMapper;

/** Real faults, read by the real parsers. */
class ParserWordsTest {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static JacksonException json(byte[] text) {
        try {
            JSON.readTree(text);
        } catch (JacksonException e) {
            return e;
        }
        throw new AssertionError("the parser takes it");
    }

    private static YamlEngineException yaml(String text) {
        try {
            new Load(LoadSettings.builder().setAllowDuplicateKeys(false).build()).loadFromString(text);
        } catch (YamlEngineException e) {
            return e;
        }
        throw new AssertionError("the parser takes it: " + text);
    }

    @TestFactory
    Stream<DynamicTest> faults_of_json_are_said_with_their_place() {
        return Stream.of(
                        Map.entry("{\"a\":1,\n \"b\":", "JSON 第 2 行第 6 列：内容在中间断了，有括号或引号没有闭合"),
                        Map.entry("{\"a\":1,}", "JSON 第 1 行第 8 列：“}”不能在这里"),
                        Map.entry("{a:1}", "JSON 第 1 行第 2 列：“a”不能在这里"),
                        Map.entry("[1,\nyes]", "JSON 第 2 行第 1 列：yes 不是值；允许：双引号中的文字、数字、true、false、null、[...]、{...}"),
                        Map.entry("{\"a\":1,\"a\":2}", "JSON 第 1 行第 11 列：字段 a 重复"),
                        Map.entry("[".repeat(2_000), "JSON 超过了允许的长度或层数"),
                        Map.entry("\"a\nb\"", "JSON 第 1 行第 3 列：此处读不出来"))
                .map(one -> DynamicTest.dynamicTest(
                        one.getValue(),
                        () -> assertThat(Texts.ZH.say(ParserWords.json(
                                        json(one.getKey().getBytes(java.nio.charset.StandardCharsets.UTF_8)))))
                                .isEqualTo(one.getValue())));
    }

    @Test
    void bytes_that_are_no_utf_8_are_said() {
        assertThat(Texts.EN.say(ParserWords.json(json(new byte[] {'"', (byte) 0xff, (byte) 0xfe, '"'}))))
                .contains("not UTF-8");
    }

    @TestFactory
    Stream<DynamicTest> faults_of_yaml_are_said_and_their_place_stands_beside() {
        return Stream.of(
                        Map.entry("a: 1\nb: c: d", ":2:5 冒号不能在这里：含“: ”的文字请加引号，每个键各起一行"),
                        Map.entry("a: 1\nb\nc: 2", ":3:1 键后没有冒号：请写“键: 值”，冒号后空一格"),
                        Map.entry("a:\n\tb: 1", ":2:1 此处有制表符或不能开头的字符：缩进请用空格，含特殊字符的文字请加引号"),
                        Map.entry("a: \"open", ":1:9 内容在中间断了：有引号或括号没有闭合"),
                        Map.entry("a: [1, 2", ":1:9 内容在中间断了：有引号或括号没有闭合"),
                        Map.entry("a: {b: 1 c: 2}", ":1:11 括号里的列表或键值缺逗号，或没有闭合"),
                        Map.entry("a: *nobody", ":1:4 此处不合 YAML 语法"),
                        Map.entry("- a\nb: 1", ":2:1 缩进不对：同一级的内容应从同一列开始"),
                        Map.entry("a: 1\na: 2", ":2:1 键 a 重复"))
                .map(one -> DynamicTest.dynamicTest(one.getValue(), () -> {
                    var failed = yaml(one.getKey());
                    assertThat(ParserWords.place(failed) + " " + Texts.ZH.say(ParserWords.yaml(failed)))
                            .isEqualTo(one.getValue());
                }));
    }
}
