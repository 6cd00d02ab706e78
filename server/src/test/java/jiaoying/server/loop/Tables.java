package jiaoying.server.loop;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Rows of tables as text, for comparing. */
public final class Tables {
    private Tables() {}

    public static List<String> rows(TestHouse house, String query) {
        try (var connection = house.db.dataSource().getConnection();
                var statement = connection.prepareStatement(query.replace(":room", "'" + house.room + "'"));
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
