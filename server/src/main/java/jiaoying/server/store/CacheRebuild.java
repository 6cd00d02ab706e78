package jiaoying.server.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.room.View;
import jiaoying.duty.room.ViewKey;

/** The caches of a room being dropped and made again, in one transaction. */
public final class CacheRebuild {
    private static final int STEPS_AT_ONCE = 500;

    /** Marks of couriers are not in the facts; without them an errand that is on its way would be sent again. */
    private static final Sql MARKS = Sql.of("""
            SELECT key, state, carrier, keeps_key, owner, fence, not_before, lease_until, epoch, may_have FROM errand
             WHERE room = :room AND (fence > 0 OR state IN ('TAKEN', 'AMBIGUOUS'))""");

    private static final Sql KEEP_FENCE = Sql.of("""
            UPDATE errand SET fence = greatest(fence, :fence), may_have = :may_have
             WHERE room = :room AND key = :key""");
    private static final Sql KEEP_MARKS = Sql.of("""
            UPDATE errand SET state = :state, carrier = :carrier, keeps_key = :keeps_key, owner = :owner,
                   not_before = CAST(:not_before AS timestamptz), lease_until = CAST(:lease_until AS timestamptz),
                   epoch = :epoch
             WHERE room = :room AND key = :key AND (state = 'READY' OR state = 'WITHDRAWN' AND :state = 'WITHDRAWN')""");

    /** A room that was restored and has not been opened since is held although no fact says so yet. */
    private static final Sql KEEP_HELD = Sql.of("""
            UPDATE room SET held = true
             WHERE id = :room
               AND EXISTS (SELECT 1 FROM arrival a
                            WHERE a.room = :room AND a.number > room.last_taken AND a.kind = 'Restored')""");

    private final Connection connection;
    private final String room;
    private final RoomJson json;
    private Caches caches;
    private int steps;

    private CacheRebuild(Connection connection, String room, RoomJson json) {
        this.connection = connection;
        this.room = room;
        this.json = json;
        caches = new Caches(room, json);
    }

    /** @param fold adds every step of the room's history */
    public static RoomRow run(Database db, String room, RoomJson json, Consumer<CacheRebuild> fold) {
        return db.write(c -> {
            var marks = MARKS.on(c).with("room", room).list(Mark::read);
            Caches.drop(c, room);
            var rebuild = new CacheRebuild(c, room, json);
            fold.accept(rebuild);
            rebuild.flush();
            keep(c, room, marks);
            KEEP_HELD.on(c).with("room", room).update();
            return Rooms.get(c, room);
        });
    }

    public void add(List<Fact> facts, long lastFact, Map<ViewKey, View> changed) {
        caches.add(facts, lastFact, changed);
        if (++steps % STEPS_AT_ONCE == 0) {
            flush();
        }
    }

    private void flush() {
        try {
            caches.into(connection);
            caches = new Caches(room, json);
        } catch (SQLException e) {
            throw new DatabaseFailed("Room " + room + " cannot be rebuilt", e);
        }
    }

    private static void keep(Connection connection, String room, List<Mark> marks) throws SQLException {
        var fence = KEEP_FENCE.on(connection);
        for (var mark : marks) {
            fence.with("fence", mark.fence)
                    .withMaybe("may_have", mark.mayHave)
                    .with("room", room)
                    .with("key", mark.key)
                    .add();
        }
        fence.batch();
        for (var mark : marks) {
            if (!mark.state.equals("WITHDRAWN") || mark.leaseUntil.isPresent()) {
                mark.keep(connection, room);
            }
        }
    }

    private record Mark(
            String key,
            String state,
            Optional<String> carrier,
            boolean keepsKey,
            Optional<String> owner,
            long fence,
            Instant notBefore,
            Optional<Instant> leaseUntil,
            Optional<Long> epoch,
            Optional<String> mayHave) {
        static Mark read(java.sql.ResultSet row) throws SQLException {
            return new Mark(
                    row.getString("key"),
                    row.getString("state"),
                    Optional.ofNullable(row.getString("carrier")),
                    row.getBoolean("keeps_key"),
                    Optional.ofNullable(row.getString("owner")),
                    row.getLong("fence"),
                    Sql.instant(row, "not_before"),
                    Sql.findInstant(row, "lease_until"),
                    Optional.ofNullable(row.getObject("epoch", Long.class)),
                    Optional.ofNullable(row.getString("may_have")));
        }

        void keep(Connection connection, String room) throws SQLException {
            KEEP_MARKS
                    .on(connection)
                    .with("state", state)
                    .withMaybe("carrier", carrier)
                    .with("keeps_key", keepsKey)
                    .withMaybe("owner", owner)
                    .with("not_before", notBefore.toString())
                    .withMaybe("lease_until", leaseUntil.map(Instant::toString))
                    .withMaybe("epoch", epoch)
                    .with("room", room)
                    .with("key", key)
                    .update();
        }
    }
}
