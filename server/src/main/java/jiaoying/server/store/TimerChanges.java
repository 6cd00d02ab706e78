package jiaoying.server.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.TreeMap;
import jiaoying.duty.errand.ClearsTimer;
import jiaoying.duty.errand.SetsTimer;
import jiaoying.duty.ledger.Fact;

/** Timers that are set and cleared in one transaction. */
final class TimerChanges {
    private static final Sql SET = Sql.of("""
            INSERT INTO timer (room, id, due_at) SELECT :room, id, due_at FROM unnest(:ids, :dues) AS t (id, due_at)
            ON CONFLICT (room, id) DO UPDATE SET due_at = EXCLUDED.due_at""");
    private static final Sql CLEAR = Sql.of("DELETE FROM timer WHERE room = :room AND id = ANY (:ids)");

    private final String room;
    private final TreeMap<String, Optional<Instant>> changes = new TreeMap<>();

    TimerChanges(String room) {
        this.room = room;
    }

    void add(Fact fact) {
        if (fact instanceof ClearsTimer clears) {
            clears.clearedTimers().forEach(id -> changes.put(id, Optional.empty()));
        }
        if (fact instanceof SetsTimer sets) {
            sets.timers().forEach(timer -> changes.put(timer.id(), Optional.of(timer.dueAt())));
        }
    }

    void into(Connection connection) throws SQLException {
        var cleared = new ArrayList<String>();
        var set = new ArrayList<String>();
        var dues = new ArrayList<Instant>();
        changes.forEach((id, due) -> {
            due.ifPresent(dues::add);
            (due.isPresent() ? set : cleared).add(id);
        });
        if (!cleared.isEmpty()) {
            CLEAR.on(connection)
                    .with("room", room)
                    .with("ids", cleared.toArray(String[]::new))
                    .update();
        }
        if (!set.isEmpty()) {
            SET.on(connection)
                    .with("room", room)
                    .with("ids", set.toArray(String[]::new))
                    .with("dues", dues.toArray(Instant[]::new))
                    .update();
        }
    }
}
