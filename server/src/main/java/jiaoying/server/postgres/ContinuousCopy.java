package jiaoying.server.postgres;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.postgresql.Driver;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;
import org.postgresql.replication.LogSequenceNumber;
import org.postgresql.replication.PGReplicationStream;

/**
 * Copies an embedded database continuously to another place (连续副本): once all its files, then every byte of its
 * write-ahead log as soon as the database has it on disk, over PostgreSQL's streaming replication protocol. A replication slot
 * makes the database keep what the place has not got yet, up to a bound; what is lost beyond it is mended by a new base.
 *
 * <p>The loss window (丢失窗口) is the age of the oldest commit that may not be at the place yet. It is what would be missing if
 * the machine burned down now. Nothing waits for the copy: where the place is away, calling goes on and the window grows.
 */
public final class ContinuousCopy implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ContinuousCopy.class.getName());
    private static final String SLOT = "jiaoying_copy";
    private static final Duration AGAIN = Duration.ofSeconds(2);
    private static final Duration BASE_AGAIN = Duration.ofSeconds(30);
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final Duration ENDS_WITHIN = Duration.ofSeconds(5);
    private static final Duration FILES_EVERY = Duration.ofSeconds(2);
    private static final long IDLE_NS = 10_000_000;
    private static final long FORCE_AFTER = 4L << 20;

    /** After so much log a new base is made, so that a restore stays short and the place bounded. */
    private static final long REBASE_AFTER = 2L << 30;

    private final Path dataDir;
    private final Server server;
    private final CopyFolder copy;
    private final SideFiles files;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final long rebaseAfter;
    private final AtomicBoolean renewal = new AtomicBoolean();
    private volatile Instant forgottenAt = Instant.MIN;
    private final Thread thread = Thread.ofPlatform().daemon().name("copy").unstarted(this::run);
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Optional<CopyFolder.Label> label = Optional.empty();
    private volatile String problem = "";
    private volatile String baseProblem = "";
    private volatile long baseAgainNanos;
    private volatile long copied;
    private volatile long safeNanos;
    private volatile boolean basing;
    private volatile Optional<Thread> base = Optional.empty();
    private volatile boolean sameDisk;
    private volatile boolean caughtUp;
    private long asked;
    private long askedNanos;
    private long filesNanos;
    private boolean asking;

    /**
     * How the copy is.
     *
     * @param whole   a restore from the place is possible, and the place has caught up since the start
     * @param window  age of the oldest commit that may not be there yet; until it is whole the time since the start, for
     *                nobody knows how much is missing
     * @param baseAt  when its base was begun
     * @param problem why it does not go on at the moment, or empty
     * @param sameDisk the place is on the disk of the data directory, which saves from nothing but a deleted folder
     */
    public record State(boolean whole, Duration window, Optional<Instant> baseAt, String problem, boolean sameDisk) {}

    private ContinuousCopy(
            Path dataDir,
            Server server,
            Path place,
            List<String> kept,
            InstantSource clock,
            LongSupplier nanos,
            long rebaseAfter) {
        this.dataDir = dataDir;
        this.server = server;
        this.copy = new CopyFolder(place);
        this.files = new SideFiles(dataDir, copy.room(), kept);
        this.clock = clock;
        this.nanos = nanos;
        this.rebaseAfter = rebaseAfter;
        safeNanos = nanos.getAsLong();
        baseAgainNanos = safeNanos;
    }

    /**
     * Begins at once, in the background; a place that is away is tried again and again.
     *
     * @param place a folder on another disk or machine; made if it does not exist
     * @param kept  what goes along besides the database, relative to the data directory
     * @param nanos the machine's own count of time, which never jumps
     */
    public static ContinuousCopy start(
            Path dataDir, Server server, Path place, List<String> kept, InstantSource clock, LongSupplier nanos) {
        return start(dataDir, server, place, kept, clock, nanos, REBASE_AFTER);
    }

    /** @param rebaseAfter bytes of log after which a new base is made */
    static ContinuousCopy start(
            Path dataDir,
            Server server,
            Path place,
            List<String> kept,
            InstantSource clock,
            LongSupplier nanos,
            long rebaseAfter) {
        var copy = new ContinuousCopy(dataDir, server, place, kept, clock, nanos, rebaseAfter);
        copy.thread.start();
        return copy;
    }

    /**
     * Something was deleted that must not live on at the place, such as the key of a person who was erased: a new base is made as
     * soon as may be, and the one before goes, with the log up to the new one.
     */
    public void renew() {
        renewal.set(true);
    }

    /** As {@link #renew}, unless the base is younger than that: what was to be done when the program ended is done now. */
    public void renewUnlessYoungerThan(Instant moment) {
        forgottenAt = moment;
    }

    public State state() {
        var window = Duration.ofNanos(Math.max(0, nanos.getAsLong() - safeNanos));
        var now = label;
        return new State(
                now.isPresent() && caughtUp,
                window,
                now.map(CopyFolder.Label::takenAt),
                problem.isEmpty() ? baseProblem : problem,
                sameDisk);
    }

    private void run() {
        while (!over(Duration.ZERO)) {
            try {
                session();
            } catch (IOException | SQLException | RuntimeException failed) {
                if (closed.getCount() > 0) {
                    tell(why(failed));
                }
            }
            over(AGAIN);
        }
    }

    /** A file's name alone says little. */
    private static String why(Exception failed) {
        return failed instanceof FileSystemException || failed.getMessage() == null
                ? failed.toString()
                : failed.getMessage();
    }

    private void tell(String why) {
        if (!why.equals(problem)) {
            LOG.log(System.Logger.Level.ERROR, "The copy at {0} does not go on: {1}", copy.place(), why);
        }
        problem = why;
    }

    /** @return whether it was closed within that time */
    private boolean over(Duration wait) {
        try {
            return closed.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** From connecting to the first failure. */
    private void session() throws IOException, SQLException {
        copy.prepare();
        copy.keepPassword(server.password());
        sameDisk = Files.getFileStore(dataDir).equals(Files.getFileStore(copy.place()));
        try (var asking = connect(false)) {
            var system = Long.parseLong(Asking.text(asking, "SELECT system_identifier FROM pg_control_system()"));
            var segmentBytes =
                    Long.parseLong(Asking.text(asking, "SELECT bytes_per_wal_segment FROM pg_control_init()"));
            var known = copy.label();
            refuseForeign(known, system);
            var kept = known.filter(good -> slotHolds(asking));
            label = kept; // a place whose log has a gap is not whole before its new base
            var from = kept.isPresent() ? resume(kept.get()) : freshSlot(asking, segmentBytes);
            try (var replication = connect(true);
                    var stream = stream(replication, from)) {
                if (kept.isEmpty()) {
                    rebase(system, segmentBytes); // a base from before the slot does not join the log that comes now
                }
                follow(asking, stream, system, segmentBytes);
            }
        }
    }

    private void refuseForeign(Optional<CopyFolder.Label> known, long system) throws IOException {
        if (known.isPresent() && known.get().system() != system) {
            throw new IOException(copy.place() + " holds the copy of another database; choose another folder");
        }
    }

    private static boolean slotHolds(Connection asking) {
        try {
            return Asking.findRow(
                            asking, "SELECT wal_status FROM pg_replication_slots WHERE slot_name = '" + SLOT + "'")
                    .filter(row -> !row.getFirst().equals("lost"))
                    .isPresent();
        } catch (SQLException away) {
            return false;
        }
    }

    /** Begins with the last file anew: it may have been cut off in the middle. */
    private long resume(CopyFolder.Label good) throws IOException {
        var segments = copy.segments();
        var last = segments.isEmpty()
                ? good.firstSegment()
                : segments.getLast().getFileName().toString();
        return CopyFolder.segmentBegin(last, good.segmentBytes());
    }

    private static long freshSlot(Connection asking, long segmentBytes) throws SQLException {
        Asking.findRow(
                asking,
                "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = '" + SLOT
                        + "'");
        var row = Asking.row(asking, "SELECT lsn FROM pg_create_physical_replication_slot('" + SLOT + "', true)");
        var at = LogSequenceNumber.valueOf(row.getFirst()).asLong();
        return at - Long.remainderUnsigned(at, segmentBytes);
    }

    private Connection connect(boolean replication) throws SQLException {
        var signIn = new Properties();
        signIn.setProperty("user", server.user());
        signIn.setProperty("password", server.password());
        PGProperty.CONNECT_TIMEOUT.set(signIn, 5);
        if (replication) {
            PGProperty.REPLICATION.set(signIn, "true");
            PGProperty.PREFER_QUERY_MODE.set(signIn, "simple");
            PGProperty.ASSUME_MIN_SERVER_VERSION.set(signIn, Binaries.MAJOR);
        }
        var connection = new Driver().connect(server.jdbcUrl(), signIn);
        if (connection == null) {
            throw new SQLException("no driver for " + server.jdbcUrl());
        }
        return connection;
    }

    private static PGReplicationStream stream(Connection replication, long from) throws SQLException {
        return replication
                .unwrap(PGConnection.class)
                .getReplicationAPI()
                .replicationStream()
                .physical()
                .withSlotName(SLOT)
                .withStartPosition(LogSequenceNumber.valueOf(from))
                .withStatusInterval(1, TimeUnit.SECONDS)
                .start();
    }

    /** Takes what comes until it is closed or something fails. */
    private void follow(Connection asking, PGReplicationStream stream, long system, long segmentBytes)
            throws SQLException, IOException {
        var nextLook = nanos.getAsLong();
        var nextFiles = nextLook;
        try (var wal = new WalFiles(copy.wal(), segmentBytes)) {
            while (!over(Duration.ZERO)) {
                var came = receive(stream, wal);
                var now = nanos.getAsLong();
                if (now - nextFiles >= 0) {
                    files.equalize();
                    filesNanos = now;
                    nextFiles = now + FILES_EVERY.toNanos();
                }
                if (now - nextLook >= 0) {
                    look(asking, now);
                    problem = "";
                    nextLook = now + LOOK_EVERY.toNanos();
                    rebaseWhenDue(system, segmentBytes, now);
                }
                if (!came) {
                    LockSupport.parkNanos(IDLE_NS);
                }
            }
        }
    }

    private boolean receive(PGReplicationStream stream, WalFiles wal) throws SQLException, IOException {
        var bytes = 0L;
        for (var part = stream.readPending(); part != null; part = stream.readPending()) {
            bytes += part.remaining();
            wal.write(stream.getLastReceiveLSN().asLong() - part.remaining(), part);
            if (bytes > FORCE_AFTER) {
                break;
            }
        }
        if (bytes == 0) {
            return false;
        }
        wal.force();
        copied = stream.getLastReceiveLSN().asLong();
        stream.setFlushedLSN(stream.getLastReceiveLSN());
        stream.setAppliedLSN(stream.getLastReceiveLSN());
        return true;
    }

    /**
     * Everything committed before a look is at the place as soon as the place has the log up to where it ended then; but keys
     * and evidence only as of the last time when they were made equal.
     */
    private void look(Connection connection, long now) throws SQLException {
        if (!asking) {
            asked = LogSequenceNumber.valueOf(Asking.text(connection, "SELECT pg_current_wal_flush_lsn()"))
                    .asLong();
            askedNanos = now;
            asking = true;
        }
        if (Long.compareUnsigned(copied, asked) >= 0) {
            safeNanos = askedNanos - filesNanos < 0 ? askedNanos : filesNanos;
            caughtUp = true;
            asking = false;
        }
    }

    /** A first base that failed is made again, and a new one when the log has become long. */
    private void rebaseWhenDue(long system, long segmentBytes, long now) {
        var due = renewal.get()
                || label.map(good ->
                                isLong(good, segmentBytes) || !good.takenAt().isAfter(forgottenAt))
                        .orElse(true);
        if (due && now - baseAgainNanos >= 0) {
            rebase(system, segmentBytes);
        }
    }

    private boolean isLong(CopyFolder.Label good, long segmentBytes) {
        return copied - CopyFolder.segmentBegin(good.firstSegment(), segmentBytes) > rebaseAfter;
    }

    /** Makes a new base beside the log; the one before is good until then. */
    private void rebase(long system, long segmentBytes) {
        if (basing) {
            return;
        }
        basing = true;
        var renewing = renewal.getAndSet(false) || forgottenAt.isAfter(Instant.MIN);
        forgottenAt = Instant.MIN;
        base = Optional.of(Thread.ofPlatform().daemon().name("copy-base").start(() -> {
            try (var connection = connect(false)) {
                Asking.text(
                        connection,
                        "SELECT pg_switch_wal()"); // nothing older stands in the first file beside the new base
                var cluster = Cluster.folderOf(dataDir);
                var fresh = new BaseCopy(cluster, copy).take(connection, system, segmentBytes, clock.instant());
                while (Long.compareUnsigned(copied, fresh.until().asLong()) < 0) {
                    if (over(LOOK_EVERY)) {
                        return;
                    }
                }
                copy.write(fresh);
                label = Optional.of(fresh);
                baseProblem = "";
                copy.prune(fresh);
            } catch (IOException | SQLException | RuntimeException failed) {
                if (closed.getCount() == 0) {
                    return;
                }
                baseProblem = "base: " + why(failed);
                LOG.log(System.Logger.Level.ERROR, "The copy at {0} has no new base: {1}", copy.place(), baseProblem);
                baseAgainNanos = nanos.getAsLong() + BASE_AGAIN.toNanos();
                renewal.compareAndSet(false, renewing);
            } finally {
                basing = false;
            }
        }));
    }

    /** Ends, also a base that is being made; what the place has not got yet follows at the next start. */
    @Override
    public void close() {
        closed.countDown();
        base.ifPresent(Thread::interrupt);
        try {
            thread.join(ENDS_WITHIN);
            if (base.isPresent()) {
                base.get().join(ENDS_WITHIN);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
