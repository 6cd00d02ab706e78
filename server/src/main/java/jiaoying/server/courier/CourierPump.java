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

    /** With the pauses between them, about three minutes. */
    private static final int TRIES_MAX = 8;

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
    private final Keys keys;
    private final InstantSource clock;
    private final String linkBase;
    private final String owner =
            ProcessHandle.current().pid() + "-" + UUID.randomUUID().toString();
    private final ConcurrentLinkedQueue<Done> done = new ConcurrentLinkedQueue<>();
    private final Map<String, Taken> inFlight = new ConcurrentHashMap<>();
    private final Semaphore bell = new Semaphore(0);
    private Executor handingOver = Runnable::run;
    private CompletableFuture<Long> lapsing = CompletableFuture.completedFuture(0L);
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
        this.room = room;
        this.inbox = inbox;
        this.keys = keys;
        this.clock = clock;
        this.linkBase = linkBase;
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

    private static Optional<CourierReport> noCarrier(Ready ready) {
        return Optional.of(report(
                "",
                ready.errand,
                Kind.FAILED,
                "",
                "no carrier for " + ready.errand.channel().word()));
    }

    /** There may be something to take: after a commit that touched errands. */
    public void wake() {
        woken = true;
        bell.release();
    }

    /** When the next turn has something to do at the earliest; any past moment means now. */
    public Instant nextTurn() {
        return woken || !done.isEmpty() ? Instant.MIN : lookAt;
    }

    /** Settles, renews and expires leases, takes and hands over; returns how many errands were taken. */
    public int turn(Instant now) {
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
        if (lapsing.isDone() && errands.anyLapsed(now, 0)) {
            lapsing = inbox.put(room, errands.lapse(now, 0));
            var unused = lapsing.whenComplete((number, loss) -> wake());
        }
    }

    private int takeAll(Instant now) {
        int count = 0;
        for (var lane : lanes) {
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

    private void handOver(Lane lane, Channel channel, List<Taken> taken, Instant now) {
        var addresses = addresses(channel, taken);
        var mine = errands.stillMine(owner, taken);
        for (var errand : taken) {
            if (mine.contains(errand.key())) {
                var ready = new Ready(errand, Optional.ofNullable(addresses.get(errand.person())), now);
                handingOver.execute(() -> done.add(new Done(lane, errand, lane.work.does(ready))));
            } else {
                errands.giveBack(owner, errand, errand.notBefore());
                release(lane, errand);
            }
        }
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

    /** @return empty when nobody knows, and handing it over again is harmless */
    private Optional<CourierReport> bring(Carrier carrier, Ready ready) {
        var errand = ready.errand;
        if (ready.address.isEmpty()) {
            return Optional.of(report(carrier.name(), errand, Kind.FAILED, "", "no contact"));
        }
        var parcel = new Parcel(
                errand.key(),
                errand.channel(),
                errand.purpose(),
                errand.person(),
                ready.address.get(),
                errand.message().replace("{link}", linkBase + "/a/" + keys.linkToken(errand.key())));
        try {
            return switch (carrier.submit(parcel)) {
                case Submission.Taken taken ->
                    Optional.of(report(carrier.name(), errand, Kind.SUBMITTED, taken.carrierRef(), ""));
                case Submission.Turned turned ->
                    Optional.of(report(carrier.name(), errand, Kind.FAILED, "", turned.reason()));
                case Submission.NotNow notNow ->
                    errand.fence() < TRIES_MAX
                            ? Optional.empty()
                            : Optional.of(report(carrier.name(), errand, Kind.FAILED, "", notNow.reason()));
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return nobodyKnows(carrier, errand, "interrupted");
        } catch (IOException e) {
            return nobodyKnows(carrier, errand, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("Bug: carrier {} threw", carrier.name(), e);
            return nobodyKnows(carrier, errand, e.getClass().getSimpleName());
        }
    }

    private static Optional<CourierReport> nobodyKnows(Carrier carrier, Taken errand, String why) {
        return carrier.keepsKey()
                ? Optional.empty()
                : Optional.of(report(carrier.name(), errand, Kind.AMBIGUOUS, "", why));
    }

    private static CourierReport report(String carrier, Taken errand, Kind kind, String ref, String detail) {
        return new CourierReport(errand.key(), kind, carrier, ref, detail);
    }

    /** Signs the head of the ledger as it is at this moment. */
    private Optional<CourierReport> doInside(Ready ready) {
        if (ready.errand.purpose() != Purpose.SIGN_HEAD) {
            return Optional.of(report(
                    "internal", ready.errand, Kind.FAILED, "", "nothing to do inside for " + ready.errand.purpose()));
        }
        var head = ledger.head(room);
        var signature = HexFormat.of().formatHex(keys.sign(head.statement(room)));
        return Optional.of(report(
                "internal",
                ready.errand,
                Kind.SUBMITTED,
                "",
                "fact=" + head.count() + ";head=" + head.hash() + ";signature=" + signature));
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
        some.stream().filter(one -> one.report.isEmpty()).forEach(this::tryLater);
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
                done.addAll(ended);
            }
        });
    }

    /** The carrier keeps our key or has not taken it, so it goes again with the same one, each time later. */
    private void tryLater(Done one) {
        var pause = Duration.ofSeconds(1L << Math.min(one.errand.fence(), 6));
        errands.giveBack(owner, one.errand, clock.instant().plus(pause.compareTo(RETRY_MAX) < 0 ? pause : RETRY_MAX));
        release(one.lane, one.errand);
        wake();
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
        handingOver = Executors.newVirtualThreadPerTaskExecutor();
        thread = Optional.of(Thread.ofPlatform().name("courier-" + room).start(this::run));
    }

    private void run() {
        while (open) {
            try {
                turn(clock.instant());
                stumbled = false;
            } catch (RuntimeException e) {
                stumbled = true;
                LOG.error("Room {}: the courier stumbled and tries again", room, e);
            }
            pause();
        }
    }

    /** Woken at once by errands and outcomes; else looks each second, for others may order errands too. */
    private void pause() {
        try {
            if (!bell.tryAcquire(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                woken = true;
            }
            bell.drainPermits();
        } catch (InterruptedException e) {
            open = false;
        }
    }

    public boolean healthy() {
        return open && !stumbled && thread.map(Thread::isAlive).orElse(true);
    }

    /** Channels by which nothing can be sent, for there is no carrier. */
    public List<Channel> uncarried() {
        return lanes.getLast().channels;
    }

    /** Carriers that cannot hand over at present, by name, with the reason. */
    public Map<String, String> troubles() {
        var troubles = new TreeMap<String, String>();
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
    private record Ready(Taken errand, Optional<String> address, Instant now) {}

    /** @param report empty: to be tried again later */
    private record Done(Lane lane, Taken errand, Optional<CourierReport> report) {}

    /** What happens to errands of a lane. */
    private interface Work {
        Optional<CourierReport> does(Ready ready);
    }

    /** A carrier with its window. */
    private static final class Lane {
        private final String name;
        private final List<Channel> channels;
        private final boolean keepsKey;
        private final int window;
        private final Work work;
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
