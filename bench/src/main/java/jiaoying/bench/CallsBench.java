package jiaoying.bench;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import jiaoying.duty.call.CallFact;
import jiaoying.duty.call.CallPlan;
import jiaoying.duty.call.Ladder;
import jiaoying.duty.errand.CarrierEvent;
import jiaoying.duty.errand.Channel;
import jiaoying.duty.errand.Timer;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.ledger.Personal;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.room.Arrival;
import jiaoying.duty.room.DutyRoom;
import jiaoying.duty.room.Rules;
import jiaoying.duty.room.ViewKey;
import jiaoying.duty.roster.RosterFact;
import jiaoying.server.courier.Carrier;
import jiaoying.server.courier.CourierPump;
import jiaoying.server.courier.Parcel;
import jiaoying.server.courier.Submission;
import jiaoying.server.loop.LoopListener;
import jiaoying.server.loop.Rehearsal;
import jiaoying.server.loop.RoomLoop;
import jiaoying.server.postgres.EmbeddedPostgres;
import jiaoying.server.store.Database;
import jiaoying.server.store.Inbox;
import jiaoying.server.store.Keys;
import jiaoying.server.store.Rooms;

/**
 * Calling at scale: from an accepted signal to the calls handed to a carrier that answers at once, through the inbox, the loop,
 * a durable database and the couriers; with a count of who was called beside every figure.
 */
final class CallsBench {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int REGISTER_ROWS = 2_000;
    private static final int EVENTS = 500;
    private static final Duration ROUND_TWO = Duration.ofSeconds(30);
    /** Small orders one after the other, whose next rounds fall due one after the other. */
    private static final List<String> SMALL_TOWNS =
            "abcdefghijklmnopqrst".chars().mapToObj(Character::toString).toList();

    private static final int SMALL_TOWN = 100;
    private static final Duration APART = Duration.ofMillis(500);

    private CallsBench() {}

    static boolean run() throws Exception {
        var right = true;
        try (var postgres = EmbeddedPostgres.start(Bench.folder("bench"))) {
            var server = postgres.server();
            try (var db = Database.open(server.jdbcUrl(), server.user(), server.password())) {
                rehearse(db);
                right &= firstCalls(db, "warm-up", 2_000);
                right &= firstCalls(db, "first-2000", 2_000);
                right &= firstCalls(db, "first-20000", 20_000);
                right &= answersOneByOne(db, "singly", 2_000);
                right &= redBesideBlue(db, "beside", 2_000, 100_000);
            }
        }
        return right & memory(1_000_000);
    }

    /** As every server does after its start. */
    private static void rehearse(Database db) {
        var inbox = new Inbox(db, InstantSource.system(), 1);
        var json = inbox.know("rehearsal", Keys.ofSeed(1, "rehearsal"));
        var began = System.nanoTime();
        var people = Rehearsal.play(rules(), json, 20, () -> true);
        System.out.printf(
                Locale.ROOT, "rehearsal: %,d made-up people in %.1f s%n", people, (System.nanoTime() - began) / 1e9);
    }

    /** A million people, as a stress: the register alone is four million rows. @param people how many */
    static boolean million(int people) throws Exception {
        try (var postgres = EmbeddedPostgres.start(Bench.folder("bench"))) {
            var server = postgres.server();
            try (var db = Database.open(server.jdbcUrl(), server.user(), server.password())) {
                return firstCalls(db, "first-" + people, people);
            }
        }
    }

    /** People answer one after the other, 500 a second: how long until it is decided, after which nothing more is submitted. */
    private static boolean answersOneByOne(Database db, String name, int people) throws Exception {
        try (var world = new World(db, name)) {
            world.people("R", people);
            world.signal("R", SignalColor.RED);
            var right =
                    world.await("handed over", () -> world.carrier.first("R").size() >= people);
            world.carrier.first("R").forEach((person, call) -> {
                var key = call.key();
                world.answeredAt.put(person, System.nanoTime());
                world.inbox.put(
                        world.room,
                        new Arrival.CarrierEvents(
                                List.of(new CarrierEvent("quick", "a" + key, key, CarrierEvent.Kind.CONFIRMED, ""))));
                LockSupport.parkNanos(2_000_000);
            });
            right &= world.await("answered", () -> world.settled.get() >= people);
            var times = world.decided.stream()
                    .mapToDouble(Double::doubleValue)
                    .sorted()
                    .toArray();
            System.out.printf(
                    Locale.ROOT,
                    "%s: %,d answers one by one, from brought in to withdrawn p50 %.0f ms, p99 %.0f ms, most %.0f ms%n",
                    name,
                    times.length,
                    quantile(times, 50) * 1e3,
                    quantile(times, 99) * 1e3,
                    quantile(times, 100) * 1e3);
            right &= say(times.length == people, "every answer counted once");
            Thread.sleep(ROUND_TWO.plusSeconds(2)); // the time of the next round passes
            return right
                    & say(world.carrier.afterAnswer(world.decidedAt) == 0, "nothing submitted to anybody after that");
        }
    }

    /** A signal for so many people; then all of them answer. */
    private static boolean firstCalls(Database db, String name, int people) throws Exception {
        try (var world = new World(db, name)) {
            world.people("R", people);
            world.signal("R", SignalColor.RED);
            var right =
                    world.await("handed over", () -> world.carrier.first("R").size() >= people);
            var times = world.carrier.since("R", world.began("R"));
            System.out.printf(
                    Locale.ROOT,
                    "%s: %,d people, first call p50 %.3f s, p99 %.3f s, all handed over in %.3f s%n",
                    name,
                    people,
                    quantile(times, 50),
                    quantile(times, 99),
                    quantile(times, 100));
            right &= say(times.length == people, "everybody was handed over, " + times.length);
            right &= say(world.carrier.doubled() == 0, "nobody twice");
            return right & answers(world, people);
        }
    }

    /** Everybody answers, in messages of 500; nothing is submitted to somebody whose answer has been decided. */
    private static boolean answers(World world, int people) throws Exception {
        var keys = world.carrier.keys("R");
        var began = System.nanoTime();
        for (var from = 0; from < keys.size(); from += EVENTS) {
            var events = keys.subList(from, Math.min(keys.size(), from + EVENTS)).stream()
                    .map(key -> new CarrierEvent("quick", "a" + key, key, CarrierEvent.Kind.CONFIRMED, ""))
                    .toList();
            world.inbox.put(world.room, new Arrival.CarrierEvents(events));
        }
        var right = world.await("answered", () -> world.settled.get() >= people);
        var seconds = (System.nanoTime() - began) / 1e9;
        System.out.printf(Locale.ROOT, "  %,d answers decided in %.3f s, %,.0f/s%n", people, seconds, people / seconds);
        return right & say(world.settled.get() == people, "every answer counted once");
    }

    /** Red for some while a blue order for many is being handed over; then the escalation of red beside all those timers. */
    private static boolean redBesideBlue(Database db, String name, int red, int blue) throws Exception {
        try (var world = new World(db, name)) {
            world.people("B", blue);
            world.people("R", red);
            for (var town : SMALL_TOWNS) {
                world.people(town, SMALL_TOWN);
            }
            var begun = System.nanoTime();
            world.signal("B", SignalColor.BLUE);
            var right = world.await("blue begun", () -> world.carrier.first("B").size() > blue / 20);
            world.signal("R", SignalColor.RED);
            right &= world.await(
                    "red handed over", () -> world.carrier.first("R").size() >= red);
            var blueThen = world.carrier.first("B").size();
            var times = world.carrier.since("R", world.began("R"));
            System.out.printf(
                    Locale.ROOT,
                    "%s: red for %,d beside blue for %,d (%,d of them still to go): first call p50 %.3f s, p99 %.3f s, all %.3f s%n",
                    name,
                    red,
                    blue,
                    blue - blueThen,
                    quantile(times, 50),
                    quantile(times, 99),
                    quantile(times, 100));
            right &= say(blueThen < blue, "red did not wait for the end of blue");
            right &= world.await(
                    "blue handed over", () -> world.carrier.first("B").size() >= blue);
            System.out.printf(
                    Locale.ROOT, "  %,d people in all in %.1f s%n", red + blue, (System.nanoTime() - begun) / 1e9);
            right &= say(world.carrier.doubled() == 0, "nobody twice");
            right &= lateness(world, "all due at one moment", red, blue);
            world.late.clear();
            for (var town : SMALL_TOWNS) {
                world.signal(town, SignalColor.RED);
                LockSupport.parkNanos(APART.toNanos());
            }
            return right & lateness(world, "100 due every half second", SMALL_TOWNS.size() * SMALL_TOWN, blue);
        }
    }

    private static boolean lateness(World world, String how, int red, int blue) throws Exception {
        var right = world.await("escalated", () -> world.late.size() >= red);
        var late = world.late.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        System.out.printf(
                Locale.ROOT,
                "  escalation of %,d, %s, beside %,d live timers, from due to decided: p50 %.3f s, p99 %.3f s, most %.3f s%n",
                late.length,
                how,
                blue,
                quantile(late, 50),
                quantile(late, 99),
                quantile(late, 100));
        return right & say(late.length >= red, "every ladder went on");
    }

    /** The decisions alone, in memory: what a room with so many open targets holds. */
    private static boolean memory(int people) {
        var room = new DutyRoom(rules());
        var at = Instant.parse("2026-06-01T00:00:00Z");
        var number = 0L;
        take(room, ++number, at, HeartBench.settings());
        take(room, ++number, at, new Arrival.RegisterChanged("bench", register("R", 0, people)));
        var before = used();
        var began = System.nanoTime();
        var next = take(
                room, ++number, at, new Arrival.SignalReceived("o", "o", "rainstorm", "R", SignalColor.RED, "", ""));
        while (next.isPresent()) {
            var slice = next.get();
            next = take(room, ++number, at, new Arrival.TimerDue(slice.id(), slice.dueAt()));
        }
        var seconds = (System.nanoTime() - began) / 1e9;
        var after = used();
        var listed = room.openTimers().size();
        System.out.printf(
                Locale.ROOT,
                "memory: %,d open targets decided in %.1f s, %,d MB above the register's %,d MB, %,d bytes each%n",
                people,
                seconds,
                (after - before) >> 20,
                before >> 20,
                (after - before) / people);
        return say(listed == people, "a timer for each");
    }

    /** @return the timer of the slice that follows */
    private static Optional<Timer> take(DutyRoom room, long number, Instant at, Arrival arrival) {
        var step = room.take(number, at, arrival);
        step.facts().forEach(fact -> room.apply(at, fact));
        return step.facts().stream()
                .filter(CallFact.CallOrderContinues.class::isInstance)
                .flatMap(fact -> ((CallFact.CallOrderContinues) fact).timers().stream())
                .findFirst();
    }

    private static long used() {
        for (var i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static double quantile(double[] sorted, int percent) {
        return sorted.length == 0 ? Double.NaN : sorted[Math.ceilDiv(sorted.length * percent, 100) - 1];
    }

    static boolean say(boolean right, String what) {
        System.out.println((right ? "  right: " : "  WRONG: ") + what);
        return right;
    }

    static List<Fact> register(String town, int from, int to) {
        var rows = new ArrayList<Fact>();
        if (from == 0) {
            rows.add(new RosterFact.AreaRegistered(town, "镇" + town, "Town", "town", "", true));
        }
        for (var n = from; n < to; n++) {
            var person = town + n;
            rows.add(new RosterFact.PersonRegistered(person, new Personal(person, person), "B", "责任人", ""));
            rows.add(new RosterFact.ContactRegistered(person, "text", new Personal(person, "1")));
            rows.add(new RosterFact.ContactRegistered(person, "voice", new Personal(person, "1")));
            rows.add(new RosterFact.DutyAssigned("d" + person, person, "防汛责任人", town, List.of(), ""));
        }
        return rows;
    }

    /** Red: a text at once, a call after 30 s. Orange: both at once. Blue: a text. Then nothing more for an hour. */
    static Rules rules() {
        var rules = HeartBench.rules();
        var ladders = new EnumMap<SignalColor, Ladder>(SignalColor.class);
        ladders.put(
                SignalColor.RED,
                new Ladder(
                        List.of(
                                new Ladder.Rung(Duration.ZERO, "self", List.of(Channel.TEXT)),
                                new Ladder.Rung(ROUND_TWO, "self", List.of(Channel.VOICE))),
                        Duration.ofHours(1),
                        "test"));
        ladders.put(
                SignalColor.ORANGE,
                new Ladder(
                        List.of(new Ladder.Rung(Duration.ZERO, "self", List.of(Channel.TEXT, Channel.VOICE))),
                        Duration.ofHours(1),
                        "test"));
        ladders.put(
                SignalColor.BLUE,
                new Ladder(
                        List.of(new Ladder.Rung(Duration.ZERO, "self", List.of(Channel.TEXT))),
                        Duration.ofHours(1),
                        "test"));
        return new Rules(
                rules.criteria(),
                rules.quality(),
                new CallPlan("test", "1", ladders, rules.plan().messages(), "test"));
    }

    /** One room at work, with a carrier that takes everything at once. */
    private static final class World implements AutoCloseable {
        private final String room;
        private final Inbox inbox;
        private final RoomLoop loop;
        private final CourierPump pump;
        private final Quick carrier = new Quick();
        private final Map<String, Long> began = new ConcurrentHashMap<>();
        private final Map<String, Instant> due = new ConcurrentHashMap<>();
        private final List<Double> late = java.util.Collections.synchronizedList(new ArrayList<>());
        private final AtomicInteger settled = new AtomicInteger();
        private final Map<String, Long> answeredAt = new ConcurrentHashMap<>();
        private final Map<String, Long> decidedAt = new ConcurrentHashMap<>();
        private final List<Double> decided = java.util.Collections.synchronizedList(new ArrayList<>());

        World(Database db, String room) throws Exception {
            this.room = room;
            var keys = Keys.ofSeed(1, room);
            new Rooms(db).open(room, true, keys, Instant.now());
            inbox = new Inbox(db, InstantSource.system(), 2_000);
            pump = new CourierPump(db, room, List.of(carrier), inbox, keys, InstantSource.system(), "http://here");
            loop = RoomLoop.open(db, room, rules(), keys, inbox, InstantSource.system(), new LoopListener() {
                @Override
                public void committed(
                        long lastFact, Instant at, List<Fact> facts, boolean errands, Set<ViewKey> touched) {
                    facts.forEach(World.this::note);
                    if (errands) {
                        pump.wake();
                    }
                }
            });
            inbox.start();
            loop.start();
            pump.start();
            inbox.put(room, HeartBench.settings()).join();
        }

        private void note(Fact fact) {
            switch (fact) {
                case CallFact.RoundStarted round -> {
                    var before = due.put(round.order() + round.person(), round.nextDue());
                    if (before != null) {
                        late.add(Duration.between(before, Instant.now()).toNanos() / 1e9);
                    }
                }
                case CallFact.CalleeSettled settledNow -> {
                    var now = System.nanoTime();
                    var asked = answeredAt.get(settledNow.person());
                    if (asked != null) {
                        decided.add((now - asked) / 1e9);
                        decidedAt.put(settledNow.person(), now);
                    }
                    settled.incrementAndGet();
                }
                default -> {}
            }
        }

        void people(String town, int people) {
            for (var from = 0; from < people; from += REGISTER_ROWS) {
                var rows = register(town, from, Math.min(people, from + REGISTER_ROWS));
                var number = inbox.put(room, new Arrival.RegisterChanged("bench", rows))
                        .join();
                loop.outcome(number, PATIENCE);
            }
        }

        void signal(String town, SignalColor color) {
            began.put(town, System.nanoTime());
            inbox.put(room, new Arrival.SignalReceived("o", "o", "rainstorm", town, color, "", ""));
        }

        long began(String town) {
            return began.getOrDefault(town, 0L);
        }

        boolean await(String what, BooleanSupplier done) throws InterruptedException {
            var until = System.nanoTime() + PATIENCE.toNanos();
            while (!done.getAsBoolean()) {
                if (System.nanoTime() > until) {
                    return say(false, what + " within " + PATIENCE);
                }
                Thread.sleep(1);
            }
            return true;
        }

        @Override
        public void close() {
            pump.close();
            loop.close();
            inbox.close();
        }
    }

    /** Takes everything at once and remembers when. */
    private static final class Quick implements Carrier {
        private record Call(String key, long at) {}

        private final Map<String, Map<String, Call>> firstByTown = new ConcurrentHashMap<>();
        private final Set<String> keys = ConcurrentHashMap.newKeySet();
        private final AtomicInteger doubled = new AtomicInteger();
        private final Map<String, Long> last = new ConcurrentHashMap<>();

        Map<String, Call> first(String town) {
            return firstByTown.computeIfAbsent(town, t -> new ConcurrentHashMap<>());
        }

        List<String> keys(String town) {
            return first(town).values().stream().map(Call::key).toList();
        }

        double[] since(String town, long began) {
            var times = first(town).values().stream()
                    .mapToDouble(call -> (call.at() - began) / 1e9)
                    .toArray();
            Arrays.sort(times);
            return times;
        }

        /** Submissions to people after their answer had been decided. */
        long afterAnswer(Map<String, Long> decidedAt) {
            return decidedAt.entrySet().stream()
                    .filter(one -> last.getOrDefault(one.getKey(), 0L) > one.getValue())
                    .count();
        }

        int doubled() {
            return doubled.get();
        }

        @Override
        public String name() {
            return "quick";
        }

        @Override
        public Set<Channel> channels() {
            return Set.of(Channel.TEXT, Channel.VOICE);
        }

        @Override
        public boolean keepsKey() {
            return true;
        }

        @Override
        public int window() {
            return 500;
        }

        @Override
        public boolean loopback() {
            return true;
        }

        @Override
        public Submission submit(Parcel parcel) {
            if (!keys.add(parcel.key())) {
                doubled.incrementAndGet();
            }
            last.put(parcel.person(), System.nanoTime());
            first(parcel.person().substring(0, 1))
                    .putIfAbsent(parcel.person(), new Call(parcel.key(), System.nanoTime()));
            return new Submission.Taken("");
        }

        @Override
        public Optional<String> trouble() {
            return Optional.empty();
        }
    }
}
