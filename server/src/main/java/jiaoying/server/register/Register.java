package jiaoying.server.register;

import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.roster.RosterFact.DutyEnded;

/** The city register (名册) as it stands: the last row of each key. Not changed once made. */
public final class Register {
    public static final Register EMPTY = of(List.of());

    private final Map<Table, Map<String, Fact>> tables;

    private Register(Map<Table, Map<String, Fact>> tables) {
        this.tables = tables;
    }

    /** Folds roster and station facts in their order; facts that are no rows are passed over, an ended duty is gone. */
    public static Register of(Collection<? extends Fact> facts) {
        var tables = new EnumMap<Table, Map<String, Fact>>(Table.class);
        for (var table : Table.values()) {
            tables.put(table, new LinkedHashMap<>());
        }
        for (var fact : facts) {
            if (fact instanceof DutyEnded ended) {
                rows(tables, Table.DUTIES).remove(ended.id());
            }
            RowFacts.table(fact)
                    .ifPresent(table -> rows(tables, table).put(RowFacts.key(table, RowFacts.cells(fact)), fact));
        }
        return new Register(tables);
    }

    private static Map<String, Fact> rows(Map<Table, Map<String, Fact>> tables, Table table) {
        return tables.getOrDefault(table, Map.of());
    }

    public List<Fact> rows(Table table) {
        return List.copyOf(rows(tables, table).values());
    }

    /** Every row, each table after those it refers to. */
    public List<Fact> rows() {
        return tables.values().stream().flatMap(rows -> rows.values().stream()).toList();
    }

    Optional<Fact> find(Table table, String key) {
        return Optional.ofNullable(rows(tables, table).get(key));
    }

    Set<String> keys(Table table) {
        return rows(tables, table).keySet();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Register register && tables.equals(register.tables);
    }

    @Override
    public int hashCode() {
        return tables.hashCode();
    }
}
