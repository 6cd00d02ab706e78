package jiaoying.server.courier;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import jiaoying.duty.errand.Channel;
import jiaoying.duty.errand.CourierReport;
import jiaoying.duty.errand.CourierReport.Kind;
import jiaoying.duty.errand.Purpose;
import jiaoying.server.store.Database;
import jiaoying.server.store.ErrandStore;
import jiaoying.server.store.ErrandStore.Ended;
import jiaoying.server.store.ErrandStore.Taken;
import jiaoying.server.store.Inbox;
import jiaoying.server.store.Keys;
import jiaoying.server.store.LedgerStore;
import jiaoying.server.store.RegisterStore;
import jiaoying.server.store.Rooms;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The couriers of one room: take ready errands, no more than a carrier's window; commit; look again; hand over; settle in the
 * transaction in which the outcome arrives.
 *
 * <p>{@link #turn} is for one thread: the pump's own after {@link #start}, which then hands over on virtual threads, or
 * whoever drives a replay, where handing over happens within the turn. {@link #wake} may be called from any thread.
 */
public final class CourierPump implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CourierPump.class);
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration RENEW_EVERY = Duration.ofSeconds(10);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration RETRY_MAX = Duration.ofMinutes(1);
    private static final Duration RESETTLE_AFTER = Duration.ofSeconds(1);

    /** With the pauses between them, about three minutes. */
    private static final int TRIES_MAX = 8;

    /** With the pauses between them, about 15 seconds: then another carrier may take what this one may have. */
    private static final int TRIES_BESIDE_ANOTHER = 4;

    private static final int REPORTS_AT_ONCE = 500;
    private static final int OWN_WINDOW = 50;

    private final String room;
    private final ErrandStore errands;
    private final RegisterStore register;
    private final LedgerStore ledger;
    private final Rooms rooms;
    private final List<Carrier> carriers;
    private final List<Lane> lanes;
    private final Inbox inbox;
    private final UnaryOperator<String> links;
    private final UnaryOperator<byte[]> signs;
    private final InstantSource clock;
    private final String owner =
            ProcessHandle.current().pid() + "-" + UUID.randomUUID().toString();
    private final ConcurrentLinkedQueue<Done> done = new ConcurrentLinkedQueue<>();

    /** Outcomes that could not be put down; they wait until {@link #againAt}. */
    private final ConcurrentLinkedQueue<Done> refused = new ConcurrentLinkedQueue<>();

    private final Map<String, Taken> inFlight = new ConcurrentHashMap<>();
    private final Semaphore bell = new Semaphore(0);
    private Executor handingOver = Runnable::run;
    private CompletableFuture<Long> lapsing = CompletableFuture.completedFuture(0L);
    private volatile Instant lapseAt = Instant.MIN;
    private volatile Instant againAt = Instant.MIN;
    private boolean orphansMayBe = true;
    private Instant lookAt = Instant.MIN;
    private Instant renewAt = Instant.MIN;
    private volatile boolean woken = true;
    private volatile boolean open = true;
    private volatile boolean stumbled;
    private Optional<Thread> thread = Optional.empty();

    /**
     * @param carriers for a channel the first one that has it and has room
     * @param linkBase what stands before {@code /a/} in a person's link
     * @throws IllegalArgumentException when a demo room would reach the world
     */
    public CourierPump(
            Database db,
            String room,
            List<Carrier> carriers,
            Inbox inbox,
            Keys keys,
            InstantSource clock,
            String linkBase) {
        this(db, room, carriers, inbox, key -> linkBase + "/a/" + keys.linkToken(key), keys::sign, clock);
    }

    /**
     * @param links a person's link by the errand's key
     * @param signs the signature of a statement
     */
    CourierPump(
            Database db,
            String room,
            List<Carrier> carriers,
            Inbox inbox,
            UnaryOperator<String> links,
            UnaryOperator<byte[]> signs,
            InstantSource clock) {
        this.room = room;
        this.inbox = inbox;
        this.links = links;
        this.signs = signs;
        this.clock = clock;
        errands = new ErrandStore(db, room);
        register = new RegisterStore(db);
        ledger = new LedgerStore(db);
        rooms = new Rooms(db);
        if (rooms.get(room).demo()) {
            carriers.forEach(carrier -> checkLoopback(room, carrier));
        }
        this.carriers = List.copyOf(carriers);
        lanes = lanes(carriers);
    }

    private static void checkLoopback(String room, Carrier carrier) {
        if (!carrier.loopback()) {
            throw new IllegalArgumentException(
                    "Room " + room + " is a demo room (演示) and carrier " + carrier.name()
                            + " would reach real people; allowed are loopback carriers, make a real room in another data directory");
        }
    }

    /** A channel without a carrier has a lane too: its errands fail and say so. */
    private List<Lane> lanes(List<Carrier> carriers) {
        var lanes = new ArrayList<Lane>();
        carriers.forEach(carrier -> lanes.add(new Lane(
                carrier.name(),
                carrier.channels(),
                carrier.keepsKey(),
                carrier.window(),
                taken -> bring(carrier, taken))));
        lanes.add(new Lane("internal", Set.of(Channel.INTERNAL), true, OWN_WINDOW, this::doInside));
        var served = lanes.stream().flatMap(lane -> lane.channels.stream()).collect(Collectors.toSet());
        var rest = Arrays.stream(Channel.values())
                .filter(channel -> !served.contains(channel))
                .collect(Collectors.toSet());
        lanes.add(new Lane("", rest, true, OWN_WINDOW, CourierPump::noCarrier));
        return List.copyOf(lanes);
    }

    private static Fate noCarrier(Ready ready) {
        return new Fate.Known(
                failed("", ready, "no carrier for " + ready.errand.channel().word()));
    }

    /** There may be something to take: after a commit that touched errands. */
    public void wake() {
        woken = true;
        bell.release();
    }

    /** When the next turn has something to do at the earliest; any past moment means now. */
    public Instant nextTurn() {
        if (woken || !done.isEmpty()) {
            return Instant.MIN;
        }
        return refused.isEmpty() || lookAt.isBefore(againAt) ? lookAt : againAt;
    }

    /** Settles, renews and expires leases, takes and hands over; returns how many errands were taken. */
    public int turn(Instant now) {
        if (!againAt.isAfter(now)) {
            settleRefused();
        }
        settleAll();
        int taken = 0;
        while (woken || !lookAt.isAfter(now)) {
            woken = false;
            lapse(now);
            int count = takeAll(now);
            settleAll();
            taken += count;
            if (count == 0 && !woken) {
                lookAt = errands.nextReady().filter(next -> next.isAfter(now)).orElse(Instant.MAX);
                break;
            }
            woken = woken || count > 0;
        }
        renew(now);
        return taken;
    }

    private void lapse(Instant now) {
        if (!lapsing.isDone() || lapseAt.isAfter(now)) {
            return;
        }
        orphansMayBe = orphansMayBe && errands.anyOrphans(laneNames());
        if (orphansMayBe) {
            lapse(errands.orphans(laneNames()));
        } else if (errands.anyLapsed(now, 0)) {
            lapse(errands.lapse(now, 0));
        }
    }

    private void lapse(Inbox.Together ending) {
        lapsing = inbox.put(room, ending);
        var unused = lapsing.whenComplete((number, loss) -> {
            if (loss == null) {
                wake();
            } else {
                lapseAt = clock.instant().plus(RESETTLE_AFTER);
            }
        });
    }

    private Set<String> laneNames() {
        return lanes.stream().map(lane -> lane.name).collect(Collectors.toSet());
    }

    private int takeAll(Instant now) {
        int count = 0;
        var wellFirst =
                lanes.stream().sorted(Comparator.comparing(lane -> lane.broken)).toList();
        for (var lane : wellFirst) {
            for (var channel : lane.channels) {
                count += take(lane, channel, now);
            }
        }
        return count;
    }

    private int take(Lane lane, Channel channel, Instant now) {
        int free = lane.free();
        if (free == 0) {
            return 0;
        }
        var taken = errands.take(channel, lane.name, lane.keepsKey, owner, now, now.plus(LEASE), free);
        if (!taken.isEmpty()) {
            taken.forEach(errand -> inFlight.put(errand.key(), errand));
            lane.fill(taken.size());
            handOver(lane, channel, taken, now);
        }
        return taken.size();
    }

    /** Each errand comes to an end, for what has none would keep its slot and its lease. */
    private void handOver(Lane lane, Channel channel, List<Taken> taken, Instant now) {
        Map<String, String> addresses;
        Set<String> mine;
        try {
            addresses = addresses(channel, taken);
            mine = errands.stillMine(owner, taken);
        } catch (RuntimeException e) {
            taken.forEach(errand -> done.add(Done.unsent(lane, errand, errand.notBefore())));
            throw e;
        }
        for (var errand : taken) {
            if (mine.contains(errand.key())) {
                var ready = new Ready(errand, Optional.ofNullable(addresses.get(errand.person())));
                handingOver.execute(() -> finish(work(lane, ready)));
            } else {
                done.add(Done.unsent(lane, errand, errand.notBefore()));
            }
        }
    }

    private void finish(Done one) {
        done.add(one);
        bell.release();
    }

    private Done work(Lane lane, Ready ready) {
        try {
            var fate = lane.work.does(ready);
            lane.trouble = "";
            lane.broken = fate.unknown();
            return switch (fate) {
                case Fate.Known(var known) -> Done.reported(lane, ready.errand, known);
                case Fate.NotSent _ -> Done.unsent(lane, ready.errand, later(ready.errand));
                case Fate.MayBeSent _ -> Done.perhapsSent(lane, ready.errand, later(ready.errand));
            };
        } catch (RuntimeException | AssertionError e) {
            var why = ContactValue.hide(ready.address, String.valueOf(e));
            lane.trouble = why;
            LOG.error(
                    "Bug: errand {} of {} could not be done",
                    ready.errand.key(),
                    lane.name,
                    ContactValue.hide(ready.address, e));
            return Done.reported(lane, ready.errand, failed(lane.name, ready, why));
        }
    }

    /** The carrier keeps our key or has not taken it, so it goes again with the same one, each time later. */
    private Instant later(Taken errand) {
        var pause = Duration.ofSeconds(1L << Math.min(errand.fence(), 6));
        return clock.instant().plus(pause.compareTo(RETRY_MAX) < 0 ? pause : RETRY_MAX);
    }

    private Map<String, String> addresses(Channel channel, List<Taken> taken) {
        return channel == Channel.INTERNAL
                ? Map.of()
                : register.addresses(
                        room,
                        channel,
                        taken.stream().map(Taken::person).collect(Collectors.toCollection(TreeSet::new)));
    }

    private void release(Lane lane, Taken errand) {
        inFlight.remove(errand.key(), errand);
        lane.empty(1);
    }

    private Fate bring(Carrier carrier, Ready ready) {
        var errand = ready.errand;
        if (ready.address.isEmpty()) {
            return new Fate.Known(failed(carrier.name(), ready, "no contact"));
        }
        var parcel = parcel(errand, ready.address.get());
        try {
            return switch (carrier.submit(parcel)) {
                case Submission.Taken taken ->
                    new Fate.Known(
                            new CourierReport(errand.key(), Kind.SUBMITTED, carrier.name(), taken.carrierRef(), ""));
                case Submission.Turned turned -> new Fate.Known(failed(carrier.name(), ready, turned.reason()));
                case Submission.NotNow notNow ->
                    errand.fence() < TRIES_MAX
                            ? new Fate.NotSent()
                            : new Fate.Known(failed(carrier.name(), ready, notNow.reason()));
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return nobodyKnows(carrier, ready, "interrupted");
        } catch (IOException e) {
            return nobodyKnows(carrier, ready, String.valueOf(e.getMessage()));
        } catch (RuntimeException | AssertionError e) {
            LOG.error("Bug: carrier {} threw", carrier.name(), ContactValue.hide(ready.address, e));
            return nobodyKnows(carrier, ready, e.getClass().getSimpleName());
        }
    }

    /** A written message has the person's own link; a spoken one says the key to press, for nobody can note down a link. */
    private Parcel parcel(Taken errand, String address) {
        var message = errand.channel() == Channel.VOICE
                ? Spoken.of(errand.message())
                : errand.message().replace("{link}", links.apply(errand.key()));
        return new Parcel(errand.key(), errand.channel(), errand.purpose(), errand.person(), address, message);
    }

    /** A carrier that keeps our key is asked again, for ever where there is no other; what it may have stays its own. */
    private Fate nobodyKnows(Carrier carrier, Ready ready, String why) {
        var again = carrier.keepsKey() && (ready.errand.fence() < TRIES_BESIDE_ANOTHER || alone(carrier, ready));
        return again ? new Fate.MayBeSent() : new Fate.Known(report(carrier.name(), ready, Kind.AMBIGUOUS, why));
    }

    private boolean alone(Carrier carrier, Ready ready) {
        return carriers.stream()
                .noneMatch(other -> other != carrier && other.channels().contains(ready.errand.channel()));
    }

    private static CourierReport failed(String carrier, Ready ready, String why) {
        return report(carrier, ready, Kind.FAILED, why);
    }

    /** A reason goes into the ledger, where no contact may stand. */
    private static CourierReport report(String carrier, Ready ready, Kind kind, String why) {
        return new CourierReport(ready.errand.key(), kind, carrier, "", ContactValue.hide(ready.address, why));
    }

    /** Signs the head of the ledger as it is at this moment. */
    private Fate doInside(Ready ready) {
        if (ready.errand.purpose() != Purpose.SIGN_HEAD) {
            return new Fate.Known(failed("internal", ready, "nothing to do inside for " + ready.errand.purpose()));
        }
        var head = ledger.head(room);
        var signature = HexFormat.of().formatHex(signs.apply(head.statement(room)));
        return new Fate.Known(new CourierReport(
                ready.errand.key(),
                Kind.SUBMITTED,
                "internal",
                "",
                "fact=" + head.count() + ";head=" + head.hash() + ";signature=" + signature));
    }

    private void settleRefused() {
        for (var one = refused.poll(); one != null; one = refused.poll()) {
            done.add(one);
        }
    }

    private void settleAll() {
        while (!done.isEmpty()) {
            var some = new ArrayList<Done>();
            for (var next = done.poll(); next != null; next = some.size() < REPORTS_AT_ONCE ? done.poll() : null) {
                some.add(next);
            }
            settle(some);
        }
    }

    private void settle(List<Done> some) {
        some.stream().filter(one -> one.report.isEmpty()).forEach(this::giveBack);
        var ended = some.stream().filter(one -> one.report.isPresent()).toList();
        if (ended.isEmpty()) {
            return;
        }
        var put = inbox.put(
                room,
                errands.settle(
                        owner,
                        ended.stream()
                                .map(one -> new Ended(one.errand, one.report.orElseThrow()))
                                .toList()));
        var unused = put.whenComplete((number, loss) -> {
            if (loss == null) {
                ended.forEach(one -> release(one.lane, one.errand));
                wake();
            } else {
                putOff(ended);
            }
        });
    }

    private void giveBack(Done one) {
        try {
            errands.giveBack(owner, one.errand, one.notBefore, one.mayHave);
        } catch (RuntimeException e) {
            LOG.warn("Room {}: errand {} could not be given back and will be later", room, one.errand.key(), e);
            putOff(List.of(one));
            return;
        }
        release(one.lane, one.errand);
        wake();
    }

    private void putOff(List<Done> some) {
        againAt = clock.instant().plus(RESETTLE_AFTER);
        refused.addAll(some);
    }

    private void renew(Instant now) {
        if (inFlight.isEmpty()) {
            renewAt = now.plus(RENEW_EVERY);
        } else if (!renewAt.isAfter(now)) {
            errands.renew(owner, List.copyOf(inFlight.keySet()), now.plus(LEASE));
            renewAt = now.plus(RENEW_EVERY);
        }
    }

    /** Starts the pump's own thread and hands over on virtual threads. */
    public void start() {
        start(LOOK_EVERY);
    }

    void start(Duration lookEvery) {
        handingOver = Executors.newVirtualThreadPerTaskExecutor();
        thread = Optional.of(Thread.ofPlatform().name("courier-" + room).start(() -> run(lookEvery)));
    }

    private void run(Duration lookEvery) {
        while (open) {
            try {
                turn(clock.instant());
                stumbled = false;
            } catch (RuntimeException e) {
                stumbled = true;
                LOG.error("Room {}: the courier stumbled and tries again", room, e);
            }
            pause(lookEvery);
        }
    }

    /** Woken at once by errands and outcomes; else looks each second, for others may order errands too. */
    private void pause(Duration lookEvery) {
        try {
            if (!bell.tryAcquire(lookEvery.toMillis(), TimeUnit.MILLISECONDS)) {
                woken = true;
            }
            bell.drainPermits();
        } catch (InterruptedException e) {
            open = false;
        }
    }

    /** False while the thread is down or outcomes cannot be put down. */
    public boolean healthy() {
        return open
                && !stumbled
                && refused.isEmpty()
                && thread.map(Thread::isAlive).orElse(true);
    }

    /** Channels by which nothing can be sent, for there is no carrier. */
    public List<Channel> uncarried() {
        return lanes.getLast().channels;
    }

    /** Carriers, {@code internal} among them, that cannot hand over at present, by name, with the reason. */
    public Map<String, String> troubles() {
        var troubles = new TreeMap<String, String>();
        lanes.stream().filter(lane -> !lane.trouble.isEmpty()).forEach(lane -> troubles.put(lane.name, lane.trouble));
        carriers.forEach(carrier -> carrier.trouble().ifPresent(why -> troubles.put(carrier.name(), why)));
        return troubles;
    }

    /** Ends the pump; what is being handed over keeps its lease, which then runs out. */
    @Override
    public void close() {
        open = false;
        bell.release();
        thread.ifPresent(CourierPump::end);
        if (handingOver instanceof java.util.concurrent.ExecutorService service) {
            service.close();
        }
        settleRefused();
        settleAll();
    }

    private static void end(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** An errand about to be handed over. */
    private record Ready(Taken errand, Optional<String> address) {}

    /**
     * An errand that is no longer being handed over.
     *
     * @param report    empty: to be given back
     * @param notBefore when it may be taken again; without meaning after a report
     * @param mayHave   the lane's carrier may have taken it
     */
    private record Done(Lane lane, Taken errand, Optional<CourierReport> report, Instant notBefore, boolean mayHave) {
        static Done reported(Lane lane, Taken errand, CourierReport report) {
            return new Done(lane, errand, Optional.of(report), errand.notBefore(), false);
        }

        static Done unsent(Lane lane, Taken errand, Instant notBefore) {
            return new Done(lane, errand, Optional.empty(), notBefore, false);
        }

        static Done perhapsSent(Lane lane, Taken errand, Instant notBefore) {
            return new Done(lane, errand, Optional.empty(), notBefore, true);
        }
    }

    /** What became of an errand in one handing over. */
    private sealed interface Fate {
        default boolean unknown() {
            return this instanceof MayBeSent || this instanceof Known(var report) && report.kind() == Kind.AMBIGUOUS;
        }

        record Known(CourierReport report) implements Fate {}

        /** It goes again a little later, by whom is open. */
        record NotSent() implements Fate {}

        /** The carrier may have it and keeps our key: it goes there again a little later. */
        record MayBeSent() implements Fate {}
    }

    /** What happens to errands of a lane. */
    private interface Work {
        Fate does(Ready ready);
    }

    /** A carrier with its window. */
    private static final class Lane {
        private final String name;
        private final List<Channel> channels;
        private final boolean keepsKey;
        private final int window;
        private final Work work;
        private volatile String trouble = "";

        /** Of what was handed over last nobody knows whether it was taken: other carriers of the channel come first. */
        private volatile boolean broken;

        private final java.util.concurrent.atomic.AtomicInteger busy = new java.util.concurrent.atomic.AtomicInteger();

        Lane(String name, Set<Channel> channels, boolean keepsKey, int window, Work work) {
            this.name = name;
            this.channels = channels.stream().sorted(Comparator.naturalOrder()).toList();
            this.keepsKey = keepsKey;
            this.window = window;
            this.work = work;
        }

        int free() {
            return Math.max(0, window - busy.get());
        }

        void fill(int more) {
            busy.addAndGet(more);
        }

        void empty(int less) {
            busy.addAndGet(-less);
        }
    }
}
