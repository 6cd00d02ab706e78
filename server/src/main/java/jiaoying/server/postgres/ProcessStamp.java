package jiaoying.server.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A process that cannot be mistaken for a later one with the same number: pid, start in ticks since boot, boot.
 * Ticks and not wall time, because wall time moves when the clock is set.
 */
record ProcessStamp(long pid, String startTicks, String boot) {
    private static final Pattern TEXT = Pattern.compile("(\\d+) (\\d+) (\\S+)");
    private static final int START_FIELD = 22;

    static ProcessStamp ofSelf() {
        return find(ProcessHandle.current().pid()).orElseThrow();
    }

    static Optional<ProcessStamp> find(long pid) {
        try {
            var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            // The command in parentheses may hold spaces; field 3 follows the last parenthesis.
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            var zombie = fields[0].equals("Z") || fields[0].equals("X");
            return zombie
                    ? Optional.empty()
                    : Optional.of(new ProcessStamp(pid, fields[START_FIELD - 3], currentBoot()));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    static Optional<ProcessStamp> parse(String text) {
        var match = TEXT.matcher(text);
        return match.matches()
                ? Optional.of(new ProcessStamp(Long.parseLong(match.group(1)), match.group(2), match.group(3)))
                : Optional.empty();
    }

    boolean alive() {
        return find(pid).filter(this::equals).isPresent();
    }

    String text() {
        return pid + " " + startTicks + " " + boot;
    }

    private static String currentBoot() throws IOException {
        return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    }
}
