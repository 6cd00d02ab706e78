package jiaoying.server.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import jiaoying.server.FreePort;
import jiaoying.server.ledger.Verdict;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real program in an hour of a real storm: undisturbed, killed with SIGKILL at random moments, its database killed at
 * others, and gone altogether, so that a backup goes on elsewhere (恢复).
 *
 * <p>The undisturbed hour and the one with kills must agree on what does not hang on the moment at which a machine gets
 * round to something: which areas rose to which colour and in which order (levels follow from the times at which stations
 * observed), which colours were issued for each area, and who was called for what. Times differ, and with them who answered
 * before his deputy did; therefore of answers only what must hold whenever things happen is checked: every ladder has one
 * end (answered, taken over, or spent), every planned call a report or a withdrawal, no call is planned for whom the ladder has ended (one that was
 * on its way in that moment may still come through; how late such calls were is printed, and that nothing withdrawn is taken
 * up is the matter of {@code CourierPumpTest}), nothing counts twice, whatever was acknowledged is there. The carriers of a demonstration keep our keys, so that a call whose lease is lost
 * is handed over again with its key and nobody hears it twice; a call of unknown fate ({@code AMBIGUOUS}) cannot come up.
 *
 * <p>The seed decides the moments. {@code -Djiaoying.seed=N} sets it, {@code -Djiaoying.all=true} kills more often.
 */
@TestInstance(Lifecycle.PER_CLASS)
class CrashTest {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Pattern KEY = Pattern.compile("\"key\":\"([0-9a-f]{64})\"");

    /** What is killed: the program, the program and then once more while it starts, or its database. */
    private enum Blow {
        PROGRAM,
        START,
        DATABASE
    }

    private final boolean all = Boolean.getBoolean("jiaoying.all");
    private final long seed = Long.getLong("jiaoying.seed", all ? System.nanoTime() & 0xFFFF : 1);
    private Path folder = Path.of("");

    @BeforeAll
    void an_hour_is_played_undisturbed_and_backed_up_in_its_middle(@TempDir Path scratch) throws Exception {
        System.out.printf(
                "Seed %d; to repeat: mvn -pl server -am test -Dtest=CrashTest -Dsurefire.failIfNoSpecifiedTests=false"
                        + " -Djiaoying.seed=%d%s%n",
                seed, seed, all ? " -Djiaoying.all=true" : "");
        folder = scratch;
        try (var program = Story.start(undisturbed(), FreePort.find()).awaitUp()) {
            var officer = program.signIn();
            var witness = new Witness(officer, Story.token(undisturbed()));
            awaitStory(officer, witness, Story.LADDERS_CLIMB, false);
            Story.type("backup", backup().toString(), "--data", undisturbed().toString());
            awaitStory(officer, witness, Story.LADDERS_OVER, true);
            traces(officer);
            program.stop();
        }
    }

    /** A trace of a person and of a body proves itself offline with the published key, and a changed byte is found by its line. */
    private void traces(Visitor officer) throws IOException {
        var ledger = folder.resolve("whole.jsonl");
        Story.type(
                "ledger", "export", ledger.toString(), "--data", undisturbed().toString());
        var key = KEY.matcher(Files.readAllLines(ledger).getFirst())
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
        for (var about : List.of("persons/P171", "bodies/B-330482003201")) {
            var reply = officer.get("/api/trace/" + about + ".jsonl");
            assertThat(reply.status()).as(reply.body()).isEqualTo(200);
            assertThat(reply.body()).as("what he was asked and warned of").contains("ControlAsked", "CardIssued");
            var file = Files.write(folder.resolve("trace.jsonl"), reply.bytes());
            assertThat(Story.type("ledger", "verify", file.toString(), "--key", key, "--lang", "en"))
                    .contains("The trace is genuine");
            var line = 1 + (int) reply.body().lines().count() / 2;
            Files.write(file, changed(reply.bytes(), line));
            var out = new StringWriter();
            var writer = new PrintWriter(out, true);
            var verify = new String[] {"ledger", "verify", file.toString(), "--key", key, "--lang", "en"};
            assertThat(Jiaoying.execute(verify, Map.of(), writer, writer)).isEqualTo(Jiaoying.FOUND_WRONG);
            assertThat(out.toString()).contains("Line " + line + " of the trace is wrong");
        }
    }

    /** One bit of the last byte but five of a line. */
    private static byte[] changed(byte[] file, int line) {
        var changed = file.clone();
        var at = 0;
        for (var n = 1; n <= line; at++) {
            n += changed[at] == '\n' ? 1 : 0;
        }
        changed[at - 6] ^= 1;
        return changed;
    }

    private Path undisturbed() {
        return folder.resolve("undisturbed");
    }

    private Path backup() {
        return folder.resolve("backup.zip");
    }

    @Test
    void a_storm_with_kills_ends_like_one_without() throws Exception {
        var disturbed = folder.resolve("disturbed");
        var random = new Random(seed);
        var witness = play(disturbed, random, blows(random, all ? 5 : 1));
        try (var calm = new Aftermath(undisturbed());
                var struck = new Aftermath(disturbed)) {
            compare(calm, struck, witness);
        }
    }

    @Test
    void a_restored_room_calls_nobody_until_an_officer_releases_it() throws Exception {
        var data = folder.resolve("restored");
        Story.type("restore", backup().toString(), "--data", data.toString());
        try (var program = Story.start(data, FreePort.find()).awaitUp()) {
            var officer = program.signIn();
            assertThat(officer.get("/api/health").json().path("held").asBoolean())
                    .isTrue();
            await(() -> Story.shows(officer, Story.FIVE_TOWNS_CALLED, false), () -> "the storm going on while held");
            assertThat(handedOver(data)).isZero();

            var released = officer.post("/api/acts/release-room", "{}");
            assertThat(released.status()).as(released.body()).isEqualTo(200);
            await(() -> handedOver(data) > 0, () -> "a call after release");
            assertThat(officer.get("/api/health").json().path("held").asBoolean())
                    .isFalse();
            await(() -> Story.shows(officer, Story.LADDERS_OVER, true), () -> seen(officer, "the end of the story"));
            program.stop();
        }
        try (var after = new Aftermath(data)) {
            assertThat(after.submissionsWhileHeld()).isZero();
            assertThat(after.climbedWhileHeld()).isEmpty();
            assertThat(after.heldBackAndSent()).isPositive();
            assertThat(after.lostErrands()).isEmpty();
            assertThat(after.unsettled()).isEmpty();
            assertThat(after.rangAgain()).isEmpty();
            assertThat(after.doubles()).isEmpty();
            assertThat(after.verified()).isInstanceOf(Verdict.Verified.class);
            assertThat(after.brokenSeals()).isEmpty();
        }
    }

    /** How much was handed to the simulated carriers of a data directory. */
    private static long handedOver(Path data) {
        try (var lines = Files.lines(data.resolve("simulated-carriers"))) {
            return lines.count();
        } catch (IOException none) {
            return 0;
        }
    }

    private static String seen(Visitor officer, String what) {
        return what + "; Watch shows " + officer.get("/api/watch").body() + "\n";
    }

    private static void await(BooleanSupplier there, Supplier<String> what) throws InterruptedException {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!there.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("There is no sign of " + what.get() + " within " + PATIENCE);
            }
            LiveProgram.pause();
        }
    }

    private static List<Blow> blows(Random random, int times) {
        var blows = new ArrayList<Blow>();
        for (var i = 0; i < times; i++) {
            blows.addAll(List.of(Blow.PROGRAM, Blow.PROGRAM, Blow.START, Blow.DATABASE, Blow.DATABASE));
        }
        Collections.shuffle(blows, random);
        return blows;
    }

    /** Plays the story to its end; the witness is at work all the time. */
    private Witness play(Path data, Random random, List<Blow> blows) throws Exception {
        var port = FreePort.find();
        var program = Story.start(data, port).awaitUp();
        try {
            var officer = program.signIn();
            var witness = new Witness(officer, Story.token(data));
            awaitStory(officer, witness, Story.FIRST_ALERT, false);
            for (var blow : blows) {
                witnessFor(witness, 300 + random.nextInt(1_700));
                var struckAt = System.nanoTime();
                if (blow == Blow.DATABASE) {
                    LiveProgram.killPostgres(data);
                } else {
                    program.kill();
                    program = Story.start(data, port);
                }
                if (blow == Blow.START) {
                    Thread.sleep(random.nextInt(3_000));
                    program.kill();
                    program = Story.start(data, port);
                }
                program.awaitUp();
                await(witness::send, () -> "an acknowledgement");
                System.out.printf(
                        "%s killed; acknowledged again after %.1f s%n", blow, (System.nanoTime() - struckAt) / 1e9);
            }
            awaitStory(officer, witness, Story.LADDERS_OVER, true);
            program.stop();
            return witness;
        } finally {
            program.close();
        }
    }

    private static void witnessFor(Witness witness, long millis) throws InterruptedException {
        var until = System.nanoTime() + Duration.ofMillis(millis).toNanos();
        while (System.nanoTime() - until < 0) {
            witness.send();
            LiveProgram.pause();
        }
    }

    /** Until the clock of the story shows that time; at the end also until nothing is open. */
    private static void awaitStory(Visitor officer, Witness witness, Instant until, boolean over)
            throws InterruptedException {
        await(
                () -> {
                    witness.send();
                    return Story.shows(officer, until, over);
                },
                () -> seen(officer, until + " in the story"));
    }

    private static void compare(Aftermath calm, Aftermath struck, Witness witness) throws IOException {
        System.out.printf(
                "undisturbed: %d facts, %d submissions; with kills: %d facts, %d submissions, %d acknowledged by the witness,"
                        + " %d keys handed over again; calls under way when the answer came: %s%n",
                calm.facts(),
                calm.submissions(),
                struck.facts(),
                struck.submissions(),
                witness.acks().size(),
                struck.keysHandedOverAgain(),
                struck.afterTheAnswer());
        var is = new SoftAssertions();
        is.assertThat(struck.alerts()).as("alerts").isNotEmpty().isEqualTo(calm.alerts());
        is.assertThat(struck.signals()).as("signals").isNotEmpty().isEqualTo(calm.signals());
        is.assertThat(struck.callees()).as("callees").hasSizeGreaterThan(100).isEqualTo(calm.callees());
        is.assertThat(struck.missing(witness)).as("acknowledged").isEmpty();
        for (var story : List.of(calm, struck)) {
            is.assertThat(story.setAside()).as("set aside").isEmpty();
            is.assertThat(story.leadersWithoutReason()).as("leaders").isEmpty();
            is.assertThat(story.unsettled()).as("final states").isEmpty();
            is.assertThat(story.settledTwice()).as("final states").isEmpty();
            is.assertThat(story.lostErrands()).as("errands").isEmpty();
            is.assertThat(story.neverHandedOver()).as("errands").isEmpty();
            is.assertThat(story.unplanned()).as("errands").isEmpty();
            is.assertThat(story.doubles()).as("doubles").isEmpty();
            is.assertThat(story.rangAgain()).as("doubles").isEmpty();
            is.assertThat(story.plannedAfterTheAnswer())
                    .as("calls after the answer")
                    .isEmpty();
            is.assertThat(story.verified()).isInstanceOf(Verdict.Verified.class);
            is.assertThat(story.brokenSeals()).as("seals").isEmpty();
            is.assertThat(story.changedByRebuild()).as("rebuild").isEmpty();
        }
        is.assertAll();
    }
}
