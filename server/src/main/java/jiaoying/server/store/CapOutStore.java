package jiaoying.server.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Our own signals as signed CAP messages, kept as they left, with what is still owed to webhooks. May be used from any thread. */
public final class CapOutStore {
    private static final Sql LAST = Sql.of("SELECT max(fact) AS fact FROM cap_out WHERE room = :room");
    private static final Sql PUT = Sql.of("""
            INSERT INTO cap_out (room, fact, identifier, sent, place, type, until, message)
            VALUES (:room, :fact, :identifier, :sent, :place, :type, :until, :message)
            ON CONFLICT (room, fact) DO NOTHING""");
    private static final Sql CHAIN = Sql.of("""
            SELECT * FROM cap_out WHERE room = :room AND place = :place
               AND fact > coalesce((SELECT max(fact) FROM cap_out
                                     WHERE room = :room AND place = :place AND type = 'CANCEL'), 0)
             ORDER BY fact""");
    private static final Sql LATEST =
            Sql.of("SELECT * FROM cap_out WHERE room = :room AND identifier <> '' ORDER BY fact DESC LIMIT 1");
    private static final Sql LIST = Sql.of("""
            SELECT * FROM cap_out AS one WHERE room = :room AND identifier <> ''
               AND EXISTS (SELECT 1 FROM cap_out AS other
                            WHERE other.room = one.room AND other.place = one.place AND other.until > :at)
             ORDER BY fact DESC LIMIT 500""");
    private static final Sql FIND = Sql.of(
            "SELECT * FROM cap_out WHERE room = :room AND identifier = :identifier AND identifier <> '' LIMIT 1");
    private static final Sql OWE = Sql.of("""
            INSERT INTO cap_owed (room, fact, hook) VALUES (:room, :fact, :hook) ON CONFLICT DO NOTHING""");
    private static final Sql OWED = Sql.of("""
            SELECT owed.hook, owed.tries, sent.*
              FROM (SELECT *, row_number() OVER (PARTITION BY hook ORDER BY fact) AS place
                      FROM cap_owed WHERE room = :room) AS owed
              JOIN cap_out AS sent ON sent.room = owed.room AND sent.fact = owed.fact
             WHERE owed.place <= 50 ORDER BY owed.fact, owed.hook""");
    private static final Sql TRIED =
            Sql.of("UPDATE cap_owed SET tries = tries + 1 WHERE room = :room AND fact = :fact AND hook = :hook");
    private static final Sql PAID = Sql.of("DELETE FROM cap_owed WHERE room = :room AND fact = :fact AND hook = :hook");

    private final Database db;
    private final String room;

    public CapOutStore(Database db, String room) {
        this.db = db;
        this.room = room;
    }

    /** @param place hazard/area; until: when it is over without another one */
    public record Message(
            long fact, String identifier, Instant sent, String place, String type, Instant until, byte[] bytes) {}

    public record Owed(String hook, int tries, Message message) {}

    /** The last fact that was looked at and led to a message, or from which on the room publishes. */
    public Optional<Long> last() {
        return db.write(c ->
                        LAST.on(c).with("room", room).find(row -> Optional.ofNullable((Long) row.getObject("fact"))))
                .flatMap(found -> found);
    }

    /** @param hooks to whom it is owed; a fact that has its message already changes nothing */
    public void put(Message message, List<String> hooks) {
        db.write(c -> {
            var changed = PUT.on(c)
                    .with("room", room)
                    .with("fact", message.fact())
                    .with("identifier", message.identifier())
                    .with("sent", message.sent())
                    .with("place", message.place())
                    .with("type", message.type())
                    .with("until", message.until())
                    .with("message", message.bytes())
                    .update();
            for (var hook : changed == 1 ? hooks : List.<String>of()) {
                OWE.on(c)
                        .with("room", room)
                        .with("fact", message.fact())
                        .with("hook", hook)
                        .update();
            }
            return changed;
        });
    }

    /** Messages of a place since its last CANCEL, in order. */
    public List<Message> chain(String place) {
        return db.write(c -> CHAIN.on(c).with("room", room).with("place", place).list(CapOutStore::message));
    }

    public Optional<Message> latest() {
        return db.write(c -> LATEST.on(c).with("room", room).find(CapOutStore::message));
    }

    /** Newest first; those of a chain until its last one is over. */
    public List<Message> list(Instant at) {
        return db.write(c -> LIST.on(c).with("room", room).with("at", at).list(CapOutStore::message));
    }

    public Optional<Message> find(String identifier) {
        return db.write(c ->
                FIND.on(c).with("room", room).with("identifier", identifier).find(CapOutStore::message));
    }

    /** The oldest of each webhook, so that one that takes nothing is not in the way of the others. */
    public List<Owed> owed() {
        return db.write(c -> OWED.on(c)
                .with("room", room)
                .list(row -> new Owed(row.getString("hook"), row.getInt("tries"), message(row))));
    }

    public void tried(Owed owed) {
        change(TRIED, owed);
    }

    public void paid(Owed owed) {
        change(PAID, owed);
    }

    private void change(Sql sql, Owed owed) {
        db.write(c -> sql.on(c)
                .with("room", room)
                .with("fact", owed.message().fact())
                .with("hook", owed.hook())
                .update());
    }

    private static Message message(ResultSet row) throws SQLException {
        return new Message(
                row.getLong("fact"),
                row.getString("identifier"),
                Sql.instant(row, "sent"),
                row.getString("place"),
                row.getString("type"),
                Sql.instant(row, "until"),
                row.getBytes("message"));
    }
}
