package jiaoying.server.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Reads the readings journal (实测日志). Rain of suspect readings never counts. May be used from any thread. */
public final class JournalStore {
    private static final Sql SUMS = Sql.of("""
            SELECT station,
                   coalesce(sum(milli) FILTER (WHERE observed_at > :h_one), 0) AS h1,
                   coalesce(sum(milli) FILTER (WHERE observed_at > :h_three), 0) AS h3,
                   coalesce(sum(milli) FILTER (WHERE observed_at > :h_six), 0) AS h6,
                   coalesce(sum(milli) FILTER (WHERE observed_at > :h_twelve), 0) AS h12,
                   sum(milli) AS h24,
                   max(observed_at) AS last
              FROM journal
             WHERE room = :room AND quantity = 'rain' AND NOT suspect
               AND observed_at > :h_day AND observed_at <= :at AND recorded_at <= :at
             GROUP BY station ORDER BY station""");
    private static final Sql TIMELINE = Sql.of("""
            SELECT step, max(rain) AS most, round(avg(rain)) AS mean
              FROM (SELECT ceil(extract(epoch FROM observed_at - CAST(:from AS timestamptz)) / :step) AS step,
                           station, sum(milli) AS rain
                      FROM journal
                     WHERE room = :room AND quantity = 'rain' AND NOT suspect
                       AND observed_at > :from AND observed_at <= :to AND recorded_at <= :to
                       AND (:everywhere OR station = ANY (:stations))
                     GROUP BY 1, 2) AS by_station
             GROUP BY step ORDER BY step""");

    private final Database db;

    public JournalStore(Database db) {
        this.db = db;
    }

    /** Sums over the last hours as they were known at a moment; stations without a reading in 24 h are missing. */
    public List<StationRain> sums(String room, Instant at) {
        return db.write(c -> SUMS.on(c)
                .with("room", room)
                .with("at", at)
                .with("h_one", at.minus(Duration.ofHours(1)))
                .with("h_three", at.minus(Duration.ofHours(3)))
                .with("h_six", at.minus(Duration.ofHours(6)))
                .with("h_twelve", at.minus(Duration.ofHours(12)))
                .with("h_day", at.minus(Duration.ofHours(24)))
                .list(row -> new StationRain(
                        row.getString("station"),
                        row.getLong("h1"),
                        row.getLong("h3"),
                        row.getLong("h6"),
                        row.getLong("h12"),
                        row.getLong("h24"),
                        Sql.instant(row, "last"))));
    }

    /** Steps of (from, to], each with rain observed in it, as it was known at the end; steps without a reading are missing. */
    public List<RainStep> timeline(String room, Instant from, Instant to, Duration step) {
        return timeline(room, from, to, step, true, Set.of());
    }

    /** The same for some stations only. */
    public List<RainStep> timeline(String room, Instant from, Instant to, Duration step, Set<String> stations) {
        return timeline(room, from, to, step, false, stations);
    }

    private List<RainStep> timeline(
            String room, Instant from, Instant to, Duration step, boolean everywhere, Set<String> stations) {
        return db.write(c -> TIMELINE.on(c)
                .with("everywhere", everywhere)
                .with("stations", stations.toArray(String[]::new))
                .with("room", room)
                .with("from", from)
                .with("to", to)
                .with("step", step.toSeconds())
                .list(row -> new RainStep(
                        from.plus(step.multipliedBy(row.getLong("step"))), row.getLong("most"), row.getLong("mean"))));
    }
}
