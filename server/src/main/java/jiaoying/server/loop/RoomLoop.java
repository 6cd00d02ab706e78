package jiaoying.server.loop;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import jiaoying.duty.errand.ClearsTimer;
import jiaoying.duty.errand.SetsTimer;
import jiaoying.duty.errand.Timer;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.room.Arrival;
import jiaoying.duty.room.DutyRoom;
import jiaoying.duty.room.Outcome;
import jiaoying.duty.room.RoomFact.ArrivalSetAside;
import jiaoying.duty.room.RoomFact.HeadDue;
import jiaoying.duty.room.Rules;
import jiaoying.duty.room.Step;
import jiaoying.duty.room.View;
import jiaoying.duty.room.ViewKey;
import jiaoying.server.store.Arrived;
import jiaoying.server.store.Database;
import jiaoying.server.store.DatabaseFailed;
import jiaoying.server.store.Decisions;
import jiaoying.server.store.ErrandStore;
import jiaoying.server.store.Fenced;
import jiaoying.server.store.History;
import jiaoying.server.store.Inbox;
import jiaoying.server.store.Keys;
import jiaoying.server.store.RoomJson;
import jiaoying.server.store.RoomRow;
import jiaoying.server.store.Rooms;
import jiaoying.server.store.SnapshotStore;
import jiaoying.server.store.Waiting;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one writer of a duty room. It takes arrivals in the order of their numbers, lets the room decide, and commits what
 * follows from many of them in one transaction that checks the room's epoch.
 *
 * <p>{@link #turn}, {@link #ring} and {@link #save} are for one thread: the loop's own after {@link #start}, or whoever
 * drives a replay. {@link #outcome}, {@link #health} and {@link #close} may be called from any thread.
 *
 * <p>What was decided is in memory before it is in the database; after {@link #start} the loop decides on while a thread of
 * its own commits, one transaction at a time and in order. If a commit fails, or nobody knows, the room is dropped from memory
 * and read again; the arrivals are still in the inbox.
 */
public final class RoomLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RoomLoop.class);
    private static final int ARRIVALS_A_COMMIT = 500;
    private static final int READINGS_A_COMMIT = 50_000;

    /** Beyond so many facts nothing is decided ahead: a graver order that comes in waits for all of it. */
    private static final int FACTS_A_COMMIT = 1_000;

    private static final Duration TURN_MAX = Duration.ofMillis(20);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(5);
    private static final int TIMERS_A_RING = 10_000;

    /** With so much to fold at a start a snapshot is wanted, and taken in a quiet moment: the room stands still for it. */
    static final int FACTS_A_SNAPSHOT = 5_000;

    static final int READINGS_A_SNAPSHOT = 200_000;

    /** With so much it is taken at once. */
    static final int FACTS_OVERDUE = 100_000;

    private static final int READINGS_OVERDUE = 1_000_000;

    private static final Duration QUIET = Duration.ofSeconds(1);

    /** How long what came in is kept as it came; once a day older arrivals are dropped. */
    static final Duration ARRIVALS_KEPT = Duration.ofDays(90);

    /** A commit that takes longer hangs: nobody is called, and whoever watches the room has to know. */
    static final Duration COMMIT_ENDS_WITHIN = Duration.ofSeconds(10);

    /** No window of the monitor reaches further back. */
    private static final Duration JOURNAL_SPAN = Duration.ofHours(25);

    private final Database db;
    private final String room;
    private final Rules rules;
    private final RoomJson json;
    private final Inbox inbox;
    private final Waiting waiting;
    private final InstantSource clock;
    private final LoopListener listener;
    private final boolean replay;
    private volatile double speed = 1;
    private final Bells bells = new Bells();
    private final Outcomes outcomes;
    private final SnapshotStore snapshots;
    private final ArrayDeque<Arrived> atHand = new ArrayDeque<>();
    private final Set<Long> untakeable = new HashSet<>();
    private Map<Long, Outcome> decided = new LinkedHashMap<>();
    private Executor committing = Runnable::run;
    private volatile Optional<Commit> underway = Optional.empty();
    private final long epoch;
    private volatile RoomRow row;
    private DutyRoom state;
    private Decisions pending;
    private long taken;
    private long snapshotFact;
    private long readingsSince;
    private Instant recordedAt = Instant.MIN;
    private int careful;
    private boolean stale;

    /**
     * A timer was set that is due already: the next slice of an order. It rings before the commit, not after it, so that the
     * slice is decided before the reports of the calls of this one come in and make it wait. If the commit fails, a timer
     * that nobody set lapses.
     */
    private boolean atOnce;

    private volatile Reload reload = new Reload(0, 0);
    private volatile boolean open = true;
    private volatile boolean fenced;
    private volatile String problem = "";
    private volatile Optional<Thread> thread = Optional.empty();
    private Optional<ExecutorService> committer = Optional.empty();

    private RoomLoop(
            Database db,
            String room,
            Rules rules,
            Keys keys,
            Inbox inbox,
            InstantSource clock,
            LoopListener listener,
            boolean replay) {
        this.db = db;
        this.room = room;
        this.rules = rules;
        this.inbox = inbox;
        this.clock = clock;
        this.listener = listener;
        this.replay = replay;
        json = inbox.know(room, keys);
        row = new Rooms(db).takeOver(room);
        epoch = row.epoch();
        waiting = inbox.waiting(room);
        outcomes = new Outcomes(db, room);
        snapshots = new SnapshotStore(db, room);
        expireOlderLeases();
        state = new DutyRoom(rules);
        pending = new Decisions(row, json);
        load();
    }

    /**
     * Takes the room over: from now on no other loop can commit, and leases that its couriers gave are over. Reads the state
     * from facts and journal.
     */
    public static RoomLoop open(
            Database db, String room, Rules rules, Keys keys, Inbox inbox, InstantSource clock, LoopListener listener) {
        return new RoomLoop(db, room, rules, keys, inbox, clock, listener, false);
    }

    /**
     * The same for a database that is thrown away: decides at once but commits only when there is something new for couriers
     * or a weather office, when much has gathered, or at {@link #save}, which comes before every look a courier takes. The
     * facts are the same.
     */
    public static RoomLoop openForReplay(
            Database db, String room, Rules rules, Keys keys, Inbox inbox, InstantSource clock, LoopListener listener) {
        return new RoomLoop(db, room, rules, keys, inbox, clock, listener, true);
    }

    private void expireOlderLeases() {
        var errands = new ErrandStore(db, room);
        while (errands.anyLapsed(Instant.EPOCH, epoch)) {
            inbox.put(room, errands.lapse(Instant.EPOCH, epoch));
            inbox.flush();
        }
    }

    /** Reads the state again from the database; what was decided but not committed is forgotten. */
    private void load() {
        stale = true;
        underway.ifPresent(RoomLoop::outwait);
        underway = Optional.empty();
        json.rereadKeys();
        var read = read();
        if (read.row.epoch() != epoch) {
            throw new Fenced(room, epoch);
        }
        row = read.row;
        state = read.state;
        reload = read.reload;
        snapshotFact = read.snapshotFact;
        readingsSince = reload.readings();
        pending = new Decisions(row, json);
        decided.clear();
        atHand.clear();
        taken = row.lastTaken();
        recordedAt = row.recordedAt();
        waiting.look();
        bells.hold(row.held());
        bells.reset(state.openTimers(), new History(db, room, json).rung(taken), recordedAt);
        stale = false;
    }

    /** How it ended shows in the database. */
    private static void outwait(Commit commit) {
        try {
            commit.end();
        } catch (RuntimeException | AssertionError | StackOverflowError e) {
            LOG.debug("A commit before a reload", e);
        }
    }

    /** From the newest snapshot; without one, or with one that is no use, from the beginning. */
    private Read read() {
        var newest = snapshots.find(Long.MAX_VALUE);
        if (newest.isEmpty()) {
            return fold(new DutyRoom(rules), 0, 0);
        }
        try {
            return fold(
                    restored(newest.get()),
                    newest.get().snapshot().fact(),
                    newest.get().arrival());
        } catch (DatabaseFailed e) {
            throw e;
        } catch (RuntimeException | AssertionError e) {
            LOG.error("Room {}: its snapshots are no use and are dropped; all facts are read instead", room, e);
            snapshots.drop();
            return fold(new DutyRoom(rules), 0, 0);
        }
    }

    private DutyRoom restored(SnapshotStore.At at) {
        var history = new History(db, room, json);
        var fresh = new DutyRoom(rules);
        fresh.restore(
                at.snapshot(),
                history.facts(at.snapshot().matters()),
                history.readings(at.snapshot().at().minus(JOURNAL_SPAN), at.arrival()));
        return fresh;
    }

    private Read fold(DutyRoom fresh, long afterFact, long afterArrival) {
        var count = new long[2];
        var upTo = new History(db, room, json).each(afterFact, afterArrival, (arrival, at, journal, entries) -> {
            fresh.apply(at, journal);
            entries.forEach(entry -> fresh.apply(at, entry.fact()));
            count[0] += entries.size();
            count[1] += journal.size();
        });
        return new Read(upTo, fresh, afterFact, new Reload(count[0], count[1]));
    }

    /**
     * Takes waiting arrivals, a bounded batch, and commits what follows; returns how many were taken. While a commit is under
     * way it decides on and waits for nothing.
     *
     * @throws DatabaseFailed when it could not commit; the next turn reads the state again
     * @throws Fenced when another server has the room; the loop has stopped for good
     */
    public int turn() {
        if (fenced) {
            throw new Fenced(room, epoch);
        }
        try {
            if (stale) {
                load();
            }
            settleCommit();
            if (full()) {
                commitSome(); // so that the next ones are decided meanwhile
            }
            int count = decideSome();
            if (atOnce && !replay) {
                ring(clock.instant());
            }
            if (!replay || full() || pending.ordersErrands() || pending.warned()) {
                commitSome();
            }
            if (underway.isEmpty()) {
                problem = "";
            }
            if (count == 0
                    && atRest()
                    && isSnapshotDue(FACTS_A_SNAPSHOT, READINGS_A_SNAPSHOT)
                    && !clock.instant().isBefore(recordedAt.plus(onClock(QUIET, speed)))) {
                snapshot();
            }
            return count;
        } catch (Fenced e) {
            stop(e);
            throw e;
        } catch (DatabaseFailed e) {
            stale = true;
            problem = String.valueOf(e.getMessage());
            beCareful(e, underway.map(Commit::decisions).orElse(pending));
            throw e;
        } catch (RuntimeException | Error e) {
            stale = true;
            throw e;
        }
    }

    /**
     * The database refused something that was to be written: the arrivals concerned are taken one by one, and the one
     * that is refused alone is set aside. Otherwise one bad arrival would stop the room.
     */
    private void beCareful(DatabaseFailed e, Decisions failed) {
        if (!e.refused() || takenOver()) {
            return;
        }
        if (failed.steps() == 1) {
            LOG.error("Room {}: what follows from arrival {} cannot be stored", room, failed.taken(), e);
            untakeable.add(failed.taken());
        }
        careful = Math.max(1, failed.steps());
    }

    /** Whoever has the room now may have decided the same arrivals; the next turn finds that out and stops. */
    private boolean takenOver() {
        return new Rooms(db).get(room).epoch() != epoch;
    }

    private boolean full() {
        return pending.steps() >= (careful > 0 ? 1 : ARRIVALS_A_COMMIT)
                || pending.readings() >= READINGS_A_COMMIT
                || pending.facts().size() >= FACTS_A_COMMIT;
    }

    /** Alone with one arrival, or before a snapshot, nothing is decided ahead of a commit. */
    private boolean mustRest() {
        return underway.isPresent() && (careful > 0 || isOverdue());
    }

    private int decideSome() {
        int count = 0;
        atOnce = false;
        var end = clock.instant().plus(onClock(TURN_MAX, speed));
        while (!full() && !mustRest() && !clock.instant().isAfter(end) && fetched()) {
            decide(atHand.removeFirst());
            count++;
        }
        return count;
    }

    private boolean fetched() {
        if (atHand.isEmpty()) {
            atHand.addAll(waiting.next(taken, ARRIVALS_A_COMMIT, READINGS_A_COMMIT));
        }
        return !atHand.isEmpty();
    }

    private void decide(Arrived arrived) {
        var at = later(clock.instant().truncatedTo(ChronoUnit.MILLIS), recordedAt);
        var step = untakeable.contains(arrived.number())
                ? setAside(arrived, "what followed from it could not be kept")
                : step(arrived, at);
        try {
            keep(arrived, at, step);
        } catch (DatabaseFailed e) {
            if (!e.refused()) {
                throw e; // the keys of persons could not be read: nothing is wrong with the arrival
            }
            giveUp(arrived, e);
        } catch (RuntimeException | AssertionError | StackOverflowError e) {
            giveUp(arrived, e);
        }
    }

    private Step step(Arrived arrived, Instant at) {
        if (arrived.arrival().isEmpty()) {
            return setAside(arrived, arrived.problem());
        }
        try {
            return state.take(arrived.number(), at, arrived.arrival().get());
        } catch (RuntimeException | AssertionError | StackOverflowError e) {
            LOG.error("Room {}: arrival {} is set aside", room, arrived.number(), e);
            return setAside(arrived, e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }

    private static Step setAside(Arrived arrived, String problem) {
        return new Step(
                List.of(),
                List.of(new ArrivalSetAside(arrived.number(), arrived.kind(), problem)),
                new Outcome.SetAside(problem));
    }

    private void keep(Arrived arrived, Instant at, Step step) {
        state.apply(at, step.journal());
        var touched = new HashSet<ViewKey>();
        for (var fact : step.facts()) {
            state.apply(at, fact);
            touched.addAll(state.touched(fact));
        }
        pending.add(arrived.number(), at, step, views(touched));
        decided.put(arrived.number(), step.outcome());
        step.facts().forEach(fact -> setBells(fact, at));
        arrived.arrival().ifPresent(arrival -> ringAgain(arrival, at));
        taken = arrived.number();
        recordedAt = at;
    }

    private Map<ViewKey, View> views(Set<ViewKey> touched) {
        var views = new LinkedHashMap<ViewKey, View>();
        touched.forEach(key -> views.put(key, state.view(key)));
        return views;
    }

    /** The state may be half changed: it is read again, and then the arrival is set aside without asking the room. */
    private void giveUp(Arrived arrived, Throwable cause) {
        LOG.error("Room {}: what follows from arrival {} cannot be applied", room, arrived.number(), cause);
        if (!untakeable.add(arrived.number())) {
            throw new IllegalStateException(
                    "Room " + room + ": arrival " + arrived.number() + " cannot even be set aside", cause);
        }
        if (replay) {
            inbox.flush();
        }
        load();
    }

    private void setBells(Fact fact, Instant at) {
        if (fact instanceof ClearsTimer clears) {
            clears.clearedTimers().forEach(bells::clear);
        }
        if (fact instanceof SetsTimer sets) {
            sets.timers().forEach(bells::set);
            atOnce |= sets.timers().stream().anyMatch(timer -> !timer.dueAt().isAfter(at));
        }
    }

    /** It rang by the clock of a loop that died; that clock had been ahead of this one. */
    private void ringAgain(Arrival arrival, Instant at) {
        if (arrival instanceof Arrival.TimerDue(var timer, var due) && due.isAfter(at)) {
            bells.again(new Timer(timer, due));
        }
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    /** Commits what is decided and not committed yet. */
    public void save() {
        while (!atRest()) {
            if (underway.isEmpty()) {
                beginCommit();
            }
            endCommit();
        }
    }

    /** Everything decided is committed. */
    private boolean atRest() {
        return underway.isEmpty() && pending.steps() == 0;
    }

    private void commitSome() {
        if (underway.isEmpty() && pending.steps() > 0) {
            beginCommit();
        }
        settleCommit();
    }

    private void beginCommit() {
        if (replay) {
            inbox.flush();
        }
        var commit = new Commit(pending, decided, clock.instant(), this::commit);
        underway = Optional.of(commit);
        pending = Decisions.after(pending);
        decided = new LinkedHashMap<>();
        committing.execute(commit);
    }

    /** On the committing thread. */
    private void commit(Decisions decisions, Map<Long, Outcome> became) {
        row = decisions.commit(db);
        bells.hold(row.held());
        outcomes.committed(became, row.lastTaken());
        tell(decisions);
        if (decisions.facts().stream().anyMatch(HeadDue.class::isInstance)) {
            new Rooms(db).purgeArrivals(room, decisions.recordedAt().minus(ARRIVALS_KEPT));
        }
    }

    private void settleCommit() {
        if (underway.filter(Commit::ended).isPresent()) {
            endCommit();
        }
    }

    private void endCommit() {
        var commit = underway.orElseThrow();
        commit.end();
        underway = Optional.empty();
        problem = "";
        careful = Math.max(0, careful - commit.decisions().steps());
        commit.outcomes().keySet().forEach(untakeable::remove);
        readingsSince += commit.decisions().readings();
        if (isOverdue() && atRest()) {
            snapshot();
        }
    }

    private boolean isOverdue() {
        return isSnapshotDue(FACTS_OVERDUE, READINGS_OVERDUE);
    }

    private boolean isSnapshotDue(int facts, int readings) {
        return !replay && (row.lastFact() - snapshotFact >= facts || readingsSince >= readings);
    }

    private void snapshot() {
        try {
            snapshots.add(row.lastTaken(), state.snapshot(recordedAt));
            snapshotFact = row.lastFact();
            readingsSince = 0;
        } catch (DatabaseFailed e) {
            LOG.warn("Room {}: no snapshot was kept; the next start takes longer", room, e);
        }
    }

    private void tell(Decisions kept) {
        try {
            listener.committed(
                    kept.lastFact(), kept.recordedAt(), List.copyOf(kept.facts()), kept.touchErrands(), kept.touched());
        } catch (RuntimeException | AssertionError | StackOverflowError e) {
            LOG.error("Bug: a listener of room {} threw", room, e);
        }
    }

    /**
     * Puts due timers and the end of a minute into the inbox, each once; what the inbox refuses is rung again later. While the
     * room is held its timers stand: a ladder must not climb while nobody can be called.
     */
    public void ring(Instant now) {
        for (var timer : bells.due(now, TIMERS_A_RING)) {
            onLoss(inbox.put(room, new Arrival.TimerDue(timer.id(), timer.dueAt())), () -> bells.again(timer));
        }
        if (bells.minuteEnded(now)) {
            onLoss(inbox.put(room, new Arrival.MinuteEnded()), () -> bells.minuteAgain(now));
        }
    }

    private static void onLoss(CompletableFuture<Long> put, Runnable again) {
        var unused = put.whenComplete((number, loss) -> {
            if (loss != null) {
                again.run();
            }
        });
    }

    /** When to ring next: the earliest due timer or full minute that has not been rung. */
    public Optional<Instant> nextRing() {
        return open ? Optional.of(bells.next()) : Optional.empty();
    }

    /** What became of an arrival; empty while it waits, at most so long. */
    public Optional<Outcome> outcome(long number, Duration wait) {
        try {
            return outcomes.find(number, wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** What the last reading of the state from the database took in. */
    public Reload reload() {
        return reload;
    }

    /** Where the room stands in the database. */
    public RoomRow row() {
        return row;
    }

    public Health health() {
        var now = row;
        boolean alive = open && thread.map(Thread::isAlive).orElse(true);
        var wrong = problem.isEmpty() ? hanging() : problem;
        return new Health(
                alive && wrong.isEmpty(),
                fenced,
                now.held(),
                now.lastTaken(),
                Math.max(0, waiting.last() - now.lastTaken()),
                now.lastFact(),
                wrong);
    }

    private String hanging() {
        var most = onClock(COMMIT_ENDS_WITHIN, speed);
        return underway.filter(commit -> commit.hangs(clock.instant(), most))
                .map(commit -> "The database has not ended a commit since " + commit.begunAt())
                .orElse("");
    }

    /** On what to commit; else it happens within the turn. */
    public void commitBy(Executor executor) {
        committing = executor;
    }

    /** Starts the loop's own thread, on a clock that goes as fast as ours. */
    public void start() {
        start(1);
    }

    /** Starts the loop's own thread. @param clockSpeed how many seconds of the loop's clock pass in one of ours */
    public void start(double clockSpeed) {
        speed = clockSpeed;
        var own = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("commit-" + room).factory());
        committer = Optional.of(own);
        commitBy(commit -> own.execute(() -> runAndRing(commit)));
        thread = Optional.of(Thread.ofPlatform().name("loop-" + room).start(this::run));
    }

    private void runAndRing(Runnable commit) {
        try {
            commit.run();
        } finally {
            waiting.ring();
        }
    }

    private void run() {
        var looked = clock.instant();
        while (open) {
            try {
                long heard = waiting.rings();
                ring(clock.instant());
                if (turn() == 0) {
                    waiting.await(heard, untilNextRing());
                }
                if (clock.instant().isAfter(looked.plus(onClock(LOOK_EVERY, speed)))) {
                    looked = clock.instant();
                    waiting.look();
                }
            } catch (InterruptedException e) {
                open = false;
            } catch (Fenced e) {
                LOG.error("{}", e.getMessage());
            } catch (RuntimeException | AssertionError | StackOverflowError e) {
                stumble(e);
            }
        }
    }

    private Duration untilNextRing() {
        return pause(Duration.between(clock.instant(), bells.next()), speed);
    }

    /** How long the thread may wait for a moment that is so far ahead on the loop's clock. */
    static Duration pause(Duration ahead, double speed) {
        if (ahead.compareTo(onClock(LOOK_EVERY, speed)) > 0) {
            return LOOK_EVERY;
        }
        if (ahead.compareTo(onClock(SHORTEST_PAUSE, speed)) < 0) {
            return SHORTEST_PAUSE;
        }
        return Duration.ofNanos((long) (ahead.toNanos() / speed));
    }

    /** How far the loop's clock goes in such a span of ours. */
    private static Duration onClock(Duration span, double speed) {
        return Duration.ofNanos((long) (span.toNanos() * speed));
    }

    private void stumble(Throwable e) {
        LOG.error("Room {}: the loop stumbled and reads its state again", room, e);
        stale = true;
        problem = String.valueOf(e.getMessage());
        try {
            waiting.await(waiting.rings(), LOOK_EVERY);
        } catch (InterruptedException interrupted) {
            open = false;
        }
    }

    private void stop(Fenced e) {
        fenced = true;
        open = false;
        problem = String.valueOf(e.getMessage());
    }

    /** Ends the loop: what is decided is committed, what waits stays in the inbox. */
    @Override
    public void close() {
        open = false;
        waiting.ring();
        thread.filter(t -> t != Thread.currentThread()).ifPresent(RoomLoop::end);
        try {
            if (!fenced && !stale) {
                closeKept();
            }
        } finally {
            committer.ifPresent(ExecutorService::close);
        }
    }

    private void closeKept() {
        try {
            save();
        } catch (DatabaseFailed | Fenced e) {
            if (replay) {
                throw e;
            }
            LOG.warn("Room {}: what was decided last is decided again at the next start", room, e);
            return;
        }
        if (!replay && row.lastFact() > snapshotFact) {
            snapshot();
        }
    }

    private static void end(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What a reading of the state gave. */
    private record Read(RoomRow row, DutyRoom state, long snapshotFact, Reload reload) {}

    /** How much was folded at a start, beside the snapshot. */
    public record Reload(long facts, long readings) {}
}
