package jiaoying.server.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import jiaoying.duty.errand.Errand;
import jiaoying.duty.errand.OrdersErrands;
import jiaoying.duty.errand.SettlesErrands;
import jiaoying.duty.ledger.Fact;
import jiaoying.server.store.ErrandStore.State;

/**
 * Errands that become open or are settled in one transaction. Of two ends of an errand the first one counts.
 *
 * <p>A message about cards may get more lines until it leaves. If a courier took it before they could be written, nothing is
 * kept: the room decides again, by when it is too late for that message and the cards go with the next one.
 */
final class ErrandChanges {
    private static final Sql ORDER = Sql.of("""
            INSERT INTO errand (room, key, channel, purpose, priority, not_before, call_order, callee, person, message, state)
            SELECT :room, o.* FROM unnest(
                     :keys, :channels, :purposes, :priorities, :not_befores, :call_orders, :callees, :persons, :messages,
                     :states) AS o
            ON CONFLICT (room, key) DO UPDATE
               SET channel = EXCLUDED.channel, purpose = EXCLUDED.purpose, priority = EXCLUDED.priority,
                   not_before = EXCLUDED.not_before, call_order = EXCLUDED.call_order, callee = EXCLUDED.callee,
                   person = EXCLUDED.person, message = EXCLUDED.message, state = EXCLUDED.state,
                   carrier = NULL, keeps_key = false, owner = NULL, fence = errand.fence + 1, lease_until = NULL,
                   epoch = NULL, may_have = NULL
             WHERE errand.purpose <> 'CARD' OR (errand.owner IS NULL AND errand.may_have IS NULL)""");

    private static final Sql LOCK =
            Sql.of("SELECT key FROM errand WHERE room = :room AND key = ANY (:keys) ORDER BY key FOR UPDATE");

    /** A settled errand that still has an owner was settled by its courier only; the room's word comes after. */
    private static final String ENDING = """
             WHERE room = :room AND key = ANY (ARRAY(
                     SELECT key FROM errand WHERE room = :room AND key = ANY (:keys) ORDER BY key FOR UPDATE))
               AND (state IN ('READY', 'TAKEN', 'AMBIGUOUS') OR (state = 'SETTLED' AND owner IS NOT NULL))""";

    private static final Sql SETTLE =
            Sql.of("UPDATE errand SET state = 'SETTLED', owner = NULL, lease_until = NULL\n" + ENDING);

    /**
     * What a courier has when it is withdrawn keeps its lease, and what a carrier may have gets one: its end tells the room
     * that it may be out.
     */
    private static final Sql WITHDRAW = Sql.of("""
            UPDATE errand
               SET state = 'WITHDRAWN', owner = CASE WHEN state = 'TAKEN' THEN owner END,
                   lease_until = CASE WHEN state = 'TAKEN' THEN lease_until
                                      WHEN state = 'READY' AND may_have IS NOT NULL THEN not_before END
            """ + ENDING);

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
        order(connection);
        end(connection);
    }

    private void order(Connection connection) throws SQLException {
        var ordered = changes.values().stream()
                .filter(change -> change.ordered.isPresent())
                .toList();
        if (ordered.isEmpty()) {
            return;
        }
        var kept = ORDER.on(connection)
                .with("room", room)
                .with("keys", texts(ordered, Errand::key))
                .with("channels", texts(ordered, errand -> errand.channel().word()))
                .with("purposes", texts(ordered, errand -> errand.purpose().name()))
                .with(
                        "priorities",
                        each(ordered, errand -> (long) errand.priority()).toArray(Long[]::new))
                .with("not_befores", each(ordered, Errand::notBefore).toArray(Instant[]::new))
                .with("call_orders", texts(ordered, Errand::order))
                .with("callees", texts(ordered, Errand::callee))
                .with("persons", texts(ordered, Errand::to))
                .with("messages", texts(ordered, Errand::message))
                .with(
                        "states",
                        ordered.stream().map(change -> change.state.name()).toArray(String[]::new))
                .update();
        if (kept < ordered.size()) {
            throw new DatabaseFailed(
                    "A message about cards has left meanwhile; what was to be added to it goes with the next");
        }
    }

    private static String[] texts(List<Change> ordered, Function<Errand, String> field) {
        return each(ordered, field).toArray(String[]::new);
    }

    private static <T> Stream<T> each(List<Change> ordered, Function<Errand, T> field) {
        return ordered.stream().map(change -> field.apply(change.ordered.orElseThrow()));
    }

    private void end(Connection connection) throws SQLException {
        var settled = ended(state -> state != State.WITHDRAWN);
        var withdrawn = ended(state -> state == State.WITHDRAWN);
        if (settled.length > 0 && withdrawn.length > 0) {
            lock(connection, room, ended(state -> true));
        }
        end(connection, SETTLE, settled);
        end(connection, WITHDRAW, withdrawn);
    }

    /** Before several statements that change errands each in the order of its own keys. */
    static void lock(Connection connection, String room, String[] keys) throws SQLException {
        LOCK.on(connection).with("room", room).with("keys", keys).list(row -> row.getString("key"));
    }

    private void end(Connection connection, Sql how, String[] keys) throws SQLException {
        if (keys.length > 0) {
            how.on(connection).with("room", room).with("keys", keys).update();
        }
    }

    private String[] ended(Predicate<State> which) {
        return changes.entrySet().stream()
                .filter(change -> change.getValue().ordered.isEmpty() && which.test(change.getValue().state))
                .map(Map.Entry::getKey)
                .toArray(String[]::new);
    }

    private record Change(Optional<Errand> ordered, State state) {
        Change then(Change later) {
            return state == State.READY ? new Change(ordered, later.state) : this;
        }
    }
}
