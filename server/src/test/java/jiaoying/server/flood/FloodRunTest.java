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
import jiaoying.water.grid.EsriAscii;
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
    void city_with_everything_runs_and_closes() throws IOException, ScenarioRefused {
        Files.writeString(folder.resolve("cover.asc"), ground(20, 12, (row, column) -> column < 10 ? 1 : 2));
        Files.writeString(folder.resolve("houses.geojson"), """
                {"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":
                {"type":"Polygon","coordinates":[[[20,20],[60,20],[60,50],[20,50],[20,20]]]}}]}
                """);
        for (var way : List.of("raised", "blocked", "porous")) {
            var out = run("""
                    ground: ground.asc
                    roughness: 0.05
                    rain:
                      gauges: [{name: a, x: 10, y: 10, mm_h: [[0, 60], [300, 90]]}, {name: b, x: 190, y: 110, mm_h: [[0, 20]]}]
                      step_min: 5
                    losses:
                      infiltration_mm_h: 2
                      drain_mm_h: 5
                      outfall_level: [[0, -1], [300, 5]]
                      green_ampt: {conductivity_mm_h: 3, suction_mm: 100, deficit: 0.3}
                    land_cover:
                      raster: cover.asc
                      classes: [{code: 1, roughness: 0.02, runoff: 0.9}, {code: 2, infiltration_mm_h: 9}]
                    buildings: {file: houses.geojson, as: %s, open: 0.4}
                    canals: [{name: c, line: [[-5, 95], [205, 95]], width_m: 3, bed_m: [-1, -1.2], level_m: -0.5}]
                    boundaries: {east: {level: [[0, -0.4], [600, 0.02]]}}
                    structures:
                      - {type: pump, name: p, from: [105, 95], to: [105, 5], m3_s: 0.05, start_m: 0.4, stop_m: 0.2}
                    duration_s: 900
                    outputs: {points: [{name: canal, x: 55, y: 95}], point_every_s: 300}
                    """.formatted(way), way, 2);
            var report = JsonMapper.shared().readTree(Files.readString(out.resolve("report.json")));
            assertThat(Math.abs(report.path("volume").path("error_relative").asDouble()))
                    .as(way)
                    .isLessThan(1e-6);
            assertThat(report.path("volume").path("infiltrated_m3").asDouble()).isPositive();
            assertThat(report.path("active_cells").asInt()).isEqualTo(way.equals("blocked") ? 227 : 239);
            assertThat(Files.readAllLines(out.resolve("points.csv")).getLast()).startsWith("900,canal,");
        }
    }

    private static String ground(int columns, int rows, EsriAscii.Row values) throws IOException {
        var text = new java.io.ByteArrayOutputStream();
        EsriAscii.write(jiaoying.water.grid.Frame.of(columns, rows, 0, 0, 10), values, text);
        return text.toString(java.nio.charset.StandardCharsets.US_ASCII);
    }

    @Test
    void storm_that_is_moved_rains_where_it_comes_to_lie() throws IOException, ScenarioRefused {
        Files.createDirectories(folder.resolve("storm"));
        Files.writeString(
                folder.resolve("storm/rain_000000.asc"),
                "ncols 2\nnrows 1\nxllcorner 1000\nyllcorner 0\ncellsize 120\n0 36\n");
        var scenario = """
                ground: ground.asc
                roughness: 0.05
                rain: {raster_dir: storm, step_min: 10, move_m: [-1020, 0], factor: 2, delay_s: 60}
                duration_s: 660
                """;
        var out = run(scenario, "moved", 1);
        var report = JsonMapper.shared().readTree(Files.readString(out.resolve("report.json")));
        // 100 to 200 m east of the ground's edge at 72 mm/h for 600 s, 12 rows of 10 m.
        assertThat(report.path("volume").path("rain_m3").asDouble())
                .isEqualTo(100 * 120 * 0.012, org.assertj.core.api.Assertions.within(1e-6));
        assertThat(refused(scenario.replace(", move_m: [-1020, 0]", ""))
                        .getFirst()
                        .kind())
                .isEqualTo("shape");
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.CsvSource(delimiter = '|', textBlock = """
            roughness: 0.05 | roughness: -0.1                                        | number
            roughness: 0.05 | roughness: 1.01                                        | number
            roughness: 0.05 | roughness: rough                                       | file
            roughness: 0.05 | roughness: .nan                                        | number
            mm_h: 60        | mm_h: 1001                                             | number
            mm_h: 60        | mm_h: sixty                                            | number
            to_s: 600       | to_s: 0                                                | after
            to_s: 600       | until_s: 600                                           | unknown,missing
            duration_s: 1200| duration_s: -1                                         | positive
            duration_s: 1200| duration_s: [1]                                        | positive
            duration_s: 1200| duration_s: 1200\\nthreads: 4                           | unknown
            duration_s: 1200| duration_s: 1200\\nsolver: euler                        | kind
            duration_s: 1200| duration_s: 1200\\nstart: {depth: -1}                   | number
            duration_s: 1200| duration_s: 1200\\nstart: {depth: 1, level: 2}          | kind
            duration_s: 1200| duration_s: 1200\\nstart: {state: none.bin}             | file
            duration_s: 1200| duration_s: 1200\\nboundaries: {west: open}             | kind
            duration_s: 1200| duration_s: 1200\\nboundaries: {top: free}              | unknown
            duration_s: 1200| duration_s: 1200\\nboundaries: {west: {level: []}}      | kind
            duration_s: 1200| duration_s: 1200\\nlosses: {infiltration_mm_h: -3}      | number
            duration_s: 1200| duration_s: 1200\\nlosses: {runoff: 1.2}                | number
            duration_s: 1200| duration_s: 1200\\nlosses: {green_ampt: {suction_mm: 3}}| missing,missing
            duration_s: 1200| duration_s: 1200\\ninflows: [{line: [[1, 1], [2, 2]], hydrograph: [[0, -5]]}] | number
            duration_s: 1200| duration_s: 1200\\ninflows: [{line: [[900, 1], [900, 2]], hydrograph: [[0, 5]]}] | outside
            duration_s: 1200| duration_s: 1200\\ninflows: [{line: [[1, 1]], hydrograph: [[0, 5]]}] | kind
            duration_s: 1200| duration_s: 1200\\nstructures: [{type: lock}]           | kind
            duration_s: 1200| duration_s: 1200\\nstructures: [{type: weir, from: [5, 5], to: [45, 5], width_m: 2}] | missing
            duration_s: 1200| duration_s: 1200\\nstructures: [{type: gate, from: [5, 5], to: [945, 5], width_m: 2, sill_m: 0, opening_m: 1}] | outside
            duration_s: 1200| duration_s: 1200\\ncanals: [{line: [[5, 5], [45, 5]], width_m: 0, bed_m: 0}] | positive
            duration_s: 1200| duration_s: 1200\\ncanals: none.geojson                 | file
            duration_s: 1200| duration_s: 1200\\nbuildings: {as: floating, areas: []} | kind
            duration_s: 1200| duration_s: 1200\\nsystem: 12                           | number
            every_s: 600    | every_s: 0.5                                           | kind
            every_s: 600    | formats: [bmp]                                         | kind
            every_s: 600    | maps: depth                                            | kind
            every_s: 600    | arrival_m: 0                                           | positive
            x: 95           | x: 95, z: 3                                            | unknown
            """)
    void each_fault_is_one_message(String good, String bad, String kinds) throws IOException {
        assertThat(PLAIN).contains(good.strip());
        var problems = refused(PLAIN.replace(good.strip(), bad.strip().replace("\\n", "\n")));
        assertThat(problems)
                .extracting(Problem::kind)
                .containsExactlyInAnyOrder(kinds.strip().split(","));
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
