package jiaoying.server.courier;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
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
import jiaoying.duty.errand.Split;
import jiaoying.duty.room.Arrival;
import jiaoying.duty.room.View.CarrierView;
import jiaoying.server.store.Database;
import jiaoying.server.store.ErrandStore;
import jiaoying.server.store.ErrandStore.Ended;
import jiaoying.server.store.ErrandStore.Taken;
import jiaoying.server.store.Inbox;
import jiaoying.server.store.Keys;
import jiaoying.server.store.LedgerStore;
import jiaoying.server.store.RegisterStore;
import jiaoying.server.store.Rooms;
import jiaoying.server.store.ViewStore;
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

    /** Leases are looked over so often, not in each of the turns of a storm. */
    private static final Duration LEASES_EVERY = Duration.ofSeconds(1);

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration RETRY_MAX = Duration.ofMinutes(1);
    private static final Duration RESETTLE_AFTER = Duration.ofSeconds(1);

    /** With the pauses between them, about three minutes. */
    private static final int TRIES_MAX = 8;

    /** With the pauses between them, about 15 seconds: then another carrier may take what this one may have. */
    private static final int TRIES_BESIDE_ANOTHER = 4;

    /** Who finds no carrier with room for his number lets others pass for so long. */
    private static final Duration PASSED_OVER = Duration.ofMillis(500);

    private static final int REPORTS_AT_ONCE = 500;
    private static final int OWN_WINDOW = 50;

    private final String room;
    private final ErrandStore errands;
    private final RegisterStore register;
    private final LedgerStore ledger;
    private final Rooms rooms;
    private final List<Carrier> carriers;
    private final List<Lane> lanes;
    private final CarrierReports reports;
    private Optional<Inside> inside = Optional.empty();
    private final Map<Channel, Split> splits = new EnumMap<>(Channel.class);
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
    private volatile CompletableFuture<Long> settling = CompletableFuture.completedFuture(0L);
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
     * @param carriers several of a channel share its errands by their weights and by how well they do
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
        reports = new CarrierReports(() -> outInLedger(db, room), change -> inbox.put(room, change));
        lanes = lanes(carriers);
    }

    private static Set<String> outInLedger(Database db, String room) {
        return new ViewStore(db)
                .listNow(room, "carrier", CarrierView.class).stream()
                        .filter(row -> !row.well())
                        .map(CarrierView::carrier)
                        .collect(Collectors.toSet());
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
        carriers.forEach(carrier -> lanes.add(new Lane(carrier, taken -> bring(carrier, taken))));
        lanes.add(new Lane("internal", Set.of(Channel.INTERNAL), OWN_WINDOW, this::doInside));
        var served = lanes.stream().flatMap(lane -> lane.channels.stream()).collect(Collectors.toSet());
        var rest = Arrays.stream(Channel.values())
                .filter(channel -> !served.contains(channel))
                .collect(Collectors.toSet());
        lanes.add(new Lane("", rest, OWN_WINDOW, CourierPump::noCarrier));
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
        if (woken || (!done.isEmpty() && settling.isDone())) {
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
        overtake(now);
        tryCanaries(now);
        int taken = 0;
        while (woken || !lookAt.isAfter(now)) {
            woken = false;
            lapse(now);
            var ready = errands.readyChannels(now);
            int count = takeAll(ready, now);
            settleAll();
            taken += count;
            if (count == 0 && !woken) {
                lookAt = ready.isEmpty() ? nextReady(now) : Instant.MAX;
                break;
            }
            woken = woken || count > 0;
        }
        renew(now);
        reports.look(now, carriers, troubles(), this::out);
        return taken;
    }

    /** What is ready now and found no room waits for an end of what is in hand, which wakes. */
    private Instant nextReady(Instant now) {
        return errands.nextReady().filter(next -> next.isAfter(now)).orElse(Instant.MAX);
    }

    private void lapse(Instant now) {
        if (!lapsing.isDone() || lapseAt.isAfter(now)) {
            return;
        }
        orphansMayBe = orphansMayBe && errands.anyOrphans(laneNames());
        if (orphansMayBe) {
            lapse(errands.orphans(laneNames()));
        } else if (errands.anyRunOut(now)) {
            lapse(errands.lapse(now, 0));
        } else {
            lapseAt = now.plus(LEASES_EVERY);
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

    private int takeAll(Set<Channel> ready, Instant now) {
        int count = 0;
        var shared = new TreeSet<Channel>();
        for (var lane : lanes) {
            for (var channel : lane.channels) {
                if (ready.contains(channel)) {
                    count += takeSome(lane, channel, shared, now);
                }
            }
        }
        return count;
    }

    private int takeSome(Lane lane, Channel channel, Set<Channel> shared, Instant now) {
        var serving =
                lanes.stream().filter(one -> one.channels.contains(channel)).toList();
        if (serving.size() == 1 && !lane.capped()) {
            return take(lane, channel, now);
        }
        return shared.add(channel) ? share(channel, serving, now) : 0;
    }

    private int take(Lane lane, Channel channel, Instant now) {
        int free = lane.free();
        if (free == 0) {
            return 0;
        }
        var taken = errands.take(channel, lane.name, lane.keepsKey, owner, now, now.plus(LEASE), free);
        if (!taken.isEmpty()) {
            taken.forEach(errand -> {
                inFlight.put(errand.key(), errand);
                lane.fill(errand.key(), "", now);
            });
            handOver(lane, channel, taken);
        }
        return taken.size();
    }

    /** Errands that several carriers may bring, or one with capped ranges: most urgent first, each to whose turn it is. */
    private int share(Channel channel, List<Lane> serving, Instant now) {
        var own = 0;
        for (var lane : serving) {
            own += takeOwn(lane, channel, now);
        }
        return own + shareRest(channel, serving, now);
    }

    /** What a carrier may have already goes to nobody else. */
    private int takeOwn(Lane lane, Channel channel, Instant now) {
        int free = lane.free();
        if (free == 0 || !lane.keepsKey) {
            return 0;
        }
        var taken = errands.takeOwn(channel, lane.name, owner, now, now.plus(LEASE), free);
        if (!taken.isEmpty()) {
            taken.forEach(errand -> {
                inFlight.put(errand.key(), errand);
                lane.fill(errand.key(), "", now);
            });
            handOver(lane, channel, taken);
        }
        return taken.size();
    }

    private int shareRest(Channel channel, List<Lane> serving, Instant now) {
        var anyWell = anyWell(serving, now);
        int free = serving.stream()
                .filter(lane -> !anyWell || lane.share(now) > 0)
                .mapToInt(Lane::free)
                .sum();
        if (free == 0) {
            return 0;
        }
        var taken = errands.take(channel, "", true, owner, now, now.plus(LEASE), free);
        if (!taken.isEmpty()) {
            share(channel, serving, taken, now);
        }
        return taken.size();
    }

    private void share(Channel channel, List<Lane> serving, List<Taken> taken, Instant now) {
        var addresses = addresses(channel, taken);
        var given = new LinkedHashMap<Lane, List<Taken>>();
        var split = splits.computeIfAbsent(channel, one -> new Split());
        for (var errand : taken) {
            var number = addresses.getOrDefault(errand.person(), "");
            var probed = errand == taken.getLast() ? probed(serving, errand, number, now) : Optional.<Lane>empty();
            var lane = probed.isPresent() ? probed : next(split, serving, number, now);
            if (lane.isPresent()) {
                lane.get().fill(errand.key(), number, now);
                inFlight.put(errand.key(), errand);
                given.computeIfAbsent(lane.get(), one -> new ArrayList<>()).add(errand);
            } else {
                errands.giveBack(owner, errand, now.plus(PASSED_OVER), false);
            }
        }
        given.forEach((lane, some) -> {
            errands.assign(owner, lane.name, lane.keepsKey, some);
            handOver(lane, channel, some);
        });
    }

    /** An address that no carrier serves goes to any, which says so. */
    private static Optional<Lane> next(Split split, List<Lane> all, String number, Instant now) {
        var able = all.stream().filter(lane -> lane.serves(number)).toList();
        var serving = able.isEmpty() ? all : able;
        var candidates = serving.stream()
                .filter(lane -> lane.hasRoomFor(number))
                .map(lane -> lane.candidate(now))
                .toList();
        return split.next(candidates, anyWell(serving, now))
                .flatMap(name ->
                        serving.stream().filter(lane -> lane.name.equals(name)).findFirst());
    }

    private static boolean anyWell(List<Lane> serving, Instant now) {
        return serving.stream().anyMatch(lane -> lane.share(now) > 0);
    }

    /** The least urgent errand shows whether a silent carrier is back; if not, it is overtaken like the others. */
    private static Optional<Lane> probed(List<Lane> serving, Taken errand, String number, Instant now) {
        return serving.stream()
                .filter(lane -> lane.hasRoomFor(number) && lane.probe(errand.key(), now))
                .findFirst();
    }

    /** What a silent carrier swallowed has a fate that nobody knows; the room lets it go another way, if there is one. */
    private void overtake(Instant now) {
        for (var lane : lanes) {
            var elsewhere = lanes.stream()
                    .filter(other -> other != lane && other.channels.stream().anyMatch(lane.channels::contains))
                    .toList();
            if (anyWell(elsewhere, now)) {
                overtake(lane, lane.overtaken(now), now);
            }
        }
    }

    private void overtake(Lane lane, List<String> keys, Instant now) {
        for (var from = 0; from < keys.size(); from += REPORTS_AT_ONCE) {
            var some = keys.subList(from, Math.min(keys.size(), from + REPORTS_AT_ONCE));
            LOG.warn(
                    "Room {}: carrier {} told nothing of {} errands; they go another way",
                    room,
                    lane.name,
                    some.size());
            var reports = some.stream()
                    .map(key -> new CourierReport(key, Kind.AMBIGUOUS, lane.name, "", "the carrier told nothing of it"))
                    .toList();
            var unused = inbox.put(room, new Arrival.CourierReports(reports)).exceptionally(loss -> {
                some.forEach(key -> lane.handed(key, now));
                return 0L;
            });
        }
    }

    private void tryCanaries(Instant now) {
        for (var lane : lanes) {
            if (lane.canaryDue(now)) {
                handingOver.execute(() -> tryCanary(lane));
            }
        }
    }

    private void tryCanary(Lane lane) {
        var key = "canary/" + UUID.randomUUID();
        try {
            var arrival = lane.carrier.orElseThrow().canary();
            lane.canaryHanded(key, clock.instant());
            var unused = arrival.thenAccept(arrived -> lane.canaryTold(key, arrived, clock.instant()));
        } catch (IOException | RuntimeException e) {
            LOG.warn("Room {}: the canary of carrier {} could not be sent: {}", room, lane.name, e.getMessage());
            lane.canaryFailed(clock.instant());
        } catch (InterruptedException e) {
            lane.canaryFailed(clock.instant());
            Thread.currentThread().interrupt();
        }
    }

    /** A carrier told of an errand. From any thread. */
    public void told(String carrier, String key, boolean arrived) {
        lanes.stream()
                .filter(lane -> lane.name.equals(carrier))
                .forEach(lane -> lane.told(key, arrived, clock.instant()));
    }

    /** The same, of everything that came in at the front door. */
    public void heard(Arrival arrival) {
        if (arrival instanceof Arrival.CarrierEvents(var events)) {
            events.forEach(event -> told(event.carrier(), event.key(), Post.arrived(event.kind())));
        }
    }

    /** Each errand comes to an end, for what has none would keep its slot and its lease. */
    private void handOver(Lane lane, Channel channel, List<Taken> taken) {
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
            lane.trouble("");
            weigh(lane, ready, fate);
            return switch (fate) {
                case Fate.Known(var known) -> Done.reported(lane, ready.errand, known);
                case Fate.NotSent _ -> Done.unsent(lane, ready.errand, later(ready.errand));
                case Fate.MayBeSent _ -> Done.perhapsSent(lane, ready.errand, later(ready.errand));
            };
        } catch (RuntimeException | AssertionError e) {
            var why = ContactValue.hide(ready.address, String.valueOf(e));
            lane.trouble(why);
            LOG.error(
                    "Bug: errand {} of {} could not be done",
                    ready.errand.key(),
                    lane.name,
                    ContactValue.hide(ready.address, e));
            return Done.reported(lane, ready.errand, failed(lane.name, ready, why));
        }
    }

    /** What it took is waited for; what it could not take or perhaps took lowers its part. A refusal is an answer. */
    private void weigh(Lane lane, Ready ready, Fate fate) {
        if (fate instanceof Fate.Known(var report) && report.kind() == Kind.SUBMITTED) {
            lane.handed(ready.errand.key(), clock.instant());
        } else if (fate.unknown() || fate instanceof Fate.NotSent) {
            lane.failed(clock.instant());
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
        lane.empty(errand.key());
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
        var message = switch (errand.channel()) {
            case VOICE -> Spoken.of(errand.message());
            case SPEAKER -> Spoken.aloud(errand.message());
            case TEXT, MAIL, CHAT, INTERNAL -> errand.message().replace("{link}", links.apply(errand.key()));
        };
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

    /** Before the start: by whom work inside the server is done that takes its time. */
    public void insideBy(Inside one) {
        inside = Optional.of(one);
    }

    private Fate doInside(Ready ready) {
        var purpose = ready.errand.purpose();
        if (purpose == Purpose.SIGN_HEAD) {
            return signHead(ready);
        }
        return inside.filter(one -> one.purpose() == purpose)
                .map(one -> workInside(one, ready))
                .orElseGet(() -> new Fate.Known(failed("internal", ready, "nobody inside for " + purpose)));
    }

    private static Fate workInside(Inside inside, Ready ready) {
        try {
            inside.work(ready.errand.message());
            return new Fate.Known(new CourierReport(ready.errand.key(), Kind.SUBMITTED, "internal", "", ""));
        } catch (Inside.Undone undone) {
            return new Fate.Known(failed("internal", ready, undone.why()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Fate.NotSent();
        }
    }

    /** Signs the head of the ledger as it is at this moment. */
    private Fate signHead(Ready ready) {
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

    /**
     * What ends while outcomes are being written down waits and goes with the next ones: a transaction for each call would keep
     * the inbox from everything else.
     */
    private void settleAll() {
        while (!done.isEmpty() && settling.isDone()) {
            settleSome();
        }
    }

    private void settleRest() {
        while (!done.isEmpty()) {
            settleSome();
        }
    }

    private void settleSome() {
        var some = new ArrayList<Done>();
        for (var next = done.poll(); next != null; next = some.size() < REPORTS_AT_ONCE ? done.poll() : null) {
            some.add(next);
        }
        settle(some);
    }

    private void settle(List<Done> some) {
        some.stream().filter(one -> one.report.isEmpty()).forEach(this::giveBack);
        var ended = some.stream().filter(one -> one.report.isPresent()).toList();
        if (ended.isEmpty()) {
            return;
        }
        settling = inbox.put(
                room,
                errands.settle(
                        owner,
                        ended.stream()
                                .map(one -> new Ended(one.errand, one.report.orElseThrow()))
                                .toList()));
        var unused = settling.whenComplete((number, loss) -> {
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

    /** Whoever drives the turns may say on what to hand over; else it happens within the turn. */
    public void handOverBy(Executor executor) {
        handingOver = executor;
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

    /** Channels by which nothing can be sent, for there is no carrier. A room without work chat or loudspeakers lacks nothing. */
    public List<Channel> uncarried() {
        return lanes.getLast().channels.stream()
                .filter(channel -> channel != Channel.CHAT && channel != Channel.SPEAKER)
                .toList();
    }

    /** Channels by which nothing can be handed over now: nobody carries them, or everybody who does is in trouble. */
    public List<Channel> out() {
        var troubled = troubles().keySet();
        return List.of(Channel.TEXT, Channel.VOICE, Channel.MAIL).stream()
                .filter(channel -> carriers.stream()
                        .filter(carrier -> carrier.channels().contains(channel))
                        .allMatch(carrier -> troubled.contains(carrier.name())))
                .toList();
    }

    /** Carriers, {@code internal} among them, that cannot hand over at present, by name, with the reason. */
    public Map<String, String> troubles() {
        var troubles = new TreeMap<String, String>();
        var now = clock.instant();
        lanes.stream()
                .filter(lane -> !lane.trouble(now).isEmpty())
                .forEach(lane -> troubles.put(lane.name, lane.trouble(now)));
        return troubles;
    }

    /** Whether each channel that has carriers has one that can hand over, and the work inside goes on. */
    public boolean carries() {
        var now = clock.instant();
        return lanes.stream()
                .flatMap(lane -> lane.channels.stream())
                .allMatch(channel -> lanes.stream()
                        .filter(lane -> lane.channels.contains(channel))
                        .anyMatch(lane -> lane.trouble(now).isEmpty()));
    }

    /** How each carrier does now, without those who work inside. */
    public List<CarrierState> states() {
        var now = clock.instant();
        return lanes.stream()
                .filter(lane -> lane.carrier.isPresent())
                .map(lane -> lane.state(now))
                .sorted(Comparator.comparing(CarrierState::name))
                .toList();
    }

    /** Errands that could go out now and wait for room, by channel. */
    public Map<Channel, Integer> queues() {
        return errands.queues(clock.instant());
    }

    /** Telephone lines of all carriers together; 0 where none says how many it has. */
    public int lines() {
        return carriers.stream().mapToInt(Carrier::lines).sum();
    }

    /** Names of the carriers, without those who work inside. */
    public List<String> carriers() {
        return carriers.stream().map(Carrier::name).sorted().toList();
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
        settleRest();
    }

    private static void end(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** An errand about to be handed over. */
    record Ready(Taken errand, Optional<String> address) {}

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
    sealed interface Fate {
        default boolean unknown() {
            return this instanceof MayBeSent || this instanceof Known(var report) && report.kind() == Kind.AMBIGUOUS;
        }

        record Known(CourierReport report) implements Fate {}

        /** It goes again a little later, by whom is open. */
        record NotSent() implements Fate {}

        /** The carrier may have it and keeps our key: it goes there again a little later. */
        record MayBeSent() implements Fate {}
    }
}
