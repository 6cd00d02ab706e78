package jiaoying.server.door.sl651;

import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Addresses that misbehaved. One from which nothing good ever came is shut out for a while after it was cut off; one behind
 * which good stations are, such as the gateway of an operator, never is. Thread-safe.
 */
final class Peers {
    private static final int MOST = 10_000;
    private static final long SHUT_OUT = Duration.ofSeconds(30).toNanos();

    private final Map<InetAddress, Peer> peers = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<InetAddress, Peer> eldest) {
            return size() > MOST;
        }
    };

    private static final class Peer {
        private boolean good;
        private boolean shut;
        private long until;
    }

    synchronized void good(InetAddress address) {
        var peer = peers.computeIfAbsent(address, _ -> new Peer());
        peer.good = true;
        peer.shut = false;
    }

    /** @param frames good ones on the line that was cut */
    synchronized void bad(InetAddress address, long frames) {
        var peer = peers.computeIfAbsent(address, _ -> new Peer());
        if (frames == 0 && !peer.good) {
            peer.shut = true;
            peer.until = System.nanoTime() + SHUT_OUT;
        }
    }

    synchronized boolean isShutOut(InetAddress address) {
        var peer = peers.get(address);
        return peer != null && peer.shut && System.nanoTime() - peer.until < 0;
    }
}
