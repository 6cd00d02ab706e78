package jiaoying.server.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jiaoying.duty.room.View;
import jiaoying.duty.room.ViewKey;

/** Reads the projections as they were at any fact. May be used from any thread. */
public final class ViewStore {
    private static final FactJson JSON = new FactJson(PersonKeys.NONE);
    private static final String VALID = " from_fact <= :fact AND (to_fact IS NULL OR to_fact > :fact)";

    /** By halving: numbers have no gap, and along them the moments never go back. {@code low} is always at or before the moment. */
    private static final Sql FACT_AT = Sql.of("""
            WITH RECURSIVE halving (low, high) AS (
                SELECT CAST(0 AS bigint), last_fact + 1 FROM room WHERE id = :room
                UNION ALL
                SELECT CASE WHEN middle.past THEN middle.number ELSE low END,
                       CASE WHEN middle.past THEN high ELSE middle.number END
                  FROM halving, LATERAL (
                       SELECT number, recorded_at <= :at AS past FROM fact
                        WHERE room = :room AND number = (low + high) / 2) AS middle
                 WHERE high - low > 1)
            SELECT max(low) AS number FROM halving""");

    private static final Sql LIST =
            Sql.of("SELECT body FROM view WHERE room = :room AND kind = :kind AND" + VALID + " ORDER BY id");
    private static final Sql LIST_UNDER = Sql.of("SELECT body FROM view WHERE room = :room AND kind = :kind"
            + " AND id >= :first AND id < :beyond AND" + VALID + " ORDER BY id");
    private static final Sql LIST_NOW =
            Sql.of("SELECT body FROM view WHERE room = :room AND kind = :kind AND to_fact IS NULL ORDER BY id");
    private static final Sql FIND =
            Sql.of("SELECT body FROM view WHERE room = :room AND kind = :kind AND id = :id AND" + VALID);

    /** With {@code from_fact > 0} the index of what changed lately serves. */
    private static final Sql LIST_CHANGED = Sql.of("SELECT body FROM view WHERE room = :room AND kind = :kind"
            + " AND to_fact IS NULL AND from_fact > 0 AND from_fact > :after ORDER BY from_fact");

    private static final Sql LIST_RECENT = Sql.of("SELECT body FROM view WHERE room = :room AND kind = :kind"
            + " AND (from_fact > :after OR body ->> :over IS NULL) AND" + VALID + " ORDER BY id");

    /** The kind stands in the statement, so that its own index serves. */
    private static final Sql MARKS = Sql.of("SELECT body FROM view WHERE room = :room AND kind = 'mark'"
            + " AND from_fact > :after AND from_fact <= :fact ORDER BY from_fact, id");

    private final Database db;

    public ViewStore(Database db) {
        this.db = db;
    }

    /** The last fact recorded at or before a moment, 0 when there is none. */
    public long factAt(String room, Instant at) {
        return db.write(c -> FACT_AT.on(c)
                .with("room", room)
                .with("at", at)
                .find(row -> row.getLong("number"))
                .orElse(0L));
    }

    /** The rows of a kind that were valid at a fact, by id. */
    public <V extends View> List<V> list(String room, String kind, long fact, Class<V> type) {
        return db.write(c -> LIST.on(c)
                .with("room", room)
                .with("kind", kind)
                .with("fact", fact)
                .list(row -> view(row, type)));
    }

    /** The marks of stations that were made after one fact and until another, in that order. */
    public <V extends View> List<V> marks(String room, long after, long fact, Class<V> type) {
        return db.write(c -> MARKS.on(c)
                .with("room", room)
                .with("after", after)
                .with("fact", fact)
                .list(row -> view(row, type)));
    }

    /** The same, ids beginning with a prefix only: the callees of an order, say. */
    public <V extends View> List<V> list(String room, String kind, String prefix, long fact, Class<V> type) {
        return db.write(c -> LIST_UNDER
                .on(c)
                .with("room", room)
                .with("kind", kind)
                .with("first", prefix)
                .with("beyond", prefix + Character.MAX_VALUE)
                .with("fact", fact)
                .list(row -> view(row, type)));
    }

    /** The rows of a kind as they are now. */
    public <V extends View> List<V> listNow(String room, String kind, Class<V> type) {
        return db.write(
                c -> LIST_NOW.on(c).with("room", room).with("kind", kind).list(row -> view(row, type)));
    }

    /**
     * The rows of a kind that were valid at a fact, by id, but of those that are over only the ones that changed after another
     * fact: what ended long ago is not read.
     *
     * @param over name of the field that is null as long as a row is not over, for example {@code endedAt}
     */
    public <V extends View> List<V> listRecent(
            String room, String kind, long after, long fact, String over, Class<V> type) {
        return db.write(c -> LIST_RECENT
                .on(c)
                .with("room", room)
                .with("kind", kind)
                .with("after", after)
                .with("over", over)
                .with("fact", fact)
                .list(row -> view(row, type)));
    }

    /** The rows of a kind as they are now that changed after a fact. */
    public <V extends View> List<V> listChanged(String room, String kind, long after, Class<V> type) {
        return db.write(c -> LIST_CHANGED
                .on(c)
                .with("room", room)
                .with("kind", kind)
                .with("after", after)
                .list(row -> view(row, type)));
    }

    public Optional<View> find(String room, ViewKey key, long fact) {
        return db.write(c -> FIND.on(c)
                .with("room", room)
                .with("kind", key.kind())
                .with("id", key.id())
                .with("fact", fact)
                .find(row -> view(row, View.class)));
    }

    private static <V extends View> V view(ResultSet row, Class<V> type) throws SQLException {
        return type.cast(JSON.read(View.class, row.getString("body").getBytes(UTF_8)));
    }
}
