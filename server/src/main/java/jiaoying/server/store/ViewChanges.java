package jiaoying.server.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jiaoying.duty.room.View;
import jiaoying.duty.room.ViewKey;

/** Rows of the projections that change in one transaction; also those that come and go within it. */
final class ViewChanges {
    private static final Sql CLOSE = Sql.of("""
            UPDATE view SET to_fact = :fact
             WHERE room = :room AND kind = :kind AND id = ANY (:ids) AND to_fact IS NULL""");

    private final String room;
    private final FactJson json;
    private final CopyRows rows = new CopyRows("view (room, kind, id, from_fact, to_fact, body)");
    private final Map<Closing, List<String>> closed = new LinkedHashMap<>();
    private final Map<ViewKey, Opened> opened = new LinkedHashMap<>();

    ViewChanges(String room, FactJson json) {
        this.room = room;
        this.json = json;
    }

    /** @param fact last fact of the step that changed it */
    void put(ViewKey key, View view, long fact) {
        var before = opened.put(key, new Opened(fact, json.write(View.class, view)));
        if (before == null) {
            closed.computeIfAbsent(new Closing(key.kind(), fact), one -> new ArrayList<>())
                    .add(key.id());
        } else {
            row(key, before).number(fact).bytes(before.body);
        }
    }

    private CopyRows row(ViewKey key, Opened view) {
        return rows.row().text(room).text(key.kind()).text(key.id()).number(view.from);
    }

    void into(Connection connection) throws SQLException {
        var close = CLOSE.on(connection);
        for (var together : closed.entrySet()) {
            close.with("fact", together.getKey().fact)
                    .with("room", room)
                    .with("kind", together.getKey().kind)
                    .with("ids", together.getValue().toArray(String[]::new))
                    .add();
        }
        close.batch();
        opened.forEach((key, view) -> row(key, view).nothing().bytes(view.body));
        rows.into(connection);
    }

    /** Rows of a kind that end with the same fact are closed at once. */
    private record Closing(String kind, long fact) {}

    private record Opened(long from, byte[] body) {}
}
