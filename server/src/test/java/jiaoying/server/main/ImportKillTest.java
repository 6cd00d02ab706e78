package jiaoying.server.main;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import jiaoying.server.FreePort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A ledger of 5,000 rows comes in while the program is killed with SIGKILL: every row or none, never twice, and the ledger verifies. */
@EnabledIfSystemProperty(named = "jiaoying.all", matches = "true")
class ImportKillTest {
    private static final int ROWS = 5_000;
    private static final int KILLS = 4;
    private static final int SAMPLES = 3;
    private static final Pattern LINKS = Pattern.compile("/signin#(\\S+)");

    @TempDir
    Path folder;

    @Test
    void killed_while_a_ledger_comes_in_there_is_every_row_or_none() throws Exception {
        var seed = Long.getLong("jiaoying.seed", System.nanoTime() & 0xFFFF);
        System.out.printf("Seed %d: -Djiaoying.seed=%d -Djiaoying.all=true%n", seed, seed);
        var random = new Random(seed);
        var data = folder.resolve("data");
        var expected = SAMPLES;
        for (var ledger = 0; ledger < KILLS; ledger++) {
            try (var program = start(data)) {
                sendAndKill(program, "L" + ledger, random.nextInt(160));
            }
            try (var program = start(data)) {
                var supervisor = supervisor(program);
                var again = take(supervisor, "L" + ledger);
                assertThat(again.status()).as(again.body()).isIn(200, 202, 409);
                var found = settled(supervisor, expected + ROWS);
                System.out.printf("Kill %d: %d to the second try, then %d items%n", ledger, again.status(), found);
                expected += ROWS;
                program.stop();
            }
        }
        try (var after = new Aftermath(data)) {
            assertThat(after.verified()).isInstanceOf(jiaoying.server.ledger.Verdict.Verified.class);
        }
    }

    private static LiveProgram start(Path data) throws IOException, InterruptedException {
        return Story.start(data, FreePort.find()).awaitUp();
    }

    private static void sendAndKill(LiveProgram program, String ledger, int pauses) throws InterruptedException {
        var supervisor = supervisor(program);
        var sent = CompletableFuture.runAsync(() -> take(supervisor, ledger));
        for (var n = 0; n < pauses && !sent.isDone(); n++) {
            LiveProgram.pause();
        }
        program.kill();
        sent.exceptionally(_ -> null).join();
    }

    private static Visitor.Reply take(Visitor supervisor, String ledger) {
        return supervisor.multipart(
                "/api/programmes/hazards/ledger", Map.of("ledger", ledger), Map.of("file", rows()), "ledger.csv");
    }

    private static int settled(Visitor supervisor, int expected) throws InterruptedException {
        while (true) {
            var found = supervisor
                    .get("/api/items?programme=hazards&state=all")
                    .json()
                    .path("total")
                    .asInt();
            assertThat((found - SAMPLES) % ROWS)
                    .as(found + " items: every row or none")
                    .isZero();
            assertThat(found).isLessThanOrEqualTo(expected);
            if (found == expected) {
                return found;
            }
            LiveProgram.pause();
        }
    }

    /** The second link that a demonstration prints is the supervising body's. */
    private static Visitor supervisor(LiveProgram program) throws InterruptedException {
        while (LINKS.matcher(program.said()).results().count() < 2) {
            LiveProgram.pause();
        }
        var token = LINKS.matcher(program.said())
                .results()
                .skip(1)
                .findFirst()
                .orElseThrow()
                .group(1);
        var visitor = new Visitor(program.address());
        assertThat(visitor.post("/api/session/link", "{\"token\":\"" + token + "\"}")
                        .status())
                .isEqualTo(200);
        return visitor;
    }

    private static byte[] rows() {
        return IntStream.range(0, ROWS)
                .mapToObj(n -> "H" + n + ",hazard,sample " + n + ",新埭镇,泵闸,一般,2016-03-02,"
                        + (n % 2 == 0 ? "2016-03-20,销号" : ",整改中"))
                .collect(Collectors.joining("\n", "id,kind,title,town,category,level,found_on,closed_on,state\n", "\n"))
                .getBytes(UTF_8);
    }
}
