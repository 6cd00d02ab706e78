package jiaoying.server.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jiaoying.duty.errand.Channel;
import jiaoying.duty.errand.CourierReport;
import jiaoying.duty.errand.Purpose;
import jiaoying.duty.room.Arrival;

/**
 * The couriers' end of the errand table: take by lease and fence, look again, settle. A courier may only change an errand
 * that is TAKEN with its own name and fence; the moments are the caller's. May be used from any thread.
 */
public final class ErrandStore {
    private static final int AT_ONCE = 500;
    static final String[] CHANNELS =
            Arrays.stream(Channel.values()).map(Channel::word).toArray(String[]::new);

    /** The inner SELECT keeps every planner on the index of ready errands. */
    private static final Sql TAKE = Sql.of("""
            UPDATE errand
               SET state = 'TAKEN', carrier = :carrier, keeps_key = :keeps_key, owner = :owner, fence = fence + 1,
                   lease_until = :lease_until, epoch = (SELECT epoch FROM room WHERE id = :room)
             WHERE room = :room AND key = ANY (ARRAY(
                     SELECT key FROM errand
                      WHERE room = :room AND state = 'READY' AND channel = :channel AND not_before <= :now
                        AND (may_have IS NULL OR may_have = :carrier)
                        AND NOT (SELECT held FROM room WHERE id = :room)
                      ORDER BY priority, not_before, key
                      LIMIT :free_slots
                      FOR UPDATE SKIP LOCKED))
            RETURNING key, channel, purpose, priority, not_before, person, message, fence""");

    /** What a carrier may have already. */
    private static final Sql TAKE_OWN = Sql.of("""
            UPDATE errand
               SET state = 'TAKEN', carrier = :carrier, keeps_key = true, owner = :owner, fence = fence + 1,
                   lease_until = :lease_until, epoch = (SELECT epoch FROM room WHERE id = :room)
             WHERE room = :room AND key = ANY (ARRAY(
                     SELECT key FROM errand
                      WHERE room = :room AND state = 'READY' AND channel = :channel AND not_before <= :now
                        AND may_have = :carrier
                        AND NOT (SELECT held FROM room WHERE id = :room)
                      ORDER BY priority, not_before, key
                      LIMIT :free_slots
                      FOR UPDATE SKIP LOCKED))
            RETURNING key, channel, purpose, priority, not_before, person, message, fence""");

    private static final Sql LOOK = Sql.of("""
            SELECT key, fence, (SELECT held FROM room WHERE id = :room) AS held FROM errand
             WHERE room = :room AND key = ANY (:keys) AND state = 'TAKEN' AND owner = :owner""");

    /** Also what was withdrawn while the courier had it: it stays withdrawn, but what became of it is known now. */
    private static final String MINE = """
             WHERE room = :room AND key = :key AND owner = :owner AND fence = :fence AND lease_until IS NOT NULL""";

    /** Of one fence: to compare each row with its own would look through an array for each of them. */
    private static final Sql SETTLE = Sql.of("""
            UPDATE errand
               SET state = CASE WHEN state = 'TAKEN' THEN :state ELSE state END,
                   lease_until = NULL, owner = CASE WHEN state = 'TAKEN' THEN owner END, may_have = NULL
             WHERE room = :room AND key = ANY (ARRAY(
                     SELECT key FROM errand
                      WHERE room = :room AND key = ANY (:keys) AND owner = :owner AND lease_until IS NOT NULL
                        AND fence = :fence
                      ORDER BY key FOR UPDATE))""");

    /** A withdrawn errand that a carrier may have gets a lease that is over, so that the room hears of it. */
    private static final Sql GIVE_BACK = Sql.of("""
            UPDATE errand SET state = CASE WHEN state = 'TAKEN' THEN 'READY' ELSE state END, owner = NULL,
                   may_have = CASE WHEN :may_have THEN carrier ELSE may_have END,
                   lease_until = CASE WHEN state <> 'TAKEN' AND (:may_have OR may_have IS NOT NULL) THEN lease_until END,
                   not_before = :not_before
            """ + MINE);

    private static final Sql ASSIGN = Sql.of("""
            UPDATE errand SET carrier = :carrier, keeps_key = :keeps_key
             WHERE room = :room AND key = ANY (ARRAY(
                     SELECT key FROM errand
                      WHERE room = :room AND key = ANY (:keys) AND state = 'TAKEN' AND owner = :owner
                      ORDER BY key FOR UPDATE))""");
    private static final Sql RENEW = Sql.of("""
            UPDATE errand SET lease_until = :lease_until
             WHERE room = :room AND key = ANY (ARRAY(
                     SELECT key FROM errand
                      WHERE room = :room AND key = ANY (:keys) AND lease_until IS NOT NULL AND owner = :owner
                      FOR UPDATE SKIP LOCKED))""");
    private static final Sql LAPSED = Sql.of("""
            SELECT key, carrier, state,
                   state = 'TAKEN' AND (keeps_key OR channel = 'internal') AS harmless
              FROM errand
             WHERE room = :room AND lease_until IS NOT NULL AND (lease_until <= :now OR epoch < :epoch)
             ORDER BY key LIMIT :most FOR UPDATE SKIP LOCKED""");
    private static final Sql ANY_RUN_OUT = Sql.of("""
            SELECT 1 FROM errand
             WHERE room = :room AND lease_until IS NOT NULL AND lease_until <= :now LIMIT 1""");
    private static final Sql ANY_LAPSED = Sql.of("""
            SELECT 1 FROM errand
             WHERE room = :room AND lease_until IS NOT NULL AND (lease_until <= :now OR epoch < :epoch) LIMIT 1""");
    private static final Sql ANY_ORPHANS = Sql.of("""
            SELECT 1 FROM errand
             WHERE room = :room AND state = 'READY' AND may_have IS NOT NULL AND NOT may_have = ANY (:carriers) LIMIT 1""");
    private static final Sql LAPSE = Sql.of("""
            UPDATE errand SET state = :state, owner = NULL, lease_until = NULL, fence = fence + 1,
                   may_have = CASE WHEN :state = 'READY' AND carrier <> '' THEN carrier END
             WHERE room = :room AND key = :key""");
    private static final Sql ORPHANS = Sql.of("""
            SELECT key, may_have AS carrier, state, false AS harmless FROM errand
             WHERE room = :room AND state = 'READY' AND may_have IS NOT NULL AND NOT may_have = ANY (:carriers)
             ORDER BY key LIMIT :most FOR UPDATE SKIP LOCKED""");
    private static final Sql NEXT = Sql.of(
            "SELECT min(not_before) AS next FROM errand WHERE room = :room AND state = 'READY' AND NOT (SELECT held FROM room WHERE id = :room)");
    /**
     * Each channel is asked for by itself: to read all that is ready would take long in a storm. The order keeps every planner on
     * the index of ready errands; without it the whole table is read for each channel on which nothing is ready.
     */
    static final Sql READY_CHANNELS = Sql.of("""
            SELECT asked.channel FROM unnest(:channels) AS asked (channel), LATERAL (
                     SELECT 1 FROM errand
                      WHERE room = :room AND state = 'READY' AND errand.channel = asked.channel AND not_before <= :now
                      ORDER BY priority, not_before, key LIMIT 1) AS one
             WHERE NOT (SELECT held FROM room WHERE id = :room)""");

    private static final Sql QUEUES = Sql.of("""
            SELECT channel, count(*) AS n FROM errand
             WHERE room = :room AND state = 'READY' AND not_before <= :now GROUP BY channel""");
    private static final Sql WAITING = Sql.of("""
            SELECT channel, person, message, not_before FROM errand
             WHERE room = :room AND state = 'READY' AND channel <> 'internal'
             ORDER BY priority, not_before, key LIMIT :most""");
    private static final Sql PERSON = Sql.of("SELECT person FROM errand WHERE room = :room AND key = :key");
    private static final Sql ALL = Sql.of("""
            SELECT key, channel, priority, not_before, state, fence, may_have FROM errand
             WHERE room = :room ORDER BY key""");
    private static final Sql COUNT =
            Sql.of("SELECT state, count(*) AS n FROM errand WHERE room = :room GROUP BY state");

    private final Database db;
    private final String room;

    public ErrandStore(Database db, String room) {
        this.db = db;
        this.room = room;
    }

    /** Where an errand stands. */
    public enum State {
        READY,
        TAKEN,
        SETTLED,
        WITHDRAWN,
        AMBIGUOUS
    }

    /** An errand that a courier holds. @param fence the courier's right to it: any later taker has a higher one */
    public record Taken(
            String key,
            Channel channel,
            Purpose purpose,
            int priority,
            Instant notBefore,
            String person,
            String message,
            long fence) {}

    /** How an errand stands. @param mayHave the carrier that may have it already */
    public record Row(
            String key,
            Channel channel,
            int priority,
            Instant notBefore,
            State state,
            long fence,
            Optional<String> mayHave) {}

    /** What a courier says became of an errand. */
    public record Ended(Taken errand, CourierReport report) {
        Alike alike() {
            boolean ambiguous = report.kind() == CourierReport.Kind.AMBIGUOUS;
            return new Alike(ambiguous ? State.AMBIGUOUS : State.SETTLED, errand.fence);
        }
    }

    /** What one statement settles. */
    private record Alike(State state, long fence) {}

    /** Takes ready errands for a carrier, most urgent first. @param carrier who is to get them */
    public List<Taken> take(
            Channel channel,
            String carrier,
            boolean keepsKey,
            String owner,
            Instant now,
            Instant leaseUntil,
            int free) {
        return db
                .write(c -> TAKE.on(c)
                        .with("carrier", carrier)
                        .with("keeps_key", keepsKey)
                        .with("owner", owner)
                        .with("lease_until", leaseUntil)
                        .with("room", room)
                        .with("channel", channel.word())
                        .with("now", now)
                        .with("free_slots", free)
                        .list(ErrandStore::taken))
                .stream()
                .sorted(Comparator.comparingInt(Taken::priority)
                        .thenComparing(Taken::notBefore)
                        .thenComparing(Taken::key))
                .toList();
    }

    /** Takes ready errands that this carrier may have already; it keeps our key. */
    public List<Taken> takeOwn(
            Channel channel, String carrier, String owner, Instant now, Instant leaseUntil, int free) {
        return db.write(c -> TAKE_OWN.on(c)
                .with("carrier", carrier)
                .with("owner", owner)
                .with("lease_until", leaseUntil)
                .with("room", room)
                .with("channel", channel.word())
                .with("now", now)
                .with("free_slots", free)
                .list(ErrandStore::taken));
    }

    private static Taken taken(ResultSet row) throws SQLException {
        return new Taken(
                row.getString("key"),
                Channel.of(row.getString("channel")),
                Purpose.valueOf(row.getString("purpose")),
                row.getInt("priority"),
                Sql.instant(row, "not_before"),
                row.getString("person"),
                row.getString("message"),
                row.getLong("fence"));
    }

    /** Which of these may still be sent: not withdrawn since, the lease not lost, the room not held. */
    public Set<String> stillMine(String owner, Collection<Taken> taken) {
        var fences = taken.stream().collect(Collectors.toMap(Taken::key, Taken::fence));
        return db.write(c -> {
            var mine = new HashSet<String>();
            LOOK.on(c)
                    .with("room", room)
                    .with("keys", fences.keySet().toArray(String[]::new))
                    .with("owner", owner)
                    .each(row -> {
                        boolean same = fences.getOrDefault(row.getString("key"), 0L) == row.getLong("fence");
                        if (same && !row.getBoolean("held")) {
                            mine.add(row.getString("key"));
                        }
                    });
            return mine;
        });
    }

    /**
     * Settles errands in the transaction in which their outcome arrives. Where the lease was lost the outcome still arrives,
     * as evidence, but the errand stays as it is.
     */
    public Inbox.Together settle(String owner, List<Ended> ended) {
        return c -> {
            var alike = ended.stream().collect(Collectors.groupingBy(Ended::alike));
            if (alike.size() > 1) {
                ErrandChanges.lock(c, room, keys(ended));
            }
            for (var group : alike.entrySet()) {
                SETTLE.on(c)
                        .with("state", group.getKey().state.name())
                        .with("room", room)
                        .with("keys", keys(group.getValue()))
                        .with("owner", owner)
                        .with("fence", group.getKey().fence)
                        .update();
            }
            return Optional.of(
                    new Arrival.CourierReports(ended.stream().map(Ended::report).toList()));
        };
    }

    private static String[] keys(List<Ended> ended) {
        return ended.stream().map(end -> end.errand.key).toArray(String[]::new);
    }

    /** Says which carrier is to get errands that were taken for none yet. */
    public void assign(String owner, String carrier, boolean keepsKey, Collection<Taken> taken) {
        db.write(c -> ASSIGN.on(c)
                .with("carrier", carrier)
                .with("keeps_key", keepsKey)
                .with("room", room)
                .with("keys", taken.stream().map(Taken::key).toArray(String[]::new))
                .with("owner", owner)
                .update());
    }

    /**
     * Gives an errand back, to be taken again with the same key.
     *
     * @param mayHave the carrier that had it may have taken it; then nobody else gets it
     */
    public void giveBack(String owner, Taken errand, Instant notBefore, boolean mayHave) {
        db.write(c -> mine(GIVE_BACK.on(c).with("not_before", notBefore).with("may_have", mayHave), owner, errand)
                .update());
    }

    private Sql.Bound mine(Sql.Bound bound, String owner, Taken errand) throws SQLException {
        return bound.with("room", room)
                .with("key", errand.key)
                .with("owner", owner)
                .with("fence", errand.fence);
    }

    public void renew(String owner, Collection<String> keys, Instant leaseUntil) {
        db.write(c -> RENEW.on(c)
                .with("lease_until", leaseUntil)
                .with("room", room)
                .with("keys", keys.toArray(String[]::new))
                .with("owner", owner)
                .update());
    }

    public boolean anyRunOut(Instant now) {
        return db.write(c ->
                        ANY_RUN_OUT.on(c).with("room", room).with("now", now).find(row -> true))
                .isPresent();
    }

    /** The same, or given under an older epoch. */
    public boolean anyLapsed(Instant now, long epoch) {
        return db.write(c -> ANY_LAPSED
                        .on(c)
                        .with("room", room)
                        .with("now", now)
                        .with("epoch", epoch)
                        .find(row -> true))
                .isPresent();
    }

    /**
     * Errands whose lease has run out, or was given under an older epoch: where sending twice is harmless they become ready
     * again with the same key, the others ambiguous, which arrives.
     */
    public Inbox.Together lapse(Instant now, long epoch) {
        return c -> {
            var lapsed = LAPSED.on(c)
                    .with("room", room)
                    .with("now", now)
                    .with("epoch", epoch)
                    .with("most", AT_ONCE)
                    .list(row -> Lapsed.read(row, "the lease ran out"));
            return lapse(c, lapsed);
        };
    }

    public boolean anyOrphans(Set<String> carriers) {
        return db.write(c -> ANY_ORPHANS
                        .on(c)
                        .with("room", room)
                        .with("carriers", carriers.toArray(String[]::new))
                        .find(row -> true))
                .isPresent();
    }

    /** Errands that a carrier may have which is not there any more: nobody can ask it, so that they become ambiguous. */
    public Inbox.Together orphans(Set<String> carriers) {
        return c -> lapse(
                c,
                ORPHANS.on(c)
                        .with("room", room)
                        .with("carriers", carriers.toArray(String[]::new))
                        .with("most", AT_ONCE)
                        .list(row -> Lapsed.read(row, "the carrier is not there any more")));
    }

    private Optional<Arrival> lapse(Connection connection, List<Lapsed> lapsed) throws SQLException {
        end(connection, lapsed);
        var reports = lapsed.stream()
                .filter(errand -> !errand.harmless)
                .map(Lapsed::report)
                .toList();
        return reports.isEmpty() ? Optional.empty() : Optional.of(new Arrival.CourierReports(reports));
    }

    private void end(Connection connection, List<Lapsed> lapsed) throws SQLException {
        var lapse = LAPSE.on(connection);
        for (var errand : lapsed) {
            lapse.with("state", errand.next().name())
                    .with("room", room)
                    .with("key", errand.key)
                    .add();
        }
        lapse.batch();
    }

    /** When the next ready errand may be sent; empty when there is none or the room is held. */
    public Optional<Instant> nextReady() {
        return db.write(c -> NEXT.on(c).with("room", room).get(row -> Sql.findInstant(row, "next")));
    }

    /** Channels for which something is ready; none while the room is held. */
    public Set<Channel> readyChannels(Instant now) {
        return db.write(c -> Set.copyOf(READY_CHANNELS
                .on(c)
                .with("channels", CHANNELS)
                .with("room", room)
                .with("now", now)
                .list(row -> Channel.of(row.getString("channel")))));
    }

    /** How many errands are ready, by channel. */
    public Map<Channel, Integer> queues(Instant now) {
        return db
                .write(c -> QUEUES.on(c)
                        .with("room", room)
                        .with("now", now)
                        .list(row -> Map.entry(Channel.of(row.getString("channel")), row.getInt("n"))))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /**
     * What would be sent to people as soon as the room is released, the most urgent first.
     *
     * @param most at most so many
     */
    public List<Waiting> waiting(int most) {
        return db.write(c -> WAITING.on(c)
                .with("room", room)
                .with("most", most)
                .list(row -> new Waiting(
                        row.getString("channel"),
                        row.getString("person"),
                        row.getString("message"),
                        Sql.instant(row, "not_before"))));
    }

    /** @param notBefore when it was to be sent at the earliest */
    public record Waiting(String channel, String person, String message, Instant notBefore) {}

    /** Whom an errand is for; empty when there is no such errand. */
    public Optional<String> findPerson(String key) {
        return db.write(c -> PERSON.on(c).with("room", room).with("key", key).find(row -> row.getString("person")));
    }

    public Map<State, Long> count() {
        return db
                .write(c -> COUNT.on(c)
                        .with("room", room)
                        .list(row -> Map.entry(State.valueOf(row.getString("state")), row.getLong("n"))))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Every errand of the room, by key. */
    public List<Row> list() {
        return db.write(c -> ALL.on(c)
                .with("room", room)
                .list(row -> new Row(
                        row.getString("key"),
                        Channel.of(row.getString("channel")),
                        row.getInt("priority"),
                        Sql.instant(row, "not_before"),
                        State.valueOf(row.getString("state")),
                        row.getLong("fence"),
                        Optional.ofNullable(row.getString("may_have")))));
    }

    private record Lapsed(String key, String carrier, State state, boolean harmless, String why) {
        static Lapsed read(ResultSet row, String why) throws SQLException {
            return new Lapsed(
                    row.getString("key"),
                    row.getString("carrier"),
                    State.valueOf(row.getString("state")),
                    row.getBoolean("harmless"),
                    why);
        }

        State next() {
            if (state == State.WITHDRAWN) {
                return State.WITHDRAWN;
            }
            return harmless ? State.READY : State.AMBIGUOUS;
        }

        CourierReport report() {
            return new CourierReport(key, CourierReport.Kind.AMBIGUOUS, carrier, "", why);
        }
    }
}
