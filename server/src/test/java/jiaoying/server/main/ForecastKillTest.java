package jiaoying.server.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import jiaoying.server.FreePort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** SIGKILL in the middle of a forecast, first for the process that computes it, then for the whole program (演算中断). */
@EnabledIfSystemProperty(named = "jiaoying.all", matches = "true")
class ForecastKillTest {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final String COMPUTES = "ModelProgram";

    /** Time of the processor that nothing but a run takes. */
    private static final Duration WORK = Duration.ofMillis(300);

    /** A forecast every ten minutes of the room, which are one, each of many seconds of work. */
    private static final String GROUND = """
            origin: [120.9936, 30.655]
            made_up: {side_m: 6000, cell_m: 12, seed: 1}
            every_min: 10
            deadline_min: 9
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private LiveProgram start(Path data, int port) throws IOException, InterruptedException {
        return LiveProgram.start(data, port, "--storm=" + Story.storm(), "--speed=10")
                .awaitUp();
    }

    private static Stream<JsonNode> runs(Visitor officer) {
        return Witness.attempt(() -> officer.get("/api/forecasts")).stream()
                .filter(reply -> reply.status() == 200)
                .flatMap(reply -> reply.json().path("runs").valueStream());
    }

    private static Optional<JsonNode> run(Visitor officer, String run) {
        return runs(officer)
                .filter(row -> row.path("run").asString().equals(run))
                .findFirst();
    }

    private static String state(Visitor officer, String run) {
        return run(officer, run).map(row -> row.path("state").asString()).orElse("");
    }

    private static <T> T awaited(Supplier<Optional<T>> what, String name) throws InterruptedException {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        for (var found = what.get(); System.nanoTime() < deadline; found = what.get()) {
            if (found.isPresent()) {
                return found.get();
            }
            LiveProgram.pause();
        }
        throw new AssertionError("No " + name + " within " + PATIENCE);
    }

    /** A run that is being computed now, and by which process. */
    private record AtWork(String run, ProcessHandle process) {}

    /**
     * The process stays from run to run and may stand idle while the next is asked already: it is at work on a run when it has
     * taken some of the processor's time since the run was first seen as asked, and the run is still open after that.
     */
    private static AtWork underWay(LiveProgram program, Visitor officer) throws InterruptedException {
        var since = new HashMap<String, Duration>();
        return awaited(
                () -> {
                    var child = program.child(COMPUTES);
                    var taken = child.flatMap(process -> process.info().totalCpuDuration());
                    if (taken.isEmpty()) {
                        return Optional.empty();
                    }
                    return runs(officer)
                            .filter(row -> row.path("state").asString().equals("asked"))
                            .map(row -> row.path("run").asString())
                            .filter(asked -> taken.get()
                                            .minus(since.computeIfAbsent(
                                                    child.get().pid() + asked, _ -> taken.get()))
                                            .compareTo(WORK)
                                    >= 0)
                            .map(asked -> new AtWork(asked, child.get()))
                            .findFirst();
                },
                "run under way");
    }

    private static void awaitMadeAfter(Visitor officer, String run) throws InterruptedException {
        var number = Long.parseLong(run.substring(1));
        awaited(
                () -> runs(officer)
                        .filter(row -> row.path("state").asString().equals("made"))
                        .filter(row -> Long.parseLong(row.path("run").asString().substring(1)) > number)
                        .findFirst(),
                "forecast after the one that was killed");
        assertThat(officer.get("/api/forecasts").json().path("failures").asInt())
                .isZero();
    }

    @Test
    void a_killed_run_is_said_a_killed_program_goes_on_and_the_next_forecasts_come() throws Exception {
        var data = folder.resolve("data");
        var port = FreePort.find();
        try (var program = start(data, port)) {
            program.stop();
        }
        Files.writeString(data.resolve("forecast.yaml"), GROUND);
        String struck;
        ProcessHandle orphan;
        try (var program = start(data, port)) {
            var officer = program.signIn();
            var first = underWay(program, officer);
            var killed = first.run();
            first.process().destroyForcibly();
            awaited(
                    () -> Optional.of("").filter(_ -> !state(officer, killed).equals("asked")),
                    "word of the killed run");
            var said = run(officer, killed).orElseThrow();
            assertThat(said.path("state").asString()).isEqualTo("failed");
            assertThat(said.path("why").asString()).isEqualTo("演算进程异常结束（137）");
            assertThat(officer.get("/api/watch/timeline").body()).contains("演算进程异常结束（137）");
            awaitMadeAfter(officer, killed);
            var second = underWay(program, officer);
            struck = second.run();
            orphan = second.process();
            program.kill();
        }
        orphan.onExit().get(PATIENCE.toSeconds(), java.util.concurrent.TimeUnit.SECONDS);
        try (var program = start(data, port)) {
            var officer = program.signIn();
            awaited(
                    () -> Optional.of("")
                            .filter(_ -> !state(officer, struck).equals("asked")
                                    && !state(officer, struck).isEmpty()),
                    "end of the run in which the program was killed");
            System.out.println("The run in which the program was killed was " + state(officer, struck) + " after it");
            awaitMadeAfter(officer, struck);
            program.stop();
        }
    }
}
