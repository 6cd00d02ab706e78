package jiaoying.server.forecaster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import jiaoying.duty.forecast.ForecastResult;
import jiaoying.duty.forecast.WhatIf;
import jiaoying.duty.station.StationFact.SiteRegistered;
import jiaoying.server.forecaster.ForecasterSettings.LonLat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run in a real process of its own: the same answer, another memory, and an end of its own. */
class ModelProcessTest {
    private static final Instant START = Instant.parse("2026-06-01T06:00:00Z");
    private static final Instant RAIN_FROM = START.minus(ModelRun.rainBefore());

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @BeforeEach
    void ground() throws IOException {
        var ground = new StringBuilder("ncols 20\nnrows 20\nxllcorner 0\nyllcorner 0\ncellsize 20\n");
        for (var i = 0; i < 400; i++) {
            ground.append(i == 210 ? "0.1 " : "0.5 ");
        }
        Files.writeString(folder.resolve("ground.asc"), ground);
        Files.writeString(folder.resolve("scenario.yaml"), "ground: ground.asc\nroughness: 0.05\nduration_s: 7200\n");
    }

    private ModelOrder order(String scenario, String data) {
        var settings = new ForecasterSettings(
                ForecasterSettings.plan("试 test", false),
                folder.resolve(scenario),
                Optional.of(new LonLat(121, 30.7)),
                Optional.empty(),
                1,
                3);
        var steps = (int) (Duration.between(RAIN_FROM, START).toMinutes() / 5) + 24;
        return new ModelOrder(
                "F7",
                START,
                WhatIf.NONE,
                settings,
                folder.resolve(data),
                List.of(new SiteRegistered("U", "下穿", "Underpass", "underpass", "T0", 121.0021, 30.7018, "")),
                List.of(new ModelOrder.Spot("D1", 121.001, 30.701)),
                RAIN_FROM,
                List.of(
                        new GaugeRain.Steps("S1", 121.001, 30.701, Collections.nCopies(steps, 2.0)),
                        new GaugeRain.Steps("S2", 121.003, 30.703, Collections.nCopies(steps, null))));
    }

    @Test
    void a_process_gives_what_this_one_gives() throws Exception {
        var process = new ModelProcess();
        var away = process.run(order("scenario.yaml", "away"), () -> false);
        var here = new ModelHere().run(order("scenario.yaml", "here"), () -> false);
        assertThat(away.undone()).isEmpty();
        assertThat(away.result().map(result -> result.took(Duration.ZERO)))
                .isEqualTo(here.result().map(result -> result.took(Duration.ZERO)));
        assertThat(away.box()).isEqualTo(here.box()).isPresent();
        assertThat(away.result().map(ForecastResult::sites).orElseThrow())
                .hasSize(2)
                .allSatisfy(
                        site -> assertThat(site.depthsMm()).hasSize(25).last().isNotEqualTo(0));
        assertThat(folder.resolve("away/forecast/runs/F7.frames"))
                .hasSameBinaryContentAs(folder.resolve("here/forecast/runs/F7.frames"));
        goes_on(process, away);
    }

    /** The second run is the same process's; after its end, and after a change of the ground, come right answers too. */
    private void goes_on(ModelProcess model, ModelOutcome first) throws Exception {
        var kept = model.kept().orElseThrow();
        var again = model.run(order("scenario.yaml", "again"), () -> false);
        assertThat(model.kept()).contains(kept);
        assertThat(again.result().map(result -> result.took(Duration.ZERO)))
                .isEqualTo(first.result().map(result -> result.took(Duration.ZERO)));
        var scenario = folder.resolve("scenario.yaml");
        Files.writeString(scenario, Files.readString(scenario) + "losses: {drain_mm_h: 1000}\n");
        Files.setLastModifiedTime(scenario, FileTime.from(START));
        assertThat(model.run(order("scenario.yaml", "drained"), () -> false)
                        .result()
                        .map(ForecastResult::sites))
                .isNotEqualTo(first.result().map(ForecastResult::sites));
        kept.destroyForcibly();
        kept.onExit().join();
        assertThat(model.kept()).isEmpty();
        assertThat(model.run(order("none.yaml", "data"), () -> false).undone()).startsWith("ground ");
        assertThat(model.kept()).as("a run that failed leaves no process").isEmpty();
    }

    @Test
    void a_process_that_dies_in_a_run_is_a_reason_and_the_next_run_has_another() throws Exception {
        var model = new ModelProcess();
        var killed = new AtomicBoolean();
        var outcome = model.run(order("scenario.yaml", "data"), () -> {
            if (!killed.getAndSet(true)) {
                model.kept().orElseThrow().destroyForcibly();
            }
            return false;
        });
        assertThat(outcome.undone()).isEqualTo("process 137");
        assertThat(outcome.result()).isEmpty();
        assertThat(model.run(order("scenario.yaml", "data"), () -> false).undone())
                .isEmpty();
        model.close();
        assertThat(model.kept()).isEmpty();
    }

    @Test
    void a_run_that_is_stopped_ends_with_its_process() {
        assertThatThrownBy(() -> new ModelProcess().run(order("scenario.yaml", "data"), () -> true))
                .isInstanceOf(InterruptedException.class);
        assertThat(folder.resolve("data/forecast/runs/F7.frames")).doesNotExist();
    }
}
