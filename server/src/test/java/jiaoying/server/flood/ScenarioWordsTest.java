package jiaoying.server.flood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import jiaoying.server.reply.Texts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with a file is said in the reader's language. */
class ScenarioWordsTest {
    @TempDir
    private Path folder;

    @Test
    void a_scenario_that_is_no_yaml_names_line_and_column_in_chinese() throws IOException {
        var file = Files.writeString(folder.resolve("s.yaml"), "name: a\n\tground: b\n");
        assertThat(said(file, Texts.ZH)).containsExactly(file + ":2:1", Texts.ZH.say("said.yaml-tab"));
        assertThat(said(file, Texts.EN)).containsExactly(file + ":2:1", Texts.EN.say("said.yaml-tab"));
        Files.write(file, new byte[] {'a', ':', ' ', (byte) 0xff});
        assertThat(said(file, Texts.ZH)).containsExactly(file.toString(), Texts.ZH.say("said.not-utf8"));
    }

    @Test
    void so_is_what_is_wrong_with_geojson() throws IOException {
        assertThat(broken("{\"features\": [,]}")).isEqualTo("JSON 第 1 行第 15 列：“,”不能在这里");
        assertThat(broken("{}")).isEqualTo("没有列表 features；应为 GeoJSON FeatureCollection");
        assertThat(broken("""
                {"features": [{"geometry": {"type": "LineString", "coordinates": [[1, "x"]]}}]}
                """)).isEqualTo("坐标 [1,\"x\"] 不是 [x, y]");
    }

    @Test
    void so_is_what_is_wrong_with_a_raster() throws IOException {
        Files.writeString(folder.resolve("g.asc"), "ncols 2\nnrows 1\nxllcorner 0\nyllcorner 0\ncellsize 5\n1 x\n");
        var scenario = Files.writeString(folder.resolve("s.yaml"), "ground: g.asc\nroughness: 0.03\nduration_s: 60\n");
        assertThat(said(scenario, Texts.ZH)).containsExactly("ground", "g.asc", "第 0 行、第 1 列（自西北角从 0 数起）为“x”；应为有限的数");
        Files.writeString(folder.resolve("g.asc"), "ncols 2\nnrows 1\nxllcorner 0\nyllcorner 0\ncellsize 5\n1 2\n");
        Files.writeString(scenario, "ground: g.asc\nroughness: 0.03\nstart: {depth: d.asc}\nduration_s: 60\n");
        Files.writeString(folder.resolve("d.asc"), "ncols 1\nnrows 1\nxllcorner 0\nyllcorner 0\ncellsize 5\n1\n");
        assertThat(said(scenario, Texts.ZH))
                .containsExactly("start.depth", "d.asc", "1 × 1 个单元，边长 5 米，西南角 (0, 0)", "2 × 1 个单元，边长 5 米，西南角 (0, 0)");
    }

    private List<Object> said(Path scenario, Texts reader) {
        var refused = catchThrowableOfType(ScenarioRefused.class, () -> ScenarioReader.read(scenario));
        return Arrays.asList(refused.problems().getFirst().values(reader));
    }

    private String broken(String geojson) throws IOException {
        var file = Files.writeString(folder.resolve("lines.geojson"), geojson);
        return Texts.ZH.say(catchThrowableOfType(GeoJson.Broken.class, () -> GeoJson.read(file))
                .what());
    }
}
