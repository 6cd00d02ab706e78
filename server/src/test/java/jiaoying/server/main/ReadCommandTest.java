package jiaoying.server.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./jiaoying read} on an invented notice, broken by columns as a text out of a PDF is. */
class ReadCommandTest {
    private static final String NOTICE = """
            关于做好强降雨防范工作的通知（样例）
            2026年6月1日

            一、市水利局要在6月30日前完成圩区泵站检修，市财政局、市供电公司配合。
            二、由市住建局牵头，对全市 12 处下穿通
            道逐一排查，发现隐患的，须在 5 个工
            作日内整改到位。
            三、去年共整治低效用地 3,050. 9 亩，成效明显。
            四、各镇（街道）务必落实转移责任人。
            五、不得瞒报、漏报。
            """;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void each_demand_has_its_body_its_time_and_its_place() throws IOException {
        var read = json(NOTICE);
        var said = new ArrayList<String>();
        for (var task : read.path("tasks")) {
            var text = NOTICE.substring(
                            task.path("from").asInt(), task.path("to").asInt())
                    .replaceAll("\\s", "");
            assertThat(text)
                    .as("the span is the sentence")
                    .isEqualTo(task.path("text").asString());
            var bodies = new ArrayList<String>();
            task.path("bodies").forEach(body -> {
                assertThat(NOTICE.substring(
                                        body.path("from").asInt(),
                                        body.path("to").asInt())
                                .replaceAll("\\s", ""))
                        .isEqualTo(body.path("name").asString());
                bodies.add(
                        body.path("role").asString() + " " + body.path("name").asString());
            });
            var when = task.path("deadline");
            said.add(text.substring(0, 4) + " | " + String.join(", ", bodies) + " | "
                    + when.path("text").asString("") + " " + when.path("date").asString(""));
        }
        assertThat(said)
                .containsExactly(
                        "一、市水 | support 市财政局, support 市供电公司, named 市水利局 | 6月30日前 2026-06-30",
                        "二、由市 | lead 市住建局 | 5个工作日内 ",
                        "四、各镇 | named 各镇（街道） |  ",
                        "五、不得 |  |  ");
    }

    @Test
    void a_figure_has_its_unit_also_where_the_columns_tore_it_apart() throws IOException {
        var figures = new ArrayList<String>();
        json(NOTICE)
                .path("figures")
                .forEach(one -> figures.add(
                        one.path("value").asString() + " " + one.path("unit").asString()));
        assertThat(figures).contains("12 处", "3050.9 亩").doesNotContain("9 亩");
    }

    @Test
    void a_year_that_the_document_does_not_say_is_not_guessed() throws IOException {
        var task = json("市水利局要在6月30日前完成检修。").path("tasks").path(0);
        assertThat(task.path("deadline").path("text").asString()).isEqualTo("6月30日前");
        assertThat(task.path("deadline").has("date")).isFalse();
    }

    @Test
    void any_text_is_read_without_a_fault() throws IOException {
        for (var text : new String[] {"", "\n\n", "。。。", "要", "各", "12", "９９９亩。", "{}[](", "负责".repeat(2000)}) {
            assertThat(json(text).has("tasks")).as(text).isTrue();
        }
    }

    @Test
    void a_pdf_says_the_same_as_its_text() throws IOException {
        var file = folder.resolve("notice.pdf");
        try (var document = new PDDocument()) {
            var page = new PDPage();
            document.addPage(page);
            try (var content = new PDPageContentStream(document, page)) {
                content.beginText();
                content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 12);
                content.newLineAtOffset(50, 700);
                content.showText("Sample: 355 %");
                content.endText();
            }
            document.save(file.toFile());
        }
        var read = json(file);
        assertThat(read.path("tasks").size()).isZero();
        assertThat(read.path("figures").path(0).path("unit").asString()).isEqualTo("%");
        assertThat(read.path("figures").path(0).path("value").asString()).isEqualTo("355");
    }

    @Test
    void what_gives_no_text_is_said_to_give_none() throws IOException {
        var broken = Files.writeString(folder.resolve("broken.pdf"), "%PDF-1.7 and nothing more");
        var other = Files.write(folder.resolve("other.doc"), new byte[] {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0});
        var pictures = folder.resolve("pictures.pdf");
        try (var document = new PDDocument()) {
            document.addPage(new PDPage());
            document.save(pictures.toFile());
        }
        assertThat(refused(broken)).contains("broken.pdf", "cannot be read");
        assertThat(refused(other)).contains("other.doc", "UTF-8");
        assertThat(refused(pictures)).contains("pictures.pdf", "pictures");
        assertThat(refused(folder.resolve("none.txt"))).contains("none.txt");
    }

    private static String refused(Path file) {
        var out = new StringWriter();
        var writer = new PrintWriter(out, true);
        assertThat(Jiaoying.execute(new String[] {"read", file.toString(), "--lang", "en"}, Map.of(), writer, writer))
                .as(out.toString())
                .isEqualTo(2);
        return out.toString();
    }

    private JsonNode json(String text) throws IOException {
        return json(Files.writeString(folder.resolve("notice.txt"), text));
    }

    private static JsonNode json(Path file) {
        var out = new StringWriter();
        var writer = new PrintWriter(out, true);
        assertThat(Jiaoying.execute(new String[] {"read", file.toString(), "--json"}, Map.of(), writer, writer))
                .as(out.toString())
                .isZero();
        return new JsonMapper().readTree(out.toString());
    }
}
