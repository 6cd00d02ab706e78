package jiaoying.server.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;
import jiaoying.duty.errand.ClearsTimer;
import jiaoying.duty.errand.SetsTimer;
import jiaoying.duty.ledger.Fact;

/** Timers that are set and cleared in one transaction. */
final class TimerChanges {
    private static final Sql SET = Sql.of("""
            INSERT INTO timer (room, id, due_at) VALUES (:room, :id, :due)
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
        var cleared = changes.entrySet().stream()
                .filter(change -> change.getValue().isEmpty())
                .map(java.util.Map.Entry::getKey);
        CLEAR.on(connection)
                .with("room", room)
                .with("ids", cleared.toArray(String[]::new))
                .update();
        var set = SET.on(connection);
        for (var change : changes.entrySet()) {
            if (change.getValue().isPresent()) {
                set.with("room", room)
                        .with("id", change.getKey())
                        .with("due", change.getValue().get())
                        .add();
            }
        }
        set.batch();
    }
}
