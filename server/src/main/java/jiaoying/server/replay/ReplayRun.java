package jiaoying.server.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import jiaoying.duty.room.Rules;
import jiaoying.server.ledger.Anchor;
import jiaoying.server.ledger.LedgerVerify;
import jiaoying.server.ledger.Verdict;
import jiaoying.server.postgres.EmbeddedPostgres;
import jiaoying.server.postgres.PostgresUnavailable;
import jiaoying.server.postgres.Template;
import jiaoying.server.scratch.Scratch;
import jiaoying.server.store.Database;
import jiaoying.sim.people.SimulatedPeople;
import jiaoying.sim.storm.Storm;

/** One replay from nothing to its report: a throwaway database, the sample city, the storm, the ledger checked from outside. */
public final class ReplayRun {
    private final Storm storm;
    private final SampleCity city;
    private final Rules rules;
    private final SimulatedPeople people;
    private final Consumer<Instant> progress;

    /** @param progress hears the virtual time now and then */
    public ReplayRun(Storm storm, SampleCity city, Rules rules, SimulatedPeople people, Consumer<Instant> progress) {
        this.storm = storm;
        this.city = city;
        this.rules = rules;
        this.people = people;
        this.progress = progress;
    }

    /** Replays begin with tables that are there already, where the program can keep them. */
    public static Optional<Template> template() throws PostgresUnavailable {
        return Template.besideProgram(server -> Database.open(server.jdbcUrl(), server.user(), server.password())
                .close());
    }

    public ReplayReport report() throws IOException, PostgresUnavailable {
        var began = System.nanoTime();
        try (var folder = Scratch.make("replay");
                var postgres = EmbeddedPostgres.startThrowaway(folder.path().resolve("data"), template())) {
            var register = StormRegister.rows(storm, city.rows(), city.areas());
            var levels = CompletableFuture.supplyAsync(() -> StationLevels.changesPerStation(storm, register, rules));
            var server = postgres.server();
            try (var database = Database.open(server.jdbcUrl(), server.user(), server.password());
                    var replay = new Replay(storm, rules, people, database, progress)) {
                replay.play(register);
                var ledger = ledger(replay, folder.path().resolve("ledger.jsonl"));
                return replay.report(levels.join(), ledger, Duration.ofNanos(System.nanoTime() - began));
            }
        }
    }

    /** The ledger as an auditor sees it: exported to a file, and the file checked. */
    private static ReplayReport.Ledger ledger(Replay replay, Path file) throws IOException {
        var head = replay.export(file);
        var verified = LedgerVerify.verify(file, Anchor.NONE) instanceof Verdict.Verified verdict
                && verdict.head().equals(head.hash())
                && verdict.count() == head.count();
        return new ReplayReport.Ledger(head.count(), head.hash(), verified);
    }
}
