package jiaoying.server.flood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import jiaoying.water.grid.Raster;
import jiaoying.water.inundation.Kernel;
import jiaoying.water.terrain.Finding;
import jiaoying.water.terrain.GroundCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A piece of a real polder with its ditches, culverts and pumps (samples/grounds/polder-nl). */
class PolderTest {
    private static final Path SAMPLE = Path.of("../samples/grounds/polder-nl");
    private static final double LARGE_PUMP_M3_S = 0.005833;
    private static final double SMALL_PUMP_M3_S = 0.001167;
    private static final long WHOLE_MASKED = 2_600;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private Path scenario(String text) throws IOException, ScenarioRefused {
        if (!Files.exists(folder.resolve("burnt.tif"))) {
            GroundFiles.burn(
                    SAMPLE.resolve("ground.tif"), SAMPLE.resolve("ditches.geojson"), folder.resolve("burnt.tif"));
        }
        return Files.writeString(folder.resolve("scenario.yaml"), text);
    }

    private JsonNode run(String text, String out) throws IOException, ScenarioRefused {
        var scenario = ScenarioReader.read(scenario(text));
        new FloodRun(scenario, Kernel.fastest(), 1, folder.resolve(out), 0).run();
        return JsonMapper.shared().readTree(Files.readString(folder.resolve(out).resolve("report.json")));
    }

    /** The whole strip: 20 culverts, both pumps, an hour of which half is a cloudburst. */
    @Test
    @EnabledIfSystemProperty(named = "jiaoying.all", matches = "true")
    void the_whole_polder_closes_its_ledger_and_both_its_pumps_run() throws IOException, ScenarioRefused {
        var whole = SAMPLE.resolve("whole");
        assertThat(masked(GroundFiles.read(whole.resolve("ground.tif")))).isEqualTo(WHOLE_MASKED);
        GroundFiles.burn(whole.resolve("ground.tif"), whole.resolve("ditches.geojson"), folder.resolve("burnt.tif"));
        assertThat(masked(GroundFiles.read(folder.resolve("burnt.tif")))).isZero();
        var volume =
                run(Files.readString(whole.resolve("scenario.yaml")), "whole").path("volume");
        assertThat(Math.abs(volume.path("error_relative").asDouble())).isLessThan(1e-6);
        assertThat(volume.path("outflow_m3").asDouble())
                .as("both pumps for the whole hour")
                .isEqualTo((LARGE_PUMP_M3_S + SMALL_PUMP_M3_S) * 3600, within(0.01));
        assertThat(volume.path("rain_m3").asDouble()).isEqualTo(86_435 * 4 * 0.03, within(0.01));
    }

    private static long masked(Raster ground) {
        return GroundCheck.check(ground).stream()
                .filter(finding -> finding.kind() == Finding.Kind.MASKED)
                .mapToLong(Finding::cells)
                .sum();
    }

    @Test
    void masked_ditches_are_found_and_gone_once_they_are_burnt_in() throws IOException, ScenarioRefused {
        scenario("");
        assertThat(masked(GroundFiles.read(SAMPLE.resolve("ground.tif")))).isEqualTo(626);
        assertThat(masked(GroundFiles.read(folder.resolve("burnt.tif")))).isZero();
    }

    @Test
    void pumps_lift_what_they_can_culverts_join_the_ditches_and_the_ledger_closes()
            throws IOException, ScenarioRefused {
        var text = Files.readString(SAMPLE.resolve("scenario.yaml"))
                .replace("duration_s: 3600", "duration_s: 1200")
                .replace("point_every_s: 300", "point_every_s: 1200");
        var volume = run(text, "with").path("volume");
        assertThat(Math.abs(volume.path("error_relative").asDouble())).isLessThan(1e-6);
        assertThat(volume.path("outflow_m3").asDouble())
                .as("the large pump for 20 minutes; the ditch of the small one lies higher and is still dry")
                .isEqualTo(LARGE_PUMP_M3_S * 1200, within(0.01));
        var without = run(
                        text.replaceAll("(?m)^ {2}- \\{type: (culvert|pump).*\\n", "")
                                .replace("structures:\n", ""),
                        "without")
                .path("volume");
        assertThat(without.path("outflow_m3").asDouble()).isZero();
        var open = (Raster) ScenarioFiles.read(folder.resolve("with/peak_depth.asc"));
        var shut = (Raster) ScenarioFiles.read(folder.resolve("without/peak_depth.asc"));
        var row = open.frame().rowOf(541_897);
        var column = open.frame().columnOf(110_031);
        assertThat(open.at(row, column))
                .as("behind the wide culvert the ditch stands otherwise than without it")
                .isNotCloseTo(shut.at(row, column), within(0.002));
    }
}
