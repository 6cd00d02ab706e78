package jiaoying.server.door.sl651;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import jiaoying.duty.room.Arrival;
import jiaoying.server.door.DoorHealth;
import jiaoying.server.door.Faults;
import jiaoying.wire.sl651.Decoded;
import jiaoying.wire.sl651.FrameSplitter;
import jiaoying.wire.sl651.Header;
import jiaoying.wire.sl651.StationAddress;

/**
 * The door of telemetry stations (遥测站入口): TCP and UDP on one port, a virtual thread for each connection.
 *
 * <p>A frame is answered only when its arrival is durable. What a peer may cost the others is bounded by
 * {@link StationSettings.Limits}: a peer that floods is read slower, one that sends nothing good or never reads is cut off.
 */
public final class Sl651Door implements AutoCloseable {
    private static final Duration DURABLE_WITHIN = Duration.ofSeconds(10);
    private static final Duration SWEEP = Duration.ofMillis(500);
    private static final int CHUNK = 2_048;
    private static final int DATAGRAM = 8_192;
    private static final int DATAGRAMS_AT_ONCE = 256;
    private static final int UDP_PEERS = 5_000;

    /** What a line may cost before a registered station was heard on it: room for the longest frame of one. */
    private static final int UNPROVED_BYTES = 4_600;

    private static final int UNPROVED_BYTES_A_SECOND = 1_024;
    private static final Duration HELD = Duration.ofSeconds(1);
    private static final long HOUR = 3_600;

    private final StationSettings settings;
    private final Function<Arrival, CompletableFuture<Long>> inbox;
    private final Function<String, Optional<KnownStation>> register;
    private final InstantSource clock;
    private final ElementMap map;
    private final StationMemory memory;
    private final StationBook book;
    private final Faults faults = new Faults();
    private final LongAdder frames = new LongAdder();
    private final Set<Line> lines = ConcurrentHashMap.newKeySet();
    private final Map<SocketAddress, Conversation> udpPeers = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<SocketAddress, Conversation> eldest) {
            return size() > UDP_PEERS;
        }
    };
    private final Peers<Line> peers;
    private final Semaphore datagrams = new Semaphore(DATAGRAMS_AT_ONCE);
    private final ServerSocket tcp;
    private final DatagramSocket udp;
    private volatile Optional<Instant> lastAt = Optional.empty();
    private volatile boolean open = true;
    private long unknownHour;
    private int unknownKept;

    private Sl651Door(
            InetAddress listen,
            StationSettings settings,
            Function<Arrival, CompletableFuture<Long>> inbox,
            Function<String, Optional<KnownStation>> register,
            StationMemory memory,
            InstantSource clock)
            throws IOException {
        this.settings = settings;
        this.memory = memory;
        this.book = new StationBook(memory, settings.limits());
        this.peers = new Peers<>(settings.limits().perAddress());
        this.inbox = inbox;
        this.register = register;
        this.clock = clock;
        this.map = new ElementMap(settings);
        tcp = new ServerSocket();
        tcp.setReuseAddress(true);
        tcp.bind(new InetSocketAddress(listen, settings.port()), 1_024);
        try {
            udp = new DatagramSocket(new InetSocketAddress(listen, tcp.getLocalPort()));
        } catch (SocketException e) {
            tcp.close();
            throw e;
        }
    }

    /**
     * Listens from now on.
     *
     * @param inbox completes with the arrival's number once it is durable
     * @param register the station of an id
     * @param memory of what stations are to be asked, and of their pictures
     * @param clock the wall clock, by which stations are set
     */
    public static Sl651Door open(
            InetAddress listen,
            StationSettings settings,
            Function<Arrival, CompletableFuture<Long>> inbox,
            Function<String, Optional<KnownStation>> register,
            StationMemory memory,
            InstantSource clock)
            throws IOException {
        var door = new Sl651Door(listen, settings, inbox, register, memory, clock);
        Thread.ofPlatform().daemon().name("sl651-tcp").start(door::accept);
        Thread.ofPlatform().daemon().name("sl651-udp").start(door::receive);
        Thread.ofPlatform().daemon().name("sl651-sweep").start(door::sweep);
        return door;
    }

    public int port() {
        return tcp.getLocalPort();
    }

    public DoorHealth health() {
        return new DoorHealth(
                "sl651",
                open,
                tcp.getInetAddress().getHostAddress() + ":" + port(),
                lines.size(),
                frames.sum(),
                lastAt,
                faults.counts(),
                book.stations());
    }

    /** The station's clock is set at its next contact. @return false when it was not heard since the start */
    public boolean askClock(String station, String by) {
        var wish = book.askClock(station, by, LocalDateTime.ofInstant(clock.instant(), ElementMap.BEIJING));
        wish.ifPresent(this::remember);
        return wish.isPresent();
    }

    StationSettings settings() {
        return settings;
    }

    InstantSource clock() {
        return clock;
    }

    ElementMap map() {
        return map;
    }

    StationBook book() {
        return book;
    }

    Faults faults() {
        return faults;
    }

    void count(Instant at) {
        frames.increment();
        lastAt = Optional.of(at);
    }

    boolean mayEnter(Header header) {
        return (settings.centre().isEmpty() || settings.centre().getAsInt() == header.centre())
                && (settings.password().isEmpty() || settings.password().getAsInt() == header.password());
    }

    /** By the settings, else the register's id is the code, the ten digits, or the code without leading zeros. */
    List<KnownStation> find(StationAddress address) {
        var hex = address.hex();
        var code = address.code();
        var set = settings.stations(hex, code).stream()
                .flatMap(id -> register.apply(id).stream())
                .toList();
        return set.isEmpty()
                ? register
                        .apply(code)
                        .or(() -> register.apply(hex))
                        .or(() -> register.apply(code.replaceFirst("^0+", "")))
                        .stream()
                        .toList()
                : set;
    }

    synchronized boolean mayKeepUnknown(Instant at) {
        var hour = at.getEpochSecond() / HOUR;
        if (hour != unknownHour) {
            unknownHour = hour;
            unknownKept = 0;
        }
        return unknownKept++ < settings.limits().unknownAnHour();
    }

    boolean durable(Arrival arrival) {
        try {
            inbox.apply(arrival).get(DURABLE_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException | TimeoutException e) {
            faults.count("not-durable");
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Asked all the same if it cannot be kept, as long as the program runs. */
    void remember(StationMemory.Wish wish) {
        safely(() -> memory.keep(wish));
    }

    void forget(StationMemory.Wish wish) {
        safely(() -> memory.drop(wish));
    }

    /** @return whether it is durable */
    boolean keep(StationMemory.Picture picture) {
        return safely(() -> memory.keep(picture));
    }

    private boolean safely(Runnable kept) {
        try {
            kept.run();
            return true;
        } catch (RuntimeException e) {
            faults.count("not-durable");
            org.slf4j.LoggerFactory.getLogger(Sl651Door.class).warn("What a station is asked or sent was not kept", e);
            return false;
        }
    }

    private void accept() {
        while (open) {
            try {
                admit(tcp.accept());
            } catch (IOException e) {
                if (open) {
                    faults.count("accept");
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
                }
            }
        }
    }

    private void admit(Socket socket) {
        var line = new Line(socket);
        switch (peers.admit(socket.getInetAddress(), line, System.nanoTime())) {
            case Peers.Admission.Turned(var why) -> refuse(socket, why);
            case Peers.Admission.Admitted<?>(var instead) -> {
                instead.ifPresent(it -> makePlace((Line) it));
                enter(line);
            }
        }
    }

    private void enter(Line line) {
        var place = lines.size() < settings.limits().connections()
                || peers.pollUnproved()
                        .filter(it -> it != line)
                        .map(this::makePlace)
                        .orElse(false);
        if (!place) {
            peers.leave(line.address(), line);
            refuse(line.socket, "too-many-connections");
            return;
        }
        lines.add(line);
        Thread.ofVirtual().name("sl651-" + line.socket.getPort()).start(line);
    }

    /** Its line is cut for another. */
    private boolean makePlace(Line line) {
        faults.count("made-place");
        close(line.socket);
        return true;
    }

    private void refuse(Socket socket, String why) {
        faults.count(why);
        close(socket);
    }

    private static void close(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            // it is gone either way
        }
    }

    /** Cuts off whoever has sent nothing good, or taken no answer, for too long. */
    private void sweep() {
        while (open) {
            LockSupport.parkNanos(SWEEP.toNanos());
            var now = System.nanoTime();
            for (var line : lines) {
                if (line.isOver(now)) {
                    line.cut();
                }
            }
        }
    }

    /** One TCP connection. */
    private final class Line implements Runnable {
        private final Socket socket;
        private final Conversation conversation;
        private volatile long deadline;
        private volatile long writeDeadline = Long.MAX_VALUE;
        private final Allowance proved = new Allowance(
                settings.limits().bytesPerSecond() * 4.0, settings.limits().bytesPerSecond(), System.nanoTime());
        private final Allowance unproved = new Allowance(UNPROVED_BYTES, UNPROVED_BYTES_A_SECOND, System.nanoTime());

        Line(Socket socket) {
            this.socket = socket;
            this.conversation = new Conversation(Sl651Door.this, this::send, true);
            this.deadline = System.nanoTime() + settings.limits().firstFrame().toNanos();
        }

        boolean isOver(long now) {
            return now - deadline > 0 || writeDeadline != Long.MAX_VALUE && now - writeDeadline > 0;
        }

        InetAddress address() {
            return socket.getInetAddress();
        }

        void cut() {
            peers.bad(address(), conversation.known(), System.nanoTime());
            faults.count(
                    writeDeadline != Long.MAX_VALUE ? "never-reads" : conversation.good() == 0 ? "no-frame" : "idle");
            close(socket);
        }

        @Override
        public void run() {
            try (socket) {
                socket.setTcpNoDelay(true);
                talk();
            } catch (SocketTimeoutException e) {
                faults.count("idle");
            } catch (IOException e) {
                faults.count("connection");
            } catch (RuntimeException e) {
                faults.count("bug");
                org.slf4j.LoggerFactory.getLogger(Sl651Door.class).error("A line ended by a bug", e);
            } finally {
                lines.remove(this);
                peers.leave(address(), this);
            }
        }

        private void talk() throws IOException {
            var in = socket.getInputStream();
            var splitter = new FrameSplitter();
            var chunk = new byte[CHUNK];
            for (var read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                var came = new ArrayList<Decoded>();
                splitter.feed(chunk, 0, read, came::add);
                if (!take(came)) {
                    hold();
                    return;
                }
                slow(read);
            }
            var rest = new ArrayList<Decoded>();
            splitter.end(rest::add);
            take(rest);
        }

        /** @return whether the connection may go on */
        private boolean take(ArrayList<Decoded> came) throws IOException {
            for (var decoded : came) {
                var before = conversation.good();
                conversation.take(decoded);
                if (conversation.good() > before) {
                    trust();
                    deadline = System.nanoTime() + settings.limits().idle().toNanos();
                }
            }
            var noise = conversation.known() > 0 ? settings.limits().noise() : UNPROVED_BYTES;
            if (conversation.noise() > Math.min(noise, settings.limits().noise())) {
                faults.count("only-noise");
                peers.bad(address(), conversation.known(), System.nanoTime());
                return false;
            }
            return true;
        }

        /**
         * Whoever sends noise is not read any more and not let go either: cut off he would come again at once. He is until his
         * time is over, or his place is wanted.
         */
        private void hold() {
            while (conversation.known() == 0 && open && !socket.isClosed() && System.nanoTime() - deadline < 0) {
                LockSupport.parkNanos(HELD.toNanos());
            }
        }

        /** Behind this address is a station of the register. */
        private void trust() {
            if (conversation.known() > 0) {
                peers.prove(address(), this);
            }
        }

        /** Whoever sends faster than allowed is read slower; TCP makes him wait. */
        private void slow(int read) {
            var wait = (conversation.known() > 0 ? proved : unproved).take(read, System.nanoTime());
            if (!wait.isZero()) {
                faults.count("too-fast");
                LockSupport.parkNanos(wait.toNanos());
            }
        }

        private void send(byte[] bytes) throws IOException {
            writeDeadline = System.nanoTime() + settings.limits().write().toNanos();
            socket.getOutputStream().write(bytes);
            writeDeadline = Long.MAX_VALUE;
        }
    }

    private void receive() {
        var buffer = new byte[DATAGRAM];
        while (open) {
            var packet = new DatagramPacket(buffer, buffer.length);
            try {
                udp.receive(packet);
            } catch (IOException e) {
                if (open) {
                    faults.count("datagram");
                }
                continue;
            }
            if (!datagrams.tryAcquire()) {
                faults.count("too-many-datagrams");
                continue;
            }
            var bytes = java.util.Arrays.copyOf(packet.getData(), packet.getLength());
            var from = packet.getSocketAddress();
            Thread.ofVirtual().name("sl651-datagram").start(() -> datagram(bytes, from));
        }
    }

    /** A datagram holds whole frames; a station's datagrams are taken one after another. */
    private void datagram(byte[] bytes, SocketAddress from) {
        try {
            var conversation = peer(from);
            var came = new ArrayList<Decoded>();
            var splitter = new FrameSplitter();
            splitter.feed(bytes, came::add);
            splitter.end(came::add);
            conversation.lock().lock();
            try {
                for (var decoded : came) {
                    conversation.take(decoded);
                }
            } finally {
                conversation.lock().unlock();
            }
        } catch (IOException e) {
            faults.count("datagram");
        } finally {
            datagrams.release();
        }
    }

    private Conversation peer(SocketAddress from) {
        synchronized (udpPeers) {
            return udpPeers.computeIfAbsent(
                    from,
                    to -> new Conversation(
                            this, answer -> udp.send(new DatagramPacket(answer, answer.length, to)), false));
        }
    }

    @Override
    public void close() {
        open = false;
        close(tcp);
        udp.close();
        lines.forEach(line -> close(line.socket));
    }
}
