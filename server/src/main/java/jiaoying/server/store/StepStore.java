package jiaoying.server.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import jiaoying.duty.room.Outcome;

/** Reads what became of arrivals. May be used from any thread. */
public final class StepStore {
    private static final FactJson JSON = new FactJson(PersonKeys.NONE);
    private static final Sql OUTCOME = Sql.of("SELECT outcome FROM step WHERE room = :room AND number = :number");

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
}
