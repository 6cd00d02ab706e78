package jiaoying.server.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jiaoying.duty.errand.CarrierEvent;
import jiaoying.duty.errand.CarrierEvent.Kind;
import jiaoying.duty.room.Arrival;

/**
 * Parts of texts that were handed to carriers, so that reports and replies find their call also after a restart. A text is
 * delivered when all parts of one handing over are. May be used from any thread.
 */
public final class TextPartStore {
    private static final Sql BEGIN = Sql.of("""
            INSERT INTO text_part (room, carrier, key, begun_at, part, parts, reader, extension)
            VALUES (:room, :carrier, :key, :begun_at, :part, :parts, :reader, :extension)""");
    private static final Sql NUMBERED = Sql.of("""
            UPDATE text_part SET ref = :ref
             WHERE room = :room AND carrier = :carrier AND key = :key AND begun_at = :begun_at AND part = :part""");
    private static final String PART =
            "SELECT key, begun_at, part, parts FROM text_part WHERE room = :room AND carrier = :carrier ";
    private static final Sql BY_REF = Sql.of(PART + "AND ref = :ref ORDER BY begun_at DESC LIMIT 1 FOR UPDATE");
    private static final Sql BY_READER =
            Sql.of(PART + "AND reader = :reader AND ref IS NULL ORDER BY begun_at DESC, part LIMIT 1 FOR UPDATE");
    private static final Sql TOLD = Sql.of("""
            UPDATE text_part SET ref = :ref, delivered = :delivered
             WHERE room = :room AND carrier = :carrier AND key = :key AND begun_at = :begun_at AND part = :part
               AND delivered IS DISTINCT FROM true AND delivered IS DISTINCT FROM :delivered""");
    private static final Sql DELIVERED = Sql.of("""
            SELECT count(*) AS n FROM text_part
             WHERE room = :room AND carrier = :carrier AND key = :key AND begun_at = :begun_at AND delivered""");
    private static final Sql REPLIED_TO = Sql.of("""
            SELECT p.key FROM text_part p JOIN errand e ON e.room = p.room AND e.key = p.key
             WHERE p.room = :room AND p.carrier = :carrier AND p.reader = :reader AND e.purpose = 'CALL'
               AND p.begun_at > :since
             ORDER BY p.extension <> '' AND p.extension = :extension DESC, p.begun_at DESC LIMIT 1""");
    private static final Sql FORGET = Sql.of("DELETE FROM text_part WHERE room = :room AND begun_at < :before");

    private final Database db;
    private final String room;

    public TextPartStore(Database db, String room) {
        this.db = db;
        this.room = room;
    }

    /**
     * One handing over of a text.
     *
     * @param begunAt   its moment in microseconds, which tells it from others of the same key
     * @param reader    mark of the number that it goes to
     * @param extension digits behind our own number, or empty
     */
    public record Handing(String carrier, String key, Instant begunAt, int parts, String reader, String extension) {}

    /** What a carrier tells of one part. @param id of the event: the same one counts once */
    public record Told(String carrier, String ref, String reader, boolean delivered, String detail) {}

    /** Before anything is sent. */
    public void begin(Handing handing) {
        db.write(c -> {
            var begin = BEGIN.on(c);
            for (var part = 1; part <= handing.parts; part++) {
                in(begin, handing.carrier)
                        .with("key", handing.key)
                        .with("begun_at", handing.begunAt)
                        .with("part", part)
                        .with("parts", handing.parts)
                        .with("reader", handing.reader)
                        .with("extension", handing.extension)
                        .add();
            }
            return begin.batch();
        });
    }

    /** The carrier's number of a part is known. */
    public void numbered(Handing handing, int part, String ref) {
        db.write(c -> in(NUMBERED.on(c), handing.carrier)
                .with("ref", ref)
                .with("key", handing.key)
                .with("begun_at", handing.begunAt)
                .with("part", part)
                .update());
    }

    /** Credits what was told to its text, in the transaction in which it arrives. */
    public final class Crediting implements Inbox.Together {
        private final Told told;
        private final boolean byReader;
        private volatile Optional<String> key = Optional.empty();

        private Crediting(Told told, boolean byReader) {
            this.told = told;
            this.byReader = byReader;
        }

        /** Whose text it was; empty when none is known. */
        public Optional<String> key() {
            return key;
        }

        @Override
        public Optional<Arrival> on(Connection connection) throws SQLException {
            var part = find(connection);
            key = part.map(Part::key);
            return part.isEmpty() || !changed(connection, part.get())
                    ? Optional.empty()
                    : event(connection, part.get()).map(event -> new Arrival.CarrierEvents(List.of(event)));
        }

        private Optional<Part> find(Connection connection) throws SQLException {
            var numbered = in(BY_REF.on(connection), told.carrier)
                    .with("ref", told.ref)
                    .find(Part::of);
            return numbered.isPresent() || !byReader
                    ? numbered
                    : in(BY_READER.on(connection), told.carrier)
                            .with("reader", told.reader)
                            .find(Part::of);
        }

        private boolean changed(Connection connection, Part part) throws SQLException {
            return in(TOLD.on(connection), told.carrier)
                            .with("ref", told.ref)
                            .with("delivered", told.delivered)
                            .with("key", part.key)
                            .with("begun_at", part.begunAt)
                            .with("part", part.part)
                            .update()
                    > 0;
        }

        private Optional<CarrierEvent> event(Connection connection, Part part) throws SQLException {
            if (!told.delivered) {
                var which = part.parts == 1 ? "" : "part " + part.part + " of " + part.parts + ": ";
                return Optional.of(new CarrierEvent(
                        told.carrier, told.ref + "/undelivered", part.key, Kind.UNDELIVERED, which + told.detail));
            }
            int delivered = in(DELIVERED.on(connection), told.carrier)
                    .with("key", part.key)
                    .with("begun_at", part.begunAt)
                    .get(row -> row.getInt("n"));
            return delivered < part.parts
                    ? Optional.empty()
                    : Optional.of(new CarrierEvent(
                            told.carrier, told.ref + "/delivered", part.key, Kind.DELIVERED, told.detail));
        }
    }

    /** @param byReader whether a part without a number that went to the same reader may be the one meant */
    public Crediting credit(Told told, boolean byReader) {
        return new Crediting(told, byReader);
    }

    /** The call to which somebody replied: the one with the extension, else the latest that he got from this carrier. */
    public Optional<String> findRepliedTo(String carrier, String reader, String extension, Instant since) {
        return db.write(c -> in(REPLIED_TO.on(c), carrier)
                .with("reader", reader)
                .with("extension", extension)
                .with("since", since)
                .find(row -> row.getString("key")));
    }

    public void forget(Instant before) {
        db.write(c -> FORGET.on(c).with("room", room).with("before", before).update());
    }

    private Sql.Bound in(Sql.Bound bound, String carrier) throws SQLException {
        return bound.with("room", room).with("carrier", carrier);
    }

    private record Part(String key, Instant begunAt, int part, int parts) {
        static Part of(java.sql.ResultSet row) throws SQLException {
            return new Part(
                    row.getString("key"), Sql.instant(row, "begun_at"), row.getInt("part"), row.getInt("parts"));
        }
    }
}
