package jiaoying.bench;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import jiaoying.server.door.sl651.KnownStation;
import jiaoying.server.door.sl651.Sl651Door;
import jiaoying.server.door.sl651.StationMemory;
import jiaoying.server.door.sl651.StationSettings;
import jiaoying.server.loop.LoopListener;
import jiaoying.server.loop.RoomLoop;
import jiaoying.server.postgres.EmbeddedPostgres;
import jiaoying.server.store.Database;
import jiaoying.server.store.Inbox;
import jiaoying.server.store.Keys;
import jiaoying.server.store.Rooms;
import jiaoying.wire.sl651.Frame;
import jiaoying.wire.sl651.FrameSplitter;
import jiaoying.wire.sl651.Frames;
import jiaoying.wire.sl651.Message;

/**
 * 2,000 gauges connected at once on loopback, each sending every 10 s: how long until a report is durable and acknowledged,
 * without and with hostile clients. Gauges, door, decisions and database share the machine; every report must be acknowledged
 * and its reading be in the journal.
 */
final class TelemetryBench {
    private static final int GAUGES = 2_000;
    private static final int EVERY_S = 10;
    private static final int ROUNDS = 6;
    private static final int GAUGES_AN_ADDRESS = 400;
    private static final int HOSTILE_OF_EACH = 30;
    private static final ZoneOffset BEIJING = ZoneOffset.ofHours(8);

    private TelemetryBench() {}

    static boolean run() throws Exception {
        try (var postgres = EmbeddedPostgres.start(Bench.folder("bench"))) {
            var server = postgres.server();
            try (var db = Database.open(server.jdbcUrl(), server.user(), server.password())) {
                var keys = Keys.ofSeed(1, HeartBench.ROOM);
                new Rooms(db).open(HeartBench.ROOM, true, keys, Instant.now());
                var inbox = new Inbox(db, InstantSource.system(), 10_000);
                try (var loop = RoomLoop.open(
                        db,
                        HeartBench.ROOM,
                        HeartBench.rules(),
                        keys,
                        inbox,
                        InstantSource.system(),
                        LoopListener.NONE)) {
                    inbox.start();
                    loop.start();
                    inbox.put(HeartBench.ROOM, HeartBench.settings()).join();
                    inbox.put(HeartBench.ROOM, HeartBench.register(9, GAUGES)).join();
                    return measure(db, inbox);
                } finally {
                    inbox.close();
                }
            }
        }
    }

    private static boolean measure(Database db, Inbox inbox) throws Exception {
        var addresses = new HashMap<String, List<String>>();
        for (var i = 0; i < GAUGES; i++) {
            addresses.put(address(i), List.of("S" + i));
        }
        var usual = StationSettings.usual(0);
        var settings = new StationSettings(
                0,
                usual.centre(),
                usual.password(),
                usual.mode(),
                usual.stay(),
                Map.copyOf(addresses),
                Map.of(),
                usual.fillers(),
                usual.limits());
        try (var door = Sl651Door.open(
                InetAddress.getByAddress(new byte[4]),
                settings,
                arrival -> inbox.put(HeartBench.ROOM, arrival),
                id -> Optional.of(new KnownStation(id, "rain", 5))
                        .filter(it -> it.station().startsWith("S")),
                StationMemory.NONE,
                InstantSource.system())) {
            var warm = new Round(door.port(), 0);
            warm.play(2);
            var calm = new Round(door.port(), 2);
            calm.play(ROUNDS);
            var right = calm.print("calm", stored(db, warm, calm));
            var strangers = new Hostile(door.port(), 66);
            strangers.start();
            var beset = new Round(door.port(), 2 + ROUNDS);
            beset.play(ROUNDS);
            right &= beset.print("beside " + 3 * HOSTILE_OF_EACH + " hostile clients", stored(db, warm, calm, beset));
            strangers.stop();
            var neighbours = new Hostile(door.port(), 1);
            neighbours.start();
            var shared = new Round(door.port(), 2 + 2 * ROUNDS);
            shared.play(ROUNDS);
            right &= shared.print("the same behind a gauges' address", stored(db, warm, calm, beset, shared));
            neighbours.stop();
            System.out.println("door's own counts of faults: " + door.health().faults());
            return right;
        }
    }

    private static String address(int gauge) {
        return String.format(Locale.ROOT, "00%08d", 10_000_000 + gauge);
    }

    /** Waits for the loop, at most a minute; then the journal must hold the rain of each report. */
    private static boolean stored(Database db, Round... rounds) {
        var wanted = Arrays.stream(rounds).mapToLong(it -> it.sent.get()).sum();
        var end = System.nanoTime() + 60_000_000_000L;
        while (new Rooms(db).get(HeartBench.ROOM).journalCount() < wanted && System.nanoTime() < end) {
            LockSupport.parkNanos(50_000_000);
        }
        var count = new Rooms(db).get(HeartBench.ROOM).journalCount();
        if (count != wanted) {
            System.out.println("journal has " + count + " readings, wanted are " + wanted);
        }
        return count == wanted;
    }

    /** All gauges for a while, their sending times spread evenly. */
    private static final class Round {
        private final int port;
        private final int first;
        private final AtomicLong sent = new AtomicLong();
        private final AtomicLong lost = new AtomicLong();
        private final AtomicInteger connected = new AtomicInteger();
        private final ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();

        Round(int port, int first) {
            this.port = port;
            this.first = first;
        }

        void play(int reports) throws InterruptedException {
            var ready = new CountDownLatch(GAUGES);
            var over = new CountDownLatch(GAUGES);
            var go = new CountDownLatch(1);
            for (var i = 0; i < GAUGES; i++) {
                var gauge = i;
                Thread.ofVirtual().start(() -> {
                    try {
                        gauge(gauge, reports, ready, go);
                    } catch (IOException | InterruptedException e) {
                        lost.incrementAndGet();
                    } finally {
                        over.countDown();
                    }
                });
            }
            ready.await();
            go.countDown();
            over.await();
        }

        private void gauge(int gauge, int reports, CountDownLatch ready, CountDownLatch go)
                throws IOException, InterruptedException {
            try (var socket = new Socket()) {
                try {
                    var own = InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) (1 + gauge / GAUGES_AN_ADDRESS)});
                    socket.bind(new InetSocketAddress(own, 0));
                    socket.connect(new InetSocketAddress(own, port));
                    socket.setTcpNoDelay(true);
                    connected.incrementAndGet();
                } finally {
                    ready.countDown();
                }
                go.await();
                var splitter = new FrameSplitter();
                var begin = System.nanoTime() + (long) gauge * EVERY_S * 1_000_000_000L / GAUGES;
                for (var i = 0; i < reports; i++) {
                    LockSupport.parkNanos(begin + (long) i * EVERY_S * 1_000_000_000L - System.nanoTime());
                    report(socket, splitter, gauge, first + i);
                }
            }
        }

        private void report(Socket socket, FrameSplitter splitter, int gauge, int number) throws IOException {
            var at = LocalDateTime.ofInstant(Instant.now(), BEIJING)
                    .withSecond(0)
                    .withNano(0)
                    .minusDays(1)
                    .plusMinutes(5L * number);
            var bytes = Frames.encode(FramesBench.report(address(gauge), 1 + number, new BigDecimal("0.1"), at));
            var began = System.nanoTime();
            sent.incrementAndGet();
            socket.getOutputStream().write(bytes);
            var chunk = new byte[512];
            var came = new ArrayList<Frame>();
            while (came.isEmpty()) {
                var read = socket.getInputStream().read(chunk);
                if (read < 0) {
                    throw new IOException("hung up");
                }
                splitter.feed(chunk, 0, read, decoded -> came.add((Frame) decoded));
            }
            if (!(came.getFirst().content() instanceof Message answer) || answer.serial() != 1 + number) {
                throw new IOException("wrong answer");
            }
            nanos.add(System.nanoTime() - began);
        }

        boolean print(String what, boolean stored) {
            var sorted = nanos.stream().sorted().toList();
            var right = stored && lost.get() == 0 && sorted.size() == sent.get();
            System.out.printf(
                    Locale.ROOT,
                    "%-34s %,d gauges connected, %,d reports, durable acknowledgement p50 %.1f ms  p99 %.1f ms  most %.1f ms"
                            + "  goal p99 100 ms  lost %d, all stored: %s%n",
                    what,
                    connected.get(),
                    sent.get(),
                    millis(sorted, 0.5),
                    millis(sorted, 0.99),
                    millis(sorted, 1),
                    lost.get(),
                    right ? "yes" : "NO");
            return right;
        }

        private static double millis(List<Long> sorted, double part) {
            return sorted.isEmpty() ? -1 : sorted.get((int) Math.min(sorted.size() - 1, part * sorted.size())) / 1e6;
        }
    }

    /** Clients that send garbage, that send half frames and wait, and that send frames and never read. They come again when cut off. */
    private static final class Hostile {
        private final int port;
        private final int host;
        private volatile boolean going = true;

        /** @param host last number of their address; no gauge's, or that of many */
        Hostile(int port, int host) {
            this.port = port;
            this.host = host;
        }

        void start() {
            for (var i = 0; i < HOSTILE_OF_EACH; i++) {
                var seed = i;
                Thread.ofVirtual().start(() -> again(socket -> garbage(socket, seed)));
                Thread.ofVirtual().start(() -> again(this::half));
                Thread.ofVirtual().start(() -> again(this::neverReads));
            }
        }

        private interface Mischief {
            void on(Socket socket) throws IOException;
        }

        private void again(Mischief mischief) {
            while (going) {
                try (var socket = new Socket()) {
                    var own = InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) host});
                    socket.bind(new InetSocketAddress(own, 0));
                    socket.connect(new InetSocketAddress(own, port));
                    mischief.on(socket);
                } catch (IOException e) {
                    LockSupport.parkNanos(20_000_000);
                }
            }
        }

        private void garbage(Socket socket, int seed) throws IOException {
            var random = new Random(seed);
            var bytes = new byte[4_096];
            while (going) {
                random.nextBytes(bytes);
                socket.getOutputStream().write(bytes);
            }
        }

        private void half(Socket socket) throws IOException {
            socket.getOutputStream().write(new byte[] {0x7E, 0x7E, 1, 0, 0x10});
            while (going && socket.getInputStream().read() >= 0) {
                // waits until it is cut off
            }
        }

        private void neverReads(Socket socket) throws IOException {
            socket.setReceiveBufferSize(1_024);
            var bytes = Frames.encode(
                    FramesBench.report("0099999999", 1, BigDecimal.ONE, LocalDateTime.of(2026, 1, 1, 0, 0)));
            while (going) {
                socket.getOutputStream().write(bytes);
            }
        }

        void stop() {
            going = false;
        }
    }
}
