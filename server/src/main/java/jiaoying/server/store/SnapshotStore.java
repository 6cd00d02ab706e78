package jiaoying.server.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import jiaoying.duty.room.Snapshot;

/** Keeps where a room stood, so that a start need not fold every fact. Only a cache: without it a start takes longer. */
public final class SnapshotStore {
    /** Raised whenever what a snapshot means changes; snapshots of another form are not read. */
    private static final int FORM = 1;

    private static final Sql ADD = Sql.of("""
            INSERT INTO snapshot (room, fact, arrival, form, recorded_at, journal_count, journal_digest, matters)
            VALUES (:room, :fact, :arrival, :form, :at, :journal_count, :journal_digest, :matters)
            ON CONFLICT (room, fact) DO UPDATE
               SET arrival = EXCLUDED.arrival, form = EXCLUDED.form, recorded_at = EXCLUDED.recorded_at,
                   journal_count = EXCLUDED.journal_count, journal_digest = EXCLUDED.journal_digest,
                   matters = EXCLUDED.matters""");
    private static final Sql NEWEST = Sql.of("""
            SELECT fact, arrival, recorded_at, journal_count, journal_digest, matters FROM snapshot
             WHERE room = :room AND form = :form AND fact <= :fact ORDER BY fact DESC LIMIT 1""");
    private static final Sql DROP = Sql.of("DELETE FROM snapshot WHERE room = :room");

    private final Database db;
    private final String room;

    public SnapshotStore(Database db, String room) {
        this.db = db;
        this.room = room;
    }

    public void add(long arrival, Snapshot snapshot) {
        db.write(c -> ADD.on(c)
                .with("room", room)
                .with("fact", snapshot.fact())
                .with("arrival", arrival)
                .with("form", FORM)
                .with("at", snapshot.at())
                .with("journal_count", snapshot.journalCount())
                .with("journal_digest", snapshot.journalDigest())
                .with("matters", snapshot.matters().toArray(Long[]::new))
                .update());
    }

    /** The newest snapshot that knows no fact after this one. */
    public Optional<At> find(long fact) {
        return db.write(c -> NEWEST.on(c)
                .with("room", room)
                .with("form", FORM)
                .with("fact", fact)
                .find(row -> new At(row.getLong("arrival"), snapshot(row))));
    }

    private static Snapshot snapshot(ResultSet row) throws SQLException {
        return new Snapshot(
                row.getLong("fact"),
                Sql.instant(row, "recorded_at"),
                row.getLong("journal_count"),
                row.getString("journal_digest"),
                List.of((Long[]) row.getArray("matters").getArray()));
    }

    public void drop() {
        db.write(c -> DROP.on(c).with("room", room).update());
    }

    /** @param arrival the last one that it knows */
    public record At(long arrival, Snapshot snapshot) {}
}
