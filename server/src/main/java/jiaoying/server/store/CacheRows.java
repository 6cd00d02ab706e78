package jiaoying.server.store;

import java.util.ArrayList;
import java.util.List;

/** The rows of a room that a rebuild makes anew, as text: what is the same before and after. Marks of couriers are left out. */
public final class CacheRows {
    private static final List<Sql> QUERIES = List.of(
            Sql.of("SELECT v::text AS line FROM view v WHERE room = :room ORDER BY kind, id, from_fact"),
            Sql.of("SELECT r::text AS line FROM register r WHERE room = :room ORDER BY kind, id"),
            Sql.of("SELECT p::text AS line FROM personal p WHERE room = :room ORDER BY person, field"),
            Sql.of("""
                    SELECT (key, channel, purpose, priority, CASE WHEN state = 'READY' THEN not_before END, call_order, callee,
                            person, message, state, fence, may_have)::text AS line
                      FROM errand WHERE room = :room ORDER BY key"""),
            Sql.of("SELECT t::text AS line FROM timer t WHERE room = :room ORDER BY id"),
            Sql.of("SELECT (held, last_fact, last_taken)::text AS line FROM room WHERE id = :room"));

    private static final Sql OPEN = Sql.of("""
            SELECT 'errand ' || key || ' to ' || person || ' is ' || state AS line FROM errand
             WHERE room = :room AND (state IN ('READY', 'TAKEN') OR lease_until IS NOT NULL)
            UNION ALL
            SELECT 'timer ' || id || ' is set' FROM timer WHERE room = :room AND id LIKE 'round/%'
             ORDER BY line""");

    private CacheRows() {}

    /** What is still to be done for people who are called: open errands, and timers of ladders. */
    public static List<String> open(Database db, String room) {
        return db.read(c -> OPEN.on(c).with("room", room).list(row -> row.getString("line")));
    }

    public static List<String> of(Database db, String room) {
        return db.read(c -> {
            var lines = new ArrayList<String>();
            for (var query : QUERIES) {
                lines.addAll(query.on(c).with("room", room).list(row -> row.getString("line")));
            }
            return lines;
        });
    }
}
