package jiaoying.server.main;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import jiaoying.duty.call.CallFact;
import jiaoying.duty.errand.Channel;
import jiaoying.duty.ledger.Chain;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.room.Arrival;
import jiaoying.duty.room.Outcome;
import jiaoying.duty.room.Rules;
import jiaoying.duty.room.Settings;
import jiaoying.duty.room.View;
import jiaoying.duty.room.ViewKey;
import jiaoying.duty.roster.RosterFact;
import jiaoying.server.cap.CapDesk;
import jiaoying.server.cap.CapOut;
import jiaoying.server.courier.Carrier;
import jiaoying.server.courier.CourierPump;
import jiaoying.server.courier.Post;
import jiaoying.server.courier.Receipts;
import jiaoying.server.door.CarriersController;
import jiaoying.server.door.DiskReserve;
import jiaoying.server.door.sensorthings.Journal;
import jiaoying.server.forecaster.Forecaster;
import jiaoying.server.ledger.TraceFile;
import jiaoying.server.loop.LoopListener;
import jiaoying.server.loop.Rehearsal;
import jiaoying.server.loop.RoomLoop;
import jiaoying.server.page.Changes;
import jiaoying.server.page.HealthController;
import jiaoying.server.page.HealthController.Health;
import jiaoying.server.page.LinkTarget;
import jiaoying.server.page.Reads;
import jiaoying.server.page.RoomInfo;
import jiaoying.server.postgres.ContinuousCopy;
import jiaoying.server.store.AccountStore;
import jiaoying.server.store.Database;
import jiaoying.server.store.DatabaseFailed;
import jiaoying.server.store.Erasures;
import jiaoying.server.store.EvidenceStore;
import jiaoying.server.store.Inbox;
import jiaoying.server.store.JournalStore;
import jiaoying.server.store.Keys;
import jiaoying.server.store.LedgerStore;
import jiaoying.server.store.LinkStore;
import jiaoying.server.store.Mentions;
import jiaoying.server.store.Overloaded;
import jiaoying.server.store.RecordingStore;
import jiaoying.server.store.RegisterStore;
import jiaoying.server.store.RoomRow;
import jiaoying.server.store.Rooms;
import jiaoying.server.store.StationStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One room with its inbox, loop and couriers over an open database; what pages and a stage use of it. */
final class RoomAtWork {
    private static final Logger LOG = LoggerFactory.getLogger(RoomAtWork.class);
    private static final String SETUP = "setup";
    private static final int INBOX = 10_000;
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(2);

    /** A loss window that somebody should look after, and how long the first base may take. */
    private static final Duration COPY_BEHIND = Duration.ofSeconds(10);

    private static final Duration COPY_MISSING = Duration.ofMinutes(2);

    /** By then what a storm needs most is compiled; more made no call sooner. */
    private static final int STORMS_REHEARSED = 20;

    private final String room;
    private final Database db;
    private final Keys keys;
    private final Inbox inbox;
    private final MachineWatch machine;
    private final RoomLoop loop;
    private final Changes changes;
    private final RegisterCache register;
    private final Reads reads;
    private final StoreAnswers answers;
    private final AccountStore accounts;
    private final EvidenceStore evidence;
    private final LinkStore links;
    private final Receipts receipts;
    private final long lost;
    private volatile Optional<CourierPump> couriers = Optional.empty();
    private volatile Optional<ContinuousCopy> copy = Optional.empty();
    private final Forgetting forgetting;
    private volatile Optional<Forecaster> forecaster = Optional.empty();
    private volatile Optional<CapOut> published = Optional.empty();
    private volatile boolean rehearsing = true;

    private RoomAtWork(Database db, Path data, Stage stage, Rules rules, Changes changes, Closing closing) {
        var settings = stage.settings();
        InstantSource clock = stage.clock();
        this.room = settings.room();
        this.db = db;
        this.changes = changes;
        refuseLostKeys(data);
        keys = Keys.ofDirectory(data.resolve("keys"), room);
        var row = new Rooms(db).open(room, settings.demo(), keys, clock.instant());
        stage.resume(row.recordedAt());
        lost = new Rooms(db).missing(room);
        machine = closing.add(MachineWatch.start(data, System.getenv(), stage::ahead));
        inbox = new Inbox(db, clock, INBOX);
        closing.add(inbox);
        inbox.start();
        forgetting = closing.add(new Forgetting(new Erasures(db, room), () -> copy));
        register = new RegisterCache(new RegisterStore(db), room);
        reads = StoreReads.of(db, room, clock, register);
        answers = new StoreAnswers(db, room);
        accounts = new AccountStore(db, room);
        evidence = new EvidenceStore(db, room, data);
        forgetRecordings(new RecordingStore(data));
        links = new LinkStore(db, room);
        receipts = new Receipts(db, room);
        LoopListener own = this::committed;
        loop = closing.add(RoomLoop.open(db, room, rules, keys, inbox, clock, own.and(stage.listener())));
        changes.committed(row.lastFact(), row.recordedAt());
        loop.start(stage.speed());
    }

    /** Keys are made once, with the room: made anew they would break every link, seal and signature. */
    private void refuseLostKeys(Path data) {
        var key = data.resolve("keys").resolve(room + ".sign");
        if (new Rooms(db).find(room).isPresent() && !Files.exists(key)) {
            throw new Refusal("run.keys", key);
        }
    }

    /** Opens the room and starts its loop. */
    static RoomAtWork open(Database db, Path data, Stage stage, Rules rules, Changes changes, Closing closing) {
        return new RoomAtWork(db, data, stage, rules, changes, closing);
    }

    /** @param linkBase what stands before {@code /a/} in a person's link */
    void startCouriers(Stage stage, String linkBase, Path data, Closing closing) {
        var carriers = stage.carriers();
        closing.add(() -> carriers.forEach(Carrier::stop)); // after the pump, so that what is being handed over can end
        var pump = closing.add(new CourierPump(db, room, carriers, inbox, keys, stage.clock(), linkBase));
        var post = new Post(db, room, inbox, keys::mark, stage.clock(), pump::told);
        carriers.forEach(carrier -> carrier.start(post));
        forecaster = stage.forecaster(data)
                .map(settings -> closing.add(new Forecaster(db, room, settings, data, settings.model(), this::put)));
        forecaster.ifPresent(pump::insideBy);
        pump.start();
        couriers = Optional.of(pump);
    }

    /** Whether the room was ever told by which plan it calls. */
    boolean hasChosenPlan() {
        return reads.rows().list("room", "", 0, row().lastFact()).stream()
                .map(View.RoomView.class::cast)
                .anyMatch(now -> !now.plan().plan().isEmpty());
    }

    /** The room is open: it hears whether there is ground for forecasts, where the same again changes nothing. */
    void wantForecasts() {
        forecaster.ifPresent(Forecaster::begin);
        var plan = forecaster.map(one -> one.settings().plan());
        var unused = put(new Arrival.ForecastsWanted(SETUP, plan)).exceptionally(loss -> 0L);
    }

    /** Beside the work, until somebody is called in earnest. Whoever starts in the middle of a storm has no time for it. */
    void rehearse(Rules rules, Closing closing) {
        var thread = Thread.ofPlatform().daemon().name("rehearsal").unstarted(() -> rehearse(rules));
        closing.add(() -> {
            rehearsing = false;
            thread.join();
        });
        thread.start();
    }

    private void rehearse(Rules rules) {
        try {
            if (couriers.map(CourierPump::queues).orElse(Map.of()).isEmpty()) {
                Rehearsal.play(rules, inbox.know(room, keys), STORMS_REHEARSED, () -> rehearsing);
            }
        } catch (RuntimeException | AssertionError e) {
            LOG.warn("Room {}: the rehearsal failed; the first calls will be slower", room, e);
        }
    }

    Optional<Forecaster> forecaster() {
        return forecaster;
    }

    /** Starts to publish the room's own signals, where its settings say so. */
    Optional<CapOut> publish(CapDesk cap, Path data, Closing closing) {
        var reading = new CapDesk.Reading(
                id -> reads.find()
                        .find(new ViewKey("signal", id), row().lastFact())
                        .map(View.SignalView.class::cast),
                this::settingsAt);
        published = cap.publish(data, room, db, reading, InstantSource.system());
        published.ifPresent(closing::add);
        return published;
    }

    private Settings settingsAt(long fact) {
        return reads.find()
                .find(new ViewKey("room", "now"), fact)
                .map(View.RoomView.class::cast)
                .orElseThrow(() -> new IllegalStateException("Bug: a fact before the room was set: " + fact))
                .settings();
    }

    String room() {
        return room;
    }

    Reads reads() {
        return reads;
    }

    /** Channels by which nothing goes out now. */
    List<Channel> out() {
        return couriers.map(CourierPump::out).orElse(List.of());
    }

    StoreAnswers answers() {
        return answers;
    }

    Journal journal() {
        return new StoreJournal(new JournalStore(db), room);
    }

    StationStore stations() {
        return new StationStore(db, room);
    }

    /** Where the ledger stands, as {@code number:hash}. */
    String head() {
        var head = new LedgerStore(db).head(room);
        return head.count() + ":" + head.hash();
    }

    /** Writes what the ledger says of something, whole and signed. */
    void trace(String about, Mentions of, OutputStream to) throws IOException {
        var ledger = new LedgerStore(db);
        var head = ledger.head(room);
        var key = keys.publicKeyHex();
        var genesis = Chain.genesis(LedgerStore.firstLine(room, key));
        TraceFile.write(
                to,
                room,
                about,
                key,
                ledger.about(room, genesis, of, head.count()),
                head.count() + ":" + head.hash(),
                keys::sign);
    }

    /** Also where no trunk records any more. */
    private void forgetRecordings(RecordingStore recordings) {
        try {
            recordings.tidy(InstantSource.system().instant());
        } catch (IOException e) {
            LOG.warn("Room {}: recordings whose time is over could not be deleted", room, e);
        }
    }

    EvidenceStore evidence() {
        return evidence;
    }

    AccountStore accounts() {
        return accounts;
    }

    RegisterStore register() {
        return new RegisterStore(db);
    }

    /** How the room works; empty before it was told for the first time. */
    Optional<Settings> settings() {
        return reads.rows().list("room", "", 0, row().lastFact()).stream()
                .map(View.RoomView.class::cast)
                .map(View.RoomView::settings)
                .findFirst();
    }

    RoomRow row() {
        return new Rooms(db).get(room);
    }

    /** Acknowledged arrivals that the database no longer had at the start. */
    long lost() {
        return lost;
    }

    /** @param running copies the database to another place */
    void keepForgotten(Optional<ContinuousCopy> running) {
        copy = running;
        forgetting.resume();
    }

    /**
     * Completes with the arrival's number once it is durable; with RejectedExecutionException when the inbox is full, and for
     * readings, which their senders keep, when the disk has only its reserve left.
     */
    CompletableFuture<Long> put(Arrival arrival) {
        if (machine.low() && arrival instanceof Arrival.Readings) {
            return CompletableFuture.failedFuture(new DiskReserve());
        }
        couriers.ifPresent(pump -> pump.heard(arrival));
        try {
            return inbox.put(room, receipts.fit(arrival))
                    .exceptionallyCompose(loss -> CompletableFuture.failedFuture(translated(loss)));
        } catch (DatabaseFailed e) {
            return CompletableFuture.failedFuture(e); // contacts that may stand in a receipt are looked up before
        }
    }

    private static Throwable translated(Throwable loss) {
        var cause = loss.getCause() == null ? loss : loss.getCause();
        return cause instanceof Overloaded ? new RejectedExecutionException(cause.getMessage()) : cause;
    }

    Optional<Outcome> outcome(long number, Duration wait) {
        return loop.outcome(number, wait);
    }

    /** Whose link has this token. */
    Optional<LinkTarget> target(String token) {
        return keys.verifyLink(token)
                .flatMap(errand -> links.find(errand)
                        .map(link ->
                                new LinkTarget(errand, link.order(), link.callee(), link.person(), link.message())));
    }

    Health health() {
        var loopHealth = loop.health();
        return new Health(
                databaseAnswers(),
                loopHealth.up(),
                couriers.map(pump -> pump.healthy() && pump.carries()).orElse(false),
                room,
                loopHealth.held(),
                findings(),
                carriers(),
                forecaster.map(Forecaster::kernel).orElse("none"),
                copy.map(ContinuousCopy::state).map(RoomAtWork::copyHealth));
    }

    private static HealthController.Copy copyHealth(ContinuousCopy.State now) {
        var status = !now.problem().isEmpty() ? "DOWN" : now.whole() ? "UP" : "STARTING";
        return new HealthController.Copy(status, now.window().toMillis() / 100 / 10.0, now.baseAt());
    }

    /** What somebody should look after about the copy. */
    private static List<RoomInfo.Finding> findings(ContinuousCopy.State now) {
        var findings = new ArrayList<RoomInfo.Finding>();
        if (now.window().compareTo(now.whole() ? COPY_BEHIND : COPY_MISSING) > 0) {
            findings.add(new RoomInfo.Finding(
                    "copy-behind", Long.toString(now.window().toSeconds())));
        }
        if (now.sameDisk()) {
            findings.add(new RoomInfo.Finding("copy-same-disk", ""));
        }
        return findings;
    }

    /** Whether each carrier can hand over and tells what became of it; those that work inside are not named. */
    private Map<String, Boolean> carriers() {
        var all = new TreeMap<String, Boolean>();
        couriers.ifPresent(pump -> {
            var troubles = pump.troubles().keySet();
            pump.carriers().forEach(carrier -> all.put(carrier, !troubles.contains(carrier)));
        });
        return all;
    }

    /** How each carrier does; none before the couriers have started. */
    List<CarriersController.Row> carrierRows() {
        return couriers.map(pump -> CarrierRows.of(pump.states(), pump.queues()))
                .orElse(List.of());
    }

    /** Telephone lines there are; 0 where no carrier says, and before the couriers have started. */
    int lines() {
        return couriers.map(CourierPump::lines).orElse(0);
    }

    /** Channels that nobody carries, and carriers that cannot hand over. */
    List<RoomInfo.Finding> findings() {
        var findings = new ArrayList<RoomInfo.Finding>(machine.findings());
        copy.ifPresent(running -> findings.addAll(findings(running.state())));
        couriers.ifPresent(pump -> {
            pump.uncarried().forEach(channel -> findings.add(new RoomInfo.Finding("no-carrier", channel.word())));
            pump.troubles().keySet().forEach(carrier -> findings.add(new RoomInfo.Finding("carrier-trouble", carrier)));
            if (!pump.carriers().isEmpty() && pump.out().containsAll(RoomInfo.CALLING)) {
                findings.add(new RoomInfo.Finding(RoomInfo.OUT, ""));
            }
        });
        return findings;
    }

    /** Whether any area is registered and none is drawn as a sketch. */
    boolean hasOwnBoundaries() {
        return register.get().bounded();
    }

    private boolean databaseAnswers() {
        var asked = new FutureTask<>(() -> new Rooms(db).find(room).isPresent());
        Thread.ofVirtual().start(asked);
        try {
            return asked.get(ANSWERS_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void committed(long lastFact, Instant recordedAt, List<Fact> facts, boolean errands, Set<ViewKey> touched) {
        register.committed(facts);
        if (facts.stream().anyMatch(RosterFact.Erased.class::isInstance)) {
            forgetting.again();
        }
        changes.committed(lastFact, recordedAt);
        published.ifPresent(CapOut::wake);
        if (rehearsing && facts.stream().anyMatch(CallFact.class::isInstance)) {
            rehearsing = false;
        }
        if (errands) {
            couriers.ifPresent(CourierPump::wake);
        }
    }
}
