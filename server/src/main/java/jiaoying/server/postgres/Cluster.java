package jiaoying.server.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import jiaoying.server.postgres.PostgresUnavailable.Reason;
import jiaoying.server.postgres.StateFile.State;

/** The database files in {@code <data>/postgres}, and the user who owns them. */
record Cluster(Path folder, RunAs runAs) {
    static final String USER = "jiaoying";
    static final String DATABASE = "postgres";

    private static final int LONGEST_SOCKET_FOLDER = 90;
    private static final String LOCK_FILE = "postmaster.pid";
    private static final int STATUS_LINE = 7;

    static Path folderOf(Path dataDir) {
        return dataDir.resolve("postgres");
    }

    static Path logOf(Path dataDir) {
        return dataDir.resolve("postgres.log");
    }

    /** The cluster of a data directory, made if there is none; half a cluster never bears the final name. */
    static Cluster openOrCreate(Path dataDir, Binaries binaries, Durability durability)
            throws IOException, PostgresUnavailable {
        var folder = folderOf(dataDir);
        if (!Files.exists(folder)) {
            create(dataDir, binaries, durability);
        }
        requireVersion(folder);
        return new Cluster(folder.toRealPath(), RunAs.ownerOf(folder));
    }

    private static void create(Path dataDir, Binaries binaries, Durability durability)
            throws IOException, PostgresUnavailable {
        var fresh = dataDir.resolve("postgres.new");
        var passwordFile = dataDir.resolve("postgres.password");
        Binaries.deleteTree(fresh);
        Files.deleteIfExists(passwordFile);
        try {
            Files.createDirectory(
                    fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            var runAs = RunAs.adopt(fresh, binaries.program("postgres"));
            var password = newPassword();
            StateFile.writePrivate(passwordFile, password);
            runAs.own(passwordFile);
            initdb(new Cluster(fresh, runAs), binaries, passwordFile, Cluster.logOf(dataDir), durability);
            StateFile.of(dataDir).write(State.ofPassword(password));
            Files.move(fresh, folderOf(dataDir), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(passwordFile);
            Binaries.deleteTree(fresh);
        }
    }

    /**
     * The builtin locale provider does not depend on glibc or ICU versions, so indexes stay good when the system changes. Many
     * rounds of hashing (RFC 7677) protect what people choose; the password is 192 random bits, and every start waits for them.
     */
    private static void initdb(Cluster fresh, Binaries binaries, Path passwordFile, Path log, Durability durability)
            throws IOException, PostgresUnavailable {
        var line = new ArrayList<String>();
        line.addAll(List.of(
                binaries.program("initdb").toString(), "-D", fresh.folder().toString(), "-U", USER));
        line.addAll(List.of("--pwfile", passwordFile.toString(), "-A", "scram-sha-256", "-E", "UTF8"));
        line.addAll(List.of("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"));
        line.addAll(List.of("-k", "-T", "simple", "-c", "scram_iterations=1"));
        line.addAll(durability.initdb());
        var written = new LogTail(log);
        try {
            var process = Processes.builder(fresh.runAs().command(line))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            if (!process.waitFor(5, TimeUnit.MINUTES)) {
                process.destroyForcibly();
            }
            if (process.waitFor() != 0) {
                throw new Complaint(written.text()).about(fresh.folder(), log);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        }
    }

    private static void requireVersion(Path folder) throws IOException, PostgresUnavailable {
        var file = folder.resolve("PG_VERSION");
        String version;
        try {
            version = Files.readString(file).strip();
        } catch (NoSuchFileException none) {
            throw notACluster(file, "missing");
        }
        if (version.equals(Binaries.MAJOR)) {
            return;
        }
        if (!version.matches("\\d{1,2}")) {
            throw notACluster(file, "'" + version.lines().findFirst().orElse("") + "'");
        }
        var older = Integer.parseInt(version) < Integer.parseInt(Binaries.MAJOR);
        throw new PostgresUnavailable(
                older ? Reason.OLDER : Reason.NEWER,
                file + " says " + version,
                Binaries.MAJOR,
                older
                        ? "make a backup with the program version that used it, then restore it into a new data directory"
                                + " with this one: jiaoying restore"
                        : "start the newer program version that made it");
    }

    private static PostgresUnavailable notACluster(Path file, String found) {
        return new PostgresUnavailable(
                Reason.NOT_WHOLE,
                file + " is " + found,
                "a folder made by PostgreSQL " + Binaries.MAJOR + " (" + Binaries.MAJOR + " in PG_VERSION)",
                "keep the folder for rescue under another name and restore the last backup: jiaoying restore;"
                        + " or choose another --data");
    }

    /** The command that runs the server in the foreground; it carries no secret. */
    List<String> serverCommand(Binaries binaries, int port, Durability durability) {
        var line = new ArrayList<String>();
        line.addAll(List.of(binaries.program("postgres").toString(), "-D", folder.toString()));
        line.addAll(List.of("-p", "" + port, "-c", "listen_addresses=127.0.0.1"));
        line.addAll(List.of("-c", "unix_socket_directories=" + socketFolder()));
        for (var setting : durability.settings()) {
            line.addAll(List.of("-c", setting));
        }
        return runAs.command(line);
    }

    /** A socket path is limited to 107 bytes by the kernel; nothing of ours uses it, so a long one is left out. */
    private String socketFolder() {
        var path = folder.toString();
        var fits = path.getBytes(UTF_8).length <= LONGEST_SOCKET_FOLDER;
        return fits && path.indexOf(',') < 0 ? path : "";
    }

    /** The living postmaster that this folder's lock file names, if it really is one of this folder. */
    Optional<ProcessStamp> findPostmaster() throws IOException {
        return namedProcess().filter(this::worksHere);
    }

    private Optional<ProcessStamp> namedProcess() throws IOException {
        var pid = lockFile(folder).stream().findFirst().filter(line -> line.matches("\\d{1,9}"));
        return pid.map(Long::parseLong).flatMap(ProcessStamp::find);
    }

    /** A lock file whose number now belongs to some other program would stop the start; we hold the data directory, so it may go. */
    void dropStaleLockFile() throws IOException {
        var named = namedProcess();
        if (named.isPresent() && !worksHere(named.get())) {
            Files.deleteIfExists(folder.resolve(LOCK_FILE));
        }
    }

    /** That process wrote into this very folder that it accepts connections. */
    static boolean ready(Path folder, long pid) throws IOException {
        var lines = lockFile(folder);
        return lines.size() > STATUS_LINE
                && lines.getFirst().equals("" + pid)
                && lines.get(STATUS_LINE).strip().equals("ready");
    }

    /** The file of the table of users (pg_authid, 1260) is there and holds nothing. */
    boolean usersLost() throws IOException {
        var users = folder.resolve("global").resolve("1260");
        return Files.exists(users) && Files.size(users) == 0;
    }

    private boolean worksHere(ProcessStamp process) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/" + process.pid() + "/cwd"))
                    .equals(folder);
        } catch (IOException goneOrForeign) {
            return false;
        }
    }

    private static List<String> lockFile(Path folder) throws IOException {
        try {
            return Files.readAllLines(folder.resolve(LOCK_FILE));
        } catch (NoSuchFileException none) {
            return List.of();
        }
    }

    private static String newPassword() {
        var bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
