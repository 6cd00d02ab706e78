package jiaoying.server.courier.cmpp;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import jiaoying.wire.cmpp.Authenticator;
import jiaoying.wire.cmpp.Body;
import jiaoying.wire.cmpp.Broken;
import jiaoying.wire.cmpp.Decoded;
import jiaoying.wire.cmpp.Incomplete;
import jiaoying.wire.cmpp.MsgId;
import jiaoying.wire.cmpp.Packet;
import jiaoying.wire.cmpp.Packets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to a gateway (连接), logged in. {@link #read} belongs to one thread and ends with the connection; the rest may
 * be called from any.
 */
final class Link implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Link.class);
    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("MMddHHmmss");
    private static final ZoneId GATEWAY_ZONE = ZoneId.of("Asia/Shanghai");
    private static final int UNANSWERED_MAX = 3;
    private static final long NOT_DURABLE = 9;

    private final Gateway gateway;
    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private final ReentrantLock writing = new ReentrantLock();
    private final Semaphore window;
    private final Map<Long, Asked> asked = new ConcurrentHashMap<>();
    private final AtomicLong sequence = new AtomicLong();
    private final AtomicInteger unheard = new AtomicInteger();
    private volatile boolean open = true;

    /** Who waits for an answer. @param late hears the number of one that comes when nobody waits any more */
    private record Asked(CompletableFuture<Body.SubmitResp> answer, Consumer<MsgId> late) {
        void take(Body.SubmitResp came) {
            if (!answer.complete(came) && came.result() == 0) {
                Thread.ofVirtual().start(() -> late.accept(came.msgId()));
            }
        }
    }

    private Link(Gateway gateway, Socket socket) throws IOException {
        this.gateway = gateway;
        this.socket = socket;
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        out = socket.getOutputStream();
        window = new Semaphore(gateway.window());
    }

    /** @throws IOException when the gateway cannot be reached or does not let us in, with the reason */
    static Link open(Gateway gateway, Instant now) throws IOException {
        var socket = new Socket();
        try {
            int millis = (int) gateway.answersWithin().toMillis();
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(gateway.host(), gateway.port()), millis);
            socket.setSoTimeout(millis);
            var link = new Link(gateway, socket);
            link.logIn(now);
            socket.setSoTimeout(0);
            return link;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private void logIn(Instant now) throws IOException {
        var timestamp = Long.parseLong(TIMESTAMP.format(now.atZone(GATEWAY_ZONE)));
        var proof = Authenticator.ofClient(gateway.account(), gateway.secret(), timestamp);
        var connect =
                new Body.Connect(gateway.account(), proof, gateway.version().code(), timestamp);
        write(new Packet(sequence.incrementAndGet(), connect));
        if (!(next() instanceof Packet(var ignored, Body.ConnectResp answer))) {
            throw new IOException("the gateway did not answer the login");
        }
        if (answer.status() != 0) {
            throw new IOException("login refused: " + refusal(answer.status()));
        }
        var expected = Authenticator.ofServer(0, proof, gateway.secret(), gateway.version());
        if (!expected.equals(answer.authenticator())) {
            LOG.warn(
                    "gateway {} of {} let us in without proving that it knows the secret",
                    gateway.place(),
                    gateway.name());
        }
    }

    private static String refusal(long status) {
        return status + " "
                + switch ((int) Math.clamp(status, 0, 5)) {
                    case 1 -> "(structure)";
                    case 2 -> "(account or address not known)";
                    case 3 -> "(wrong secret)";
                    case 4 -> "(version too high)";
                    default -> "(other)";
                };
    }

    /** Takes what comes until the connection ends. @param delivers says once a text or report is durable, true, or is not */
    void read(Function<Body.Deliver, CompletableFuture<Boolean>> delivers) throws IOException {
        try {
            while (open) {
                take(next(), delivers);
            }
        } finally {
            close();
        }
    }

    private Decoded next() throws IOException {
        var head = new byte[4];
        in.readFully(head);
        if (Packets.read(head, gateway.version()) instanceof Incomplete(int needed) && needed > head.length) {
            var whole = new byte[needed];
            ByteBuffer.wrap(whole).put(head);
            in.readFully(whole, head.length, needed - head.length);
            unheard.set(0);
            return Packets.read(whole, gateway.version());
        }
        throw new IOException("the gateway sent what is no packet: its length is "
                + ByteBuffer.wrap(head).getInt());
    }

    private void take(Decoded decoded, Function<Body.Deliver, CompletableFuture<Boolean>> delivers) throws IOException {
        switch (decoded) {
            case Packet(long number, Body body) -> take(number, body, delivers);
            case Broken broken -> LOG.warn("gateway {}: a packet that cannot be read, {}", gateway.name(), broken);
            case Incomplete _ -> throw new IOException("Bug: a whole packet is incomplete");
        }
    }

    private void take(long number, Body body, Function<Body.Deliver, CompletableFuture<Boolean>> delivers)
            throws IOException {
        switch (body) {
            case Body.SubmitResp answer -> {
                var waiting = asked.remove(number);
                if (waiting != null) {
                    waiting.take(answer);
                }
            }
            case Body.Deliver deliver -> take(number, deliver, delivers.apply(deliver));
            case Body.ActiveTest _ -> write(new Packet(number, new Body.ActiveTestResp()));
            case Body.Terminate _ -> {
                write(new Packet(number, new Body.TerminateResp()));
                close();
            }
            case Body.TerminateResp _ -> close();
            case Body.ActiveTestResp _, Body.Connect _, Body.ConnectResp _, Body.Submit _, Body.DeliverResp _ -> {}
        }
    }

    /** Answered when it is durable; what is not comes again. */
    private void take(long number, Body.Deliver deliver, CompletableFuture<Boolean> durable) {
        var unused = durable.handle((kept, loss) -> {
            var result = loss == null && kept ? 0 : NOT_DURABLE;
            try {
                write(new Packet(number, new Body.DeliverResp(deliver.msgId(), result)));
            } catch (IOException e) {
                close();
            }
            return result;
        });
    }

    boolean open() {
        return open;
    }

    int free() {
        return window.availablePermits();
    }

    /** Takes a place in the window for one text, which {@link #ask} gives back with its answer. */
    boolean enter(long millis) throws InterruptedException {
        return window.tryAcquire(millis, TimeUnit.MILLISECONDS);
    }

    /**
     * Sends a text for which {@link #enter} found a place.
     *
     * @param late hears the number of an answer that comes after the future was completed by its owner
     * @return the answer; fails with an IOException when the connection ends before
     * @throws IOException when nothing was sent
     */
    CompletableFuture<Body.SubmitResp> ask(Body.Submit submit, Consumer<MsgId> late) throws IOException {
        var answer = new CompletableFuture<Body.SubmitResp>();
        var unused = answer.whenComplete((came, loss) -> window.release());
        long number = sequence.updateAndGet(last -> last == 0xFFFF_FFFFL ? 1 : last + 1);
        var packet = Packets.write(new Packet(number, submit), gateway.version());
        asked.put(number, new Asked(answer, late));
        if (!open) {
            asked.remove(number);
            var ended = new IOException("the connection has ended");
            answer.completeExceptionally(ended);
            throw ended;
        }
        try {
            write(packet);
        } catch (IOException e) {
            answer.completeExceptionally(e); // some of it may have gone
            close();
        }
        return answer;
    }

    /** Tries the connection; ends one from which nothing came for three tries. */
    void tend() {
        try {
            if (unheard.incrementAndGet() > UNANSWERED_MAX) {
                close();
            } else {
                write(new Packet(sequence.incrementAndGet(), new Body.ActiveTest()));
            }
        } catch (IOException e) {
            close();
        }
    }

    private void write(Packet packet) throws IOException {
        write(Packets.write(packet, gateway.version()));
    }

    private void write(byte[] packet) throws IOException {
        writing.lock();
        try {
            out.write(packet);
            out.flush();
        } finally {
            writing.unlock();
        }
    }

    /** Says good-bye; what has no answer yet never gets one. */
    void terminate() {
        try {
            write(new Packet(sequence.incrementAndGet(), new Body.Terminate()));
        } catch (IOException e) {
            LOG.debug("the connection had ended already", e);
        }
        close();
    }

    @Override
    public void close() {
        open = false;
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("closing a broken connection", e);
        }
        for (var number : asked.keySet()) {
            var waiting = asked.remove(number);
            if (waiting != null) {
                waiting.answer.completeExceptionally(
                        new IOException("the connection ended before the gateway answered"));
            }
        }
    }
}
