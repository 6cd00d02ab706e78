package jiaoying.server.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import jiaoying.duty.room.View;
import jiaoying.duty.room.View.CalleeView;

/** Reads callees by the thousand for the Answer screen (叫应). May be used from any thread. */
public final class AnswerStore {
    private static final FactJson JSON = new FactJson(PersonKeys.NONE);
    private static final Sql PAGE = Sql.of("""
            SELECT body FROM view
             WHERE room = :room AND kind = 'callee' AND id > :after AND id < :beyond AND to_fact IS NULL
             ORDER BY id LIMIT :most""");
    private static final Sql CHANGED = Sql.of("""
            SELECT body FROM view
             WHERE room = :room AND kind = 'callee' AND to_fact IS NULL AND from_fact > 0 AND from_fact > :since
               AND id >= :first AND id < :beyond
             ORDER BY from_fact LIMIT :most""");

    /** One parse of each row, and only what the figures need. */
    private static final Sql TIMES = Sql.of("""
            SELECT r.color, r.area, r."calledAt", r.state, r."settledAt", r."settledChannel",
                   r.items -> 0 ->> 'duty' AS duty, r.items -> 0 ->> 'area' AS place
              FROM view v, json_to_record(v.body) AS r(
                   color text, area text, "calledAt" text, state text, "settledAt" text, "settledChannel" text, items json)
             WHERE v.room = :room AND v.kind = 'callee' AND v.to_fact IS NULL
               AND v.from_fact > 0 AND v.from_fact > :after""");

    private static final Sql LAST_ANSWERS = Sql.of("""
            SELECT r."settledBy" AS person, max(r."settledAt") AS at
              FROM view v, json_to_record(v.body) AS r("settledBy" text, state text, "settledAt" text)
             WHERE v.room = :room AND v.kind = 'callee' AND v.to_fact IS NULL
               AND r.state IN ('answered', 'taken-over') AND r."settledBy" <> ''
             GROUP BY 1""");

    /** Of every attempt to somebody's contact: what became of it. */
    private static final Sql TRIED = Sql.of("""
            SELECT a ->> 'to' AS person, a ->> 'channel' AS channel, a ->> 'state' AS state, count(*) AS n,
                   max(a ->> 'plannedAt') AS last
              FROM view v, json_array_elements(v.body -> 'attempts') AS a
             WHERE v.room = :room AND v.kind = 'callee' AND v.to_fact IS NULL
               AND v.from_fact > 0 AND v.from_fact > :after
             GROUP BY 1, 2, 3""");

    private final Database db;
    private final String room;

    public AnswerStore(Database db, String room) {
        this.db = db;
        this.room = room;
    }

    /**
     * One callee as the figures need it. @param settledAt empty while nobody has answered
     *
     * @param duty the first duty for which the person was called, place: its area
     */
    public record Time(
            String color,
            String area,
            Instant calledAt,
            String state,
            Optional<Instant> settledAt,
            String channel,
            String duty,
            String place) {}

    /** How often a contact was tried with one result. @param channel and state as in projections */
    public record Tried(String person, String channel, String state, int count, Instant last) {}

    /** Callees of an order as they are now, by person, after one of them. */
    public List<CalleeView> page(String order, String afterPerson, int most) {
        return db.write(c -> PAGE.on(c)
                .with("room", room)
                .with("after", order + "/" + afterPerson)
                .with("beyond", order + "/" + Character.MAX_VALUE)
                .with("most", most)
                .list(AnswerStore::callee));
    }

    /** Callees of an order that changed after a fact, as they are now, at most so many. */
    public List<CalleeView> changed(String order, long since, int most) {
        return db.write(c -> CHANGED.on(c)
                .with("room", room)
                .with("since", since)
                .with("first", order + "/")
                .with("beyond", order + "/" + Character.MAX_VALUE)
                .with("most", most)
                .list(AnswerStore::callee));
    }

    private static CalleeView callee(ResultSet row) throws SQLException {
        return (CalleeView) JSON.read(View.class, row.getString("body").getBytes(UTF_8));
    }

    /** Callees that changed after a fact. */
    public List<Time> times(long after) {
        return db.write(c -> TIMES.on(c).with("room", room).with("after", after).list(AnswerStore::time));
    }

    private static Time time(ResultSet row) throws SQLException {
        var settled = Optional.ofNullable(row.getString("settledAt")).map(Instant::parse);
        return new Time(
                row.getString("color"),
                row.getString("area"),
                Instant.parse(row.getString("calledAt")),
                row.getString("state"),
                settled,
                text(row, "settledChannel"),
                text(row, "duty"),
                text(row, "place"));
    }

    private static String text(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column)).orElse("");
    }

    /** When each person answered last, for himself or for another. */
    public Map<String, Instant> lastAnswers() {
        return db
                .write(c -> LAST_ANSWERS
                        .on(c)
                        .with("room", room)
                        .list(row -> Map.entry(row.getString("person"), Instant.parse(row.getString("at")))))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** What became of the attempts that changed after a fact. */
    public List<Tried> tried(long after) {
        return db.write(c -> TRIED.on(c)
                .with("room", room)
                .with("after", after)
                .list(row -> new Tried(
                        row.getString("person"),
                        row.getString("channel"),
                        row.getString("state"),
                        row.getInt("n"),
                        Instant.parse(row.getString("last")))));
    }
}
