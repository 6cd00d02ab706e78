package jiaoying.server.postgres;

import java.io.IOException;
import java.util.List;

/** Starts and signals other programs. */
final class Processes {
    private Processes() {}

    /** A bare environment: no PGOPTIONS, PGDATA or locale of the user changes what the database does. */
    static ProcessBuilder builder(List<String> command) {
        var builder = new ProcessBuilder(command);
        var environment = builder.environment();
        environment.clear();
        environment.put("PATH", "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin");
        environment.put("LC_ALL", "C");
        environment.put("TZ", "UTC");
        return builder;
    }

    /** Sends INT or QUIT, which Java itself cannot; a process that is gone is no error. */
    static void signal(String name, long pid) throws IOException {
        builder(List.of("/bin/sh", "-c", "kill -" + name + " " + pid + " 2>/dev/null || true"))
                .start()
                .onExit()
                .join();
    }
}
