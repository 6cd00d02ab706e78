package jiaoying.server.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jiaoying.duty.errand.OrdersErrands;
import jiaoying.duty.ledger.Chain;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.room.Outcome;
import jiaoying.duty.room.Step;
import jiaoying.duty.room.View;
import jiaoying.duty.room.ViewKey;
import jiaoying.duty.roster.RosterFact;
import jiaoying.duty.warn.WarnFact;

/** What the loop has decided since its last commit: all of it goes into the database in one transaction, or nothing. */
public final class Decisions {
    private static final Sql ADVANCE = Sql.of("""
            UPDATE room
               SET last_taken = :taken, last_fact = :fact, head = :head, recorded_at = :at,
                   journal_count = journal_count + :readings
             WHERE id = :room AND epoch = :epoch AND last_taken = :before
            RETURNING\s""" + Rooms.COLUMNS);

    private final String room;
    private final RoomJson json;
    private final Caches caches;
    private final CopyRows journal =
            new CopyRows("journal (room, arrival, row, station, quantity, milli, observed_at, recorded_at, suspect)");
    private final CopyRows entries = new CopyRows("fact (room, number, arrival, recorded_at, kind, entry, hash)");
    private final CopyRows steps = new CopyRows("step (room, number, recorded_at, first_fact, last_fact, outcome)");
    private final List<Fact> facts = new ArrayList<>();
    private final Set<ViewKey> touched = new HashSet<>();
    private final Set<String> erased = new HashSet<>();
    private final long epoch;
    private final long before;
    private boolean warned;
    private boolean orders;
    private long taken;
    private long lastFact;
    private byte[] head;
    private Instant recordedAt;

    /** @param from where the room stands in the database */
    public Decisions(RoomRow from, RoomJson json) {
        this(from.id(), json, from.epoch(), from.lastTaken(), from.lastFact(), from.headBytes(), from.recordedAt());
    }

    private Decisions(
            String room, RoomJson json, long epoch, long before, long lastFact, byte[] head, Instant recordedAt) {
        this.room = room;
        this.json = json;
        caches = new Caches(room, json);
        this.epoch = epoch;
        this.before = before;
        taken = before;
        this.lastFact = lastFact;
        this.head = head;
        this.recordedAt = recordedAt;
    }

    /** For what is decided next, when these are kept. */
    public static Decisions after(Decisions last) {
        return new Decisions(last.room, last.json, last.epoch, last.taken, last.lastFact, last.head, last.recordedAt);
    }

    /** @param changed rows of the projections as they are after the step */
    public void add(long arrival, Instant at, Step step, Map<ViewKey, View> changed) {
        long first = lastFact + 1;
        addJournal(arrival, at, step);
        step.facts().forEach(fact -> addFact(arrival, at, fact));
        caches.add(step.facts(), lastFact, changed);
        touched.addAll(changed.keySet());
        steps.row()
                .text(room)
                .number(arrival)
                .moment(at)
                .number(first)
                .number(lastFact)
                .bytes(json.json().write(Outcome.class, step.outcome()));
        taken = arrival;
        recordedAt = at;
    }

    private void addJournal(long arrival, Instant at, Step step) {
        int row = 0;
        for (var reading : step.journal()) {
            journal.row()
                    .text(room)
                    .number(arrival)
                    .small(row++)
                    .text(reading.station())
                    .text(reading.quantity().word())
                    .number(reading.milli())
                    .moment(reading.observedAt())
                    .moment(at)
                    .flag(reading.suspect());
        }
    }

    private void addFact(long arrival, Instant at, Fact fact) {
        if (fact instanceof RosterFact.Erased gone) {
            erased.add(gone.person());
            json.keys().forget(gone.person());
        }
        warned |= fact instanceof WarnFact;
        orders |= fact instanceof OrdersErrands ordering && !ordering.errands().isEmpty();
        lastFact++;
        var entry = json.json().writeEntry(new Entry(lastFact, arrival, at, fact));
        head = Chain.next(head, entry);
        facts.add(fact);
        entries.row()
                .text(room)
                .number(lastFact)
                .number(arrival)
                .moment(at)
                .text(FactJson.kind(fact))
                .bytes(entry)
                .bytes(head);
    }

    public int steps() {
        return steps.rows();
    }

    public int readings() {
        return journal.rows();
    }

    public List<Fact> facts() {
        return facts;
    }

    public Set<ViewKey> touched() {
        return touched;
    }

    public boolean touchErrands() {
        return caches.touchErrands();
    }

    /** There is something new for couriers to do. */
    public boolean ordersErrands() {
        return orders;
    }

    /** Alerts or signals are among the facts: somebody outside waits for them. */
    public boolean warned() {
        return warned;
    }

    /** The last arrival decided. */
    public long taken() {
        return taken;
    }

    public long lastFact() {
        return lastFact;
    }

    public Instant recordedAt() {
        return recordedAt;
    }

    /**
     * Commits; the room's row comes last, so that the inbox waits for it as short as can be.
     *
     * @return where the room stands now
     * @throws Fenced when somebody else has taken the room over
     * @throws DatabaseFailed when it failed or nobody knows; then the room is to be reloaded
     */
    public RoomRow commit(Database db) {
        return db.write(c -> {
            journal.into(c);
            entries.into(c);
            caches.into(c);
            steps.into(c);
            for (var person : erased) {
                json.keys().erase(c, person);
            }
            return advance(c);
        });
    }

    private RoomRow advance(Connection connection) throws SQLException {
        return ADVANCE.on(connection)
                .with("taken", taken)
                .with("fact", lastFact)
                .with("head", head)
                .with("at", recordedAt)
                .with("readings", (long) journal.rows())
                .with("room", room)
                .with("epoch", epoch)
                .with("before", before)
                .find(Rooms::row)
                .orElseThrow(() -> new Fenced(room, epoch));
    }
}
