package jiaoying.server.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import jiaoying.duty.room.Outcome;

/** Reads what became of arrivals. May be used from any thread. */
public final class StepStore {
    private static final FactJson JSON = new FactJson(PersonKeys.NONE);
    private static final Sql OUTCOME = Sql.of("SELECT outcome FROM step WHERE room = :room AND number = :number");

    private static final Sql MOMENTS =
            Sql.of("SELECT number, recorded_at FROM step WHERE room = :room ORDER BY number");

    private final Database db;

    public StepStore(Database db) {
        this.db = db;
    }

    /** Empty while the arrival has not been taken. */
    public Optional<Outcome> findOutcome(String room, long arrival) {
        return db.write(c -> OUTCOME.on(c)
                .with("room", room)
                .with("number", arrival)
                .find(row -> JSON.read(Outcome.class, row.getString("outcome").getBytes(UTF_8))));
    }

    /** When each arrival was decided, by its number. */
    public SortedMap<Long, Instant> recordedAt(String room) {
        return db.read(c -> {
            var moments = new TreeMap<Long, Instant>();
            MOMENTS.on(c)
                    .with("room", room)
                    .each(row -> moments.put(row.getLong("number"), Sql.instant(row, "recorded_at")));
            return moments;
        });
    }
}
