package jiaoying.server.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./jiaoying register report} as a program reads it. */
class ReportCommandTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void values_are_exact_texts_with_unit_and_rows() throws IOException {
        var report = json(0, "inefficient-land", "../packs/inefficient-land/sample.csv", "en");
        var vacated = report.path("indicators").path("land_vacated_mu");
        assertThat(vacated.toString())
                .isEqualTo("{\"value\":\"104.9\",\"unit\":\"mu\",\"items\":[\"XL03\",\"XL04\",\"XL05\",\"XL06\"]}");
        assertThat(report.path("text").path("en").asString())
                .isEqualTo(
                        "From January to July of this year the city completed the rectification of 7 inefficient enterprises, vacated 104.9 mu of inefficiently used land, took back 80.2 mu directly from 3 enterprises, reclaimed 15.5 mu of vacated land and started 3 new small-business parks.");
        assertThat(report.path("text").path("zh-CN").asString()).startsWith("今年1至7月，");
    }

    @Test
    void bad_rows_are_all_named_and_nothing_is_counted() throws IOException {
        var rows = Files.readString(Path.of("../packs/inefficient-land/sample.csv"))
                .replace("45.2,2023-05-30", "45.3,2023-05-30")
                .replace("XL02", "XL01");
        var report = json(
                1,
                "inefficient-land",
                Files.writeString(folder.resolve("rows.csv"), rows).toString(),
                "zh-CN");
        assertThat(report.has("indicators")).isFalse();
        assertThat(report.path("problems").toString()).contains("\"line\":3", "编号一次", "\"line\":6", "直接收回面积不得大于腾退面积");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hazards", "meeting-tasks", "../packs/hazards"})
    void every_programme_reports_over_its_sample(String pack) throws IOException {
        var report = json(0, pack, "../packs/" + Path.of(pack).getFileName() + "/sample.csv", "en");
        assertThat(report.path("text").path("zh-CN").asString())
                .contains("2026年1至6月".substring(5))
                .doesNotContain("{");
    }

    /** The walk through docs/guide/en/programmes.md. */
    @Test
    void a_new_programme_comes_of_a_copy_as_the_guide_says() throws IOException {
        var copy = Files.createDirectory(folder.resolve("brand-register"));
        for (var file : List.of("pack.yaml", "programme.yaml", "sample.csv")) {
            var text = Files.readString(Path.of("../packs/meeting-tasks").resolve(file));
            Files.writeString(
                    copy.resolve(file),
                    text.replace("name: meeting-tasks", "name: brand-register").replace("立项任务", "在册品牌"));
        }
        assertThat(said(0, List.of("pack", "check", copy.toString(), "--lang", "en")))
                .startsWith("brand-register 1.0 (programme, draft");
        var report = json(0, copy.toString(), copy.resolve("sample.csv").toString(), "en");
        assertThat(report.path("indicators").path("done").path("items").toString())
                .isEqualTo("[\"RW01\",\"RW05\"]");
    }

    @Test
    void a_period_upside_down_and_an_unknown_pack_are_used_wrongly() throws IOException {
        var args = List.of(
                "register",
                "report",
                "inefficient-lend",
                "--rows",
                "../packs/inefficient-land/sample.csv",
                "--from",
                "2023-01-01",
                "--to",
                "2023-07-31",
                "--as-of",
                "2023-09-08",
                "--lang",
                "en");
        assertThat(said(2, args)).contains("did you mean \"inefficient-land\"?");
        var upside = new ArrayList<>(args);
        upside.set(2, "inefficient-land");
        upside.set(6, "2023-08-01");
        assertThat(said(2, upside)).contains("--from 2023-08-01 is after --to 2023-07-31");
    }

    private static JsonNode json(int code, String pack, String rows, String language) throws IOException {
        var land = pack.equals("inefficient-land");
        var said = said(
                code,
                List.of(
                        "register",
                        "report",
                        pack,
                        "--rows",
                        rows,
                        "--from",
                        land ? "2023-01-01" : "2026-01-01",
                        "--to",
                        land ? "2023-07-31" : "2026-06-30",
                        "--as-of",
                        land ? "2023-09-08" : "2026-07-10",
                        "--json",
                        "--lang",
                        language));
        return new JsonMapper().readTree(said);
    }

    private static String said(int code, List<String> args) {
        var out = new StringWriter();
        var err = new StringWriter();
        assertThat(Jiaoying.execute(
                        args.toArray(String[]::new), Map.of(), new PrintWriter(out, true), new PrintWriter(err, true)))
                .as("%s%s", out, err)
                .isEqualTo(code);
        return out.toString().isEmpty() ? err.toString() : out.toString();
    }
}
