package jiaoying.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import jiaoying.duty.call.CallPlan;
import jiaoying.duty.call.Ladder;
import jiaoying.duty.errand.Channel;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.ledger.Personal;
import jiaoying.duty.measure.Quantity;
import jiaoying.duty.measure.Reading;
import jiaoying.duty.monitor.Quality;
import jiaoying.duty.monitor.RainCriteria;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.room.Arrival;
import jiaoying.duty.room.Outcome;
import jiaoying.duty.room.Rules;
import jiaoying.duty.room.Settings;
import jiaoying.duty.roster.RosterFact;
import jiaoying.duty.station.StationFact;
import jiaoying.server.courier.Carrier;
import jiaoying.server.courier.CourierPump;
import jiaoying.server.courier.Parcel;
import jiaoying.server.courier.Submission;
import jiaoying.server.loop.LoopListener;
import jiaoying.server.loop.RoomLoop;
import jiaoying.server.postgres.EmbeddedPostgres;
import jiaoying.server.store.Database;
import jiaoying.server.store.Inbox;
import jiaoying.server.store.JournalStore;
import jiaoying.server.store.Keys;
import jiaoying.server.store.RoomRow;
import jiaoying.server.store.Rooms;

/** The heart's speed: from a parsed message to its committed decision, and a storm replayed; each with a check of what was stored. */
final class HeartBench {
    static final String ROOM = "bench";
    private static final Instant START = Instant.parse("2026-06-01T00:00:00Z");

    private HeartBench() {}

    /** On a durable database. */
    static boolean readings(int stations, int perArrival, int arrivals) throws Exception {
        return readings(Bench.folder("bench"), stations, perArrival, arrivals);
    }

    /** On a throwaway database, three times over. */
    static boolean storm() throws Exception {
        replay(Bench.folder("bench"));
        return true;
    }

    /** Every station reports in turn, the rounds spread over nine hours; doors wait for their numbers but many are under way. */
    private static boolean readings(Path dir, int stations, int perArrival, int arrivals) throws Exception {
        try (var postgres = EmbeddedPostgres.start(dir)) {
            var server = postgres.server();
            try (var db = Database.open(server.jdbcUrl(), server.user(), server.password())) {
                var keys = Keys.ofSeed(1, ROOM);
                new Rooms(db).open(ROOM, true, keys, START);
                var inbox = new Inbox(db, InstantSource.system(), 2_000);
                try (var loop =
                        RoomLoop.open(db, ROOM, rules(), keys, inbox, InstantSource.system(), LoopListener.NONE)) {
                    inbox.start();
                    loop.start();
                    inbox.put(ROOM, settings()).join();
                    inbox.put(ROOM, register(9, stations)).join();
                    var base = Instant.now().minus(Duration.ofHours(20));
                    var warm = pour(inbox, loop, stations, perArrival, arrivals / 5, base);
                    var row = pour(inbox, loop, stations, perArrival, arrivals, base.plus(Duration.ofHours(10)));
                    long expected = warm.journalCount() + (long) arrivals * perArrival;
                    return say(row.journalCount() == expected, "journal complete")
                            & say(new JournalStore(db).firstBrokenSeal(ROOM).isEmpty(), "seals fit the journal");
                } finally {
                    inbox.close();
                }
            }
        }
    }

    private static RoomRow pour(Inbox inbox, RoomLoop loop, int stations, int perArrival, int arrivals, Instant base)
            throws Exception {
        long start = System.nanoTime();
        var underWay = new ArrayDeque<CompletableFuture<Long>>();
        long stepMs = Duration.ofHours(9).toMillis() / ((long) arrivals * perArrival / stations + 1);
        int reading = 0;
        for (int i = 0; i < arrivals; i++) {
            var readings = new ArrayList<Reading>(perArrival);
            for (int j = 0; j < perArrival; j++, reading++) {
                var at = base.plusMillis(stepMs * (reading / stations));
                readings.add(new Reading("S" + reading % stations, Quantity.RAIN, 10, at, false));
            }
            underWay.add(inbox.put(ROOM, new Arrival.Readings("bench", readings, List.of())));
            while (underWay.size() > 1_000) {
                underWay.removeFirst().join();
            }
        }
        long last = 0;
        for (var put : underWay) {
            last = put.join();
        }
        long stored = System.nanoTime();
        Optional<Outcome> outcome = loop.outcome(last, Duration.ofMinutes(5));
        double s = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "%d arrivals of %d: %.2f s to stored, %.2f s to decided = %,.0f readings/s; last outcome %s%n",
                arrivals,
                perArrival,
                (stored - start) / 1e9,
                s,
                (double) arrivals * perArrival / s,
                outcome.map(o -> o.getClass().getSimpleName()).orElse("none"));
        return loop.row();
    }

    /** 150 gauges every 5 minutes for 5 days, three signals in nine towns with 300 persons, everybody silent. */
    private static void replay(Path dir) throws Exception {
        try (var postgres = EmbeddedPostgres.startThrowaway(dir)) {
            var server = postgres.server();
            try (var db = Database.open(server.jdbcUrl(), server.user(), server.password())) {
                for (int i = 0; i < 3; i++) {
                    replay(db, ROOM + i);
                }
            }
        }
    }

    private static void replay(Database db, String room) throws Exception {
        long start = System.nanoTime();
        var now = new Instant[] {START};
        InstantSource clock = () -> now[0];
        var keys = Keys.ofSeed(1, ROOM);
        new Rooms(db).open(room, true, keys, START);
        var inbox = Inbox.forReplay(db, clock, 20_000);
        var carrier = new Silent();
        var pump = new CourierPump(db, room, List.of(carrier), inbox, keys, clock, "http://here");
        LoopListener wakes = (lastFact, at, facts, errands, touched) -> {
            if (errands) {
                pump.wake();
            }
        };
        var loop = RoomLoop.openForReplay(db, room, rules(), keys, inbox, clock, wakes);
        inbox.put(room, settings());
        inbox.put(room, register(9, 150));
        var end = START.plus(Duration.ofDays(5));
        var nextRain = START.plus(Duration.ofMinutes(5));
        int step = 0;
        while (now[0].isBefore(end)) {
            var ring = loop.nextRing().orElse(end);
            now[0] = ring.isBefore(nextRain) ? (ring.isBefore(now[0]) ? now[0] : ring) : nextRain;
            if (now[0].equals(nextRain)) {
                inbox.put(room, rain(now[0], step));
                if (step % 480 == 100) {
                    for (int t = 0; t < 9; t++) {
                        inbox.put(room, signal("T" + t, step < 480 ? SignalColor.ORANGE : SignalColor.RED));
                    }
                }
                if (step % 480 == 300) {
                    for (int t = 0; t < 9; t++) {
                        inbox.put(room, signal("T" + t, SignalColor.NONE));
                    }
                }
                step++;
                nextRain = nextRain.plus(Duration.ofMinutes(5));
            }
            loop.ring(now[0]);
            boolean again = true;
            while (again) {
                while (loop.turn() > 0) {}
                again = !pump.nextTurn().isAfter(now[0]) && pump.turn(now[0]) > 0;
            }
        }
        loop.save();
        double s = (System.nanoTime() - start) / 1e9;
        var row = loop.row();
        System.out.printf(
                Locale.ROOT,
                "replay: %.2f s, %d arrivals, %d readings, %d facts, %d parcels, head %s%n",
                s,
                row.lastTaken(),
                row.journalCount(),
                row.lastFact(),
                carrier.count,
                row.head().substring(0, 12));
        loop.close();
        inbox.close();
        long reload = System.nanoTime();
        var again = RoomLoop.openForReplay(db, room, rules(), keys, inbox, clock, LoopListener.NONE);
        System.out.printf(Locale.ROOT, "reload: %.2f s for %s%n", (System.nanoTime() - reload) / 1e9, again.reload());
    }

    private static boolean say(boolean right, String what) {
        System.out.println((right ? "right: " : "WRONG: ") + what);
        return right;
    }

    private static Arrival rain(Instant at, int step) {
        var readings = new ArrayList<Reading>();
        for (int i = 0; i < 150; i++) {
            readings.add(new Reading("S" + i, Quantity.RAIN, (i * 7 + step * 13) % 2_000, at, false));
        }
        return new Arrival.Readings("gauges", readings, List.of());
    }

    private static Arrival signal(String town, SignalColor color) {
        return new Arrival.SignalReceived("气象台", "office", "rainstorm", town, color, "注意", "");
    }

    static Arrival settings() {
        return new Arrival.RoomSet(
                "bench",
                new Settings(
                        ROOM,
                        "平湖值守",
                        Settings.Issuer.HEADQUARTERS,
                        true,
                        false,
                        Duration.ofMinutes(5),
                        Optional.empty(),
                        "Asia/Shanghai"));
    }

    static Arrival register(int towns, int stations) {
        var rows = new ArrayList<Fact>();
        rows.add(new RosterFact.AreaRegistered("C", "平湖市", "Pinghu", "city", "", true));
        for (int i = 0; i < towns; i++) {
            rows.add(new RosterFact.AreaRegistered("T" + i, "镇" + i, "Town", "town", "C", true));
            for (int j = 0; j < 33; j++) {
                var person = "P" + i + "-" + j;
                rows.add(new RosterFact.PersonRegistered(person, new Personal(person, person), "B", "责任人", ""));
                rows.add(new RosterFact.ContactRegistered(person, "text", new Personal(person, "1")));
                rows.add(new RosterFact.ContactRegistered(person, "voice", new Personal(person, "1")));
                rows.add(new RosterFact.DutyAssigned(
                        "d" + person, person, "防汛责任人", "T" + i, List.of("P" + i + "-" + (j + 1) % 33), ""));
            }
        }
        for (int i = 0; i < stations; i++) {
            rows.add(new StationFact.StationRegistered("S" + i, "站" + i, "rain", 121.0, 30.7, "T" + i % towns, 5));
        }
        return new Arrival.RegisterChanged("bench", rows);
    }

    static Rules rules() {
        var criteria = new RainCriteria(
                "test",
                "1",
                "rainstorm",
                List.of(
                        new RainCriteria.Rule(SignalColor.ORANGE, 3, 50_000),
                        new RainCriteria.Rule(SignalColor.RED, 3, 100_000)),
                1_000,
                Duration.ofMinutes(30),
                80,
                Duration.ofMinutes(60),
                "test");
        var quality = Quality.only(
                List.of(new Quality.GrossLimit(5, 63_000), new Quality.GrossLimit(60, 401_000)),
                Duration.ofMinutes(30));
        var ladder = new Ladder(
                List.of(
                        new Ladder.Rung(Duration.ZERO, "self", List.of(Channel.TEXT, Channel.VOICE)),
                        new Ladder.Rung(Duration.ofMinutes(2), "self", List.of(Channel.VOICE)),
                        new Ladder.Rung(Duration.ofMinutes(5), "deputy", List.of(Channel.TEXT))),
                Duration.ofMinutes(10),
                "test");
        var ladders = new EnumMap<SignalColor, Ladder>(SignalColor.class);
        ladders.put(SignalColor.ORANGE, ladder);
        ladders.put(SignalColor.RED, ladder);
        var messages = Map.of(
                "call", "{area}{color}，{items} {link}",
                "call-by-alert", "{area}实况{color} {link}",
                "deputy-ask", "请接手{items} {link}",
                "superior-ask", "请派人{items} {link}",
                "lifted", "{area}解除",
                "retracted", "{area}撤回",
                "corrected", "{area}更正：{text}");
        return new Rules(List.of(criteria), quality, new CallPlan("test", "1", ladders, messages, "test"));
    }

    /** Takes everything and says nothing afterwards. */
    private static final class Silent implements Carrier {
        private int count;

        @Override
        public String name() {
            return "silent";
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
            return new Submission.Taken("ref" + count++);
        }
    }
}
