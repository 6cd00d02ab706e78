package jiaoying.server.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.postgresql.PGConnection;

/** The tables that a database says it has; nothing here knows one by name except {@code room}. */
record Catalog(Connection connection) {
    private static final String OURS = "n.nspname IN ('public', 'jiaoying')";
    private static final String HISTORY = "flyway_schema_history";

    /** @param parents tables it refers to */
    record Table(String schema, String name, List<String> columns, List<String> order, Set<String> parents) {
        String id() {
            return schema + "." + name;
        }
    }

    /** Tables that others refer to come first. */
    List<Table> tables() throws SQLException {
        var waiting = listTables();
        var sorted = new ArrayList<Table>();
        var known = new HashSet<String>();
        while (!waiting.isEmpty()) {
            var next = waiting.stream()
                    .filter(table -> known.containsAll(table.parents()))
                    .findFirst()
                    .orElse(waiting.getFirst());
            waiting.remove(next);
            sorted.add(next);
            known.add(next.id());
        }
        return List.copyOf(sorted);
    }

    private List<Table> listTables() throws SQLException {
        var tables = new ArrayList<Table>();
        try (var rows = ask("""
                SELECT n.nspname AS schema, c.relname AS name, c.oid AS oid
                FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE c.relkind = 'r' AND c.relname <> '%s' AND %s ORDER BY 1, 2""".formatted(HISTORY, OURS))) {
            while (rows.next()) {
                var schema = rows.getString("schema");
                var name = rows.getString("name");
                var oid = rows.getLong("oid");
                tables.add(new Table(schema, name, columns(oid), order(oid), parents(oid, schema + "." + name)));
            }
        }
        return tables;
    }

    private List<String> columns(long table) throws SQLException {
        return strings("""
                SELECT attname FROM pg_attribute
                WHERE attrelid = %d AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum""", table);
    }

    /**
     * The columns of the primary key, text compared by its bytes: the same order on every machine. Where the database
     * compares so anyway nothing is said about it, so that the index gives the order.
     */
    private List<String> order(long table) throws SQLException {
        return strings("""
                SELECT quote_ident(a.attname) || CASE WHEN a.attcollation <> 0 AND NOT d.bytewise THEN ' COLLATE "C"' ELSE '' END
                FROM pg_index i
                JOIN LATERAL unnest(i.indkey) WITH ORDINALITY AS k (attnum, position) ON true
                JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
                CROSS JOIN (SELECT datlocprovider = 'b' OR (datlocprovider = 'c' AND datcollate IN ('C', 'POSIX')) AS bytewise
                            FROM pg_database WHERE datname = current_database()) d
                WHERE i.indrelid = %d AND i.indisprimary ORDER BY k.position""", table);
    }

    private Set<String> parents(long table, String self) throws SQLException {
        var parents = new HashSet<>(strings("""
                SELECT n.nspname || '.' || c.relname
                FROM pg_constraint f JOIN pg_class c ON c.oid = f.confrelid JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE f.contype = 'f' AND f.conrelid = %d""", table));
        parents.remove(self);
        return Set.copyOf(parents);
    }

    List<Manifest.Sequence> sequences() throws SQLException {
        var sequences = new ArrayList<Manifest.Sequence>();
        for (var id : strings("""
                SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname)
                FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'S' AND %s ORDER BY 1""".formatted(OURS))) {
            try (var row = ask("SELECT last_value, is_called FROM " + id)) {
                row.next();
                var dot = id.indexOf('.');
                sequences.add(new Manifest.Sequence(
                        id.substring(0, dot), id.substring(dot + 1), row.getLong(1), row.getBoolean(2)));
            }
        }
        return List.copyOf(sequences);
    }

    void setSequence(Manifest.Sequence sequence) throws SQLException {
        try (var set = connection.prepareStatement("SELECT setval(?::regclass, ?, ?)")) {
            set.setString(1, sequence.schema() + "." + sequence.name());
            set.setLong(2, sequence.last());
            set.setBoolean(3, sequence.called());
            set.executeQuery().close();
        }
    }

    /** Version of the tables, empty when no migration was ever run. */
    Optional<String> schemaVersion() throws SQLException {
        if (strings("SELECT relname FROM pg_class WHERE oid = to_regclass('" + HISTORY + "')")
                .isEmpty()) {
            return Optional.empty();
        }
        return strings("SELECT version FROM " + HISTORY
                        + " WHERE success AND version IS NOT NULL ORDER BY installed_rank DESC LIMIT 1")
                .stream()
                .findFirst();
    }

    List<String> rooms() throws SQLException {
        return strings("SELECT id FROM room ORDER BY id");
    }

    /** Couriers look at this mark; the fact that makes it lasting follows with the arrival {@code Restored}. */
    void holdRooms() throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE room SET held = true");
        }
    }

    /** Gives the rows of a table in the order of its key; returns how many. */
    long copyOut(Table table, List<String> columns, OutputStream out) throws SQLException, IOException {
        var order = table.order().isEmpty() ? "" : " ORDER BY " + String.join(", ", table.order());
        var rows = "SELECT " + list(columns) + " FROM " + quoted(table.schema(), table.name()) + order;
        return connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut("COPY (" + rows + ") TO STDOUT (FORMAT binary)", out);
    }

    long copyIn(Manifest.Table table, InputStream in) throws SQLException, IOException {
        var target = quoted(table.schema(), table.name()) + " (" + list(table.columns()) + ")";
        return connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY " + target + " FROM STDIN (FORMAT binary)", in, 1 << 16);
    }

    private static String list(List<String> columns) {
        return String.join(", ", columns.stream().map(Catalog::quoted).toList());
    }

    private static String quoted(String schema, String name) {
        return quoted(schema) + "." + quoted(name);
    }

    private static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    private List<String> strings(String sql, long table) throws SQLException {
        return strings(sql.formatted(table));
    }

    private List<String> strings(String sql) throws SQLException {
        var strings = new ArrayList<String>();
        try (var rows = ask(sql)) {
            while (rows.next()) {
                strings.add(rows.getString(1));
            }
        }
        return List.copyOf(strings);
    }

    private ResultSet ask(String sql) throws SQLException {
        var statement = connection.createStatement();
        statement.closeOnCompletion();
        return statement.executeQuery(sql);
    }
}
