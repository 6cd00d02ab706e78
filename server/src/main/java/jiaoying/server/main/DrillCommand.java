package jiaoying.server.main;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import jiaoying.duty.ledger.Dated;
import jiaoying.server.drill.Account;
import jiaoying.server.drill.Doors;
import jiaoying.server.drill.Exchange;
import jiaoying.server.ledger.Anchor;
import jiaoying.server.ledger.ChainedEntry;
import jiaoying.server.ledger.LedgerExport;
import jiaoying.server.ledger.LedgerVerify;
import jiaoying.server.ledger.Verdict;
import jiaoying.server.scratch.Scratch;
import jiaoying.server.store.CacheRows;
import jiaoying.server.store.DatabaseFailed;
import jiaoying.server.store.History;
import jiaoying.server.store.LedgerStore;
import jiaoying.server.store.RoomJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code ./jiaoying drill --people N --kills K}: warns a city again and again while the program and its database are killed
 * with SIGKILL at random moments, and holds the ledger against what the carriers took (崩溃演练). Exit code 0: nothing was lost
 * or doubled; 1: something was; 2: the drill could not be held.
 */
@Command(name = "drill")
final class DrillCommand implements Callable<Integer> {
    private static final int PEOPLE_MAX = 5_000;
    private static final int KILLS_MAX = 2_000;
    private static final double ANSWERING = 0.6;

    /** Longer than the ladders of the {@link DrillStage}. */
    private static final Duration ROUND = Duration.ofSeconds(17);

    private static final Duration QUIET_WITHIN = Duration.ofMinutes(4);
    private static final Duration FIRST_CALLS_WITHIN = Duration.ofSeconds(60);
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private final Words words;

    @Option(names = "--people", paramLabel = "N", defaultValue = "50")
    int people;

    @Option(names = "--kills", paramLabel = "K", defaultValue = "8")
    int kills;

    @Option(names = "--seed", paramLabel = "S", defaultValue = "1")
    long seed;

    @Option(names = "--json")
    boolean json;

    @Spec
    CommandSpec spec = CommandSpec.create();

    DrillCommand(Words words) {
        this.words = words;
    }

    /** What {@code --json} writes. */
    record Report(
            int people,
            int kills,
            int killsDatabase,
            int submitted,
            int lost,
            int doubledWithKey,
            int doubledWithoutKey,
            int ambiguousFlagged,
            int answersLost,
            int submittedAfterAnswer,
            double firstCallP99Ms,
            double allFirstCallsS,
            double escalationLatenessP99Ms,
            boolean ledgerVerified,
            double wallS) {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (people < 1 || people > PEOPLE_MAX || kills < 0 || kills > KILLS_MAX) {
            throw new Refusal("drill.range", people, kills, PEOPLE_MAX, KILLS_MAX);
        }
        var folder = Scratch.make("drill");
        var held = new Drill(folder.path()).hold();
        held.wrong.forEach(err()::println);
        err().println(words.say(
                "drill.done", people, kills, held.report.submitted, held.report.lost, held.report.answersLost));
        if (json) {
            spec.commandLine().getOut().println(JSON.writeValueAsString(held.report));
        }
        if (held.good) {
            folder.close();
            return Jiaoying.GOOD;
        }
        folder.keep();
        err().println(words.say("drill.kept", folder.path()));
        return Jiaoying.FOUND_WRONG;
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }

    private record Held(Report report, boolean good, List<String> wrong) {}

    /** One drill from its beginning to its account. */
    private final class Drill {
        private final Path folder;
        private final Random random = new Random(seed);
        private final long began = System.nanoTime();
        private int killed;
        private int killedDatabase;
        private volatile boolean storms = true;
        private Instant calmUntil = Instant.MAX;

        Drill(Path folder) {
            this.folder = folder;
        }

        Held hold() throws IOException, InterruptedException {
            var port = DrillProgram.freePort();
            var doors = new Doors(URI.create("http://127.0.0.1:" + port), this::token);
            try (var exchange = new Exchange(seed, ANSWERING, doors);
                    var program = DrillProgram.start(folder, exchange.address(), people, port, doors)) {
                program.awaitUp();
                var office = Thread.ofPlatform().daemon().name("office").start(() -> warnAgainAndAgain(doors));
                await(FIRST_CALLS_WITHIN, () -> exchange.brought().size() >= people);
                calmUntil = Instant.now();
                while (killed < kills) {
                    strike(program);
                }
                storms = false;
                office.join();
                warn(doors, "red");
                Thread.sleep(ROUND);
                await(QUIET_WITHIN, () -> exchange.waiting() == 0 && open().isEmpty());
                warn(doors, "none");
                await(QUIET_WITHIN, () -> exchange.waiting() == 0 && open().isEmpty());
                program.stop();
                return account(exchange);
            }
        }

        private String token(String source) {
            try {
                return Files.readString(DrillStage.token(DrillProgram.data(folder), source))
                        .strip();
            } catch (IOException notYet) {
                return "";
            }
        }

        /** The office warns all towns, sees the ladders through or lifts in their middle, and begins again. */
        private void warnAgainAndAgain(Doors doors) {
            var chance = new Random(seed + 1);
            try {
                while (storms) {
                    warn(doors, "red");
                    var until = System.nanoTime() + (chance.nextBoolean() ? ROUND : ROUND.dividedBy(3)).toNanos();
                    while (storms && System.nanoTime() - until < 0) {
                        Thread.sleep(100);
                    }
                    warn(doors, "none");
                    Thread.sleep(500);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void warn(Doors doors, String color) throws InterruptedException {
            for (var town : DrillStage.towns(people)) {
                while (!doors.signal(town, color)) { // the program is dead or starting
                    Thread.sleep(200);
                }
            }
        }

        /** Mostly the program, each fourth time its database; now and then the program once more while it starts. */
        private void strike(DrillProgram program) throws IOException, InterruptedException {
            Thread.sleep(150 + random.nextInt(2_500));
            if (killed % 4 == 3) {
                if (!program.killDatabase()) {
                    return;
                }
                killedDatabase++;
            } else {
                program.killAndStart();
                if (killed + 1 < kills && random.nextInt(5) == 0) {
                    killed++;
                    Thread.sleep(random.nextInt(2_000));
                    program.killAndStart();
                }
            }
            killed++;
            program.awaitUp();
            if (terminal()) {
                err().println(words.say("drill.kill", killed, kills));
            }
        }

        private boolean terminal() {
            var console = System.console();
            return console != null && console.isTerminal();
        }

        private List<String> open() {
            try (var rooms = open(folder)) {
                return CacheRows.open(rooms.database(), DrillStage.ROOM);
            } catch (DatabaseFailed away) {
                return List.of("the database is away");
            }
        }

        private static OpenRooms open(Path folder) {
            return OpenRooms.open(DataDirectory.open(DrillProgram.data(folder)), Optional.empty());
        }

        private static void await(Duration within, BooleanSupplier there) throws InterruptedException {
            var deadline = System.nanoTime() + within.toNanos();
            while (!there.getAsBoolean() && System.nanoTime() - deadline < 0) {
                Thread.sleep(250);
            }
            // what is not there is found by the account
        }

        private Held account(Exchange exchange) throws IOException {
            try (var rooms = open(folder)) {
                var facts = new ArrayList<Dated>();
                var json = new RoomJson(rooms.database(), DrillStage.ROOM, rooms.keys(DrillStage.ROOM));
                new History(rooms.database(), DrillStage.ROOM, json)
                        .each(
                                0,
                                0,
                                (arrival, at, readings, entries) ->
                                        entries.forEach(entry -> facts.add(new Dated(at, entry.fact()))));
                var account = new Account(facts, exchange);
                var report = new Report(
                        people,
                        killed,
                        killedDatabase,
                        account.submitted(),
                        account.lost(),
                        account.doubledWithKey(),
                        account.doubledWithoutKey(),
                        account.ambiguousFlagged(),
                        account.answersLost(),
                        account.submittedAfterAnswer(),
                        account.firstCallP99_ms(),
                        account.allFirstCalls_s(calmUntil),
                        account.escalationLatenessP99_ms(),
                        verified(rooms),
                        (System.nanoTime() - began) / 1_000_000 / 1000.0);
                boolean good = report.lost == 0
                        && report.doubledWithKey == 0
                        && account.doubledUnflagged() == 0
                        && report.answersLost == 0
                        && report.ledgerVerified;
                return new Held(report, good, account.wrong());
            }
        }

        private boolean verified(OpenRooms rooms) throws IOException {
            var file = folder.resolve("ledger.jsonl");
            var store = new LedgerStore(rooms.database());
            var head = store.head(DrillStage.ROOM);
            var keys = rooms.keys(DrillStage.ROOM);
            try (var out = Files.newOutputStream(file)) {
                LedgerExport.write(
                        out,
                        DrillStage.ROOM,
                        keys.publicKeyHex(),
                        store.entries(DrillStage.ROOM, head.count(), ChainedEntry::new),
                        keys::sign);
            }
            return LedgerVerify.verify(file, Anchor.NONE) instanceof Verdict.Verified verdict
                    && verdict.count() == head.count();
        }
    }
}
