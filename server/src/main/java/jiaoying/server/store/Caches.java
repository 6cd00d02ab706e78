package jiaoying.server.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.room.RoomFact;
import jiaoying.duty.room.View;
import jiaoying.duty.room.ViewKey;

/**
 * What facts change in the tables that are only caches of them: projections, register, errands, timers. The loop fills
 * them with each commit, a rebuild fills them from the beginning, both here.
 */
public final class Caches {
    private static final List<String> TABLES = List.of("view", "register", "personal", "errand", "timer", "snapshot");
    private static final Sql HOLD = Sql.of("UPDATE room SET held = :held WHERE id = :room");

    private final String room;
    private final ViewChanges views;
    private final RegisterChanges register;
    private final ErrandChanges errands;
    private final TimerChanges timers;
    private Optional<Boolean> held = Optional.empty();

    public Caches(String room, RoomJson json) {
        this.room = room;
        views = new ViewChanges(room, json.json());
        register = new RegisterChanges(room, json);
        errands = new ErrandChanges(room);
        timers = new TimerChanges(room);
    }

    /** @param changed rows of the projections as they are after the step whose last fact is {@code lastFact} */
    public void add(List<Fact> facts, long lastFact, Map<ViewKey, View> changed) {
        for (var fact : facts) {
            register.add(fact);
            errands.add(fact);
            timers.add(fact);
            hold(fact);
        }
        changed.forEach((key, view) -> views.put(key, view, lastFact));
    }

    private void hold(Fact fact) {
        switch (fact) {
            case RoomFact.RoomHeld _ -> held = Optional.of(true);
            case RoomFact.RoomReleased _ -> held = Optional.of(false);
            default -> {}
        }
    }

    /** True when errands became open or were settled, or the room was released, so that couriers should look. */
    public boolean touchErrands() {
        return !errands.isEmpty() || held.isPresent();
    }

    void into(Connection connection) throws SQLException {
        errands.into(connection);
        views.into(connection);
        register.into(connection);
        timers.into(connection);
        if (held.isPresent()) {
            HOLD.on(connection).with("held", held.get()).with("room", room).update();
        }
    }

    static void drop(Connection connection, String room) throws SQLException {
        for (var table : TABLES) {
            Sql.of("DELETE FROM " + table + " WHERE room = :room")
                    .on(connection)
                    .with("room", room)
                    .update();
        }
        HOLD.on(connection).with("held", false).with("room", room).update();
    }
}
