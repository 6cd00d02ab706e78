package jiaoying.server.door.sensorthings;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import jiaoying.server.door.sensorthings.Journal.Mark;
import jiaoying.server.door.sensorthings.Journal.Row;
import jiaoying.server.door.sensorthings.Journal.Wanted;

/**
 * Looks for rows of the journal day by day, so that a question without a bound in time costs the days that are looked at, never
 * the whole journal. It stops early and says where: the reader goes on there by a nextLink.
 */
final class Search {
    /** Most days that one page looks through. */
    static final int DAYS = 31;

    /** Most rows that one request looks at beyond what the journal sorts out by itself. */
    static final int ROWS = 100_000;

    private static final int CHUNK = 1_000;
    private static final Duration DAY = Duration.ofDays(1);

    private final Journal journal;
    private final Predicate<Row> lets;
    private final int most;
    private final List<Row> found = new ArrayList<>();
    private int looked;

    /** @param lets which rows are wanted; @param most how many of them */
    Search(Journal journal, Predicate<Row> lets, int most) {
        this.journal = journal;
        this.lets = lets;
        this.most = most;
    }

    List<Row> found() {
        return found;
    }

    /** @return where it stopped looking, or empty when it found enough or nothing is left */
    Optional<Mark> run(Wanted wanted, Optional<Mark> after, int days) {
        var span = journal.span();
        if (span.isEmpty()) {
            return Optional.empty();
        }
        var from = later(wanted.from(), span.get().first());
        var to = earlier(wanted.to(), span.get().last());
        if (after.isPresent() && wanted.ascending()) {
            from = later(from, after.get().observedAt());
        } else if (after.isPresent()) {
            to = earlier(to, after.get().observedAt());
        }
        for (var day = 0; !from.isAfter(to); day++) {
            if (day == days) {
                return Optional.of(
                        wanted.ascending() ? new Mark(from, 0, 0) : new Mark(to, Long.MAX_VALUE, Integer.MAX_VALUE));
            }
            var end = wanted.ascending() ? earlier(to, from.plus(DAY)) : later(from, to.minus(DAY));
            var stopped = look(wanted.ascending() ? wanted.within(from, end) : wanted.within(end, to), after);
            if (stopped.isPresent() || found.size() == most) {
                return stopped;
            }
            if (wanted.ascending()) {
                from = end.plus(1, ChronoUnit.MICROS);
            } else {
                to = end.minus(1, ChronoUnit.MICROS);
            }
        }
        return Optional.empty();
    }

    private Optional<Mark> look(Wanted day, Optional<Mark> from) {
        var after = from;
        while (true) {
            var rows = journal.list(day, after, CHUNK);
            for (var row : rows) {
                if (found.size() < most && lets.test(row)) {
                    found.add(row);
                }
            }
            looked += rows.size();
            if (rows.size() < CHUNK || found.size() == most) {
                return Optional.empty();
            }
            after = Optional.of(Model.mark(rows.getLast()));
            if (looked >= ROWS) {
                return after;
            }
        }
    }

    static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
