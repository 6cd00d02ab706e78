package jiaoying.server.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Reads the ledger (台账链): the facts of a room with their bytes and hashes. May be used from any thread. */
public final class LedgerStore {
    private static final Sql ENTRIES = Sql.of("""
            SELECT entry, hash FROM fact WHERE room = :room AND number > :after AND number <= :up_to ORDER BY number""");
    private static final Sql SOME = Sql.of("""
            SELECT entry FROM fact
             WHERE room = :room AND number > :after AND number <= :up_to ORDER BY number LIMIT :most""");

    /** Entries in which one of the texts stands somewhere, with the hash before each; what they say of it is looked at afterwards. */
    private static final Sql NAMING = Sql.of("""
            SELECT f.number, f.entry, f.hash,
                   (SELECT b.hash FROM fact b WHERE b.room = f.room AND b.number = f.number - 1) AS before
              FROM fact f
             WHERE f.room = :room AND f.number > :after AND f.number <= :up_to
               AND EXISTS (SELECT 1 FROM unnest(CAST(:texts AS text[])) t WHERE position(convert_to(t, 'UTF8') IN f.entry) > 0)
             ORDER BY f.number""");

    private static final JsonFactory JSON = new JsonFactory();
    private static final int AT_ONCE = 1_000;

    /** So many entries are searched by the database before those that were found are handed on. */
    private static final int SEARCHED_AT_ONCE = 20_000;

    private final Database db;

    public LedgerStore(Database db) {
        this.db = db;
    }

    /** The first line of an export, without line end; its hash is the genesis of the chain. */
    public static byte[] firstLine(String room, String publicKeyHex) {
        var out = new ByteArrayOutputStream();
        try (var json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeStringProperty("jiaoying", "ledger");
            json.writeNumberProperty("v", 1);
            json.writeStringProperty("room", room);
            json.writeStringProperty("hash", "SHA-256");
            json.writeStringProperty("key", publicKeyHex);
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    public Head head(String room) {
        var row = new Rooms(db).get(room);
        return new Head(row.lastFact(), row.head());
    }

    /**
     * All entries up to a head, in order, read in portions as they are asked for; entries never change, so that no
     * transaction is held open.
     *
     * @param made makes something of the stored bytes and the hash after them
     */
    public <E> Iterator<E> entries(String room, long upTo, BiFunction<byte[], byte[], E> made) {
        return read(room, upTo, made).iterator();
    }

    private <E> Stream<E> read(String room, long upTo, BiFunction<byte[], byte[], E> made) {
        return Stream.iterate(0L, after -> after < upTo, after -> after + AT_ONCE)
                .flatMap(after -> portion(room, after, Math.min(upTo, after + AT_ONCE), made).stream());
    }

    private <E> List<E> portion(String room, long after, long upTo, BiFunction<byte[], byte[], E> made) {
        return db.write(c -> ENTRIES.on(c)
                .with("room", room)
                .with("after", after)
                .with("up_to", upTo)
                .list(row -> made.apply(row.getBytes("entry"), row.getBytes("hash"))));
    }

    /** Entries after a number and up to another, at most so many. */
    public List<Entry> list(String room, long after, long upTo, int most, FactJson json) {
        return db.write(c -> SOME.on(c)
                .with("room", room)
                .with("after", after)
                .with("up_to", upTo)
                .with("most", most)
                .list(row -> json.readEntry(row.getBytes("entry"))));
    }

    /** An entry with the hash before it and the hash after it. */
    public record Linked(long number, byte[] before, byte[] hash, byte[] entry) {}

    /**
     * Entries that speak of something, in order, however many, found as they are asked for: what names few things by the database,
     * so that the rest of the ledger is not read.
     *
     * @param genesis hash before the first entry
     */
    public Iterator<Linked> about(String room, byte[] genesis, Mentions wanted, long upTo) {
        return wanted.texts()
                .map(texts -> naming(room, genesis, texts, upTo)
                        .filter(linked -> wanted.in(linked.entry()))
                        .iterator())
                .orElseGet(() -> reading(room, genesis, wanted, upTo));
    }

    private Stream<Linked> naming(String room, byte[] genesis, String[] texts, long upTo) {
        return Stream.iterate(0L, after -> after < upTo, after -> after + SEARCHED_AT_ONCE)
                .flatMap(after -> db
                        .write(c -> NAMING.on(c)
                                .with("room", room)
                                .with("after", after)
                                .with("up_to", Math.min(upTo, after + SEARCHED_AT_ONCE))
                                .with("texts", texts)
                                .list(row -> linked(row, genesis)))
                        .stream());
    }

    private static Linked linked(ResultSet row, byte[] genesis) throws SQLException {
        var number = row.getLong("number");
        return new Linked(
                number, number == 1 ? genesis : row.getBytes("before"), row.getBytes("hash"), row.getBytes("entry"));
    }

    private Iterator<Linked> reading(String room, byte[] genesis, Mentions wanted, long upTo) {
        var before = new AtomicReference<>(genesis);
        var number = new AtomicLong();
        return read(
                        room,
                        upTo,
                        (entry, hash) -> new Linked(number.incrementAndGet(), before.getAndSet(hash), hash, entry))
                .filter(linked -> wanted.in(linked.entry()))
                .iterator();
    }

    /** @param hash hex; the genesis while there is no fact */
    public record Head(long count, String hash) {
        /** What the room's key signs: that its ledger had this head after so many entries. */
        public byte[] statement(String room) {
            return ("jiaoying head\n" + room + "\n" + count + "\n" + hash).getBytes(UTF_8);
        }
    }
}
