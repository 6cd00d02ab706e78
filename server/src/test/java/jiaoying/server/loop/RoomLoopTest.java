package jiaoying.server.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import jiaoying.duty.call.CallFact;
import jiaoying.duty.call.CallStep;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.ledger.Personal;
import jiaoying.duty.measure.Quantity;
import jiaoying.duty.measure.Reading;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.room.Arrival;
import jiaoying.duty.room.Deed;
import jiaoying.duty.room.Outcome;
import jiaoying.duty.room.RoomFact;
import jiaoying.duty.room.View;
import jiaoying.duty.room.ViewKey;
import jiaoying.duty.roster.RosterFact;
import jiaoying.server.store.DatabaseFailed;
import jiaoying.server.store.Fenced;
import jiaoying.server.store.Inbox;
import jiaoying.server.store.JournalStore;
import jiaoying.server.store.LedgerStore;
import jiaoying.server.store.Mentions;
import jiaoying.server.store.RegisterStore;
import jiaoying.server.store.Rooms;
import jiaoying.server.store.ViewStore;
import jiaoying.server.store.Watch;
import org.junit.jupiter.api.Test;

class RoomLoopTest {
    @Test
    void a_signal_becomes_facts_projections_errands_and_timers_in_one_commit() {
        try (var house = new TestHouse().furnished()) {
            var number = house.put(TestCity.signal("T0", SignalColor.RED));
            house.turn();
            assertThat(house.loop.outcome(number.join(), Duration.ZERO)).contains(new Outcome.Done());
            assertThat(Tables.rows(house, "SELECT state, channel, person FROM errand WHERE room = :room"))
                    .containsExactly("READY | text | P0");
            assertThat(Tables.rows(house, "SELECT id FROM timer WHERE room = :room"))
                    .hasSize(1);
            var views = new ViewStore(house.db);
            assertThat(views.listNow(house.room, "callee", View.CalleeView.class))
                    .extracting(View.CalleeView::person)
                    .containsExactly("P0");
            assertThat(new Rooms(house.db).get(house.room).lastTaken()).isEqualTo(3);
        }
    }

    @Test
    void outcomes_of_long_ago_come_from_the_table() {
        try (var house = new TestHouse().furnished()) {
            var number = house.put(TestCity.rain(3, house.clock.instant(), 1_000));
            house.turn();
            var outcome = house.loop.outcome(number.join(), Duration.ZERO);
            house.loop = house.openLoop();
            assertThat(house.loop.outcome(number.join(), Duration.ZERO))
                    .isEqualTo(outcome)
                    .contains(new Outcome.Stored(3, List.of()));
            assertThat(house.loop.outcome(99, Duration.ZERO)).isEmpty();
        }
    }

    @Test
    void an_arrival_that_the_room_cannot_take_is_set_aside_and_the_room_goes_on() {
        try (var house = new TestHouse().furnished()) {
            var bad = house.put(new Arrival.CarrierEvents(List.of()));
            house.put(new Arrival.TimerDue("round", house.clock.instant()));
            var good = house.put(new Arrival.Act("officer", new Deed.WriteNote("雨大")));
            house.turn();
            assertThat(house.loop.outcome(good.join(), Duration.ZERO)).contains(new Outcome.Done());
            assertThat(house.loop.outcome(bad.join(), Duration.ZERO)).isPresent();
        }
    }

    @Test
    void an_arrival_that_cannot_be_read_is_set_aside() {
        try (var house = new TestHouse().furnished()) {
            Tables.run(
                    house,
                    "INSERT INTO arrival VALUES (:room, 3, '2026-06-01T00:00:00Z', 'Act', convert_to('{}', 'UTF8'))");
            Tables.run(house, "UPDATE room SET last_number = 3 WHERE id = :room");
            var good = house.put(new Arrival.Act("officer", new Deed.WriteNote("雨大")));
            house.turn();
            assertThat(house.loop.outcome(3, Duration.ZERO).orElseThrow()).isInstanceOf(Outcome.SetAside.class);
            assertThat(house.loop.outcome(good.join(), Duration.ZERO)).contains(new Outcome.Done());
            assertThat(Tables.rows(house, "SELECT kind FROM fact WHERE room = :room ORDER BY number"))
                    .endsWith("ArrivalSetAside", "NoteWritten");
        }
    }

    @Test
    void an_arrival_whose_facts_the_database_refuses_is_set_aside_and_the_others_are_kept() {
        try (var house = new TestHouse().furnished()) {
            Tables.run(house, "ALTER TABLE register ADD CONSTRAINT no CHECK (room <> :room OR id <> 'bad') NOT VALID");
            var first = house.put(new Arrival.Act("officer", new Deed.WriteNote("one")));
            var bad = house.put(new Arrival.RegisterChanged(
                    "test", List.of(new RosterFact.AreaRegistered("bad", "坏", "bad", "town", "C", true))));
            var last = house.put(new Arrival.Act("officer", new Deed.WriteNote("two")));
            house.inbox.flush();
            assertThatThrownBy(house.loop::turn).as("all together").isInstanceOf(DatabaseFailed.class);
            assertThat(house.loop.turn()).as("the first alone").isEqualTo(1);
            assertThatThrownBy(house.loop::turn).as("the bad one alone").isInstanceOf(DatabaseFailed.class);
            house.turn();
            Tables.run(house, "ALTER TABLE register DROP CONSTRAINT no");
            assertThat(house.loop.outcome(first.join(), Duration.ZERO)).contains(new Outcome.Done());
            assertThat(house.loop.outcome(bad.join(), Duration.ZERO).orElseThrow())
                    .isInstanceOf(Outcome.SetAside.class);
            assertThat(house.loop.outcome(last.join(), Duration.ZERO)).contains(new Outcome.Done());
            assertThat(house.loop.health().up()).isTrue();
        }
    }

    @Test
    void a_text_that_cannot_be_stored_is_cleaned_before_the_room_hears_it() {
        try (var house = new TestHouse().furnished()) {
            var number = house.put(new Arrival.RegisterChanged(
                    "test", List.of(new RosterFact.AreaRegistered("T9\0", "镇", "town", "town", "C", true))));
            house.turn();
            assertThat(house.loop.outcome(number.join(), Duration.ZERO)).contains(new Outcome.Done());
            assertThat(house.loop.health().up()).isTrue();
        }
    }

    @Test
    void a_timer_that_was_set_again_while_its_ring_waited_rings_again() {
        try (var house = new TestHouse().furnished()) {
            house.put(TestCity.signal("T0", SignalColor.RED));
            house.turn();
            var timer = Tables.rows(house, "SELECT id FROM timer WHERE room = :room")
                    .getFirst();
            house.put(new Arrival.TimerDue(timer, house.clock.instant()));
            house.turn();
            assertThat(Tables.rows(house, "SELECT id FROM timer WHERE room = :room"))
                    .containsExactly(timer);
        }
    }

    @Test
    void findings_without_end_do_not_cost_the_good_readings() {
        try (var house = new TestHouse().furnished()) {
            var readings = new ArrayList<Reading>();
            for (int i = 0; i < 1_500; i++) {
                readings.add(new Reading("unknown" + i, Quantity.RAIN, 1, house.clock.instant(), false));
            }
            readings.add(new Reading("S0", Quantity.RAIN, 1_000, house.clock.instant(), false));
            var number = house.put(new Arrival.Readings("gauges", readings, List.of()));
            house.turn();
            assertThat(house.loop.outcome(number.join(), Duration.ZERO).orElseThrow())
                    .isInstanceOfSatisfying(
                            Outcome.Stored.class,
                            stored -> assertThat(stored.stored()).isEqualTo(1));
        }
    }

    @Test
    void a_loop_whose_room_was_taken_over_commits_nothing_and_stops() {
        try (var house = new TestHouse().furnished()) {
            var old = house.loop;
            house.loop = house.openLoop();
            house.put(TestCity.signal("T0", SignalColor.RED));
            house.inbox.flush();
            assertThatThrownBy(old::turn).isInstanceOf(Fenced.class);
            assertThat(Tables.rows(house, "SELECT count(*) FROM errand WHERE room = :room"))
                    .containsExactly("0");
            assertThat(old.health().up()).isFalse();
            assertThat(old.health().fenced()).isTrue();
            assertThatThrownBy(old::turn).isInstanceOf(Fenced.class);
            house.turn();
            assertThatThrownBy(old::turn).isInstanceOf(Fenced.class);
            assertThat(Tables.rows(house, "SELECT count(*) FROM errand WHERE room = :room"))
                    .containsExactly("1");
            assertThat(house.loop.health().up()).isTrue();
        }
    }

    @Test
    void after_a_failed_commit_the_state_is_read_again_and_nothing_is_lost() {
        try (var house = new TestHouse().furnished()) {
            house.put(TestCity.signal("T0", SignalColor.RED));
            Tables.run(
                    house,
                    "CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'disk full'; END $$");
            Tables.run(
                    house,
                    "CREATE TRIGGER no BEFORE INSERT ON step FOR EACH ROW WHEN (NEW.room = :room) EXECUTE FUNCTION no()");
            house.inbox.flush();
            assertThatThrownBy(house.loop::turn).hasMessageContaining("disk full");
            assertThat(house.loop.health().up()).isFalse();
            assertThat(house.loop.health().problem()).contains("disk full");
            Tables.run(house, "DROP TRIGGER no ON step");
            Tables.run(house, "DROP FUNCTION no");
            house.turn();
            assertThat(house.loop.health().up()).isTrue();
            assertThat(Tables.rows(house, "SELECT count(*) FROM errand WHERE room = :room"))
                    .containsExactly("1");
            assertThat(Tables.rows(house, "SELECT count(*) FROM step WHERE room = :room"))
                    .containsExactly("3");
        }
    }

    @Test
    void timers_and_minutes_ring_once_each() {
        try (var house = new TestHouse().furnished()) {
            house.put(TestCity.signal("T0", SignalColor.RED));
            house.turn();
            house.until(TestHouse.START.plusSeconds(121));
            house.loop.ring(house.clock.instant());
            house.turn();
            assertThat(Tables.rows(house, "SELECT kind FROM arrival WHERE room = :room AND number > 3 ORDER BY number"))
                    .containsExactly("MinuteEnded", "TimerDue", "MinuteEnded");
            assertThat(Tables.rows(house, "SELECT channel, state FROM errand WHERE room = :room ORDER BY channel"))
                    .containsExactly("text | READY", "voice | READY");
        }
    }

    @Test
    void while_a_commit_is_under_way_the_loop_decides_on_and_says_nothing_of_it() {
        try (var house = new TestHouse().furnished()) {
            var commits = new ArrayDeque<Runnable>();
            house.loop.commitBy(commits::add);
            var first = decideNote(house, "one");
            var second = decideNote(house, "two");
            assertThat(commits).hasSize(1);
            assertThat(house.loop.outcome(first, Duration.ZERO)).isEmpty();
            commits.remove().run();
            assertThat(house.loop.turn()).isZero();
            assertThat(house.loop.outcome(first, Duration.ZERO)).contains(new Outcome.Done());
            assertThat(house.loop.outcome(second, Duration.ZERO)).isEmpty();
            commits.remove().run();
            assertThat(house.loop.outcome(second, Duration.ZERO)).contains(new Outcome.Done());
        }
    }

    @Test
    void when_a_commit_fails_what_was_decided_on_it_is_decided_again() {
        try (var house = new TestHouse().furnished()) {
            Tables.run(house, "ALTER TABLE register ADD CONSTRAINT no CHECK (room <> :room OR id <> 'bad') NOT VALID");
            var commits = new ArrayDeque<Runnable>();
            house.loop.commitBy(commits::add);
            var bad = house.put(new Arrival.RegisterChanged(
                    "test", List.of(new RosterFact.AreaRegistered("bad", "坏", "bad", "town", "C", true))));
            house.inbox.flush();
            house.loop.turn();
            var note = decideNote(house, "on top of it");
            commits.remove().run();
            assertThatThrownBy(house.loop::turn).isInstanceOf(DatabaseFailed.class);
            house.loop.commitBy(Runnable::run);
            house.turn();
            Tables.run(house, "ALTER TABLE register DROP CONSTRAINT no");
            assertThat(house.loop.outcome(bad.join(), Duration.ZERO).orElseThrow())
                    .isInstanceOf(Outcome.SetAside.class);
            assertThat(house.loop.outcome(note, Duration.ZERO)).contains(new Outcome.Done());
        }
    }

    /** Whatever it was that failed, the room is read again and the arrival decided again. */
    @Test
    void a_commit_that_ends_in_a_bug_does_not_stop_the_room() {
        try (var house = new TestHouse().furnished()) {
            var struck = new Struck(house);
            var commits = new ArrayDeque<Runnable>();
            house.loop.commitBy(commits::add);
            var note = decideNote(house, "one");
            struck.with(new IllegalStateException("bug"));
            commits.remove().run();
            assertThatThrownBy(house.loop::turn).isInstanceOf(IllegalStateException.class);
            house.loop.commitBy(Runnable::run);
            house.turn();
            assertThat(house.loop.outcome(note, Duration.ZERO)).contains(new Outcome.Done());
        }
    }

    /** Whoever watches the room alarms after a time without UP; a look between two failures must not tell him that all is well. */
    @Test
    void a_room_whose_commits_fail_is_not_well_again_before_one_of_them_succeeds() {
        try (var house = new TestHouse().furnished()) {
            var struck = new Struck(house);
            var commits = new ArrayDeque<Runnable>();
            house.loop.commitBy(commits::add);
            decideNote(house, "one");
            struck.with(new Watch.BrokenOff("disk full"));
            commits.remove().run();
            assertThatThrownBy(house.loop::turn).isInstanceOf(DatabaseFailed.class);
            assertThat(house.loop.health().up()).isFalse();
            assertThat(house.loop.turn()).as("decided again").isEqualTo(1);
            assertThat(house.loop.health().problem()).contains("disk full");
            assertThat(house.loop.health().up()).isFalse();
            commits.remove().run();
            house.loop.turn();
            assertThat(house.loop.health().up()).isTrue();
        }
    }

    @Test
    void a_room_whose_commit_does_not_end_is_not_well() {
        try (var house = new TestHouse().furnished()) {
            var commits = new ArrayDeque<Runnable>();
            house.loop.commitBy(commits::add);
            decideNote(house, "one");
            house.clock.forward(RoomLoop.COMMIT_ENDS_WITHIN);
            assertThat(house.loop.health().up()).isTrue();
            house.clock.forward(Duration.ofMillis(1));
            assertThat(house.loop.health().up()).isFalse();
            assertThat(house.loop.health().problem()).isNotEmpty();
            commits.remove().run();
            assertThat(house.loop.health().up()).isTrue();
        }
    }

    @Test
    void an_assertion_that_fails_in_a_commit_does_not_stop_the_room() {
        try (var house = new TestHouse().furnished()) {
            var struck = new Struck(house);
            house.loop.start();
            struck.with(new AssertionError("bug"));
            var note = house.put(new Arrival.Act("officer", new Deed.WriteNote("one")));
            house.inbox.flush();
            assertThat(house.loop.outcome(note.join(), Duration.ofMinutes(1))).contains(new Outcome.Done());
        }
    }

    @Test
    void an_assertion_that_fails_in_a_listener_does_not_stop_the_room() {
        try (var house = new TestHouse().furnished()) {
            LoopListener wrong = (lastFact, at, facts, errands, touched) -> {
                throw new AssertionError("bug");
            };
            house.loop.close();
            house.loop =
                    RoomLoop.open(house.db, house.room, TestCity.rules(), house.keys, house.inbox, house.clock, wrong);
            house.loop.start();
            for (var text : List.of("one", "two")) {
                var note = house.put(new Arrival.Act("officer", new Deed.WriteNote(text)));
                house.inbox.flush();
                assertThat(house.loop.outcome(note.join(), Duration.ofMinutes(1)))
                        .contains(new Outcome.Done());
            }
            assertThat(house.loop.health().up()).isTrue();
        }
    }

    /** What an error left half decided is not kept; and the database behind the loop has to be ended too. */
    @Test
    void after_an_error_the_loop_ends_in_order_and_commits_nothing_more() {
        try (var house = new TestHouse().furnished()) {
            var struck = new Struck(house);
            var commits = new ArrayDeque<Runnable>();
            house.loop.commitBy(commits::add);
            decideNote(house, "one");
            struck.with(new OutOfMemoryError("test"));
            assertThatThrownBy(commits.remove()::run).isInstanceOf(OutOfMemoryError.class);
            assertThatThrownBy(house.loop::turn).isInstanceOf(OutOfMemoryError.class);
            house.loop.close();
            assertThat(new Rooms(house.db).get(house.room).lastTaken()).isEqualTo(2);
            house.loop = house.openLoop();
            house.turn();
            assertThat(new Rooms(house.db).get(house.room).lastTaken()).isEqualTo(3);
        }
    }

    /** It is kept: screens, register and couriers must hear of it, whatever becomes of the clearing up after it. */
    @Test
    void a_commit_is_told_of_even_if_old_arrivals_cannot_be_dropped() {
        try (var house = new TestHouse().furnished()) {
            Tables.run(
                    house, "CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'busy'; END $$");
            Tables.run(
                    house,
                    "CREATE TRIGGER keep BEFORE DELETE ON arrival FOR EACH ROW WHEN (OLD.room = :room) EXECUTE FUNCTION keep()");
            house.clock.forward(RoomLoop.ARRIVALS_KEPT.plusDays(1));
            house.put(new Arrival.MinuteEnded());
            house.inbox.flush();
            assertThatThrownBy(house.loop::turn).hasMessageContaining("busy");
            Tables.run(house, "DROP TRIGGER keep ON arrival");
            Tables.run(house, "DROP FUNCTION keep");
            assertThat(house.heard).hasAtLeastOneElementOfType(RoomFact.HeadDue.class);
        }
    }

    /** Keys of persons are read while a step is written down; that they could not be read says nothing against the arrival. */
    @Test
    void an_arrival_that_is_decided_while_the_database_is_away_is_decided_again() {
        try (var house = new TestHouse().furnished()) {
            var strikes = new ArrayDeque<Watch.BrokenOff>();
            var db = house.db.watched(step -> {
                if (!strikes.isEmpty()) {
                    throw strikes.remove();
                }
            });
            house.loop.close();
            var inbox = new Inbox(db, house.clock, 100);
            inbox.know(house.room, house.keys);
            var put = inbox.put(house.room, new Arrival.RegisterChanged("test", many("T0", 1)));
            house.loop = RoomLoop.open(
                    house.db, house.room, TestCity.rules(), house.keys, inbox, house.clock, LoopListener.NONE);
            inbox.flush();
            strikes.add(new Watch.BrokenOff("away"));
            assertThatThrownBy(house.loop::turn).isInstanceOf(DatabaseFailed.class);
            house.turn();
            assertThat(house.loop.outcome(put.join(), Duration.ZERO)).contains(new Outcome.Done());
        }
    }

    /** However long the database stands still, memory does not fill: what comes in stays in the inbox. */
    @Test
    void while_a_commit_hangs_one_more_batch_is_decided_and_no_more() {
        try (var house = new TestHouse().furnished()) {
            var commits = new ArrayDeque<Runnable>();
            house.loop.commitBy(commits::add);
            for (int n = 0; n < 1_200; n++) {
                house.put(new Arrival.Act("officer", new Deed.WriteNote("note " + n)));
            }
            house.inbox.flush();
            assertThat(List.of(house.loop.turn(), house.loop.turn(), house.loop.turn(), house.loop.turn()))
                    .containsExactly(500, 500, 0, 0);
            commits.remove().run();
            assertThat(commits).isEmpty();
            assertThat(house.loop.turn())
                    .as("decided while the next one is under way")
                    .isEqualTo(200);
            assertThat(commits).hasSize(1);
            house.turn();
            assertThat(new Rooms(house.db).get(house.room).lastTaken()).isEqualTo(2 + 1_200);
        }
    }

    @Test
    void a_loop_that_ends_while_a_commit_is_under_way_keeps_it_and_what_was_decided_on_it() throws Exception {
        try (var house = new TestHouse().furnished()) {
            var begun = new CountDownLatch(1);
            var mayEnd = new CountDownLatch(1);
            house.loop.close();
            house.loop = RoomLoop.open(
                    house.db.watched(step -> {
                        if (step == Watch.Step.CONNECT
                                && Thread.currentThread().getName().startsWith("commit")) {
                            begun.countDown();
                            awaited(mayEnd);
                        }
                    }),
                    house.room,
                    TestCity.rules(),
                    house.keys,
                    house.inbox,
                    house.clock,
                    LoopListener.NONE);
            house.loop.start();
            house.put(new Arrival.Act("officer", new Deed.WriteNote("one")));
            house.inbox.flush();
            begun.await();
            var second = house.put(new Arrival.Act("officer", new Deed.WriteNote("two")));
            house.inbox.flush();
            var closing = Thread.ofPlatform().start(house.loop::close);
            mayEnd.countDown();
            closing.join();
            house.loop = house.openLoop();
            house.turn();
            assertThat(new Rooms(house.db).get(house.room).lastTaken()).isEqualTo(second.join());
            assertThat(Tables.rows(house, "SELECT count(*) FROM fact WHERE room = :room AND kind = 'NoteWritten'"))
                    .containsExactly("2");
        }
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void what_is_decided_when_the_loop_ends_is_committed() {
        try (var house = new TestHouse().furnished()) {
            house.loop.commitBy(commit -> {});
            decideNote(house, "one");
            var second = decideNote(house, "two");
            house.loop.close();
            assertThat(new Rooms(house.db).get(house.room).lastTaken()).isEqualTo(second);
        }
    }

    /** The house's loop anew, over a database whose next commits may be struck. */
    private static final class Struck {
        private final ArrayDeque<Throwable> strikes = new ArrayDeque<>();

        Struck(TestHouse house) {
            house.loop.close();
            house.loop = RoomLoop.open(
                    house.db.watched(this::at),
                    house.room,
                    TestCity.rules(),
                    house.keys,
                    house.inbox,
                    house.clock,
                    LoopListener.NONE);
        }

        synchronized void with(Throwable strike) {
            strikes.add(strike);
        }

        private synchronized void at(Watch.Step step) throws Watch.BrokenOff {
            if (step != Watch.Step.COMMIT || strikes.isEmpty()) {
                return;
            }
            switch (strikes.remove()) {
                case Watch.BrokenOff away -> throw away;
                case Error bug -> throw bug;
                case Throwable bug -> throw (RuntimeException) bug;
            }
        }
    }

    /** It is decided, whether or not it is committed. */
    private static long decideNote(TestHouse house, String text) {
        var number = house.put(new Arrival.Act("officer", new Deed.WriteNote(text)));
        house.inbox.flush();
        assertThat(house.loop.turn()).isEqualTo(1);
        return number.join();
    }

    /** Reports of the first calls come in behind the rest of the order, so that nobody is called later for them. */
    @Test
    void the_next_slice_of_an_order_is_in_the_inbox_before_anybody_can_report_of_this_one() {
        try (var house = new TestHouse().furnished()) {
            house.put(new Arrival.RegisterChanged("test", many("T0", CallStep.SLICE + 1)));
            house.turn();
            house.put(TestCity.signal("T0", SignalColor.RED));
            house.inbox.flush();
            house.loop.turn();
            house.put(new Arrival.Act("officer", new Deed.WriteNote("已交出")));
            house.turn();
            assertThat(Tables.rows(house, "SELECT kind FROM arrival WHERE room = :room AND number > 3 ORDER BY number"))
                    .containsExactly("SignalReceived", "TimerDue", "Act");
            assertThat(Tables.rows(house, "SELECT count(*) FROM errand WHERE room = :room AND state = 'READY'"))
                    .containsExactly(Integer.toString(CallStep.SLICE + 2));
        }
    }

    private static List<Fact> many(String town, int people) {
        var rows = new ArrayList<Fact>();
        for (int n = 0; n < people; n++) {
            var person = "Q" + n;
            rows.add(new RosterFact.PersonRegistered(person, new Personal(person, person), "", "", ""));
            rows.add(new RosterFact.ContactRegistered(person, "text", new Personal(person, "1")));
            rows.add(new RosterFact.DutyAssigned("d" + person, person, "防汛责任人", town, List.of(), ""));
        }
        return rows;
    }

    @Test
    void a_timer_that_waits_in_the_inbox_is_not_rung_again_after_a_restart() {
        try (var house = new TestHouse().furnished()) {
            house.put(TestCity.signal("T0", SignalColor.RED));
            house.turn();
            house.clock.forward(Duration.ofSeconds(125));
            house.loop.ring(house.clock.instant());
            house.inbox.flush();
            house.loop = house.openLoop();
            house.loop.ring(house.clock.instant());
            house.turn();
            assertThat(Tables.rows(house, "SELECT count(*) FROM arrival WHERE room = :room AND kind = 'TimerDue'"))
                    .containsExactly("1");
        }
    }

    @Test
    void a_held_room_lets_no_ladder_climb_and_after_release_each_goes_on_with_its_minutes() {
        try (var house = new TestHouse().furnished()) {
            house.put(TestCity.signal("T0", SignalColor.RED));
            house.turn();
            house.until(TestHouse.START.plusSeconds(60));
            house.put(new Arrival.Restored("backup.zip"));
            house.put(TestCity.signal("T1", SignalColor.RED));
            house.turn();
            house.until(TestHouse.START.plusSeconds(1_800));
            house.loop = house.openLoop();
            house.until(TestHouse.START.plusSeconds(3_600));
            assertThat(arrivals(house, "TimerDue")).isZero();
            assertThat(arrivals(house, "MinuteEnded")).isEqualTo(60);
            assertThat(house.loop.nextRing().orElseThrow()).isAfter(house.clock.instant());
            assertThat(rounds(house)).containsExactly("0 round 0 of P0", "1 round 0 of P1");

            house.put(new Arrival.Act("officer", new Deed.ReleaseRoom()));
            house.turn();
            house.until(TestHouse.START.plusSeconds(3_600 + 900));
            assertThat(rounds(house))
                    .containsExactly(
                            "0 round 0 of P0",
                            "1 round 0 of P1",
                            "60 round 1 of P0",
                            "60 round 1 of P1",
                            "63 round 2 of P0",
                            "63 round 2 of P1",
                            "68 end of P0",
                            "68 end of P1");
        }
    }

    @Test
    void an_alert_that_nobody_decides_opens_no_order_while_the_room_is_held() {
        try (var house = new TestHouse().furnished()) {
            house.put(new Arrival.Restored("backup.zip"));
            house.put(TestCity.rain(9, house.clock.instant(), 55_000));
            house.turn();
            assertThat(Tables.rows(house, "SELECT id FROM timer WHERE room = :room"))
                    .hasSize(3)
                    .allMatch(timer -> timer.startsWith("alert/"));
            house.until(TestHouse.START.plusSeconds(600));
            assertThat(rounds(house)).isEmpty();
            house.put(new Arrival.Act("officer", new Deed.ReleaseRoom()));
            house.turn();
            house.until(TestHouse.START.plusSeconds(601));
            assertThat(rounds(house)).containsExactly("10 round 0 of P0", "10 round 0 of P1", "10 round 0 of P2");
        }
    }

    @Test
    void a_room_is_held_from_its_restoring_on_even_if_it_is_rebuilt_before_it_is_opened() {
        try (var house = new TestHouse().furnished()) {
            house.put(TestCity.signal("T0", SignalColor.RED));
            house.turn();
            house.clock.forward(Duration.ofSeconds(125));
            Tables.run(house, "UPDATE room SET held = true WHERE id = :room");
            house.put(new Arrival.Restored("backup.zip"));
            house.inbox.flush();
            Rebuild.run(house.db, house.room, TestCity.rules(), house.keys);
            assertThat(new Rooms(house.db).get(house.room).held()).isTrue();
            house.loop = house.openLoop();
            house.loop.ring(house.clock.instant());
            house.turn();
            assertThat(arrivals(house, "TimerDue")).isZero();
            assertThat(house.loop.health().held()).isTrue();
        }
    }

    private static long arrivals(TestHouse house, String kind) {
        return Long.parseLong(
                Tables.rows(house, "SELECT count(*) FROM arrival WHERE room = :room AND kind = '" + kind + "'")
                        .getFirst());
    }

    /** Steps of the ladders, with the minute in which each began. */
    private static List<String> rounds(TestHouse house) {
        var json = house.inbox.know(house.room, house.keys).json();
        return new LedgerStore(house.db)
                .list(house.room, 0, 1_000, 1_000, json).stream()
                        .flatMap(entry -> round(entry.fact())
                                .map(round -> Duration.between(TestHouse.START, entry.at())
                                                .toMinutes()
                                        + round)
                                .stream())
                        .toList();
    }

    private static Optional<String> round(Fact fact) {
        return switch (fact) {
            case CallFact.RoundStarted round -> Optional.of(" round " + round.round() + " of " + round.person());
            case CallFact.CalleeExhausted end -> Optional.of(" end of " + end.person());
            default -> Optional.empty();
        };
    }

    @Test
    void what_was_on_the_screen_at_a_past_fact_can_be_read() {
        try (var house = new TestHouse().furnished()) {
            house.put(TestCity.signal("T0", SignalColor.ORANGE));
            house.turn();
            var orange = house.clock.instant();
            house.clock.forward(Duration.ofMinutes(1));
            house.put(TestCity.signal("T0", SignalColor.RED));
            house.put(TestCity.signal("T0", SignalColor.NONE));
            house.turn();
            var views = new ViewStore(house.db);
            var key = new ViewKey("area", "rainstorm/T0");
            long then = views.factAt(house.room, orange);
            long now = views.factAt(house.room, house.clock.instant());
            assertThat(views.find(house.room, key, then).map(RoomLoopTest::signal))
                    .contains(SignalColor.ORANGE);
            assertThat(views.find(house.room, key, now).map(RoomLoopTest::signal))
                    .contains(SignalColor.NONE);
            assertThat(views.list(house.room, "area", now - 1, View.AreaView.class))
                    .filteredOn(area -> area.area().equals("T0"))
                    .extracting(View.AreaView::signal)
                    .containsExactly(SignalColor.RED);
            assertThat(views.factAt(house.room, TestHouse.START.minusSeconds(1)))
                    .isZero();
        }
    }

    @Test
    void the_fact_at_any_moment_is_the_last_one_recorded_until_then() {
        try (var house = new TestHouse().furnished()) {
            var random = new Random(7);
            for (var step = 0; step < 40; step++) {
                house.clock.forward(Duration.ofMillis(random.nextInt(3) * 1_000L));
                house.put(TestCity.signal("T0", step % 2 == 0 ? SignalColor.ORANGE : SignalColor.NONE));
                house.turn();
            }
            var views = new ViewStore(house.db);
            for (var at = TestHouse.START.minusSeconds(1);
                    !at.isAfter(house.clock.instant().plusSeconds(1));
                    at = at.plusMillis(500)) {
                assertThat(String.valueOf(views.factAt(house.room, at)))
                        .as("%s", at)
                        .isEqualTo(Tables.rows(
                                        house,
                                        "SELECT coalesce(max(number), 0) FROM fact WHERE room = :room AND recorded_at <= '%s'"
                                                .formatted(at))
                                .getFirst());
            }
            assertThat(views.factAt("nowhere", house.clock.instant())).isZero();
        }
    }

    private static SignalColor signal(View view) {
        return view instanceof View.AreaView area ? area.signal() : SignalColor.NONE;
    }

    @Test
    void rebuilt_tables_are_equal_table_by_table() {
        try (var house = new TestHouse().furnished()) {
            storm(house);
            var before = Tables.CACHES.stream()
                    .map(query -> Tables.rows(house, query))
                    .toList();
            for (var table : List.of("view", "register", "personal", "errand", "timer")) {
                Tables.run(house, "DELETE FROM " + table + " WHERE room = :room");
            }
            Rebuild.run(house.db, house.room, TestCity.rules(), house.keys);
            for (int i = 0; i < Tables.CACHES.size(); i++) {
                assertThat(Tables.rows(house, Tables.CACHES.get(i)))
                        .as(Tables.CACHES.get(i))
                        .isEqualTo(before.get(i));
            }
            house.loop = house.openLoop();
            house.until(house.clock.instant().plusSeconds(300));
            assertThat(house.loop.health().up()).isTrue();
        }
    }

    @Test
    void a_room_read_from_a_snapshot_goes_on_like_one_read_from_the_beginning() {
        var heads = List.of(false, true).stream()
                .map(RoomLoopTest::headAfterRestart)
                .toList();
        assertThat(heads.get(0)).isEqualTo(heads.get(1));
    }

    @Test
    void a_snapshot_waits_for_a_quiet_moment_so_that_nobody_is_called_later_for_it() {
        try (var house = new TestHouse().furnished()) {
            house.put(areas("Q", RoomLoop.FACTS_A_SNAPSHOT));
            house.turn();
            assertThat(snapshots(house)).as("something was decided just now").isZero();

            house.clock.set(house.clock.instant().plusSeconds(1));
            house.turn();
            assertThat(snapshots(house)).isEqualTo(1);

            house.put(areas("N", RoomLoop.FACTS_OVERDUE));
            house.turn();
            assertThat(snapshots(house)).as("overdue").isEqualTo(2);
        }
    }

    @Test
    void many_readings_want_a_snapshot_too() {
        try (var house = new TestHouse().furnished()) {
            var stations = 4_000;
            house.put(TestCity.register(3, stations));
            for (var told = 0; told < RoomLoop.READINGS_A_SNAPSHOT; told += stations) {
                house.clock.set(house.clock.instant().plusSeconds(60));
                house.put(TestCity.rain(stations, house.clock.instant(), 0));
                house.turn();
                assertThat(snapshots(house)).isZero();
            }
            house.clock.set(house.clock.instant().plusSeconds(1));
            house.turn();
            assertThat(snapshots(house)).isEqualTo(1);
        }
    }

    private static Arrival areas(String name, int count) {
        return new Arrival.RegisterChanged(
                "test",
                IntStream.range(0, count)
                        .mapToObj(n ->
                                (Fact) new RosterFact.AreaRegistered(name + n, "村", name + n, "village", "C", true))
                        .toList());
    }

    private static int snapshots(TestHouse house) {
        return Integer.parseInt(Tables.rows(house, "SELECT count(*) FROM snapshot WHERE room = :room")
                .getFirst());
    }

    private static List<String> headAfterRestart(boolean snapshot) {
        try (var house = new TestHouse().furnished()) {
            storm(house);
            if (snapshot) {
                house.loop.close();
            }
            assertThat(Tables.rows(house, "SELECT count(*) FROM snapshot WHERE room = :room"))
                    .containsExactly(snapshot ? "1" : "0");
            house.loop = house.openLoop();
            assertThat(house.loop.reload().facts() == 0).isEqualTo(snapshot);
            storm(house);
            return Tables.rows(
                    house, "SELECT number, arrival, recorded_at, kind FROM fact WHERE room = :room ORDER BY number");
        }
    }

    /** Rain, signals, silence, notes: about an hour. */
    private static void storm(TestHouse house) {
        for (int i = 0; i < 12; i++) {
            house.put(TestCity.rain(9, house.clock.instant(), i == 7 ? 900_000 : 9_000));
            if (i == 3) {
                house.put(TestCity.signal("T0", SignalColor.ORANGE));
            }
            if (i == 6) {
                house.put(TestCity.signal("T0", SignalColor.RED));
                house.put(TestCity.signal("T1", SignalColor.RED));
            }
            if (i == 9) {
                house.put(new Arrival.Act("officer", new Deed.ErasePerson("D2")));
                house.put(TestCity.signal("T1", SignalColor.NONE));
            }
            house.turn();
            house.until(house.clock.instant().plusSeconds(300));
        }
    }

    @Test
    void many_arrivals_in_one_commit_leave_the_same_facts_as_one_by_one() {
        var ledgers =
                List.of(false, true).stream().map(RoomLoopTest::ledgerAndViews).toList();
        assertThat(ledgers.get(0)).isEqualTo(ledgers.get(1));
    }

    private static List<String> ledgerAndViews(boolean replay) {
        try (var house = new TestHouse(replay).furnished()) {
            storm(house);
            var rows = Tables.rows(
                    house, "SELECT convert_from(entry, 'UTF8') FROM fact WHERE room = :room ORDER BY number");
            rows.addAll(Tables.rows(house, Tables.CACHES.getFirst()));
            return rows.stream().map(row -> row.replace(house.room, "R")).toList();
        }
    }

    @Test
    void readings_stand_in_the_journal_and_its_seal_is_their_digest() {
        try (var house = new TestHouse().furnished()) {
            storm(house);
            assertThat(new JournalStore(house.db).firstBrokenSeal(house.room)).isEmpty();
            assertThat(new JournalStore(house.db).seals(house.room)).isPositive();
            assertThatThrownBy(() -> Tables.run(house, "UPDATE journal SET milli = 0 WHERE room = :room"))
                    .hasMessageContaining("only added to");
        }
    }

    @Test
    void sums_are_those_known_at_the_moment() {
        try (var house = new TestHouse().furnished()) {
            var first = house.clock.instant();
            house.put(TestCity.rain(1, first, 2_000));
            house.turn();
            house.clock.forward(Duration.ofHours(2));
            house.put(TestCity.rain(1, first.plusSeconds(300), 3_000));
            house.put(TestCity.rain(1, house.clock.instant(), 5_000));
            house.turn();
            var journal = new JournalStore(house.db);
            assertThat(journal.sums(house.room, first.plusSeconds(600)))
                    .singleElement()
                    .satisfies(sums -> assertThat(sums.h24Milli()).isEqualTo(2_000));
            assertThat(journal.sums(house.room, house.clock.instant()))
                    .singleElement()
                    .satisfies(sums -> {
                        assertThat(sums.h1Milli()).isEqualTo(5_000);
                        assertThat(sums.h3Milli()).isEqualTo(10_000);
                        assertThat(sums.lastObservedAt()).isEqualTo(house.clock.instant());
                    });
            assertThat(journal.timeline(
                            house.room, first.minusSeconds(300), house.clock.instant(), Duration.ofMinutes(5)))
                    .extracting(step -> step.at() + " " + step.maxMilli())
                    .containsExactly(
                            first + " 2000", first.plusSeconds(300) + " 3000", house.clock.instant() + " 5000");
        }
    }

    @Test
    void an_erased_person_is_blank_everywhere_and_stays_so_after_a_rebuild() {
        try (var house = new TestHouse().furnished()) {
            var register = new RegisterStore(house.db);
            assertThat(register.names(house.room)).containsEntry("P0", "姓名P0");
            house.put(new Arrival.Act("officer", new Deed.ErasePerson("P0")));
            house.turn();
            assertThat(register.names(house.room)).doesNotContainKey("P0");
            Rebuild.run(house.db, house.room, TestCity.rules(), house.keys);
            assertThat(register.names(house.room)).doesNotContainKey("P0").containsKey("P1");
            assertThat(register.findPerson(house.room, "P0")
                            .orElseThrow()
                            .name()
                            .text())
                    .isEmpty();
            assertThat(
                            Tables.rows(
                                    house,
                                    "SELECT count(*) FROM arrival WHERE room = :room AND position(convert_to('姓名', 'UTF8') IN payload) > 0 AND kind <> 'Readings'"))
                    .containsExactly("0");
            var json = house.inbox.know(house.room, house.keys).json();
            var facts = new LedgerStore(house.db).list(house.room, 0, 1_000, 1_000, json);
            assertThat(facts).noneMatch(entry -> entry.fact().toString().contains("姓名P0"));
            assertThat(facts).anyMatch(entry -> entry.fact().toString().contains("姓名P1"));
        }
    }

    @Test
    void entries_about_somebody_are_found_by_the_database_as_by_reading_the_whole_ledger() {
        try (var house = new TestHouse().furnished()) {
            house.put(TestCity.signal("T0", SignalColor.RED));
            house.turn();
            var ledger = new LedgerStore(house.db);
            var few = Set.of("P0");
            var many = IntStream.range(0, 40).mapToObj(n -> "P0".repeat(n + 1)).collect(Collectors.toSet());
            var found = about(ledger, house.room, few);
            assertThat(found).hasSizeGreaterThan(2).isEqualTo(about(ledger, house.room, many));
            assertThat(about(ledger, house.room, Set.of("P")))
                    .as("a part of a name")
                    .isEmpty();
        }
    }

    private static List<String> about(LedgerStore ledger, String room, Set<String> who) {
        var lines = new ArrayList<String>();
        ledger.about(
                        room,
                        new byte[32],
                        new Mentions(Map.of("person", who, "to", who)),
                        ledger.head(room).count())
                .forEachRemaining(one -> lines.add(one.number() + " "
                        + HexFormat.of().formatHex(one.before()) + " "
                        + HexFormat.of().formatHex(one.hash()) + " "
                        + new String(one.entry(), StandardCharsets.UTF_8)));
        return lines;
    }

    @Test
    void a_fast_clock_is_waited_for_in_our_time() {
        assertThat(RoomLoop.pause(Duration.ofMillis(600), 1)).isEqualTo(Duration.ofMillis(600));
        assertThat(RoomLoop.pause(Duration.ofSeconds(6), 12)).isEqualTo(Duration.ofMillis(500));
        assertThat(RoomLoop.pause(Duration.ofMinutes(1), 12)).isEqualTo(Duration.ofSeconds(1));
        assertThat(RoomLoop.pause(Duration.between(TestHouse.START, Instant.MIN), 12))
                .isEqualTo(Duration.ofMillis(5));
    }

    @Test
    void what_the_inbox_refuses_is_rung_again() {
        try (var house = new TestHouse().furnished()) {
            house.put(TestCity.signal("T0", SignalColor.RED));
            house.turn();
            house.clock.forward(Duration.ofSeconds(125));
            for (int i = 0; i < 10_000; i++) {
                house.put(new Arrival.MinuteEnded());
            }
            house.loop.ring(house.clock.instant());
            assertThat(house.loop.nextRing().filter(next -> !next.isAfter(house.clock.instant())))
                    .isPresent();
            house.turn();
            house.loop.ring(house.clock.instant());
            house.turn();
            assertThat(Tables.rows(house, "SELECT count(*) FROM arrival WHERE room = :room AND kind = 'TimerDue'"))
                    .containsExactly("1");
            assertThat(Optional.of(house.loop.nextRing().orElseThrow().isAfter(house.clock.instant())))
                    .contains(true);
        }
    }
}
