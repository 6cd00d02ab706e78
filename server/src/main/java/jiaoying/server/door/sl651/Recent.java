package jiaoying.server.door.sl651;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import jiaoying.wire.sl651.Frame;
import jiaoying.wire.sl651.Frames;

/**
 * The last frames of one station that are durable. A station sends a frame again up to twice when it heard no answer
 * (§6.3.1.2), and perhaps by two ways; whoever sends one more often, or long afterwards, has recorded it and knows the
 * station's code, no more. For one thread.
 */
final class Recent {
    private static final int KEPT = 64;
    private static final int TIMES_MOST = 6;
    private static final Duration RESENT_WITHIN = Duration.ofHours(1);

    private final Map<Long, Seen> frames = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Seen> eldest) {
            return size() > KEPT;
        }
    };

    private record Seen(int times, Instant first) {}

    /** What a frame is beside those before it. */
    enum Look {
        NEW,
        /** It is durable already and is answered again. */
        AGAIN,
        /** More often or later than a station sends again. */
        REPLAYED
    }

    /** Counts it if it was here before. */
    Look look(Frame frame, Instant now) {
        var seen = frames.computeIfPresent(digest(frame), (_, it) -> new Seen(it.times() + 1, it.first()));
        if (seen == null) {
            return Look.NEW;
        }
        var late = Duration.between(seen.first(), now).compareTo(RESENT_WITHIN) > 0;
        return late || seen.times() > TIMES_MOST ? Look.REPLAYED : Look.AGAIN;
    }

    /** It is durable now. */
    void durable(Frame frame, Instant now) {
        frames.putIfAbsent(digest(frame), new Seen(1, now));
    }

    private static long digest(Frame frame) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(Frames.encode(frame)))
                    .getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Bug: each JDK has SHA-256", e);
        }
    }
}
