package jiaoying.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import jiaoying.duty.room.View.StationView;
import jiaoying.duty.room.ViewKey;
import jiaoying.server.loop.TestHouse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a commit costs in the table of projections, in PostgreSQL. */
class ViewChangesTest {
    private static final int ROWS = 600;
    private static final Sql READ = Sql.of("SELECT coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) AS n"
            + " FROM pg_stat_xact_user_tables WHERE relname = 'view'");

    private final TestHouse house = new TestHouse().furnished();

    @AfterEach
    void close() {
        house.close();
    }

    /** A new database has no statistics: what is fast only after they are made is slow in the first storm. */
    @Test
    void to_close_a_row_none_but_it_is_read() {
        house.db.write(c -> change(c, 10));
        var read = house.db.write(c -> {
            change(c, 20);
            return READ.on(c).get(row -> row.getLong("n"));
        });
        assertThat(read).isBetween((long) ROWS, 4L * ROWS);
        assertThat(new ViewStore(house.db).list(house.room, "station", 20, StationView.class))
                .hasSize(ROWS);
    }

    private Optional<Void> change(Connection connection, long fact) throws SQLException {
        var changes = new ViewChanges(house.room, new FactJson(PersonKeys.NONE));
        IntStream.range(0, ROWS)
                .mapToObj("T%04d"::formatted)
                .forEach(id -> changes.put(
                        new ViewKey("station", id), new StationView(id, true, Optional.empty(), List.of()), fact));
        changes.into(connection);
        return Optional.empty();
    }
}
