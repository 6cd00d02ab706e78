package jiaoying.server.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import jiaoying.server.store.DatabaseFailed;
import jiaoying.server.store.Inbox;
import jiaoying.server.store.Overloaded;
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
}
