package jiaoying.server.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import jiaoying.server.postgres.PostgresUnavailable.Reason;
import jiaoying.server.postgres.StateFile.State;

/**
 * A PostgreSQL 18 of our own for one data directory (内置数据库), started as a child of this program.
 *
 * <pre>
 * data/postgres/        the cluster
 * data/postgres.state   password, port, owner and server process (0600)
 * data/postgres.lock    held by the program that owns the server
 * data/postgres.log     what PostgreSQL says
 * </pre>
 *
 * It ends with the program however that ends, and is started again on the same port if it alone is killed. Any thread may
 * call; {@link #close} may be called twice.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final Duration LINGER = Duration.ofSeconds(15);
    private static final long LOOK_AGAIN_NS = 5_000_000;

    /** Proposes a port that should be free. */
    interface Ports {
        int next() throws IOException;
    }

    private final Server server;
    private final Runnable ending;
    private boolean closed;

    private EmbeddedPostgres(Server server, Runnable ending) {
        this.server = server;
        this.ending = ending;
    }

    /** Starts the server of a data directory, made if it does not exist; refuses one that a living program uses. */
    public static EmbeddedPostgres start(Path dataDir) throws PostgresUnavailable {
        return start(dataDir, Binaries.defaultCache());
    }

    /** As {@link #start(Path)}, with the programs unpacked under another folder. */
    public static EmbeddedPostgres start(Path dataDir, Path cache) throws PostgresUnavailable {
        return start(dataDir, cache, Durability.LASTING, EmbeddedPostgres::freePort);
    }

    /** Starts a server that keeps nothing: quick, not durable, its files in {@code dir} are deleted at the end. */
    public static EmbeddedPostgres startThrowaway(Path dir) throws PostgresUnavailable {
        return start(dir, Binaries.defaultCache(), Durability.THROWAWAY, EmbeddedPostgres::freePort);
    }

    /** The same with what the template holds, where there is one. */
    public static EmbeddedPostgres startThrowaway(Path dir, Optional<Template> template) throws PostgresUnavailable {
        if (template.isPresent()) {
            try {
                template.get().copyTo(dir, Binaries.unpacked(Binaries.defaultCache(), dir));
            } catch (IOException failed) {
                throw Complaint.folderUnusable(dir, failed);
            }
        }
        return startThrowaway(dir);
    }

    static EmbeddedPostgres start(Path dataDir, Path cache, Durability durability, Ports ports)
            throws PostgresUnavailable {
        var started = tryStart(dataDir, cache, durability, ports);
        if (started.isEmpty()) {
            throw inUse(dataDir);
        }
        return started.get();
    }

    /** Refuses a data directory that a living program uses, before anything else is begun. */
    public static void refuseInUse(Path dataDir) throws PostgresUnavailable {
        try {
            var lock = DataLock.tryTake(dataDir);
            if (lock.isEmpty()) {
                throw inUse(dataDir);
            }
            lock.get().close();
        } catch (IOException failed) {
            throw Complaint.folderUnusable(dataDir, failed);
        }
    }

    /** For tools: the live server of a data directory if there is one (closing leaves it running), else one of our own. */
    public static EmbeddedPostgres joinOrStart(Path dataDir) throws PostgresUnavailable {
        var deadline = System.nanoTime() + LINGER.toNanos();
        while (System.nanoTime() - deadline < 0) {
            var live = findLive(dataDir);
            if (live.isPresent()) {
                return new EmbeddedPostgres(live.get(), () -> {});
            }
            var own = tryStart(dataDir, Binaries.defaultCache(), Durability.LASTING, EmbeddedPostgres::freePort);
            if (own.isPresent()) {
                return own.get();
            }
            LockSupport.parkNanos(10 * LOOK_AGAIN_NS); // another program is starting it just now
        }
        throw inUse(dataDir);
    }

    /** The server that a living program runs on this data directory and that accepts connections, for tools that join as clients. */
    public static Optional<Server> findLive(Path dataDir) throws PostgresUnavailable {
        try {
            var state = StateFile.of(dataDir).read().filter(State::live);
            if (state.isEmpty()) {
                return Optional.empty();
            }
            var pid = state.get().server().orElseThrow().pid();
            return Cluster.ready(Cluster.folderOf(dataDir), pid)
                    ? Optional.of(Server.at(state.get().port(), state.get().password()))
                    : Optional.empty();
        } catch (IOException failed) {
            throw Complaint.folderUnusable(dataDir, failed);
        }
    }

    /** True when a data directory holds a database already. */
    public static boolean exists(Path dataDir) {
        return Files.exists(Cluster.folderOf(dataDir));
    }

    public Server server() {
        return server;
    }

    /** Stops the server in order (up to 60 s, then hard), if it is ours. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            ending.run();
        }
    }

    /** Empty when a living program has the data directory. */
    private static Optional<EmbeddedPostgres> tryStart(Path dataDir, Path cache, Durability durability, Ports ports)
            throws PostgresUnavailable {
        try {
            prepareDataDir(dataDir);
            var home = dataDir.toRealPath();
            var lock = DataLock.tryTake(home);
            if (lock.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(startLocked(home, lock.get(), cache, durability, ports));
        } catch (IOException failed) {
            throw Complaint.folderUnusable(dataDir, failed);
        }
    }

    private static EmbeddedPostgres startLocked(
            Path home, DataLock lock, Path cache, Durability durability, Ports ports)
            throws IOException, PostgresUnavailable {
        var started = false;
        try {
            var binaries = Binaries.unpacked(cache, home);
            LogTail.turnOver(Cluster.logOf(home));
            var cluster = Cluster.openOrCreate(home, binaries, durability);
            endLeftOver(cluster);
            var running = new Start(home, cluster, binaries, durability, ports).run();
            started = true;
            return new EmbeddedPostgres(running.server(), () -> end(home, running.postmaster(), lock, durability));
        } finally {
            if (!started) {
                lock.close();
            }
        }
    }

    /** We hold the data directory, so the program that started that server is dead. */
    private static void endLeftOver(Cluster cluster) throws IOException {
        var leftOver = cluster.findPostmaster().flatMap(stamp -> ProcessHandle.of(stamp.pid()));
        if (leftOver.isPresent()) {
            Postmaster.stop(leftOver.get(), "INT");
        }
        cluster.dropStaleLockFile();
    }

    private static void end(Path home, Postmaster postmaster, DataLock lock, Durability durability) {
        try (lock) {
            postmaster.stop(durability.stopSignal());
            if (durability == Durability.THROWAWAY) {
                delete(home);
            }
        } catch (IOException failed) {
            System.getLogger(EmbeddedPostgres.class.getName())
                    .log(System.Logger.Level.WARNING, "PostgreSQL was not ended in order: {0}", failed.getMessage());
        }
    }

    private static void delete(Path home) throws IOException {
        Binaries.deleteTree(Cluster.folderOf(home));
        for (var name : List.of("postgres.state", "postgres.log", "postgres.lock")) {
            Files.deleteIfExists(home.resolve(name));
        }
    }

    /** Root lets others pass through its data directory (not look into it), because the database runs as another user. */
    static void prepareDataDir(Path dataDir) throws IOException {
        if (!Files.isDirectory(dataDir)) {
            Files.createDirectories(dataDir);
            Files.setPosixFilePermissions(dataDir, PosixFilePermissions.fromString("rwx------"));
        }
        if (RunAs.root() && !exists(dataDir)) {
            var mode = EnumSet.of(PosixFilePermission.OTHERS_EXECUTE);
            mode.addAll(Files.getPosixFilePermissions(dataDir));
            Files.setPosixFilePermissions(dataDir, mode);
        }
    }

    private static PostgresUnavailable inUse(Path dataDir) throws PostgresUnavailable {
        try {
            var owner = StateFile.of(dataDir).read().flatMap(State::owner).filter(ProcessStamp::alive);
            return new PostgresUnavailable(
                    Reason.IN_USE,
                    dataDir + owner.map(stamp -> " (PID " + stamp.pid() + ")").orElse(""),
                    "one program per data directory",
                    "use the program that is running, or stop it first, or choose another --data");
        } catch (IOException unreadable) {
            return Complaint.folderUnusable(dataDir, unreadable);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }
}
