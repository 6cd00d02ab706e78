package jiaoying.server.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.TreeMap;
import jiaoying.duty.errand.Errand;
import jiaoying.duty.errand.OrdersErrands;
import jiaoying.duty.errand.SettlesErrands;
import jiaoying.duty.ledger.Fact;
import jiaoying.server.store.ErrandStore.State;

/** Errands that become open or are settled in one transaction. Of two ends of an errand the first one counts. */
final class ErrandChanges {
    private static final Sql ORDER = Sql.of("""
            INSERT INTO errand (room, key, channel, purpose, priority, not_before, call_order, callee, person, message, state)
            VALUES (:room, :key, :channel, :purpose, :priority, :not_before, :call_order, :callee, :person, :message, :state)
            ON CONFLICT (room, key) DO UPDATE
               SET channel = EXCLUDED.channel, purpose = EXCLUDED.purpose, priority = EXCLUDED.priority,
                   not_before = EXCLUDED.not_before, call_order = EXCLUDED.call_order, callee = EXCLUDED.callee,
                   person = EXCLUDED.person, message = EXCLUDED.message, state = EXCLUDED.state,
                   carrier = NULL, keeps_key = false, owner = NULL, fence = errand.fence + 1, lease_until = NULL,
                   epoch = NULL, may_have = NULL""");

    /**
     * A settled errand that still has an owner was settled by its courier only; the room's word comes after. What a courier
     * has when it is withdrawn keeps its lease, and what a carrier may have gets one: its end tells the room that it may be out.
     */
    private static final Sql END = Sql.of("""
            UPDATE errand
               SET state = :state,
                   owner = CASE WHEN :state = 'WITHDRAWN' AND state = 'TAKEN' THEN owner END,
                   lease_until = CASE WHEN :state = 'WITHDRAWN' AND state = 'TAKEN' THEN lease_until
                                      WHEN :state = 'WITHDRAWN' AND state = 'READY' AND may_have IS NOT NULL THEN not_before END
             WHERE room = :room AND key = :key
               AND (state IN ('READY', 'TAKEN', 'AMBIGUOUS') OR (state = 'SETTLED' AND owner IS NOT NULL))""");

    private final String room;
    private final TreeMap<String, Change> changes = new TreeMap<>();

    ErrandChanges(String room) {
        this.room = room;
    }

    boolean isEmpty() {
        return changes.isEmpty();
    }

    void add(Fact fact) {
        if (fact instanceof SettlesErrands settles) {
            var state = settles.withdrawn() ? State.WITHDRAWN : State.SETTLED;
            settles.settledKeys().forEach(key -> changes.merge(key, new Change(Optional.empty(), state), Change::then));
        }
        if (fact instanceof OrdersErrands orders) {
            orders.errands().forEach(errand -> changes.put(errand.key(), new Change(Optional.of(errand), State.READY)));
        }
    }

    /** In the order of the keys, like the couriers, so that nobody waits for each other in a circle. */
    void into(Connection connection) throws SQLException {
        if (changes.isEmpty()) {
            return;
        }
        var order = ORDER.on(connection);
        var end = END.on(connection);
        for (var change : changes.entrySet()) {
            if (change.getValue().ordered.isPresent()) {
                order(order, change.getValue().ordered.get(), change.getValue().state);
            } else {
                end.with("state", change.getValue().state.name())
                        .with("room", room)
                        .with("key", change.getKey())
                        .add();
            }
        }
        order.batch();
        end.batch();
    }

    private void order(Sql.Bound order, Errand errand, State state) throws SQLException {
        order.with("room", room)
                .with("key", errand.key())
                .with("channel", errand.channel().word())
                .with("purpose", errand.purpose().name())
                .with("priority", errand.priority())
                .with("not_before", errand.notBefore())
                .with("call_order", errand.order())
                .with("callee", errand.callee())
                .with("person", errand.to())
                .with("message", errand.message())
                .with("state", state.name())
                .add();
    }

    private record Change(Optional<Errand> ordered, State state) {
        Change then(Change later) {
            return state == State.READY ? new Change(ordered, later.state) : this;
        }
    }
}
