package jiaoying.server.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The server process and the platform thread that spawned it. The kernel sends the death signal when the spawning
 * <em>thread</em> ends, so this thread lives as long as the program; it also starts the server again, on the same port, when
 * it ends although nobody asked it to.
 */
final class Postmaster {
    private static final System.Logger LOG = System.getLogger(Postmaster.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long LONGEST_PAUSE_MS = 5_000;

    /** Told of each process that is started. */
    interface Started {
        void started(ProcessStamp server) throws IOException;
    }

    private final List<String> command;
    private final Path log;
    private final Started started;
    private final CompletableFuture<Process> first = new CompletableFuture<>();
    private boolean kept;
    private @Nullable Process process;

    private Postmaster(List<String> command, Path log, Started started) {
        this.command = command;
        this.log = log;
        this.started = started;
    }

    static Postmaster spawn(List<String> command, Path log, Started started) throws IOException {
        var postmaster = new Postmaster(command, log, started);
        Thread.ofPlatform().daemon().name("postgres-keeper").start(postmaster::run);
        try {
            postmaster.first.join();
            return postmaster;
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof IOException io ? io : new IOException(failed);
        }
    }

    long pid() {
        return first.join().pid();
    }

    boolean alive() {
        return first.join().isAlive();
    }

    /** From now on an unexpected end is followed by a new start. False if it has ended already. */
    synchronized boolean keep() {
        kept = alive();
        return kept;
    }

    private void run() {
        try {
            first.complete(spawn());
        } catch (IOException | RuntimeException failed) {
            kill();
            first.completeExceptionally(failed);
            return;
        }
        for (var pause = awaitEnd(0); pause >= 0; pause = awaitEnd(pause)) {
            again(pause);
        }
    }

    /** Waits for the end; gives the pause before the next start, or -1 when there shall be none. */
    private long awaitEnd(long pause) {
        var current = current();
        var began = System.nanoTime();
        current.onExit().join();
        synchronized (this) {
            if (!kept) {
                return -1;
            }
        }
        LOG.log(
                System.Logger.Level.ERROR,
                "PostgreSQL ended by itself (exit {0}), starting it again; see {1}",
                current.exitValue(),
                log);
        var lasted = Duration.ofNanos(System.nanoTime() - began);
        return lasted.compareTo(PATIENCE) > 0 ? 100 : Math.min(LONGEST_PAUSE_MS, 100 + 2 * pause);
    }

    private void again(long pause) {
        try {
            Thread.sleep(pause);
            synchronized (this) {
                if (kept) {
                    spawn();
                }
            }
        } catch (IOException failed) {
            LOG.log(System.Logger.Level.ERROR, "PostgreSQL cannot be started again: {0}", failed.getMessage());
        } catch (InterruptedException ignored) {
            // Nobody interrupts this thread; the loop goes on.
        }
    }

    private synchronized Process spawn() throws IOException {
        var spawned = Processes.builder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .start();
        process = spawned;
        var stamp = ProcessStamp.find(spawned.pid());
        if (stamp.isPresent()) {
            started.started(stamp.get());
        }
        return spawned;
    }

    private synchronized void kill() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    private synchronized Process current() {
        return process == null ? first.join() : process;
    }

    /** INT (or QUIT) and patience, then QUIT, then KILL; after either of these the next start recovers from the log. */
    void stop(String signal) throws IOException {
        Process last;
        synchronized (this) {
            kept = false;
            last = current();
        }
        stop(last.toHandle(), signal);
    }

    static void stop(ProcessHandle server, String signal) throws IOException {
        Processes.signal(signal, server.pid());
        if (ended(server, PATIENCE)) {
            return;
        }
        Processes.signal("QUIT", server.pid());
        if (!ended(server, Duration.ofSeconds(10))) {
            server.destroyForcibly();
            ended(server, Duration.ofSeconds(10));
        }
    }

    private static boolean ended(ProcessHandle server, Duration wait) {
        try {
            server.onExit().orTimeout(wait.toMillis(), TimeUnit.MILLISECONDS).join();
            return true;
        } catch (CompletionException late) {
            return false;
        }
    }
}
