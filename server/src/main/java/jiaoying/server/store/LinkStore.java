package jiaoying.server.store;

import java.util.Optional;

/** Finds whose link it was by the errand that carried it. May be used from any thread. */
public final class LinkStore {
    private static final Sql FIND = Sql.of("""
            SELECT call_order, callee, person, message FROM errand
             WHERE room = :room AND key = :key AND call_order <> '' AND callee <> ''""");

    private final Database db;
    private final String room;

    public LinkStore(Database db, String room) {
        this.db = db;
        this.room = room;
    }

    /**
     * @param callee for whom the call was
     * @param person to whom it went: the callee, a deputy or a superior
     */
    public record Link(String order, String callee, String person, String message) {}

    /** Empty for the errand of a notice, which asks for no answer. */
    public Optional<Link> find(String errand) {
        return db.write(c -> FIND.on(c)
                .with("room", room)
                .with("key", errand)
                .find(row -> new Link(
                        row.getString("call_order"),
                        row.getString("callee"),
                        row.getString("person"),
                        row.getString("message"))));
    }
}
