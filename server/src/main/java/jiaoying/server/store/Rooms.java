package jiaoying.server.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import jiaoying.duty.ledger.Chain;

/** The rooms of a database. May be used from any thread. */
public final class Rooms {
    static final String COLUMNS =
            "id, kind, epoch, last_number, last_taken, last_fact, head, recorded_at, journal_count, held";
    private static final Sql ADD = Sql.of("""
            INSERT INTO room (id, kind, head, recorded_at) VALUES (:room, :kind, :head, :at) ON CONFLICT (id) DO NOTHING""");
    private static final Sql FIND = Sql.of("SELECT " + COLUMNS + " FROM room WHERE id = :room");
    private static final Sql LIST = Sql.of("SELECT " + COLUMNS + " FROM room ORDER BY id");
    private static final Sql TAKE_OVER = Sql.of("UPDATE room SET epoch = epoch + 1 WHERE id = :room");

    private static final Sql HOLD = Sql.of("UPDATE room SET held = true");

    private static final Sql PURGE = Sql.of("""
            DELETE FROM arrival WHERE room = :room AND received_at < :before
               AND number <= (SELECT last_taken FROM room WHERE id = :room)""");
    private static final Sql MISSING = Sql.of("""
            SELECT last_number - last_taken
                   - (SELECT count(*) FROM arrival WHERE room = id AND number > last_taken) AS missing
              FROM room WHERE id = :room""");

    private final Database db;

    public Rooms(Database db) {
        this.db = db;
    }

    /** Makes the room unless it is there already; demo or real is decided here and never changes. */
    public RoomRow open(String room, boolean demo, Keys keys, Instant at) {
        var head = Chain.genesis(LedgerStore.firstLine(room, keys.publicKeyHex()));
        return db.write(c -> {
            ADD.on(c)
                    .with("room", room)
                    .with("kind", demo ? "demo" : "real")
                    .with("head", head)
                    .with("at", at)
                    .update();
            return get(c, room);
        });
    }

    public Optional<RoomRow> find(String room) {
        return db.write(c -> find(c, room));
    }

    /** @throws IllegalArgumentException when there is no such room */
    public RoomRow get(String room) {
        return db.write(c -> get(c, room));
    }

    public List<RoomRow> list() {
        return db.write(c -> LIST.on(c).list(Rooms::row));
    }

    /** Holds all rooms, as after a restore: nothing is sent before an officer releases them. @return their ids */
    public List<String> hold() {
        return db.write(c -> {
            HOLD.on(c).update();
            return LIST.on(c).list(row -> row.getString("id"));
        });
    }

    /** Drops what came in before then and has been decided; what followed from it stays. @return how many arrivals */
    public int purgeArrivals(String room, Instant before) {
        return db.write(
                c -> PURGE.on(c).with("room", room).with("before", before).update());
    }

    /** Arrivals that were acknowledged but are neither decided nor in the inbox: 0, unless the database lost something. */
    public long missing(String room) {
        return db.write(c -> MISSING.on(c).with("room", room).get(row -> row.getLong("missing")));
    }

    /** Raises the epoch, so that no other loop can commit from now on; returns the room with the new epoch. */
    public RoomRow takeOver(String room) {
        return db.write(c -> {
            TAKE_OVER.on(c).with("room", room).update();
            return get(c, room);
        });
    }

    static RoomRow get(Connection connection, String room) throws SQLException {
        return find(connection, room)
                .orElseThrow(() -> new IllegalArgumentException("There is no room " + room + " in this database"));
    }

    private static Optional<RoomRow> find(Connection connection, String room) throws SQLException {
        return FIND.on(connection).with("room", room).find(Rooms::row);
    }

    static RoomRow row(ResultSet row) throws SQLException {
        return new RoomRow(
                row.getString("id"),
                row.getString("kind").equals("demo"),
                row.getLong("epoch"),
                row.getLong("last_number"),
                row.getLong("last_taken"),
                row.getLong("last_fact"),
                HexFormat.of().formatHex(row.getBytes("head")),
                Sql.instant(row, "recorded_at"),
                row.getLong("journal_count"),
                row.getBoolean("held"));
    }
}
