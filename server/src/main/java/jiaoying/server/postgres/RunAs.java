package jiaoying.server.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import jiaoying.server.postgres.PostgresUnavailable.Reason;

/** As whom PostgreSQL runs; it refuses to run as root. */
sealed interface RunAs {
    /** The user of the program, who is not root. */
    record Ourselves() implements RunAs {}

    /** We are root: a user without rights, who owns the cluster. */
    record ServiceUser(int uid, int gid) implements RunAs {}

    /** We are root and no service user can reach the files: root without rights, in a user namespace of its own. */
    record Namespace() implements RunAs {}

    List<String> SERVICE_USERS = List.of("jiaoying", "nobody");

    static boolean root() {
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.anyMatch(
                    line -> line.matches("Uid:\\s+\\d+\\s+0\\s.*")); // the second number is the effective user
        } catch (IOException notLinux) {
            return false;
        }
    }

    /** For an existing cluster its owner decides. */
    static RunAs ownerOf(Path cluster) {
        if (!root()) {
            return new Ourselves();
        }
        var uid = ownerOf(cluster, "uid");
        return uid == 0 ? new Namespace() : new ServiceUser(uid, ownerOf(cluster, "gid"));
    }

    /** Gives the empty folder of a new cluster to the first user who can enter it and run the binaries. */
    static RunAs adopt(Path cluster, Path postgres) throws IOException, PostgresUnavailable {
        if (!root()) {
            return new Ourselves();
        }
        var candidates = new ArrayList<RunAs>();
        serviceUser().ifPresent(candidates::add);
        candidates.add(new Namespace());
        for (var candidate : candidates) {
            if (candidate.canOwn(cluster) && candidate.canRun(cluster, postgres)) {
                return candidate;
            }
        }
        throw new PostgresUnavailable(
                Reason.ROOT,
                cluster.toString(),
                "a user other than root; or a data directory and cache whose parent folders every user may enter;"
                        + " or a system where 'unshare -U' is permitted",
                "start the program as an ordinary user, or choose --data outside " + firstClosed(cluster)
                        + ", or use an external PostgreSQL with --database-url");
    }

    /** The whole command line: own session (Ctrl-C is for the program, not for its database), dies with us, right user. */
    default List<String> command(List<String> command) {
        var line = new ArrayList<String>();
        find("setsid").ifPresent(line::add);
        if (this instanceof Namespace) {
            line.addAll(List.of("unshare", "-U"));
        }
        find("setpriv").ifPresent(setpriv -> line.addAll(List.of(setpriv, "--pdeathsig", "INT")));
        if (this instanceof ServiceUser(var uid, var gid)) {
            line.addAll(List.of("--reuid", "" + uid, "--regid", "" + gid, "--clear-groups"));
        }
        line.addAll(command);
        return line;
    }

    /** Makes a file or folder belong to this user. */
    default void own(Path path) throws IOException {
        if (this instanceof Ourselves) {
            return;
        }
        var user = this instanceof ServiceUser service ? service : new ServiceUser(0, 0);
        Files.setAttribute(path, "unix:uid", user.uid());
        Files.setAttribute(path, "unix:gid", user.gid());
    }

    /** False inside a container whose user map lacks this user. */
    private boolean canOwn(Path cluster) {
        try {
            own(cluster);
            return true;
        } catch (IOException notMapped) {
            return false;
        }
    }

    private boolean canRun(Path cluster, Path postgres) throws IOException {
        try {
            var process = Processes.builder(command(List.of(
                            "/bin/sh",
                            "-c",
                            "cd \"$0\" && exec \"$1\" --version",
                            cluster.toString(),
                            postgres.toString())))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectErrorStream(true)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        }
    }

    private static Optional<RunAs> serviceUser() throws IOException {
        if (find("setpriv").isEmpty()) {
            return Optional.empty();
        }
        var accounts = Files.readAllLines(Path.of("/etc/passwd")).stream()
                .map(line -> line.split(":", -1))
                .filter(fields -> fields.length >= 4)
                .toList();
        return SERVICE_USERS.stream()
                .flatMap(name -> accounts.stream().filter(fields -> fields[0].equals(name)))
                .findFirst()
                .map(fields -> new ServiceUser(Integer.parseInt(fields[2]), Integer.parseInt(fields[3])));
    }

    private static Optional<String> find(String tool) {
        return Stream.of("/usr/bin/", "/bin/", "/usr/sbin/")
                .map(folder -> folder + tool)
                .filter(path -> Files.isExecutable(Path.of(path)))
                .findFirst();
    }

    private static Path firstClosed(Path path) {
        return Stream.iterate(path.toAbsolutePath(), p -> p != null, Path::getParent)
                .filter(RunAs::closed)
                .reduce((inner, outer) -> outer)
                .orElse(path);
    }

    private static boolean closed(Path path) {
        try {
            return !Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_EXECUTE);
        } catch (IOException unknown) {
            return false;
        }
    }

    private static int ownerOf(Path path, String which) {
        try {
            return (Integer) Files.getAttribute(path, "unix:" + which, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException | UnsupportedOperationException unknown) {
            return -1;
        }
    }
}
