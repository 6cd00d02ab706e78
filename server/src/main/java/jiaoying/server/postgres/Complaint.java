package jiaoying.server.postgres;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jiaoying.server.postgres.PostgresUnavailable.Reason;

/** Reads what PostgreSQL wrote while it failed, and says it so that a person can act. */
record Complaint(String text) {
    private static final Pattern WORST =
            Pattern.compile("(?:FATAL|PANIC|error|ERROR): +(?:FATAL: +|PANIC: +|ERROR: +)?(.*)");

    boolean portTaken() {
        return text.contains("could not create any TCP/IP sockets") || text.contains("could not bind");
    }

    /** Children of a killed server still hold its shared memory; they notice within moments. */
    boolean lingering() {
        return text.contains("pre-existing shared memory block") || text.contains("postmaster.pid\" already exists");
    }

    PostgresUnavailable about(Path cluster, Path log) {
        if (text.contains("No space left on device")) {
            return new PostgresUnavailable(
                    Reason.NO_SPACE,
                    cluster + " (" + line("No space left") + ")",
                    "at least 200 MB free on that disk",
                    "make room there, then start again; nothing that was acknowledged is lost");
        }
        if (text.contains("Permission denied") || text.contains("has wrong ownership")) {
            return new PostgresUnavailable(
                    Reason.NO_PERMISSION,
                    cluster + " (" + line("Permission denied", "wrong ownership") + ")",
                    "a folder owned by the user who runs the database, mode 0700, in folders this user may enter",
                    "run the program as the user who made the folder, or choose another --data");
        }
        if (text.contains("user does not exist")) {
            return new PostgresUnavailable(
                    Reason.NAMELESS_USER,
                    worst(),
                    "a user with a line in /etc/passwd",
                    "add the user, or run as one that exists");
        }
        return new PostgresUnavailable(
                Reason.DAMAGED,
                cluster + " (" + worst() + ")",
                "a folder made by PostgreSQL " + Binaries.MAJOR + " and changed by nobody else",
                "keep the folder as it is, read " + log + ", and restore the last backup into a new data directory:"
                        + " jiaoying restore");
    }

    private String line(String... saying) {
        return text.lines()
                .filter(line -> Stream.of(saying).anyMatch(line::contains))
                .findFirst()
                .map(line -> line.replaceFirst(".*?(?:FATAL|PANIC|ERROR|error): +", ""))
                .orElse("");
    }

    /** The line to show: the last fatal one, else the first line at all. */
    private String worst() {
        var lines = text.lines().filter(line -> !line.isBlank()).toList();
        return lines.stream()
                .map(WORST::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .reduce((earlier, later) -> later)
                .orElse(first(lines));
    }

    private static String first(List<String> lines) {
        return lines.isEmpty() ? "it ended without a word" : lines.getFirst();
    }

    static String of(IOException failed) {
        return switch (failed) {
            case AccessDeniedException denied -> "permission denied: " + denied.getFile();
            default -> failed.getMessage() == null ? failed.getClass().getSimpleName() : failed.getMessage();
        };
    }

    static PostgresUnavailable folderUnusable(Path folder, IOException failed) {
        return new PostgresUnavailable(
                Reason.DATA_UNUSABLE,
                folder + " (" + of(failed) + ")",
                "a folder on a local disk that this user may read and write",
                "choose another --data, or give this user the folder",
                failed);
    }
}
