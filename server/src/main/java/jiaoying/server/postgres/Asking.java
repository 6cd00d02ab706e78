package jiaoying.server.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The few questions that the copy puts to its database. */
final class Asking {
    private Asking() {}

    static String text(Connection connection, String question) throws SQLException {
        return row(connection, question).getFirst();
    }

    static List<String> row(Connection connection, String question) throws SQLException {
        return findRow(connection, question).orElseThrow(() -> new SQLException("no row for " + question));
    }

    /** The first row of the answer; absent values read as empty. */
    static Optional<List<String>> findRow(Connection connection, String question) throws SQLException {
        try (var statement = connection.createStatement();
                var answer = statement.executeQuery(question)) {
            if (!answer.next()) {
                return Optional.empty();
            }
            var row = new ArrayList<String>();
            for (var column = 1; column <= answer.getMetaData().getColumnCount(); column++) {
                var value = answer.getString(column);
                row.add(value == null ? "" : value);
            }
            return Optional.of(row);
        }
    }
}
