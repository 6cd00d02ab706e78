package jiaoying.server.main;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends what was started, the last first, however much of it was started. */
final class Closing implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private boolean closed;

    /** Remembers what was started; when everything has ended already, ends it at once. */
    <T extends AutoCloseable> T add(T part) {
        if (!remembered(part)) {
            end(part);
            throw new IllegalStateException("The server is stopping");
        }
        return part;
    }

    private synchronized boolean remembered(AutoCloseable part) {
        if (!closed) {
            started.push(part);
        }
        return !closed;
    }

    @Override
    public void close() {
        for (var part = next(); part.isPresent(); part = next()) {
            end(part.get());
        }
    }

    private synchronized Optional<AutoCloseable> next() {
        closed = true;
        return Optional.ofNullable(started.poll());
    }

    private static void end(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            LOG.warn("{} did not end in order", part.getClass().getSimpleName(), e);
        }
    }
}
