package jiaoying.server.courier.sip;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import jiaoying.server.store.RecordingStore.Draft;
import jiaoying.wire.voice.G711;
import jiaoying.wire.voice.Keys;
import jiaoying.wire.voice.Rtp;
import jiaoying.wire.voice.Sdp;

/**
 * The sound of one call (媒体): packets of 20 ms each way over one socket. Sends to where the other side really sends from, once
 * it does (symmetric RTP), for its own word may be an address behind a translator.
 */
final class Sound implements AutoCloseable {
    private static final int FRAME = G711.RATE / 50;
    private static final long STEP_NANOS = 20_000_000L;
    private static final int PACKET_MOST = 2_048;

    private final DatagramSocket socket;
    private final BlockingQueue<Character> pressed = new LinkedBlockingQueue<>();
    private final Keys keys = new Keys();
    private final int ssrc = new java.util.Random().nextInt();
    private volatile SocketAddress to;
    private volatile Sdp other;
    private Optional<InetAddress> first = Optional.empty();
    private volatile Optional<Draft> kept = Optional.empty();
    private volatile boolean open = true;
    private int sequence;
    private long timestamp;

    Sound(String local) throws IOException {
        socket = new DatagramSocket(new InetSocketAddress(InetAddress.getByName(local), 0));
        to = socket.getLocalSocketAddress();
        other = new Sdp(local, 1, G711.PCMA, Sdp.KEYS, true);
    }

    int port() {
        return socket.getLocalPort();
    }

    /** The other side has said where it wants the sound; it may say so again. */
    void direct(Sdp answer) throws IOException {
        other = answer;
        to = new InetSocketAddress(InetAddress.getByName(answer.address()), answer.port());
    }

    /** Hears until it is closed. */
    void listen() {
        Thread.ofVirtual().start(() -> {
            var packet = new DatagramPacket(new byte[PACKET_MOST], PACKET_MOST);
            while (open) {
                try {
                    socket.receive(packet);
                    hear(packet);
                } catch (IOException e) {
                    open = false;
                }
            }
        });
    }

    private void hear(DatagramPacket packet) {
        if (!isOther(packet)) {
            return;
        }
        Rtp.read(packet.getData(), packet.getLength()).ifPresent(heard -> {
            to = packet.getSocketAddress();
            if (isKey(heard)) {
                keys.press(heard.timestamp(), heard.payload()).ifPresent(pressed::add);
            } else if (isVoice(heard)) {
                kept.ifPresent(draft ->
                        draft.hear(heard.payloadType() == G711.PCMU.payloadType(), heard.timestamp(), heard.payload()));
            }
        });
    }

    /** From where the other side said, or from the first place from which anything came; a stranger cannot press a key. */
    private boolean isOther(DatagramPacket packet) {
        var from = packet.getAddress();
        if (to instanceof InetSocketAddress announced && announced.getAddress().equals(from)) {
            return true;
        }
        first = first.or(() -> Optional.of(from));
        return first.get().equals(from);
    }

    /** Some phones number their events as they like, so that any short packet of a free type is looked at. */
    private boolean isKey(Rtp.Heard heard) {
        return heard.payloadType() == other.keys() || heard.payloadType() >= 96 && heard.payload().length == 4;
    }

    private static boolean isVoice(Rtp.Heard heard) {
        return heard.payloadType() == G711.PCMA.payloadType() || heard.payloadType() == G711.PCMU.payloadType();
    }

    /** From now on what is heard is kept. */
    void keep(Draft draft) {
        kept = Optional.of(draft);
    }

    void press(char key) {
        pressed.add(key);
    }

    /**
     * Says something and listens for keys meanwhile.
     *
     * @param until hears each key; says true to stop
     * @return whether all of it was said
     */
    boolean say(short[] samples, KeyTaken until) throws InterruptedException {
        var next = System.nanoTime();
        for (var from = 0; from < samples.length && open; from += FRAME) {
            var frame = Arrays.copyOf(Arrays.copyOfRange(samples, from, Math.min(samples.length, from + FRAME)), FRAME);
            send(other.law().encode(frame), from == 0);
            next += STEP_NANOS;
            LockSupport.parkNanos(next - System.nanoTime());
            for (var key = pressed.poll(); key != null; key = pressed.poll()) {
                if (until.take(key)) {
                    return false;
                }
            }
        }
        return open;
    }

    /** Says nothing for a while, and goes on listening. @return whether nobody stopped it */
    boolean pause(long millis, KeyTaken until) throws InterruptedException {
        return say(new short[(int) (millis * G711.RATE / 1000)], until);
    }

    /** What is done with a key. */
    interface KeyTaken {
        boolean take(char key);
    }

    private void send(byte[] frame, boolean marker) {
        var packet = Rtp.write(other.law().payloadType(), marker, sequence++, timestamp, ssrc, frame);
        timestamp += FRAME;
        try {
            socket.send(new DatagramPacket(packet, packet.length, to));
        } catch (IOException e) {
            // a port that is closed already; the call will end by SIP
        }
    }

    boolean open() {
        return open;
    }

    @Override
    public void close() {
        open = false;
        socket.close();
    }
}
