package jiaoying.server.store;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import jiaoying.duty.ledger.Chain;
import jiaoying.duty.measure.Quantity;
import jiaoying.duty.measure.Reading;
import jiaoying.duty.room.RoomFact.JournalSealed;
import jiaoying.server.store.Sql.Cursor;

/** Reads the readings journal (实测日志). Rain of suspect readings never counts. May be used from any thread. */
public final class JournalStore {
    /**
     * The rain that counts, as the room counts it: of several values for one moment the larger, and what an officer accepted;
     * observed after {@code begin} and until {@code end}, and known at {@code known}.
     */
    private static final String COUNTED = """
            (SELECT station, observed_at, max(milli) AS milli
               FROM (SELECT station, observed_at, milli
                       FROM journal
                      WHERE room = :room AND quantity = 'rain' AND NOT suspect
                        AND observed_at > :begin AND observed_at <= :end AND recorded_at <= :known
                     UNION ALL
                     SELECT reading ->> 'station', CAST(reading ->> 'observedAt' AS timestamptz),
                            CAST(reading ->> 'milli' AS bigint)
                       FROM (SELECT CAST(convert_from(entry, 'UTF8') AS json) -> 'fact' AS reading
                               FROM fact
                              WHERE room = :room AND kind = 'ReadingAccepted'
                                AND recorded_at > :begin AND recorded_at <= :known) AS accepted
                      WHERE reading ->> 'quantity' = 'RAIN'
                        AND CAST(reading ->> 'observedAt' AS timestamptz) > :begin
                        AND CAST(reading ->> 'observedAt' AS timestamptz) <= :end) AS heard
              GROUP BY station, observed_at) AS counted
            """;

    private static final Sql SUMS = Sql.of("""
            SELECT station,
                   coalesce(sum(milli) FILTER (WHERE observed_at > :h_one), 0) AS h1,
                   coalesce(sum(milli) FILTER (WHERE observed_at > :h_three), 0) AS h3,
                   coalesce(sum(milli) FILTER (WHERE observed_at > :h_six), 0) AS h6,
                   coalesce(sum(milli) FILTER (WHERE observed_at > :h_twelve), 0) AS h12,
                   sum(milli) AS h24,
                   max(observed_at) AS last
              FROM\s""" + COUNTED + " GROUP BY station ORDER BY station");
    private static final Sql TIMELINE = Sql.of("""
            SELECT step, max(rain) AS most, round(avg(rain)) AS mean
              FROM (SELECT ceil(extract(epoch FROM observed_at - CAST(:begin AS timestamptz)) / :step) AS step,
                           station, sum(milli) AS rain
                      FROM\s""" + COUNTED + """
                     WHERE :everywhere OR station = ANY (:stations)
                     GROUP BY 1, 2) AS by_station
             GROUP BY step ORDER BY step""");
    private static final Sql EACH =
            Sql.of("SELECT station, observed_at, milli FROM " + COUNTED + " ORDER BY station, observed_at");

    private static final String SOME = """
            SELECT arrival, row, station, quantity, milli, observed_at, recorded_at, suspect FROM journal
             WHERE room = :room AND station || ':' || quantity = ANY (:streams)
               AND observed_at >= :from AND observed_at <= :to
            """;
    private static final Sql FORWARD =
            Sql.of(SOME + " AND (observed_at, arrival, row) > (CAST(:at AS timestamptz), :arrival, :row)"
                    + " ORDER BY observed_at, arrival, row LIMIT :most");
    private static final Sql BACKWARD =
            Sql.of(SOME + " AND (observed_at, arrival, row) < (CAST(:at AS timestamptz), :arrival, :row)"
                    + " ORDER BY observed_at DESC, arrival DESC, row DESC LIMIT :most");
    private static final Sql LATEST = Sql.of("""
            SELECT arrival, row, station, quantity, milli, observed_at, recorded_at, suspect FROM journal
             WHERE room = :room AND station = :station AND quantity = :quantity
               AND observed_at > :from AND observed_at <= :to AND recorded_at <= :at
             ORDER BY observed_at DESC, arrival DESC, row DESC LIMIT :most""");
    private static final Sql COUNT = Sql.of("SELECT count(*) AS n FROM (" + SOME + ") AS wanted");
    private static final Sql ONE = Sql.of("""
            SELECT arrival, row, station, quantity, milli, observed_at, recorded_at, suspect FROM journal
             WHERE room = :room AND arrival = :arrival AND row = :row""");
    private static final Sql NEWEST =
            Sql.of("SELECT recorded_at FROM journal WHERE room = :room ORDER BY arrival DESC, row DESC LIMIT 1");
    private static final Sql BEFORE = Sql.of("SELECT 1 FROM journal WHERE room = :room AND observed_at < :at LIMIT 1");
    private static final Sql HEARD = Sql.of("""
            SELECT DISTINCT station || ':' || quantity AS stream FROM journal
             WHERE room = :room AND observed_at > :since""");

    private static final Sql SEALS =
            Sql.of("SELECT number, entry FROM fact WHERE room = :room AND kind = 'JournalSealed' ORDER BY number");
    private static final Sql ROWS = Sql.of("""
            SELECT arrival, station, quantity, milli, observed_at, suspect FROM journal
             WHERE room = :room ORDER BY arrival, row""");
    private static final long DAY = Duration.ofDays(1).toSeconds();

    /** More than a station's clock may run ahead before its reading is refused. */
    private static final Duration AHEAD_MAX = Duration.ofMinutes(5);

    private static final FactJson JSON = new FactJson(PersonKeys.NONE);

    private final Database db;

    public JournalStore(Database db) {
        this.db = db;
    }

    /** Sums over the last hours as they were known at a moment; stations without a reading in 24 h are missing. */
    public List<StationRain> sums(String room, Instant at) {
        return db.write(c -> SUMS.on(c)
                .with("room", room)
                .with("begin", at.minus(Duration.ofHours(24)))
                .with("end", at)
                .with("known", at)
                .with("h_one", at.minus(Duration.ofHours(1)))
                .with("h_three", at.minus(Duration.ofHours(3)))
                .with("h_six", at.minus(Duration.ofHours(6)))
                .with("h_twelve", at.minus(Duration.ofHours(12)))
                .list(row -> new StationRain(
                        row.getString("station"),
                        row.getLong("h1"),
                        row.getLong("h3"),
                        row.getLong("h6"),
                        row.getLong("h12"),
                        row.getLong("h24"),
                        Sql.instant(row, "last"))));
    }

    /** The rain that counts, as the room counts it: observed in (from, to] and known at a moment, by station and time. */
    public List<Reading> counted(String room, Instant from, Instant to, Instant known) {
        return db.write(c -> EACH.on(c)
                .with("room", room)
                .with("begin", from)
                .with("end", to)
                .with("known", known)
                .list(row -> new Reading(
                        row.getString("station"),
                        Quantity.RAIN,
                        row.getLong("milli"),
                        Sql.instant(row, "observed_at"),
                        false)));
    }

    /** Between two moments. */
    public record Span(Instant first, Instant last) {}

    /**
     * When everything in the journal was observed; the first moment may be up to a day early. It is found by halving, for each
     * half asks the block ranges only; a smallest or largest would read the whole table.
     */
    public Optional<Span> span(String room) {
        return db.write(c -> {
            var newest = NEWEST.on(c).with("room", room).find(row -> Sql.instant(row, "recorded_at"));
            if (newest.isEmpty()) {
                return Optional.empty();
            }
            var last = newest.get().plus(AHEAD_MAX);
            var none = 0L;
            var some = Math.ceilDiv(last.getEpochSecond(), DAY) + 1;
            while (some - none > 1) {
                var half = (none + some) / 2;
                if (BEFORE.on(c)
                        .with("room", room)
                        .with("at", Instant.ofEpochSecond(half * DAY))
                        .find(_ -> true)
                        .isPresent()) {
                    some = half;
                } else {
                    none = half;
                }
            }
            return Optional.of(new Span(Instant.ofEpochSecond(none * DAY), last));
        });
    }

    /** A place in the order of observation, arrival and row. */
    public record Place(Instant observedAt, long arrival, int row) {}

    /**
     * Readings in the order of observation, arrival and row, or backwards.
     *
     * @param streams each a station, a colon and the word of a quantity
     * @param after only what follows this place
     */
    public List<JournalRow> list(
            String room,
            Set<String> streams,
            Instant from,
            Instant to,
            boolean forward,
            Optional<Place> after,
            int most) {
        var begin = after.orElseGet(() ->
                forward ? new Place(from.minusSeconds(1), 0, 0) : new Place(to.plusSeconds(1), Long.MAX_VALUE, 0));
        return db.write(c -> (forward ? FORWARD : BACKWARD)
                .on(c)
                .with("room", room)
                .with("streams", streams.toArray(String[]::new))
                .with("from", from)
                .with("to", to)
                .with("at", begin.observedAt())
                .with("arrival", begin.arrival())
                .with("row", begin.row())
                .with("most", most)
                .list(JournalStore::row));
    }

    private static JournalRow row(ResultSet row) throws SQLException {
        return new JournalRow(
                row.getLong("arrival"),
                row.getInt("row"),
                new Reading(
                        row.getString("station"),
                        Quantity.find(row.getString("quantity")).orElseThrow(),
                        row.getLong("milli"),
                        Sql.instant(row, "observed_at"),
                        row.getBoolean("suspect")),
                Sql.instant(row, "recorded_at"));
    }

    /**
     * Readings of a station observed in (from, to] as they were known at a moment, the latest first.
     *
     * @param most no more than so many
     */
    public List<JournalRow> latest(
            String room, String station, Quantity quantity, Instant from, Instant to, Instant at, int most) {
        return db.write(c -> LATEST.on(c)
                .with("room", room)
                .with("station", station)
                .with("quantity", quantity.word())
                .with("from", from)
                .with("to", to)
                .with("at", at)
                .with("most", most)
                .list(JournalStore::row));
    }

    public long count(String room, Set<String> streams, Instant from, Instant to) {
        return db.write(c -> COUNT.on(c)
                .with("room", room)
                .with("streams", streams.toArray(String[]::new))
                .with("from", from)
                .with("to", to)
                .get(row -> row.getLong("n")));
    }

    public Optional<JournalRow> find(String room, long arrival, int row) {
        return db.write(c -> ONE.on(c)
                .with("room", room)
                .with("arrival", arrival)
                .with("row", row)
                .find(JournalStore::row));
    }

    /** Streams with a reading observed since then. */
    public Set<String> heard(String room, Instant since) {
        return Set.copyOf(db.write(
                c -> HEARD.on(c).with("room", room).with("since", since).list(row -> row.getString("stream"))));
    }

    /** How many seals of the journal stand in the ledger. */
    public long seals(String room) {
        return db.write(c -> SEALS.on(c).with("room", room).list(row -> row.getLong("number")))
                .size();
    }

    /**
     * Checks every seal of the ledger against the journal's rows.
     *
     * @return number of the first fact whose seal does not fit, or empty when all do
     */
    public OptionalLong firstBrokenSeal(String room) {
        return db.read(c -> {
            try (var seals = SEALS.on(c).with("room", room).cursor();
                    var rows = ROWS.on(c).with("room", room).cursor()) {
                return new Digest(rows).firstBroken(seals);
            }
        });
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
                .with("begin", from)
                .with("end", to)
                .with("known", to)
                .with("step", step.toSeconds())
                .list(row -> new RainStep(
                        from.plus(step.multipliedBy(row.getLong("step"))), row.getLong("most"), row.getLong("mean"))));
    }

    /**
     * The journal's digest: of each arrival with readings SHA-256(digest before, bytes), at first 32 zero bytes. Bytes of a
     * reading: station, 0, quantity, value (8 bytes), second (8 bytes), 1 when suspect.
     */
    private static final class Digest {
        private final Cursor rows;
        private byte[] digest = new byte[32];
        private long count;

        Digest(Cursor rows) {
            this.rows = rows;
        }

        OptionalLong firstBroken(Cursor seals) throws SQLException {
            for (; seals.atRow(); seals.move()) {
                var entry = JSON.readEntry(seals.row().getBytes("entry"));
                goTo(entry.arrival());
                if (!(entry.fact() instanceof JournalSealed sealed)
                        || sealed.count() != count
                        || !sealed.digest().equals(HexFormat.of().formatHex(digest))) {
                    return OptionalLong.of(entry.number());
                }
            }
            return OptionalLong.empty();
        }

        private void goTo(long arrival) throws SQLException {
            while (rows.atRow() && rows.row().getLong("arrival") <= arrival) {
                digest = Chain.next(digest, arrivalBytes());
            }
        }

        private byte[] arrivalBytes() throws SQLException {
            var bytes = new ByteArrayOutputStream();
            long arrival = rows.row().getLong("arrival");
            for (; rows.atRow() && rows.row().getLong("arrival") == arrival; rows.move()) {
                count++;
                add(bytes, rows.row());
            }
            return bytes.toByteArray();
        }

        private static void add(ByteArrayOutputStream bytes, ResultSet row) throws SQLException {
            bytes.writeBytes(row.getString("station").getBytes(StandardCharsets.UTF_8));
            bytes.writeBytes(ByteBuffer.allocate(19)
                    .put((byte) 0)
                    .put((byte) Quantity.find(row.getString("quantity"))
                            .orElseThrow()
                            .ordinal())
                    .putLong(row.getLong("milli"))
                    .putLong(Sql.instant(row, "observed_at").getEpochSecond())
                    .put((byte) (row.getBoolean("suspect") ? 1 : 0))
                    .array());
        }
    }
}
