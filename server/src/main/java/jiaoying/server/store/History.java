package jiaoying.server.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import jiaoying.duty.errand.Timer;
import jiaoying.duty.ledger.Dated;
import jiaoying.duty.measure.Quantity;
import jiaoying.duty.measure.Reading;
import jiaoying.duty.room.Arrival;
import jiaoying.server.store.Sql.Cursor;

/** Reads the truth of a room again, step by step in the order of the arrivals: readings and facts. */
public final class History {
    private static final Sql FACTS = Sql.of("""
            SELECT arrival, recorded_at, entry FROM fact
             WHERE room = :room AND number > :after ORDER BY number""");
    private static final Sql READINGS = Sql.of("""
            SELECT arrival, recorded_at, station, quantity, milli, observed_at, suspect FROM journal
             WHERE room = :room AND arrival > :after ORDER BY arrival, row""");
    private static final Sql ARRIVAL_BEFORE = Sql.of("""
            SELECT arrival FROM fact
             WHERE room = :room AND recorded_at < :at ORDER BY recorded_at DESC, number DESC LIMIT 1""");
    private static final Sql SOME_READINGS = Sql.of("""
            SELECT recorded_at, station, quantity, milli, observed_at, suspect FROM journal
             WHERE room = :room AND arrival > :after AND arrival <= :up_to AND recorded_at >= :since
             ORDER BY arrival, row""");
    private static final Sql SOME_FACTS = Sql.of("""
            SELECT recorded_at, entry FROM fact WHERE room = :room AND number = ANY (:numbers) ORDER BY number""");
    private static final Sql TIMERS_RUNG = Sql.of(
            "SELECT payload FROM arrival WHERE room = :room AND number > :after AND kind = 'TimerDue' ORDER BY number");

    private final Database db;
    private final String room;
    private final RoomJson roomJson;
    private final FactJson json;

    public History(Database db, String room, RoomJson json) {
        this.db = db;
        this.room = room;
        this.roomJson = json;
        this.json = json.json();
    }

    /** These facts, by rising number. */
    public List<Dated> facts(List<Long> numbers) {
        return db.write(c -> SOME_FACTS
                .on(c)
                .with("room", room)
                .with("numbers", numbers.toArray(Long[]::new))
                .list(row -> new Dated(
                        Sql.instant(row, "recorded_at"),
                        json.readEntry(row.getBytes("entry")).fact())));
    }

    /** Readings recorded since a moment, up to an arrival, by the moment at which they were recorded. */
    public SortedMap<Instant, List<Reading>> readings(Instant since, long upToArrival) {
        var readings = new TreeMap<Instant, List<Reading>>();
        var recorded = new Moments("recorded_at");
        var observed = new Moments("observed_at");
        db.read(c -> {
            long after = ARRIVAL_BEFORE
                    .on(c)
                    .with("room", room)
                    .with("at", since)
                    .find(row -> row.getLong("arrival"))
                    .orElse(0L);
            SOME_READINGS
                    .on(c)
                    .with("room", room)
                    .with("after", after)
                    .with("up_to", upToArrival)
                    .with("since", since)
                    .each(row -> readings.computeIfAbsent(recorded.of(row), at -> new ArrayList<>())
                            .add(reading(row, observed)));
            return readings.size();
        });
        return readings;
    }

    /** Timers that were rung and wait in the inbox. */
    public List<Timer> rung(long afterArrival) {
        return db
                .write(c -> TIMERS_RUNG
                        .on(c)
                        .with("room", room)
                        .with("after", afterArrival)
                        .list(row -> (Arrival.TimerDue) roomJson.read("TimerDue", row.getBytes("payload"))))
                .stream()
                .map(due -> new Timer(due.timer(), due.due()))
                .toList();
    }

    /** Visits each step that left readings or facts; returns where the room stood in the same state of the database. */
    public RoomRow each(long afterFact, long readingsAfterArrival, Visitor visitor) {
        return db.read(c -> {
            try (var facts = FACTS.on(c)
                            .with("room", room)
                            .with("after", afterFact)
                            .cursor();
                    var readings = READINGS.on(c)
                            .with("room", room)
                            .with("after", readingsAfterArrival)
                            .cursor()) {
                while (facts.atRow() || readings.atRow()) {
                    step(facts, readings, visitor);
                }
            }
            return Rooms.get(c, room);
        });
    }

    private void step(Cursor facts, Cursor readings, Visitor visitor) throws SQLException {
        long arrival = Math.min(arrival(facts), arrival(readings));
        var at = Sql.instant((arrival(readings) == arrival ? readings : facts).row(), "recorded_at");
        var journal = new ArrayList<Reading>();
        var observed = new Moments("observed_at");
        for (; arrival(readings) == arrival; readings.move()) {
            journal.add(reading(readings.row(), observed));
        }
        var entries = new ArrayList<Entry>();
        for (; arrival(facts) == arrival; facts.move()) {
            entries.add(json.readEntry(facts.row().getBytes("entry")));
        }
        visitor.visit(arrival, at, journal, entries);
    }

    private static long arrival(Cursor cursor) throws SQLException {
        return cursor.atRow() ? cursor.row().getLong("arrival") : Long.MAX_VALUE;
    }

    /** What is done with each step. */
    public interface Visitor {
        void visit(long arrival, Instant at, List<Reading> journal, List<Entry> facts);
    }

    private static Reading reading(ResultSet row, Moments observed) throws SQLException {
        return new Reading(
                row.getString("station"),
                Quantity.find(row.getString("quantity")).orElseThrow(),
                row.getLong("milli"),
                observed.of(row),
                row.getBoolean("suspect"));
    }

    /** A column of moments: readings of one arrival mostly have the same, and to read one from its text costs most of a row. */
    private static final class Moments {
        private final String column;
        private String last = "";
        private Instant moment = Instant.MIN;

        Moments(String column) {
            this.column = column;
        }

        Instant of(ResultSet row) throws SQLException {
            var text = row.getString(column);
            if (!text.equals(last)) {
                last = text;
                moment = Sql.instant(row, column);
            }
            return moment;
        }
    }
}
