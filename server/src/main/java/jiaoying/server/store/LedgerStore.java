package jiaoying.server.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;
import java.util.List;

/** Reads the ledger (台账链): the facts of a room with their bytes and hashes. May be used from any thread. */
public final class LedgerStore {
    private static final Sql ENTRIES =
            Sql.of("SELECT number, entry, hash FROM fact WHERE room = :room AND number > :after ORDER BY number");
    private static final Sql SOME = Sql.of("""
            SELECT entry FROM fact
             WHERE room = :room AND number > :after AND number <= :up_to ORDER BY number LIMIT :most""");

    private final Database db;

    public LedgerStore(Database db) {
        this.db = db;
    }

    /** The first line of an export, without line end; its hash is the genesis of the chain. */
    public static byte[] firstLine(String room, String publicKeyHex) {
        return ("{\"jiaoying\":\"ledger\",\"v\":1,\"room\":\"" + room + "\",\"hash\":\"SHA-256\",\"key\":\""
                        + publicKeyHex + "\"}")
                .getBytes(UTF_8);
    }

    public Head head(String room) {
        var row = new Rooms(db).get(room);
        return new Head(row.lastFact(), row.head());
    }

    /** Visits all entries after a number in order, with the head of the same state of the database. */
    public Head each(String room, long after, Visitor visitor) {
        return db.read(c -> {
            var row = Rooms.get(c, room);
            ENTRIES.on(c)
                    .with("room", room)
                    .with("after", after)
                    .each(found ->
                            visitor.visit(found.getLong("number"), found.getBytes("entry"), found.getBytes("hash")));
            return new Head(row.lastFact(), row.head());
        });
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

    /** @param hash hex; the genesis while there is no fact */
    public record Head(long count, String hash) {
        /** What is signed: room, count and hash. */
        public byte[] statement(String room) {
            return ("jiaoying head\n" + room + "\n" + count + "\n" + hash).getBytes(UTF_8);
        }

        public byte[] hashBytes() {
            return HexFormat.of().parseHex(hash);
        }
    }

    /** What is done with each entry. */
    public interface Visitor {
        void visit(long number, byte[] entry, byte[] hash);
    }
}
