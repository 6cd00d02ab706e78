package jiaoying.server.forecaster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import jiaoying.duty.station.StationFact.SiteRegistered;
import jiaoying.server.courier.Inside.Undone;
import jiaoying.server.replay.SampleCity;
import jiaoying.water.inundation.Crew;
import jiaoying.water.inundation.Kernel;
import jiaoying.water.inundation.Simulation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroundTest {
    @TempDir
    private Path data;

    @Test
    void no_canal_stands_in_the_low_sites_of_the_demonstration() throws Exception {
        var sites = SampleCity.read(Path.of("../samples/pinghu")).rows().stream()
                .filter(SiteRegistered.class::isInstance)
                .map(SiteRegistered.class::cast)
                .filter(site -> List.of("underpass", "low-lying-community").contains(site.kind()))
                .toList();
        var ground = Ground.read(ForecasterSettings.demonstration(data, 12).orElseThrow(), sites);
        var scene = ground.scenario().scene();
        var water = new Simulation(scene, ground.scenario().method(), Kernel.PLAIN, Crew.ALONE);
        var columns = ground.frame().columns();
        var low = 0;
        for (var site : sites) {
            for (var cell : ground.cells(site.lon(), site.lat())) {
                assertThat(water.canalLevel(cell / columns, cell % columns))
                        .as(site.nameEn())
                        .isNaN();
                low++;
            }
        }
        assertThat(low).isGreaterThanOrEqualTo(27);
    }

    @Test
    void a_ground_that_cannot_be_used_is_told_by_place_and_file_or_as_one_that_lies_nowhere() throws Exception {
        var scenario = data.resolve("scenario.yaml");
        Files.writeString(scenario, "ground: none.asc\nroughness: 0.03\nduration_s: 60\n");
        assertThat(undone(scenario)).isEqualTo("ground ground: none.asc");
        Files.writeString(scenario, "ground: g.asc\nroughness: 0.03\nduration_s: 60\n");
        Files.writeString(data.resolve("g.asc"), "ncols 1\nnrows 1\nxllcorner 0\nyllcorner 0\ncellsize 5\n1\n");
        assertThat(undone(scenario)).isEqualTo("origin");
    }

    private static String undone(Path scenario) {
        var settings = new ForecasterSettings(
                ForecasterSettings.plan("test", false), scenario, Optional.empty(), Optional.empty(), 1, 2);
        return String.valueOf(catchThrowableOfType(Undone.class, () -> Ground.read(settings, List.of()))
                .getMessage());
    }
}
