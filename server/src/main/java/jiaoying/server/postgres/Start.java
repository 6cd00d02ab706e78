package jiaoying.server.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import jiaoying.server.postgres.EmbeddedPostgres.Ports;
import jiaoying.server.postgres.PostgresUnavailable.Reason;
import jiaoying.server.postgres.StateFile.State;
import org.postgresql.Driver;

/**
 * One start: spawn, wait until ready, prove that it is ours; another port when that one was taken meanwhile, again when
 * children of a killed server still linger. Recovery may take long, so a living child is waited for.
 */
record Start(Path home, Cluster cluster, Binaries binaries, Durability durability, Ports ports) {
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Duration LINGER = Duration.ofSeconds(15);
    private static final int PORTS_TRIED = 5;
    private static final long LOOK_AGAIN_NS = 3_000_000;
    private static final long TRY_AGAIN_NS = 100_000_000;

    /** The proven server and its process. */
    record Running(Server server, Postmaster postmaster) {}

    Running run() throws IOException, PostgresUnavailable {
        var password = password();
        var lingerUntil = System.nanoTime() + LINGER.toNanos();
        for (var portsTried = 1; ; ) {
            var tail = new LogTail(log());
            var running = attempt(password, ports.next(), tail);
            if (running.isPresent()) {
                return running.get();
            }
            var complaint = new Complaint(tail.text());
            if (complaint.portTaken() && portsTried < PORTS_TRIED) {
                portsTried++;
            } else if (complaint.lingering() && System.nanoTime() - lingerUntil < 0) {
                LockSupport.parkNanos(TRY_AGAIN_NS);
            } else {
                throw complaint.about(cluster.folder(), log());
            }
        }
    }

    /** Empty, with nothing left running, when the server ended or is not ours. */
    private Optional<Running> attempt(String password, int port, LogTail tail) throws IOException, PostgresUnavailable {
        var server = Server.at(port, password);
        var owner = Optional.of(ProcessStamp.ofSelf());
        var postmaster = Postmaster.spawn(
                cluster.serverCommand(binaries, port, durability),
                log(),
                process -> StateFile.of(home).write(new State(password, port, owner, Optional.of(process))));
        var proven = false;
        var signal = "INT";
        try {
            proven = awaitReady(postmaster) && ours(server, tail) && postmaster.keep();
            return proven ? Optional.of(new Running(server, postmaster)) : Optional.empty();
        } catch (PostgresUnavailable refused) {
            signal = "QUIT"; // a damaged server may not end in order for a minute, and has nothing that is not in its
            // log
            throw refused;
        } finally {
            if (!proven) {
                postmaster.stop(signal);
            }
        }
    }

    private boolean awaitReady(Postmaster postmaster) throws IOException, PostgresUnavailable {
        var deadline = System.nanoTime() + LONGEST.toNanos();
        while (postmaster.alive()) {
            if (Cluster.ready(cluster.folder(), postmaster.pid())) {
                return true;
            }
            if (System.nanoTime() - deadline > 0) {
                throw new PostgresUnavailable(
                        Reason.NOT_READY,
                        cluster.folder() + " after " + LONGEST.toMinutes() + " minutes",
                        "recovery after a crash takes seconds to minutes",
                        "read " + log() + "; look at the disk; start again");
            }
            LockSupport.parkNanos(LOOK_AGAIN_NS);
        }
        return false;
    }

    /** Whoever answers on that port must name our folder as his. */
    private boolean ours(Server server, LogTail tail) throws IOException, PostgresUnavailable {
        var signIn = new Properties();
        signIn.setProperty("user", server.user());
        signIn.setProperty("password", server.password());
        signIn.setProperty("connectTimeout", "5");
        signIn.setProperty("socketTimeout", "20");
        try (var connection = new Driver().connect(server.jdbcUrl(), signIn);
                var answer = connection.createStatement().executeQuery("SHOW data_directory")) {
            return answer.next() && answer.getString(1).equals(cluster.folder().toString());
        } catch (SQLException refused) {
            throw refusal(server, refused, tail.text());
        }
    }

    /**
     * A wrong password only when PostgreSQL says so (SQLSTATE class 28, invalid authorization) while it has a table of users
     * at all: a cluster whose own tables are damaged knows nobody.
     */
    private PostgresUnavailable refusal(Server server, SQLException refused, String log) throws IOException {
        var noUsers = cluster.usersLost();
        if (String.valueOf(refused.getSQLState()).startsWith("28") && !noUsers) {
            return new PostgresUnavailable(
                    Reason.WRONG_PASSWORD,
                    server + " (" + refused.getMessage() + ")",
                    "the password that " + StateFile.of(home).path() + " was written with",
                    "put the file back that belongs to this data directory, or restore a backup: jiaoying restore",
                    refused);
        }
        var decisive = noUsers ? "its table of users is empty" : refused.getMessage();
        return new Complaint(log + "\nFATAL: " + decisive).about(cluster.folder(), log());
    }

    private String password() throws IOException, PostgresUnavailable {
        var state = StateFile.of(home);
        var password = state.read().map(State::password).orElse("");
        if (password.isEmpty()) {
            throw new PostgresUnavailable(
                    Reason.NO_PASSWORD,
                    state.path().toString(),
                    "the file written when this data directory was made",
                    "put the file back, or restore a backup into a new data directory: jiaoying restore");
        }
        return password;
    }

    private Path log() {
        return Cluster.logOf(home);
    }
}
