package jiaoying.server.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import jiaoying.duty.room.Arrival;
import jiaoying.duty.room.Deed;
import jiaoying.duty.room.Outcome;
import jiaoying.server.store.Database;
import jiaoying.server.store.DatabaseFailed;
import jiaoying.server.store.Inbox;
import jiaoying.server.store.Overloaded;
import jiaoying.server.store.Rooms;
import org.junit.jupiter.api.Test;

class InboxTest {
    private static Arrival note(int n) {
        return new Arrival.Act("officer", new Deed.WriteNote("note " + n));
    }

    @Test
    void numbers_are_gapless_however_many_put_at_once() throws Exception {
        try (var house = new TestHouse().furnished()) {
            house.inbox.start();
            house.loop.start();
            var numbers = new ArrayList<Long>();
            try (var doors = Executors.newVirtualThreadPerTaskExecutor()) {
                var puts = IntStream.range(0, 2_000)
                        .mapToObj(n -> doors.submit(() -> house.put(note(n)).join()))
                        .toList();
                for (var put : puts) {
                    numbers.add(put.get());
                }
            }
            assertThat(numbers.stream().sorted())
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(3, 2_002).boxed().toList());
            assertThat(house.loop.outcome(2_002, Duration.ofSeconds(60))).contains(new Outcome.Done());
            house.loop.close();
            assertThat(Tables.rows(house, "SELECT count(*), min(number), max(number) FROM step WHERE room = :room"))
                    .containsExactly("2002 | 1 | 2002");
        }
    }

    @Test
    void a_database_that_is_away_is_told_through_the_future_and_never_thrown_at_the_door() {
        var server = TestHouse.server();
        try (var house = new TestHouse();
                var away = Database.open(server.jdbcUrl(), server.user(), server.password());
                var inbox = new Inbox(away, house.clock, 10)) {
            inbox.know(house.room, house.keys);
            away.close();
            var put = inbox.put(house.room, TestCity.register(1, 0)); // people, whose keys are in the database
            assertThat(put).isCompletedExceptionally();
            assertThatThrownBy(put::join).hasCauseInstanceOf(DatabaseFailed.class);
        }
    }

    @Test
    void a_full_inbox_refuses_and_stores_nothing_of_it() {
        try (var house = new TestHouse()) {
            var small = new Inbox(house.db, house.clock, 2);
            small.know(house.room, house.keys);
            var puts = IntStream.range(0, 3)
                    .mapToObj(n -> small.put(house.room, note(n)))
                    .toList();
            assertThat(puts.get(2)).isCompletedExceptionally();
            assertThatThrownBy(() -> puts.get(2).join())
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(Overloaded.class);
            assertThat(small.flush()).isEqualTo(2);
            assertThat(puts.get(1).join()).isEqualTo(2);
            assertThat(small.put(house.room, note(4))).isNotCompletedExceptionally();
            small.close();
        }
    }

    @Test
    void a_group_that_fails_takes_no_number_and_everybody_in_it_is_told() {
        try (var house = new TestHouse()) {
            Tables.run(house, "ALTER TABLE arrival ADD CONSTRAINT no CHECK (room <> :room OR number <> 2) NOT VALID");
            var puts = List.of(house.put(note(1)), house.put(note(2)));
            assertThatThrownBy(house.inbox::flush).isInstanceOf(DatabaseFailed.class);
            assertThat(puts).allMatch(CompletableFuture::isCompletedExceptionally);
            Tables.run(house, "ALTER TABLE arrival DROP CONSTRAINT no");
            var again = house.put(note(1));
            house.turn();
            assertThat(again.join()).isEqualTo(1);
            assertThat(house.loop.outcome(1, Duration.ZERO)).contains(new Outcome.Done());
        }
    }

    @Test
    void what_another_inbox_wrote_is_found_in_the_table() {
        try (var house = new TestHouse()) {
            var other = new Inbox(house.db, house.clock, 10);
            other.know(house.room, house.keys);
            var number = other.put(house.room, note(1));
            other.close();
            house.inbox.waiting(house.room).look();
            house.turn();
            assertThat(house.loop.outcome(number.join(), Duration.ZERO)).contains(new Outcome.Done());
        }
    }

    @Test
    void work_that_finds_nothing_to_tell_takes_no_number() {
        try (var house = new TestHouse()) {
            var nothing = house.inbox.put(house.room, connection -> java.util.Optional.empty());
            var note = house.put(note(1));
            house.inbox.flush();
            assertThat(nothing.join()).isZero();
            assertThat(note.join()).isEqualTo(1);
        }
    }

    @Test
    void a_room_that_is_not_open_is_refused_by_name() {
        try (var house = new TestHouse()) {
            assertThatThrownBy(() -> house.inbox.put("elsewhere", note(1)).join())
                    .hasMessageContaining("elsewhere");
        }
    }

    @Test
    void what_came_in_is_unreadable_in_the_table_and_goes_after_its_time_when_it_is_decided() throws Exception {
        try (var house = new TestHouse().furnished()) {
            house.put(new Arrival.Act("officer", new Deed.WriteNote("太浦河水位平稳")));
            house.turn();
            assertThat(stored(house)).isPositive();
            assertThat(holds(house, "太浦河")).isFalse();
            house.put(new Arrival.Act("officer", new Deed.WriteNote("还没有处理")));
            house.inbox.flush();

            var gone = new Rooms(house.db).purgeArrivals(house.room, TestHouse.START.plus(Duration.ofDays(1)));

            assertThat(gone).isPositive();
            assertThat(stored(house)).as("what is not decided stays").isEqualTo(1);
        }
    }

    private static long stored(TestHouse house) throws SQLException {
        return count(house, "SELECT count(*) FROM arrival WHERE room = ?", house.room);
    }

    private static boolean holds(TestHouse house, String text) throws SQLException {
        var sql = "SELECT count(*) FROM arrival WHERE room = ? AND position(convert_to(?, 'UTF8') IN payload) > 0";
        return count(house, sql, house.room, text) > 0;
    }

    private static long count(TestHouse house, String sql, String... values) throws SQLException {
        try (var connection = house.db.dataSource().getConnection();
                var query = connection.prepareStatement(sql)) {
            for (var i = 0; i < values.length; i++) {
                query.setString(i + 1, values[i]);
            }
            try (var rows = query.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }
}
