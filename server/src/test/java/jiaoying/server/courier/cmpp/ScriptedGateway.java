package jiaoying.server.courier.cmpp;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import jiaoying.wire.cmpp.Authenticator;
import jiaoying.wire.cmpp.Body;
import jiaoying.wire.cmpp.Content;
import jiaoying.wire.cmpp.Joined;
import jiaoying.wire.cmpp.MsgId;
import jiaoying.wire.cmpp.Packet;
import jiaoying.wire.cmpp.Packets;
import jiaoying.wire.cmpp.Part;
import jiaoying.wire.cmpp.StatusReport;
import jiaoying.wire.cmpp.Version;

/** A text gateway on loopback that does with each text what it was told to do, however badly. */
final class ScriptedGateway implements AutoCloseable {
    static final String ACCOUNT = "901234";
    static final String SECRET = "s3cret";
    static final String NUMBER = "106900123";

    /** What it does with a SUBMIT. */
    interface Habit {
        void take(Talk talk, long sequence, Body.Submit submit) throws IOException;
    }

    /** Takes every part and reports it delivered, in this order. */
    static final Habit GOOD = (talk, sequence, submit) -> {
        var id = talk.gateway().nextId();
        talk.answer(sequence, id, 0);
        talk.report(id, "DELIVRD", submit);
    };

    final BlockingQueue<Body.Submit> submits = new LinkedBlockingQueue<>();
    final BlockingQueue<Body.DeliverResp> answered = new LinkedBlockingQueue<>();
    final BlockingQueue<Talk> logins = new LinkedBlockingQueue<>();
    final List<Talk> talks = new CopyOnWriteArrayList<>();
    final Version version;
    volatile Habit habit = GOOD;
    volatile String secret = SECRET;
    volatile boolean answersActiveTest = true;
    private final ServerSocket socket;
    private final AtomicLong ids =
            new AtomicLong(MsgId.of(6, 1, 8, 0, 0, 1234, 0).bits());
    private final AtomicLong sequences = new AtomicLong(1_000);
    private final Joined joined = new Joined(100);
    final BlockingQueue<String> texts = new LinkedBlockingQueue<>();

    ScriptedGateway(Version version) throws IOException {
        this.version = version;
        socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return socket.getLocalPort();
    }

    MsgId nextId() {
        return new MsgId(ids.incrementAndGet());
    }

    static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        var next = queue.poll(20, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing came");
        }
        return next;
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                var line = socket.accept();
                Thread.ofVirtual().start(() -> new Talk(line).run());
            } catch (IOException closed) {
                return;
            }
        }
    }

    /** One connection. */
    final class Talk {
        private final Socket line;

        Talk(Socket line) {
            this.line = line;
        }

        ScriptedGateway gateway() {
            return ScriptedGateway.this;
        }

        private void run() {
            try (line) {
                var in = new DataInputStream(line.getInputStream());
                while (true) {
                    int length = in.readInt();
                    var bytes = ByteBuffer.allocate(length).putInt(length).array();
                    in.readFully(bytes, 4, length - 4);
                    if (Packets.read(bytes, version) instanceof Packet packet) {
                        take(packet);
                    }
                }
            } catch (IOException gone) {
                talks.remove(this);
            }
        }

        private void take(Packet packet) throws IOException {
            switch (packet.body()) {
                case Body.Connect connect -> logIn(packet.sequence(), connect);
                case Body.Submit submit -> {
                    submits.add(submit);
                    read(submit);
                    habit.take(this, packet.sequence(), submit);
                }
                case Body.DeliverResp answer -> answered.add(answer);
                case Body.ActiveTest _ -> {
                    if (answersActiveTest) {
                        write(packet.sequence(), new Body.ActiveTestResp());
                    }
                }
                case Body.Terminate _ -> {
                    write(packet.sequence(), new Body.TerminateResp());
                    hangUp();
                }
                default -> {}
            }
        }

        private void read(Body.Submit submit) {
            var part = Part.find(submit.tpUdhi(), submit.msgFmt(), submit.content())
                    .orElseThrow();
            synchronized (joined) {
                joined.add(submit.destTerminalIds().getFirst(), part, submit.tpUdhi())
                        .ifPresent(texts::add);
            }
        }

        private void logIn(long sequence, Body.Connect connect) throws IOException {
            var right = connect.sourceAddr().equals(ACCOUNT)
                    && connect.authenticator().equals(Authenticator.ofClient(ACCOUNT, secret, connect.timestamp()));
            var proof = Authenticator.ofServer(0, connect.authenticator(), secret, version);
            write(sequence, new Body.ConnectResp(right ? 0 : 3, proof, version.code()));
            if (right) {
                talks.add(this);
                logins.add(this);
            } else {
                hangUp();
            }
        }

        void answer(long sequence, MsgId id, int result) throws IOException {
            write(sequence, new Body.SubmitResp(id, result));
        }

        void report(MsgId id, String stat, Body.Submit submit) throws IOException {
            var number = submit.destTerminalIds().getFirst();
            var report = new StatusReport(id, stat, "2606010800", "2606010801", number, 7);
            deliver(submit.srcId(), number, 1, 0, report.content(version));
        }

        void reply(String from, String to, String text) throws IOException {
            deliver(to, from, 0, 8, Content.of(text.getBytes(StandardCharsets.UTF_16BE)));
        }

        private void deliver(String to, String from, int registered, int format, Content content) throws IOException {
            write(
                    sequences.incrementAndGet(),
                    new Body.Deliver(nextId(), to, "", 0, 0, format, from, 0, registered, content, ""));
        }

        void write(long sequence, Body body) throws IOException {
            raw(Packets.write(new Packet(sequence, body), version));
        }

        synchronized void raw(byte[] bytes) throws IOException {
            line.getOutputStream().write(bytes);
        }

        void hangUp() throws IOException {
            line.close();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (var talk : talks) {
            talk.hangUp();
        }
    }
}
