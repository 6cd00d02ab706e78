package jiaoying.bench;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import jiaoying.duty.call.CallFact.RoundStarted;
import jiaoying.duty.errand.CarrierEvent;
import jiaoying.duty.errand.Channel;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.room.Arrival;
import jiaoying.duty.room.ViewKey;
import jiaoying.server.courier.Carrier;
import jiaoying.server.courier.CourierPump;
import jiaoying.server.courier.Parcel;
import jiaoying.server.courier.Submission;
import jiaoying.server.loop.LoopListener;
import jiaoying.server.loop.RoomLoop;
import jiaoying.server.postgres.EmbeddedPostgres;
import jiaoying.server.store.Database;
import jiaoying.server.store.Inbox;
import jiaoying.server.store.Keys;
import jiaoying.server.store.Rooms;

/**
 * A carrier that from one moment on takes everything and brings nothing (黑洞): how long new calls still go to it beside a good
 * one, when what it swallowed has gone another way, and whether everybody was reached without a round more. In real time, for the
 * silence after which a carrier is doubted is a time.
 */
final class DrainBench {
    private static final int TOWNS = 90;
    private static final int PEOPLE_A_TOWN = 10;
    private static final Duration BETWEEN_TOWNS = Duration.ofSeconds(2);
    private static final Duration WELL_FOR = Duration.ofSeconds(16);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int SPAN = 40;
    private static final Executor AFTERWARDS = CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS);
    private static final Set<Channel> CHANNELS = Set.of(Channel.TEXT, Channel.VOICE);

    private final Map<Channel, ConcurrentLinkedQueue<Given>> given = new ConcurrentHashMap<>();
    private final Map<String, Integer> rounds = new ConcurrentHashMap<>();
    private final Database db;
    private volatile long holeSince = Long.MAX_VALUE;

    /** @param fresh not a key that a carrier had before */
    private record Given(String key, String carrier, long at, boolean fresh) {}

    private DrainBench(Database db) {
        this.db = db;
        CHANNELS.forEach(channel -> given.put(channel, new ConcurrentLinkedQueue<>()));
    }

    static boolean run() throws Exception {
        try (var postgres = EmbeddedPostgres.start(Bench.folder("bench"))) {
            var server = postgres.server();
            try (var db = Database.open(server.jdbcUrl(), server.user(), server.password())) {
                return new DrainBench(db).measure();
            }
        }
    }

    private boolean measure() throws Exception {
        var room = "drain";
        var keys = Keys.ofSeed(1, room);
        new Rooms(db).open(room, true, keys, Instant.now());
        var carriers = CHANNELS.stream()
                .flatMap(channel -> List.of(new Bearer(channel, "hole"), new Bearer(channel, "good")).stream())
                .toList();
        try (var inbox = new Inbox(db, InstantSource.system(), 2_000);
                var pump = new CourierPump(
                        db, room, List.copyOf(carriers), inbox, keys, InstantSource.system(), "http://here");
                var loop = RoomLoop.open(
                        db, room, CallsBench.rules(), keys, inbox, InstantSource.system(), listener(pump))) {
            carriers.forEach(carrier -> carrier.tells(arrival -> {
                pump.heard(arrival);
                inbox.put(room, arrival);
            }));
            inbox.start();
            loop.start();
            pump.start();
            inbox.put(room, HeartBench.settings()).join();
            for (var town = 0; town < TOWNS; town++) {
                inbox.put(room, new Arrival.RegisterChanged("bench", CallsBench.register(town(town), 0, PEOPLE_A_TOWN)))
                        .join();
            }
            warnTownByTown(inbox, room);
            var right = CallsBench.say(awaitAllReached(), "everybody was reached by text and by voice");
            right &= drained(Channel.VOICE, 30);
            right &= drained(Channel.TEXT, 120);
            return right
                    & CallsBench.say(
                            rounds.values().stream().allMatch(count -> count == 1),
                            "no round of anybody's ladder was used up, " + rounds.size() + " people");
        }
    }

    private static String town(int number) {
        return "T" + number + "-";
    }

    private LoopListener listener(CourierPump pump) {
        return new LoopListener() {
            @Override
            public void committed(long lastFact, Instant at, List<Fact> facts, boolean errands, Set<ViewKey> touched) {
                for (var fact : facts) {
                    if (fact instanceof RoundStarted round) {
                        rounds.merge(round.person(), 1, Integer::sum);
                    }
                }
                if (errands) {
                    pump.wake();
                }
            }
        };
    }

    private void warnTownByTown(Inbox inbox, String room) throws InterruptedException {
        var began = System.nanoTime();
        for (var town = 0; town < TOWNS; town++) {
            if (holeSince == Long.MAX_VALUE && System.nanoTime() - began > WELL_FOR.toNanos()) {
                holeSince = System.nanoTime();
            }
            inbox.put(room, new Arrival.SignalReceived("o", "o", "rainstorm", town(town), SignalColor.ORANGE, "", ""));
            Thread.sleep(BETWEEN_TOWNS);
        }
    }

    private boolean awaitAllReached() throws InterruptedException {
        var until = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() - until < 0) {
            if (CHANNELS.stream().allMatch(channel -> reached(channel) == TOWNS * PEOPLE_A_TOWN)) {
                return true;
            }
            Thread.sleep(100);
        }
        CHANNELS.forEach(this::sayUnreached);
        return false;
    }

    /** Which calls no carrier brought, and when they were taken. */
    private void sayUnreached(Channel channel) {
        var brought = all(channel).stream()
                .filter(one -> !swallowed(one))
                .map(Given::key)
                .collect(Collectors.toSet());
        all(channel).stream()
                .filter(one -> !brought.contains(one.key))
                .forEach(one -> System.out.printf(
                        Locale.ROOT,
                        "  %s %s was taken by the %s after %.1f s and brought by nobody%n",
                        channel.word(),
                        one.key,
                        one.carrier,
                        seconds(one.at)));
    }

    /** Keys of a channel that a carrier has really brought. */
    private long reached(Channel channel) {
        return all(channel).stream()
                .filter(one -> !swallowed(one))
                .map(Given::key)
                .distinct()
                .count();
    }

    private boolean swallowed(Given one) {
        return one.carrier.equals("hole") && one.at >= holeSince;
    }

    private List<Given> all(Channel channel) {
        return new ArrayList<>(given.getOrDefault(channel, new ConcurrentLinkedQueue<>()));
    }

    private boolean drained(Channel channel, int goal_s) {
        var since = all(channel).stream().filter(one -> one.at >= holeSince).toList();
        var fresh = since.stream().filter(Given::fresh).toList();
        var swallowed = since.stream().filter(this::swallowed).map(Given::key).collect(Collectors.toSet());
        var lastWay = since.stream()
                .filter(one -> !toHole(one) && swallowed.contains(one.key))
                .mapToLong(Given::at)
                .max()
                .orElse(holeSince);
        System.out.printf(
                Locale.ROOT,
                "%s: %,d new calls after the carrier fell silent, %,d calls swallowed by it; from %.1f s on 95 %% of each %d went"
                        + " another way (goal %d s); the last one swallowed had gone another way after %.1f s%n",
                channel.word(),
                fresh.size(),
                swallowed.size(),
                seconds(drainedAt(fresh)),
                SPAN,
                goal_s,
                seconds(lastWay));
        return CallsBench.say(swallowed.size() >= 5, "the silent carrier had something to swallow");
    }

    private double seconds(long moment) {
        return (moment - holeSince) / 1e9;
    }

    /** The last call to the hole that begins a span of calls of which more than one in twenty goes there; one each minute is a probe. */
    private long drainedAt(List<Given> fresh) {
        var last = holeSince;
        for (var from = 0; from + SPAN <= fresh.size(); from++) {
            var span = fresh.subList(from, from + SPAN);
            if (toHole(span.getFirst())
                    && span.stream().filter(DrainBench::toHole).count() * 20 > SPAN) {
                last = span.getFirst().at;
            }
        }
        return last;
    }

    private static boolean toHole(Given one) {
        return one.carrier.equals("hole");
    }

    /** Takes what it gets and tells at once that it came, until it is a hole. */
    private final class Bearer implements Carrier {
        private final Channel channel;
        private final String kind;
        private final Set<String> had = ConcurrentHashMap.newKeySet();
        private volatile Consumer<Arrival> room = arrival -> {};

        Bearer(Channel channel, String kind) {
            this.channel = channel;
            this.kind = kind;
        }

        void tells(Consumer<Arrival> door) {
            room = door;
        }

        @Override
        public String name() {
            return channel.word() + "-" + kind;
        }

        @Override
        public Set<Channel> channels() {
            return Set.of(channel);
        }

        @Override
        public boolean keepsKey() {
            return false;
        }

        @Override
        public boolean tellsReceipts() {
            return true;
        }

        @Override
        public int window() {
            return 50;
        }

        @Override
        public boolean loopback() {
            return true;
        }

        @Override
        public Submission submit(Parcel parcel) {
            var one = new Given(parcel.key(), kind, System.nanoTime(), had.add(parcel.key()) && first(parcel.key()));
            given.getOrDefault(channel, new ConcurrentLinkedQueue<>()).add(one);
            if (!swallowed(one)) {
                var told = channel == Channel.VOICE ? CarrierEvent.Kind.CONNECTED : CarrierEvent.Kind.DELIVERED;
                var event = new CarrierEvent(name(), parcel.key() + "/" + kind, parcel.key(), told, "");
                AFTERWARDS.execute(() -> room.accept(new Arrival.CarrierEvents(List.of(event))));
            }
            return new Submission.Taken("");
        }

        private boolean first(String key) {
            return all(channel).stream().noneMatch(one -> one.key.equals(key));
        }
    }
}
