package jiaoying.server.store;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/**
 * What an erased person's key leaves behind in the files of the database (删除后的残留). A row that was changed stands there, unread,
 * until its place is used again; writing the small table anew ends that.
 */
public final class Erasures {
    /** Where nobody was ever erased, which one look into the small table says, the ledger is not searched. */
    private static final Sql LAST = Sql.of("""
            SELECT recorded_at AS last FROM fact
             WHERE room = :room AND kind = 'Erased'
               AND EXISTS (SELECT 1 FROM person_key WHERE key IS NULL)
             ORDER BY recorded_at DESC LIMIT 1""");

    private static final Sql WAIT_LITTLE = Sql.of("SET lock_timeout = '2s'");
    private static final Sql WAIT_AS_BEFORE = Sql.of("RESET lock_timeout");
    private static final Sql ANEW = Sql.of("VACUUM FULL person_key");

    private final Database db;
    private final String room;

    public Erasures(Database db, String room) {
        this.db = db;
        this.room = room;
    }

    /** When a person of the room was erased last. */
    public Optional<Instant> last() {
        return db.read(c -> LAST.on(c).with("room", room).find(row -> Sql.instant(row, "last")));
    }

    /**
     * Writes the table of keys anew, without what was erased; whoever seals meanwhile waits for milliseconds.
     *
     * @throws DatabaseFailed when somebody reads the table for longer than two seconds; to be tried again
     */
    public void scrub() {
        try (var connection = db.dataSource().getConnection()) {
            connection.setAutoCommit(true); // not in a transaction
            WAIT_LITTLE.on(connection).update();
            try {
                ANEW.on(connection).update();
            } finally {
                WAIT_AS_BEFORE.on(connection).update();
            }
        } catch (SQLException e) {
            throw new DatabaseFailed("The table of keys was not written anew", e);
        }
    }
}
