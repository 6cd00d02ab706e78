package jiaoying.server.flood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jiaoying.water.grid.CoordinateSystem;
import jiaoying.water.grid.GeoTiff;
import jiaoying.water.grid.Raster;
import jiaoying.water.inundation.Kernel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** Scenarios from files to files. */
class FloodRunTest {
    private static final String PLAIN = """
            name: basin
            ground: ground.asc
            roughness: 0.05
            rain: [{from_s: 0, to_s: 600, mm_h: 60}]
            duration_s: 1200
            outputs: {every_s: 600, points: [{name: "low, wet", x: 95, y: 55}], point_every_s: 300}
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @BeforeEach
    void ground() throws IOException {
        var text = new StringBuilder("ncols 20\nnrows 12\nxllcorner 0\nyllcorner 0\ncellsize 10\nNODATA_value -9999\n");
        for (var row = 0; row < 12; row++) {
            for (var column = 0; column < 20; column++) {
                text.append(row == 0 && column == 0 ? "-9999" : Double.toString(0.01 * Math.abs(column - 9)))
                        .append(' ');
            }
            text.append('\n');
        }
        Files.writeString(folder.resolve("ground.asc"), text);
    }

    private Path run(String scenario, String out, int threads) throws IOException, ScenarioRefused {
        Files.writeString(folder.resolve("scenario.yaml"), scenario);
        var read = ScenarioReader.read(folder.resolve("scenario.yaml"));
        new FloodRun(read, Kernel.PLAIN, threads, folder.resolve(out), 0).run();
        return folder.resolve(out);
    }

    private List<Problem> refused(String scenario) throws IOException {
        Files.writeString(folder.resolve("scenario.yaml"), scenario);
        var refusal =
                catchThrowableOfType(ScenarioRefused.class, () -> ScenarioReader.read(folder.resolve("scenario.yaml")));
        assertThat(refusal).as("refusal of %s", scenario).isNotNull();
        return refusal.problems();
    }

    @Test
    void run_writes_maps_points_and_a_report_that_closes() throws IOException, ScenarioRefused {
        var out = run(PLAIN, "out", 1);
        assertThat(Files.readAllLines(out.resolve("depth_000600.asc")).subList(0, 7))
                .startsWith("ncols 20", "nrows 12")
                .last()
                .asString()
                .startsWith("-9999 0");
        assertThat(out.resolve("depth_001200.asc")).exists();
        assertThat(out.resolve("peak_depth.asc")).exists();
        assertThat(Files.readAllLines(out.resolve("points.csv")))
                .hasSize(6)
                .startsWith("time_s,name,depth_m,level_m,speed_m_s", "0,\"low, wet\",0.000000,0.000000,0.000000");
        var report = JsonMapper.shared().readTree(Files.readString(out.resolve("report.json")));
        assertThat(report.path("active_cells").asInt()).isEqualTo(239);
        assertThat(report.path("simulated_s").asDouble()).isEqualTo(1200);
        assertThat(report.path("volume").path("rain_m3").asDouble())
                .isEqualTo(239, org.assertj.core.api.Assertions.within(1e-6));
        assertThat(Math.abs(report.path("volume").path("error_relative").asDouble()))
                .isLessThan(1e-6);
    }

    @Test
    void threads_change_no_byte() throws IOException, ScenarioRefused {
        var alone = run(PLAIN, "alone", 1);
        var three = run(PLAIN, "three", 3);
        for (var name : List.of("depth_000600.asc", "depth_001200.asc", "peak_depth.asc", "points.csv")) {
            assertThat(three.resolve(name)).hasSameBinaryContentAs(alone.resolve(name));
        }
    }

    @Test
    void saved_state_goes_on_bit_for_bit() throws IOException, ScenarioRefused {
        var whole = run(PLAIN, "whole", 1);
        run(PLAIN.replace("1200", "600").replace("every_s: 600,", "every_s: 600, save_state: true,"), "first", 1);
        var second = run("""
                ground: ground.asc
                roughness: 0.05
                start: {state: first/state.bin}
                duration_s: 600
                outputs: {every_s: 600, points: [{name: p, x: 95, y: 55}], point_every_s: 300}
                """, "second", 1);
        assertThat(second.resolve("depth_000600.asc")).hasSameBinaryContentAs(whole.resolve("depth_001200.asc"));
    }

    @Test
    void ground_as_geotiff_and_maps_in_every_format() throws IOException, ScenarioRefused {
        var raster = (Raster) ScenarioFiles.read(folder.resolve("ground.asc"));
        try (var file = Files.newOutputStream(folder.resolve("ground.tif"))) {
            GeoTiff.write(raster.frame().in(CoordinateSystem.epsg(4549)), raster::at, true, file);
        }
        var scenario = PLAIN.replace("ground.asc", "ground.tif")
                .replace("mm_h: 60", "mm_h: 600")
                .replace(
                        "outputs: {",
                        "outputs: {formats: [asc, tif, png, csv, geojson, frames], maps: [depth, level, speed, hazard],"
                                + " arrival_m: 0.02, sites: [{name: pit, area: [[60, 0], [120, 0], [120, 120], [60, 120]]}], ");
        var out = run(scenario, "all", 1);
        try (var files = Files.list(out)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .contains(
                            "peak_depth.asc",
                            "peak_depth.tif",
                            "peak_depth.png",
                            "peak_depth.pgw",
                            "peak_depth.csv",
                            "peak_depth.geojson",
                            "level_000600.tif",
                            "speed_001200.asc",
                            "hazard_001200.asc",
                            "arrival_s.asc",
                            "duration_s.tif",
                            "peak_speed.asc",
                            "peak_depth_speed.asc",
                            "peak_hazard.asc",
                            "peak_level.tif",
                            "frames.bin",
                            "sites.csv");
        }
        var asc = (Raster) ScenarioFiles.read(out.resolve("peak_depth.asc"));
        var tif = (Raster) ScenarioFiles.read(out.resolve("peak_depth.tif"));
        assertThat(tif.values()).containsExactly(asc.values(), org.assertj.core.api.Assertions.within(1e-6));
        assertThat(tif.frame().system().words()).isEqualTo("EPSG:4549");
        var arrival = (Raster) ScenarioFiles.read(out.resolve("arrival_s.asc"));
        assertThat(arrival.at(6, 9)).isBetween(60.0, 600.0);
        assertThat(Files.readAllLines(out.resolve("sites.csv"))).hasSize(6);
        var ponds = JsonMapper.shared().readTree(Files.readString(out.resolve("peak_depth.geojson")));
        var corner = ponds.path("features")
                .path(0)
                .path("geometry")
                .path("coordinates")
                .path(0)
                .path(0);
        assertThat(corner.path(0).asDouble()).as("degrees").isBetween(114.0, 126.0);
    }

    @Test
    void full_solver_saves_its_state_and_goes_on_bit_for_bit() throws IOException, ScenarioRefused {
        var full = PLAIN + "solver: full\n";
        var whole = run(full, "whole", 1);
        run(full.replace("1200", "600").replace("every_s: 600,", "every_s: 600, save_state: true,"), "first", 1);
        var next = """
                ground: ground.asc
                roughness: 0.05
                solver: full
                start: {state: first/state.bin}
                duration_s: 600
                outputs: {every_s: 600, points: [{name: p, x: 95, y: 55}], point_every_s: 300}
                """;
        assertThat(run(next, "second", 1).resolve("depth_000600.asc"))
                .hasSameBinaryContentAs(whole.resolve("depth_001200.asc"));
        assertThat(refused(next.replace("full", "local-inertia")).getFirst().kind())
                .isEqualTo("solver");
    }

    @Test
    void everything_wrong_is_found_in_one_go() throws IOException {
        var problems = refused("""
                grund: ground.asc
                roughness: 1.5
                solver: magic
                rain: [{from_s: 0, to_s: 600, mm_h: -1}, {from_s: 300, to_s: 900, mm_h: 2}]
                boundaries: {west: {level: [[10, 1], [5, 2]]}}
                duration_s: 0
                outputs: {points: 3}
                """);
        assertThat(problems)
                .extracting(problem -> problem.kind() + " " + problem.values().getFirst())
                .containsExactlyInAnyOrder(
                        "unknown .",
                        "missing ground",
                        "number roughness",
                        "kind solver",
                        "number rain[0].mm_h",
                        "overlap rain[1]",
                        "order boundaries.west.level[1]",
                        "positive duration_s",
                        "kind outputs.points");
    }

    @Test
    void files_that_do_not_fit_are_named() throws IOException {
        Files.writeString(
                folder.resolve("small.asc"), "ncols 2\nnrows 1\nxllcorner 0\nyllcorner 0\ncellsize 10\n0.1 0.2\n");
        assertThat(refused(PLAIN.replace("0.05", "small.asc")).getFirst().kind())
                .isEqualTo("shape");
        assertThat(refused(PLAIN.replace("0.05", "none.asc")).getFirst().kind()).isEqualTo("file");
        assertThat(refused(PLAIN.replace("ground.asc", "scenario.yaml"))
                        .getFirst()
                        .kind())
                .isEqualTo("raster");
        assertThat(refused(PLAIN.replace("x: 95", "x: 5000")).getFirst().kind()).isEqualTo("outside");
        assertThat(refused("[").getFirst().kind()).isEqualTo("yaml");
    }

    static Stream<String> examples() throws IOException {
        var guides = Path.of("..", "docs", "guide");
        return Stream.of(guides.resolve("en/flood.md"), guides.resolve("zh-CN/flood.md"))
                .flatMap(FloodRunTest::blocks);
    }

    private static Stream<String> blocks(Path guide) {
        try {
            return Pattern.compile("```yaml structure\\n(.*?)```", Pattern.DOTALL)
                    .matcher(Files.readString(guide))
                    .results()
                    .map(found -> found.group(1));
        } catch (IOException noGuide) {
            throw new java.io.UncheckedIOException(noGuide);
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void structure_of_the_guide_runs(String example) throws IOException, ScenarioRefused {
        var out = run(PLAIN + "start: {depth: 0.5}\nstructures:\n" + example.indent(2), "example", 1);
        var report = JsonMapper.shared().readTree(Files.readString(out.resolve("report.json")));
        assertThat(Math.abs(report.path("volume").path("error_relative").asDouble()))
                .isLessThan(1e-6);
    }
}
