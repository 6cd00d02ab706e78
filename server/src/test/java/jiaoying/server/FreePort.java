package jiaoying.server;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A port of loopback that a test names before somebody opens it.
 *
 * <p>It lies below the range from which systems give ports to whoever does not care (32768 and up on Linux, 49152 and
 * up elsewhere), so that no connection of another test takes it in between; it and the one above are free by TCP and
 * UDP, and none is given twice.
 */
public final class FreePort {
    private static final int FIRST = 10_000;
    private static final int COUNT = 9_000;
    private static final AtomicInteger NEXT =
            new AtomicInteger((int) (ProcessHandle.current().pid() * 97 % COUNT));

    private FreePort() {}

    public static int find() throws IOException {
        for (var tried = 0; tried < COUNT; tried++) {
            var port = FIRST + Math.floorMod(NEXT.getAndAdd(2), COUNT);
            if (free(port) && free(port + 1)) {
                return port;
            }
        }
        throw new IOException("no free port from " + FIRST + " to " + (FIRST + COUNT));
    }

    private static boolean free(int port) {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try (var tcp = new ServerSocket();
                var udp = new DatagramSocket(address)) {
            tcp.bind(address);
            return udp.isBound();
        } catch (IOException _) {
            return false;
        }
    }
}
