package jiaoying.server.sim;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import jiaoying.duty.room.Rules;
import jiaoying.server.postgres.EmbeddedPostgres;
import jiaoying.server.postgres.PostgresUnavailable;
import jiaoying.server.scratch.Scratch;
import jiaoying.server.store.Database;

/**
 * Many seeds, each in a room of its own, on a database that is thrown away (仿真). A seed that fails is played again with
 * fewer happenings as long as the same invariant fails, so that what is reported is short.
 */
public final class Trials implements AutoCloseable {
    /** Most plays to shorten one failing seed. */
    private static final int SHORTER_MAX = 80;

    /** So many failing seeds are shortened; where more fail, they mostly fail of the same. */
    private static final int SHORTENED_MAX = 2;

    private final Scratch folder;
    private final EmbeddedPostgres postgres;
    private final Database db;
    private final List<Rules> plans;
    private final AtomicLong rooms = new AtomicLong();
    private boolean forgetful;

    private Trials(Scratch folder, EmbeddedPostgres postgres, List<Rules> plans) {
        this.folder = folder;
        this.postgres = postgres;
        this.plans = plans;
        var server = postgres.server();
        db = Database.open(server.jdbcUrl(), server.user(), server.password());
    }

    /** @param plans the plan by which rooms decide, and the same in other words */
    public static Trials open(List<Rules> plans) throws IOException, PostgresUnavailable {
        var folder = Scratch.make("sim");
        return new Trials(folder, EmbeddedPostgres.startThrowaway(folder.path()), plans);
    }

    /** From now on carriers that promise to keep keys do not: whoever checks must find it. */
    void forgetKeys() {
        forgetful = true;
    }

    /** @param kept the happenings that were needed to make it fail, by their ids */
    public record Failed(long seed, String invariant, String detail, Set<Integer> kept) {}

    /** @param steps between any two of which a crash may come */
    public record Result(long seeds, List<Failed> failed, long steps, long kills) {}

    /** @param done hears how many seeds have been played */
    public Result play(long firstSeed, long seeds, int storms, Consumer<Long> done) throws InterruptedException {
        var count = new AtomicLong();
        try (var threads = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            var trials = LongStream.range(firstSeed, firstSeed + seeds)
                    .mapToObj(seed -> threads.submit(() -> {
                        var trial = play(Script.of(seed, storms));
                        done.accept(count.incrementAndGet());
                        return trial;
                    }))
                    .toList();
            return result(trials, storms);
        }
    }

    private Result result(List<Future<Trial>> trials, int storms) throws InterruptedException {
        var failed = new ArrayList<Failed>();
        long steps = 0;
        long kills = 0;
        for (var future : trials) {
            try {
                var trial = future.get();
                steps += trial.steps();
                kills += trial.kills();
                if (trial.found().isPresent()) {
                    failed.add(failed(Script.of(trial.seed(), storms), trial, failed.size() < SHORTENED_MAX));
                }
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }
        return new Result(trials.size(), List.copyOf(failed), steps, kills);
    }

    /** One seed with some of its happenings only. */
    public Result play(long seed, int storms, Set<Integer> only) {
        var trial = play(Script.of(seed, storms).only(only));
        var failed = trial.found()
                .map(wrong -> List.of(new Failed(seed, wrong.invariant(), wrong.detail(), only)))
                .orElse(List.of());
        return new Result(1, failed, trial.steps(), trial.kills());
    }

    Trial play(Script script) {
        return Trial.of(script, db, plans, "sim-" + rooms.incrementAndGet(), forgetful);
    }

    private Failed failed(Script script, Trial trial, boolean shorter) {
        if (shorter) {
            return shortened(script, trial);
        }
        var wrong = trial.found().orElseThrow();
        var all = script.happenings().stream().map(Happening::id).collect(Collectors.toSet());
        return new Failed(script.seed(), wrong.invariant(), wrong.detail(), all);
    }

    /**
     * Leaves out one happening after the other, and when none can go alone two together, as long as the same invariant fails:
     * a kill strikes the n-th step, so that what was needed changes with what is left.
     */
    private Failed shortened(Script script, Trial trial) {
        var wrong = trial.found().orElseThrow();
        var all = script.happenings().stream().map(Happening::id).toList();
        var shortest = new Failed(script.seed(), wrong.invariant(), wrong.detail(), Set.copyOf(all));
        int plays = 0;
        var tried = new HashSet<Set<Integer>>();
        for (var left = fewer(shortest.kept(), tried); left.isPresent() && plays < SHORTER_MAX; plays++) {
            tried.add(left.get());
            var again = play(script.only(left.get())).found();
            if (again.filter(one -> one.invariant().equals(wrong.invariant())).isPresent()) {
                shortest =
                        new Failed(script.seed(), wrong.invariant(), again.get().detail(), Set.copyOf(left.get()));
            }
            left = fewer(shortest.kept(), tried);
        }
        return shortest;
    }

    /** The next smaller story that was not tried: without the last happening that may go, then without two. */
    private static Optional<Set<Integer>> fewer(Set<Integer> kept, Set<Set<Integer>> tried) {
        var late = kept.stream().sorted(Comparator.reverseOrder()).toList();
        var alone = late.stream().map(List::of);
        var pairs = late.stream()
                .flatMap(one -> late.stream().filter(other -> other < one).map(other -> List.of(one, other)));
        return Stream.concat(alone, pairs)
                .map(gone -> {
                    var fewer = new HashSet<>(kept);
                    gone.forEach(fewer::remove);
                    return (Set<Integer>) fewer;
                })
                .filter(fewer -> !tried.contains(fewer))
                .findFirst();
    }

    @Override
    public void close() {
        db.close();
        postgres.close();
        try {
            folder.close();
        } catch (IOException stays) {
            throw new UncheckedIOException(stays);
        }
    }
}
