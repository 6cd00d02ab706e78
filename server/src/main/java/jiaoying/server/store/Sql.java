package jiaoying.server.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One SQL statement with named parameters, such as {@code :room}; {@code ::} is a cast. */
final class Sql {
    private static final Pattern NAME = Pattern.compile("(?<!:):([a-z_]+)");

    private final String text;
    private final List<String> names;

    private Sql(String text, List<String> names) {
        this.text = text;
        this.names = names;
    }

    static Sql of(String named) {
        var names = new ArrayList<String>();
        var text = NAME.matcher(named).replaceAll(name -> {
            names.add(name.group(1));
            return "?";
        });
        return new Sql(text, names);
    }

    Bound on(Connection connection) throws SQLException {
        return new Bound(connection.prepareStatement(text), names);
    }

    /** How a row is read. */
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** What is done with each row of a long answer. */
    interface Visitor {
        void visit(ResultSet row) throws SQLException;
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    static Optional<Instant> findInstant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    /** A statement being given its parameters; closes itself when it is run, a batch when it is sent. */
    static final class Bound {
        private static final int ROWS_AT_ONCE = 2_000;

        private final PreparedStatement statement;
        private final List<String> names;

        private Bound(PreparedStatement statement, List<String> names) {
            this.statement = statement;
            this.names = names;
        }

        Bound with(String name, Object value) throws SQLException {
            return bindAll(name, value);
        }

        private Bound bindAll(String name, @Nullable Object value) throws SQLException {
            var found = false;
            for (int i = 0; i < names.size(); i++) {
                if (names.get(i).equals(name)) {
                    bind(i + 1, value);
                    found = true;
                }
            }
            if (!found) {
                throw new IllegalArgumentException("Bug: the statement has no parameter :" + name);
            }
            return this;
        }

        /** Null when absent. */
        Bound withMaybe(String name, Optional<?> value) throws SQLException {
            return bindAll(name, value.orElse(null));
        }

        private void bind(int place, @Nullable Object value) throws SQLException {
            switch (value) {
                case Instant moment -> statement.setObject(place, OffsetDateTime.ofInstant(moment, ZoneOffset.UTC));
                case String[] texts ->
                    statement.setArray(place, statement.getConnection().createArrayOf("text", texts));
                case Long[] numbers ->
                    statement.setArray(place, statement.getConnection().createArrayOf("bigint", numbers));
                case Instant[] moments ->
                    statement.setArray(place, statement.getConnection().createArrayOf("timestamptz", moments));
                case null -> statement.setNull(place, Types.NULL);
                default -> statement.setObject(place, value);
            }
        }

        int update() throws SQLException {
            try (statement) {
                return statement.executeUpdate();
            }
        }

        Bound add() throws SQLException {
            statement.addBatch();
            return this;
        }

        int batch() throws SQLException {
            try (statement) {
                int changed = 0;
                for (int rows : statement.executeBatch()) {
                    changed += rows;
                }
                return changed;
            }
        }

        <T> List<T> list(Row<T> row) throws SQLException {
            var list = new ArrayList<T>();
            each(found -> list.add(row.read(found)));
            return list;
        }

        <T> Optional<T> find(Row<T> row) throws SQLException {
            var list = list(row);
            return list.isEmpty() ? Optional.empty() : Optional.of(list.getFirst());
        }

        <T> T get(Row<T> row) throws SQLException {
            return list(row).getFirst();
        }

        /** An answer read row by row; inside a transaction it comes in portions. To be closed. */
        Cursor cursor() throws SQLException {
            statement.setFetchSize(ROWS_AT_ONCE);
            return new Cursor(statement, statement.executeQuery());
        }

        /** Inside a transaction the answer comes in portions, however long it is. */
        void each(Visitor visitor) throws SQLException {
            try (statement) {
                statement.setFetchSize(ROWS_AT_ONCE);
                try (var rows = statement.executeQuery()) {
                    while (rows.next()) {
                        visitor.visit(rows);
                    }
                }
            }
        }
    }

    /** An answer and the row at which it stands. */
    static final class Cursor implements AutoCloseable {
        private final PreparedStatement statement;
        private final ResultSet rows;
        private boolean atRow;

        private Cursor(PreparedStatement statement, ResultSet rows) throws SQLException {
            this.statement = statement;
            this.rows = rows;
            move();
        }

        void move() throws SQLException {
            atRow = rows.next();
        }

        boolean atRow() {
            return atRow;
        }

        ResultSet row() {
            return rows;
        }

        @Override
        public void close() throws SQLException {
            try (statement) {
                rows.close();
            }
        }
    }
}
