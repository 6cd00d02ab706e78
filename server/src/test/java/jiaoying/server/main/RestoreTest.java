package jiaoying.server.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import jiaoying.server.ledger.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A city whose machine is gone in the middle of a storm goes on from its backup on another one (恢复). */
class RestoreTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Five towns are called by then. */
    private static final Instant IN_THE_STORM = Instant.parse("2017-08-27T02:43:00Z");

    @TempDir
    Path folder;

    @Test
    void a_restored_room_calls_nobody_until_an_officer_releases_it() throws Exception {
        var backup = folder.resolve("backup.zip");
        storm(folder.resolve("gone"), backup);
        var data = folder.resolve("restored");
        Story.type("restore", backup.toString(), "--data", data.toString());

        try (var program = Story.start(data, LiveProgram.freePort()).awaitUp()) {
            var officer = program.signIn();
            assertThat(officer.get("/api/health").json().path("held").asBoolean())
                    .isTrue();
            var since =
                    Instant.parse(officer.get("/api/watch").json().path("now").asString());
            await(() -> Story.shows(officer, since.plus(Duration.ofMinutes(12)), false));
            assertThat(calls(data)).isZero();

            var released = officer.post("/api/acts/release-room", "{}");
            assertThat(released.status()).as(released.body()).isEqualTo(200);
            await(() -> calls(data) > 0);
            assertThat(officer.get("/api/health").json().path("held").asBoolean())
                    .isFalse();
            await(() -> Story.shows(officer, Story.LADDERS_OVER, true));
            program.stop();
        }
        try (var after = new Aftermath(data)) {
            assertThat(after.submissionsWhileHeld()).isZero();
            assertThat(after.heldBackAndSent()).isPositive();
            assertThat(after.lostErrands()).isEmpty();
            assertThat(after.unsettled()).isEmpty();
            assertThat(after.verified()).isInstanceOf(Verdict.Verified.class);
            assertThat(after.brokenSeals()).isEmpty();
        }
    }

    /** Until the backup is taken; then the machine is gone. */
    private static void storm(Path data, Path backup) throws Exception {
        try (var program = Story.start(data, LiveProgram.freePort()).awaitUp()) {
            var officer = program.signIn();
            await(() -> Story.shows(officer, IN_THE_STORM, false) && calls(data) > 0);
            Story.type("backup", backup.toString(), "--data", data.toString());
            program.kill();
        }
    }

    /** How much was handed to the simulated carriers of a data directory. */
    private static long calls(Path data) {
        try (var lines = Files.lines(data.resolve("simulated-carriers"))) {
            return lines.count();
        } catch (IOException none) {
            return 0;
        }
    }

    private static void await(BooleanSupplier there) throws InterruptedException {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!there.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("Nothing came of it within " + PATIENCE);
            }
            LiveProgram.pause();
        }
    }
}
