package jiaoying.server.register;

import java.util.Optional;

/**
 * A column of a register table.
 *
 * @param name  in headers and messages
 * @param zh    the Chinese header, understood as well
 * @param refers the table in which the ids of this column must stand
 */
record Column(String name, String zh, CellRule rule, Optional<String> refers) {
    static Column of(String name, String zh, CellRule rule) {
        return new Column(name, zh, rule, Optional.empty());
    }

    static Column to(String table, String name, String zh, CellRule rule) {
        return new Column(name, zh, rule, Optional.of(table));
    }

    boolean named(String header) {
        return name.equalsIgnoreCase(header) || zh.equals(header);
    }
}
