package jiaoying.server.replay;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** One line on a terminal that says how much of the storm has been played. */
final class Progress implements Consumer<Instant> {
    private final PrintWriter terminal;
    private final Instant start;
    private final Duration whole;
    private long shown = -1;

    Progress(PrintWriter terminal, Instant start, Instant end) {
        this.terminal = terminal;
        this.start = start;
        whole = Duration.between(start, end);
    }

    @Override
    public void accept(Instant now) {
        long percent = 100 * Duration.between(start, now).toSeconds() / Math.max(1, whole.toSeconds());
        if (percent != shown) {
            shown = percent;
            terminal.printf("\r%s  %3d %%%s", now, percent, percent == 100 ? "\n" : "");
            terminal.flush();
        }
    }
}
