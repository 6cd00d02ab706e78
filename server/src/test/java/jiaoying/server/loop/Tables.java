package jiaoying.server.loop;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import jiaoying.server.store.Database;

/** Rows of tables as text, for comparing. */
public final class Tables {
    /** What a rebuild makes anew. */
    public static final List<String> CACHES = List.of(
            "SELECT kind, id, from_fact, to_fact, body FROM view WHERE room = :room ORDER BY kind, id, from_fact",
            "SELECT kind, id, body FROM register WHERE room = :room ORDER BY kind, id",
            "SELECT person, field, text FROM personal WHERE room = :room ORDER BY person, field",
            "SELECT key, channel, purpose, priority, not_before, call_order, callee, person, message, state FROM errand"
                    + " WHERE room = :room ORDER BY key",
            "SELECT id, due_at FROM timer WHERE room = :room ORDER BY id",
            "SELECT held, last_fact, last_taken FROM room WHERE id = :room");

    private Tables() {}

    public static List<String> rows(TestHouse house, String query) {
        return rows(house.db, house.room, query);
    }

    public static List<String> rows(Database db, String room, String query) {
        try (var connection = db.dataSource().getConnection();
                var statement = connection.prepareStatement(query.replace(":room", "'" + room + "'"));
                var found = statement.executeQuery()) {
            var rows = new ArrayList<String>();
            while (found.next()) {
                var row = new ArrayList<String>();
                for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                    row.add(String.valueOf(found.getString(i)));
                }
                rows.add(String.join(" | ", row));
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public static void run(TestHouse house, String statement) {
        try (var connection = house.db.dataSource().getConnection();
                var change = connection.prepareStatement(statement.replace(":room", "'" + house.room + "'"))) {
            change.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }
}
