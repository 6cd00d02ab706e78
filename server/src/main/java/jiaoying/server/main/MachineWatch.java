package jiaoying.server.main;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import jiaoying.server.page.RoomInfo.Finding;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the machine under a room (机器看护): whether the disk still has its reserve, and whether the clock jumps. Before the
 * reserve is gone the room refuses readings, which stations keep and send again, so that calls and answers still have room.
 * May be called from any thread.
 */
final class MachineWatch implements AutoCloseable {
    /** Environment variable with the reserve in megabytes. */
    static final String RESERVE = "JIAOYING_DISK_RESERVE_MB";

    private static final Logger LOG = LoggerFactory.getLogger(MachineWatch.class);
    private static final long RESERVE_MB = 512;
    private static final long MEGABYTE = 1024 * 1024;
    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

    /** Between two looks the clock and the machine's own count of time may differ by this. */
    private static final Duration JUMP = Duration.ofSeconds(2);

    private static final Duration JUMP_SHOWN = Duration.ofHours(1);

    private final LongSupplier free;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final Supplier<Duration> ahead;
    private final long reserve;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean low;
    private volatile boolean soonLow;
    private volatile Optional<Jump> jump = Optional.empty();
    private Instant lastClock;
    private long lastNanos;

    /** @param by forward, or back when negative; shownUntil on the machine's own count of time */
    private record Jump(Duration by, long shownUntil) {}

    /**
     * @param free    bytes that may still be written
     * @param nanos   the machine's own count of time, which never jumps
     * @param ahead   how far the room's clock is ahead of this one, since it was set back
     * @param reserve bytes that stay free for calls and answers
     */
    MachineWatch(LongSupplier free, InstantSource clock, LongSupplier nanos, Supplier<Duration> ahead, long reserve) {
        this.free = free;
        this.clock = clock;
        this.nanos = nanos;
        this.ahead = ahead;
        this.reserve = reserve;
        lastClock = clock.instant();
        lastNanos = nanos.getAsLong();
    }

    /**
     * Watches the disk of a data directory and the machine's clock, on a thread of its own.
     *
     * @param ahead how far the room's clock is ahead of the machine's
     */
    static MachineWatch start(Path data, Map<String, String> environment, Supplier<Duration> ahead) {
        var watch = new MachineWatch(
                () -> usable(data), InstantSource.system(), System::nanoTime, ahead, reserve(environment) * MEGABYTE);
        watch.look();
        Thread.ofVirtual().name("machine-watch").start(watch::run);
        return watch;
    }

    /** Whether the disk of a data directory has room beside its reserve at this moment. */
    static BooleanSupplier space(Path data, Map<String, String> environment) {
        long reserve = reserve(environment) * MEGABYTE;
        return () -> usable(data) >= reserve;
    }

    private static long reserve(Map<String, String> environment) {
        var text = environment.getOrDefault(RESERVE, Long.toString(RESERVE_MB));
        if (!text.matches("\\d{1,7}")) {
            throw new Refusal("run.reserve", RESERVE, text);
        }
        return Long.parseLong(text);
    }

    /** Where the disk cannot be asked it counts as free: the database will say so itself. */
    private static long usable(Path data) {
        try {
            return Files.getFileStore(data).getUsableSpace();
        } catch (IOException e) {
            return Long.MAX_VALUE;
        }
    }

    private void run() {
        try {
            while (!closed.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void look() {
        long left = free.getAsLong();
        if (low != left < reserve) {
            LOG.error(
                    "Disk: {} MB free, reserve {} MB; readings are {}",
                    left / MEGABYTE,
                    reserve / MEGABYTE,
                    left < reserve ? "refused" : "taken again");
        }
        low = left < reserve;
        soonLow = left < 2 * reserve;
        clock();
    }

    private void clock() {
        var now = clock.instant();
        long count = nanos.getAsLong();
        var by = Duration.between(lastClock, now).minusNanos(count - lastNanos);
        if (by.abs().compareTo(JUMP) > 0) {
            LOG.error("The clock of this machine jumped by {} s", by.toMillis() / 1000.0);
            jump = Optional.of(new Jump(by, count + JUMP_SHOWN.toNanos()));
        }
        lastClock = now;
        lastNanos = count;
    }

    /** The reserve is touched: readings are to be refused. */
    boolean low() {
        return low;
    }

    /** What somebody should look after. */
    List<Finding> findings() {
        var findings = new ArrayList<Finding>();
        if (low || soonLow) {
            findings.add(new Finding(low ? "disk-reserve" : "disk-low", Long.toString(free.getAsLong() / MEGABYTE)));
        }
        jumped().ifPresent(seconds -> findings.add(new Finding("clock-jumped", Long.toString(seconds))));
        if (ahead.get().compareTo(JUMP) > 0) {
            findings.add(new Finding("clock-ahead", Long.toString(ahead.get().toSeconds())));
        }
        return findings;
    }

    /** By how many seconds the clock jumped within the last hour. */
    private OptionalLong jumped() {
        return jump.filter(one -> nanos.getAsLong() - one.shownUntil < 0).stream()
                .mapToLong(one -> Math.round(one.by.toMillis() / 1000.0))
                .findFirst();
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
