package jiaoying.server.door.sl651;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Addresses and their lines. One from which no registered station was ever heard is shut out for a while after it misbehaved;
 * one behind which such stations are, such as the gateway of an operator, never is: there a newcomer takes the place of the
 * line that has proved nothing for longest. Thread-safe.
 *
 * @param <L> a line
 */
final class Peers<L> {
    private static final int MOST = 10_000;
    private static final long SHUT_OUT = Duration.ofSeconds(30).toNanos();
    private static final double CONNECTS_A_SECOND = 50;
    private static final int CONNECTS_LEAST = 100;

    private final int perAddress;
    private final Map<InetAddress, Peer> peers = new LinkedHashMap<>(16, 0.75f, true);

    /** @param perAddress lines of one address at once */
    Peers(int perAddress) {
        this.perAddress = perAddress;
    }

    private final class Peer {
        private boolean good;
        private boolean shut;
        private long until;
        private int lines;
        private final ArrayDeque<L> unproved = new ArrayDeque<>();
        private final Allowance connects;

        Peer(long now) {
            connects = new Allowance(Math.max(perAddress, CONNECTS_LEAST), CONNECTS_A_SECOND, now);
        }
    }

    /** What becomes of somebody who comes. */
    sealed interface Admission {
        /** @param instead the line that has to go for it */
        record Admitted<L>(Optional<L> instead) implements Admission {}

        /** @param why a word of the faults */
        record Turned(String why) implements Admission {}
    }

    synchronized Admission admit(InetAddress address, L line, long now) {
        var peer = peers.computeIfAbsent(address, _ -> new Peer(now));
        forget(now);
        if (peer.shut && now < peer.until) {
            return new Admission.Turned("shut-out");
        }
        if (!peer.connects.tryTake(now)) {
            return new Admission.Turned("too-many-of-one-address");
        }
        Optional<L> instead = Optional.empty();
        if (peer.lines >= perAddress) {
            instead = Optional.ofNullable(peer.unproved.poll());
            if (instead.isEmpty()) {
                return new Admission.Turned("too-many-of-one-address");
            }
        }
        peer.lines++;
        peer.unproved.add(line);
        return new Admission.Admitted<>(instead);
    }

    /** Addresses with lines, and those shut out now, are not forgotten. */
    private void forget(long now) {
        if (peers.size() > MOST) {
            peers.values().removeIf(peer -> peer.lines == 0 && !(peer.shut && now < peer.until));
        }
    }

    /** The line of one that has proved nothing for longest, whatever its address. */
    synchronized Optional<L> pollUnproved() {
        for (var peer : peers.values()) {
            if (!peer.unproved.isEmpty()) {
                return Optional.of(peer.unproved.remove());
            }
        }
        return Optional.empty();
    }

    /** A registered station is at the other end. */
    synchronized void prove(InetAddress address, L line) {
        Optional.ofNullable(peers.get(address)).ifPresent(peer -> {
            peer.good = true;
            peer.shut = false;
            peer.unproved.remove(line);
        });
    }

    /** It misbehaved. @param frames of registered stations on the line */
    synchronized void bad(InetAddress address, long frames, long now) {
        Optional.ofNullable(peers.get(address)).ifPresent(peer -> {
            if (frames == 0 && !peer.good) {
                peer.shut = true;
                peer.until = now + SHUT_OUT;
            }
        });
    }

    synchronized void leave(InetAddress address, L line) {
        Optional.ofNullable(peers.get(address)).ifPresent(peer -> {
            peer.lines--;
            peer.unproved.remove(line);
        });
    }
}
