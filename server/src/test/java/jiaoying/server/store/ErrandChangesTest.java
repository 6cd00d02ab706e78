package jiaoying.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jiaoying.duty.casework.CaseFact.CardIssued;
import jiaoying.duty.errand.Channel;
import jiaoying.duty.errand.Errand;
import jiaoying.duty.errand.Purpose;
import jiaoying.server.loop.Tables;
import jiaoying.server.loop.TestHouse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Errands that the room orders, in PostgreSQL beside couriers who take them. */
class ErrandChangesTest {
    private static final Instant T = TestHouse.START;

    private static final Sql READ = Sql.of("SELECT coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) AS n"
            + " FROM pg_stat_xact_user_tables WHERE relname = 'errand'");

    private final TestHouse house = new TestHouse().furnished();
    private final ErrandStore errands = new ErrandStore(house.db, house.room);

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void a_message_about_cards_gets_more_lines_until_a_courier_has_it_and_none_afterwards() {
        order("one");
        order("one; two");
        assertThat(take()).containsExactly("one; two");
        assertThatThrownBy(() -> order("one; two; three"))
                .isInstanceOf(DatabaseFailed.class)
                .hasMessageContaining("goes with the next")
                .matches(failed -> !((DatabaseFailed) failed).refused(), "the arrival is not to blame");
        assertThat(Tables.rows(house, "SELECT message, state FROM errand WHERE room = :room AND key = 'cards'"))
                .containsExactly("one; two | TAKEN");
    }

    /** It may be out already, though nobody holds it. */
    @Test
    void what_a_carrier_may_have_gets_no_more_lines() {
        order("one");
        var taken = errands.take(Channel.TEXT, "carrier", true, "owner", T, T.plusSeconds(30), 9);
        errands.giveBack("owner", taken.getFirst(), T, true);
        assertThatThrownBy(() -> order("one; two")).isInstanceOf(DatabaseFailed.class);
        assertThat(take()).containsExactly("one");
    }

    /** Most of a storm's errands are settled; the channels without any would be looked for in all of them. */
    @Test
    void which_channels_have_something_ready_is_asked_without_reading_what_is_settled() {
        Tables.run(house, """
                INSERT INTO errand (room, key, channel, purpose, priority, not_before, call_order, callee, person, message, state)
                SELECT :room, 'e' || n, 'text', 'CALL', 3, '2026-06-01Z', '', '', 'P1', 'm',
                       CASE WHEN n > 19000 THEN 'READY' ELSE 'SETTLED' END
                  FROM generate_series(1, 20000) AS n""");
        Tables.run(house, "ANALYZE errand");
        var read = house.db.write(c -> {
            var ready = ErrandStore.READY_CHANNELS
                    .on(c)
                    .with("channels", ErrandStore.CHANNELS)
                    .with("room", house.room)
                    .with("now", T)
                    .list(row -> row.getString("channel"));
            assertThat(ready).containsExactly("text");
            return READ.on(c).get(row -> row.getLong("n"));
        });
        assertThat(read).isLessThan(100L);
    }

    private void order(String message) {
        var errand = new Errand("cards", Channel.TEXT, Purpose.CARD, 3, T, "", "", "P1", message);
        var changes = new ErrandChanges(house.room);
        changes.add(new CardIssued(
                "item", "K1", "rung", "blue", List.of("P1"), "reason", T, Optional.empty(), List.of(errand)));
        house.db.write(c -> {
            changes.into(c);
            return Optional.empty();
        });
    }

    private List<String> take() {
        return errands.take(Channel.TEXT, "carrier", true, "owner", T, T.plusSeconds(30), 9).stream()
                .map(ErrandStore.Taken::message)
                .toList();
    }
}
