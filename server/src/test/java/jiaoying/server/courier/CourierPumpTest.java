package jiaoying.server.courier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jiaoying.duty.errand.CarrierEvent;
import jiaoying.duty.errand.Channel;
import jiaoying.duty.errand.CourierReport;
import jiaoying.duty.errand.Purpose;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.room.Arrival;
import jiaoying.duty.room.Outcome;
import jiaoying.server.loop.Rebuild;
import jiaoying.server.loop.Tables;
import jiaoying.server.loop.TestCity;
import jiaoying.server.loop.TestHouse;
import jiaoying.server.store.ErrandStore;
import jiaoying.server.store.ErrandStore.Ended;
import jiaoying.server.store.ErrandStore.State;
import jiaoying.server.store.Inbox;
import jiaoying.server.store.LedgerStore;
import org.junit.jupiter.api.Test;

class CourierPumpTest {
    private static final Instant LEASE_END = TestHouse.START.plusSeconds(30);

    private static CourierPump pump(TestHouse house, FakeCarrier... carriers) {
        return new CourierPump(
                house.db, house.room, List.of(carriers), house.inbox, house.keys, house.clock, "http://here");
    }

    /** Pump and loop in turn until both have nothing to do. */
    private static void run(TestHouse house, CourierPump pump) {
        do {
            house.turn();
        } while (pump.turn(house.clock.instant()) > 0);
        house.turn();
    }

    private static TestHouse called(String... towns) {
        var house = new TestHouse().furnished();
        for (var town : towns) {
            house.put(TestCity.signal(town, SignalColor.RED));
        }
        house.turn();
        return house;
    }

    private static List<String> states(TestHouse house) {
        return Tables.rows(
                house, "SELECT person, channel, state FROM errand WHERE room = :room ORDER BY person, channel");
    }

    private static List<String> attempts(TestHouse house) {
        return Tables.rows(
                house,
                "SELECT convert_from(entry, 'UTF8')::json #>> '{fact,report,kind}', convert_from(entry, 'UTF8')::json #>>"
                        + " '{fact,report,detail}' FROM fact WHERE room = :room AND kind = 'AttemptReported' ORDER BY number");
    }

    @Test
    void a_ready_errand_is_handed_over_with_address_and_link_and_the_room_hears_of_it() {
        try (var house = called("T0")) {
            var carrier = new FakeCarrier(true);
            run(house, pump(house, carrier));
            assertThat(carrier.parcels).singleElement().satisfies(parcel -> {
                assertThat(parcel.address()).isEqualTo("text:P0");
                assertThat(parcel.purpose()).isEqualTo(Purpose.CALL);
                assertThat(parcel.message()).contains("http://here/a/" + house.keys.linkToken(parcel.key()));
            });
            assertThat(states(house)).containsExactly("P0 | text | SETTLED");
            assertThat(attempts(house)).containsExactly("SUBMITTED | ");
        }
    }

    @Test
    void a_room_that_has_nothing_ready_is_not_asked_again_before_something_is_due() {
        try (var house = called("T0")) {
            var pump = pump(house, new FakeCarrier(true));
            run(house, pump);
            assertThat(pump.nextTurn()).isEqualTo(Instant.MAX);
            pump.wake();
            assertThat(pump.nextTurn()).isEqualTo(Instant.MIN);
        }
    }

    @Test
    void what_a_carrier_turns_down_has_failed_with_its_reason() {
        try (var house = called("T0")) {
            var carrier = new FakeCarrier(true);
            carrier.answers = parcel -> FakeCarrier.Answer.TURNS_DOWN;
            run(house, pump(house, carrier));
            assertThat(attempts(house)).containsExactly("FAILED | number not in use");
        }
    }

    @Test
    void a_person_without_a_contact_and_a_channel_without_a_carrier_are_failures_that_are_told() {
        try (var house = called("T0")) {
            Tables.run(house, "DELETE FROM personal WHERE room = :room AND person = 'P0' AND field = 'contact/text'");
            var carrier = new FakeCarrier(true);
            run(house, pump(house, carrier));
            house.until(TestHouse.START.plusSeconds(130));
            run(house, pump(house, carrier));
            assertThat(carrier.parcels).isEmpty();
            assertThat(attempts(house)).containsExactly("FAILED | no contact", "FAILED | no carrier for voice");
        }
    }

    @Test
    void an_errand_withdrawn_after_it_was_taken_is_not_sent() {
        try (var house = called("T0", "T1")) {
            var carrier = new FakeCarrier(true);
            carrier.window = 1;
            carrier.meanwhile = () -> {
                house.put(TestCity.signal("T0", SignalColor.NONE));
                house.put(TestCity.signal("T1", SignalColor.NONE));
                house.turn();
            };
            run(house, pump(house, carrier));
            assertThat(carrier.parcels)
                    .extracting(Parcel::message)
                    .hasSize(2)
                    .satisfies(texts -> assertThat(texts.getLast())
                            .as("whom the first call reached all the same hears that it is over")
                            .contains("解除"));
            assertThat(states(house))
                    .filteredOn(row -> row.endsWith("WITHDRAWN"))
                    .isNotEmpty();
        }
    }

    @Test
    void looking_again_finds_what_was_withdrawn_between_taking_and_sending() {
        try (var house = called("T0")) {
            var errands = new ErrandStore(house.db, house.room);
            var taken = errands.take(Channel.TEXT, "fake", true, "me", house.clock.instant(), LEASE_END, 10);
            assertThat(errands.stillMine("me", taken)).hasSize(1);
            assertThat(errands.stillMine("you", taken)).isEmpty();
            house.put(TestCity.signal("T0", SignalColor.NONE));
            house.turn();
            assertThat(errands.stillMine("me", taken)).isEmpty();
        }
    }

    @Test
    void a_courier_that_lost_its_lease_changes_nothing_but_is_heard() {
        try (var house = called("T0")) {
            var errands = new ErrandStore(house.db, house.room);
            var slow = errands.take(Channel.TEXT, "fake", true, "slow", house.clock.instant(), LEASE_END, 10);
            house.clock.set(LEASE_END);
            house.inbox.put(house.room, errands.lapse(house.clock.instant(), 0));
            house.turn();
            var quick = errands.take(
                    Channel.TEXT, "fake", true, "quick", house.clock.instant(), LEASE_END.plusSeconds(30), 10);
            assertThat(quick).singleElement().satisfies(errand -> {
                assertThat(errand.key()).isEqualTo(slow.getFirst().key());
                assertThat(errand.fence()).isGreaterThan(slow.getFirst().fence());
            });
            var report = new CourierReport(slow.getFirst().key(), CourierReport.Kind.SUBMITTED, "fake", "late", "");
            var number =
                    house.inbox.put(house.room, errands.settle("slow", List.of(new Ended(slow.getFirst(), report))));
            house.inbox.flush();
            assertThat(number.join()).isPositive();
            assertThat(errands.count()).isEqualTo(Map.of(State.TAKEN, 1L));
        }
    }

    @Test
    void a_lease_that_ran_out_at_a_carrier_that_keeps_keys_is_taken_again_with_the_same_key() {
        try (var house = called("T0")) {
            var taken = new ErrandStore(house.db, house.room)
                    .take(Channel.TEXT, "fake", true, "dead", house.clock.instant(), LEASE_END, 10);
            var carrier = new FakeCarrier(true);
            var pump = pump(house, carrier);
            run(house, pump);
            assertThat(carrier.parcels).isEmpty();
            house.clock.set(LEASE_END);
            pump.wake();
            run(house, pump);
            pump.wake();
            run(house, pump);
            assertThat(carrier.parcels)
                    .extracting(Parcel::key)
                    .containsExactly(taken.getFirst().key());
        }
    }

    @Test
    void a_lease_that_ran_out_elsewhere_is_ambiguous_and_the_room_decides() {
        try (var house = called("T0")) {
            new ErrandStore(house.db, house.room)
                    .take(Channel.TEXT, "fake", false, "dead", house.clock.instant(), LEASE_END, 10);
            house.clock.set(LEASE_END);
            var carrier = new FakeCarrier(false);
            var pump = pump(house, carrier);
            pump.turn(house.clock.instant());
            house.inbox.flush();
            assertThat(Tables.rows(house, "SELECT state FROM errand WHERE room = :room"))
                    .containsExactly("AMBIGUOUS");
            run(house, pump);
            assertThat(attempts(house)).startsWith("AMBIGUOUS | the lease ran out");
        }
    }

    @Test
    void whoever_takes_the_room_over_ends_older_leases_at_once() {
        try (var house = called("T0", "T1")) {
            var errands = new ErrandStore(house.db, house.room);
            errands.take(Channel.TEXT, "keeps", true, "dead", house.clock.instant(), LEASE_END, 1);
            errands.take(Channel.TEXT, "forgets", false, "dead", house.clock.instant(), LEASE_END, 1);
            house.loop = house.openLoop();
            assertThat(errands.count()).isEqualTo(Map.of(State.READY, 1L, State.AMBIGUOUS, 1L));
            house.turn();
            assertThat(attempts(house)).containsExactly("AMBIGUOUS | the lease ran out");
        }
    }

    @Test
    void a_broken_line_is_tried_again_with_the_same_key_where_that_is_harmless() {
        try (var house = called("T0")) {
            var carrier = new FakeCarrier(true);
            carrier.answers =
                    parcel -> carrier.parcels.size() < 3 ? FakeCarrier.Answer.BREAKS : FakeCarrier.Answer.TAKES;
            var pump = pump(house, carrier);
            for (int i = 0; i < 20; i++) {
                run(house, pump);
                house.clock.forward(Duration.ofSeconds(1));
            }
            assertThat(carrier.parcels)
                    .hasSize(3)
                    .extracting(Parcel::key)
                    .containsOnly(carrier.parcels.getFirst().key());
            assertThat(attempts(house)).containsExactly("SUBMITTED | ");
        }
    }

    @Test
    void a_broken_line_is_ambiguous_where_the_carrier_keeps_no_key() {
        try (var house = called("T0")) {
            var carrier = new FakeCarrier(false);
            carrier.answers =
                    parcel -> carrier.parcels.size() < 2 ? FakeCarrier.Answer.BREAKS : FakeCarrier.Answer.TAKES;
            run(house, pump(house, carrier));
            assertThat(attempts(house)).startsWith("AMBIGUOUS | connection reset");
        }
    }

    @Test
    void what_was_not_taken_goes_again_some_times_and_then_fails_with_the_reason() {
        try (var house = called("T0")) {
            var carrier = new FakeCarrier(false);
            carrier.answers = parcel -> FakeCarrier.Answer.IS_BUSY;
            var pump = pump(house, carrier);
            for (int i = 0; i < 300; i++) {
                run(house, pump);
                house.clock.forward(Duration.ofSeconds(1));
            }
            assertThat(carrier.parcels)
                    .hasSize(8)
                    .extracting(Parcel::key)
                    .containsOnly(carrier.parcels.getFirst().key());
            assertThat(attempts(house)).containsExactly("FAILED | come back later");
        }
    }

    @Test
    void no_more_is_in_flight_than_the_window() {
        try (var house = called("T0", "T1", "T2")) {
            var carrier = new FakeCarrier(true);
            carrier.window = 2;
            var pump = pump(house, carrier);
            house.inbox.flush();
            assertThat(pump.turn(house.clock.instant())).isEqualTo(2);
            assertThat(pump.turn(house.clock.instant()))
                    .as("nothing is settled yet")
                    .isZero();
            run(house, pump);
            assertThat(carrier.parcels).hasSize(3);
        }
    }

    @Test
    void nothing_leaves_a_held_room_until_it_is_released() {
        try (var house = called("T0")) {
            house.put(new Arrival.Restored("backup"));
            house.turn();
            var carrier = new FakeCarrier(true);
            var pump = pump(house, carrier);
            run(house, pump);
            assertThat(carrier.parcels).isEmpty();
            house.put(new Arrival.Act("officer", new jiaoying.duty.room.Deed.ReleaseRoom()));
            house.turn();
            pump.wake();
            run(house, pump);
            assertThat(carrier.parcels).hasSize(1);
        }
    }

    @Test
    void a_demo_room_reaches_loopback_carriers_only() {
        try (var house = new TestHouse()) {
            var carrier = new FakeCarrier(true);
            carrier.loopback = false;
            assertThatThrownBy(() -> pump(house, carrier))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("demo room")
                    .hasMessageContaining("fake");
        }
    }

    @Test
    void a_demo_room_sends_no_mail_not_even_through_a_server_on_this_machine() {
        try (var house = new TestHouse();
                var mail = new MailCarrier(
                        new MailServer(
                                "127.0.0.1",
                                25,
                                MailServer.Security.NONE,
                                "duty@pinghu.example",
                                Optional.empty(),
                                1,
                                Duration.ofSeconds(1)),
                        house.clock)) {
            assertThatThrownBy(() -> new CourierPump(
                            house.db, house.room, List.of(mail), house.inbox, house.keys, house.clock, "http://here"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("demo room")
                    .hasMessageContaining("mail");
        }
    }

    @Test
    void a_room_names_the_channels_that_nobody_carries() {
        try (var house = new TestHouse()) {
            assertThat(pump(house, new FakeCarrier(true)).uncarried()).containsExactly(Channel.VOICE, Channel.MAIL);
            assertThat(pump(house).uncarried()).containsExactly(Channel.TEXT, Channel.VOICE, Channel.MAIL);
        }
    }

    @Test
    void the_head_of_a_day_that_is_over_is_signed_inside() {
        try (var house = new TestHouse().furnished()) {
            house.clock.set(Instant.parse("2026-06-01T16:00:00Z"));
            house.loop.ring(house.clock.instant());
            house.turn();
            var before = new LedgerStore(house.db).head(house.room);
            run(house, pump(house));
            assertThat(
                            Tables.rows(
                                    house,
                                    "SELECT convert_from(entry, 'UTF8')::json #>> '{fact,head}' FROM fact WHERE room = :room AND kind = 'HeadSigned'"))
                    .containsExactly(before.hash());
        }
    }

    @Test
    void a_rebuild_does_not_forget_what_is_on_its_way() {
        try (var house = called("T0")) {
            var errands = new ErrandStore(house.db, house.room);
            var taken = errands.take(Channel.TEXT, "fake", false, "me", house.clock.instant(), LEASE_END, 1);
            Rebuild.run(house.db, house.room, TestCity.rules(), house.keys);
            assertThat(errands.stillMine("me", taken)).hasSize(1);
        }
    }

    @Test
    void errands_that_went_out_are_rebuilt_as_they_were() {
        try (var house = called("T0", "T1", "T2")) {
            var pump = pump(house, new FakeCarrier(true));
            pump.turn(house.clock.instant());
            house.put(TestCity.signal("T1", SignalColor.NONE));
            run(house, pump);
            house.until(TestHouse.START.plusSeconds(130));
            run(house, pump);
            var query = "SELECT key, channel, person, message, state FROM errand WHERE room = :room ORDER BY key";
            var before = Tables.rows(house, query);
            Tables.run(house, "DELETE FROM errand WHERE room = :room");
            Rebuild.run(house.db, house.room, TestCity.rules(), house.keys);
            assertThat(Tables.rows(house, query)).isEqualTo(before);
        }
    }

    private static FakeCarrier named(String name) {
        var carrier = new FakeCarrier(true);
        carrier.name = name;
        return carrier;
    }

    @Test
    void what_a_carrier_may_have_goes_to_another_only_by_the_rooms_word() {
        try (var house = called("T0")) {
            var broken = named("broken");
            broken.answers = parcel -> FakeCarrier.Answer.BREAKS;
            var other = named("other");
            var pump = pump(house, broken, other);
            for (int i = 0; i < 60 && other.parcels.isEmpty(); i++) {
                run(house, pump);
                house.clock.forward(Duration.ofSeconds(1));
                pump.wake();
                if (!other.parcels.isEmpty()) {
                    assertThat(attempts(house)).startsWith("AMBIGUOUS | connection reset");
                }
            }
            assertThat(broken.parcels).hasSizeGreaterThan(1);
            assertThat(other.parcels).hasSize(1);
        }
    }

    @Test
    void a_lease_that_ran_out_at_a_carrier_that_keeps_keys_is_not_given_to_another() {
        try (var house = called("T0")) {
            new ErrandStore(house.db, house.room)
                    .take(Channel.TEXT, "one", true, "dead", house.clock.instant(), LEASE_END, 10);
            house.clock.set(LEASE_END);
            var other = named("other");
            other.answers = parcel -> FakeCarrier.Answer.TAKES;
            var one = named("one");
            one.window = 0;
            var pump = pump(house, other, one);
            run(house, pump);
            pump.wake();
            run(house, pump);
            assertThat(other.parcels).isEmpty();
            one.window = 1;
            var patient = pump(house, other, one);
            run(house, patient);
            assertThat(one.parcels).hasSize(1);
            assertThat(other.parcels).isEmpty();
            assertThat(attempts(house)).containsExactly("SUBMITTED | ");
        }
    }

    @Test
    void what_a_carrier_may_have_that_is_not_there_any_more_is_ambiguous() {
        try (var house = called("T0")) {
            new ErrandStore(house.db, house.room)
                    .take(Channel.TEXT, "gone", true, "dead", house.clock.instant(), LEASE_END, 10);
            house.loop = house.openLoop();
            var here = named("here");
            var pump = pump(house, here);
            run(house, pump);
            pump.wake();
            run(house, pump);
            assertThat(attempts(house)).startsWith("AMBIGUOUS | the carrier is not there any more");
            assertThat(here.parcels).hasSize(1);
        }
    }

    @Test
    void whoever_may_have_got_a_withdrawn_call_from_a_courier_that_died_hears_that_it_is_over() {
        try (var house = called("T0")) {
            new ErrandStore(house.db, house.room)
                    .take(Channel.TEXT, "fake", true, "dead", house.clock.instant(), LEASE_END, 10);
            house.put(TestCity.signal("T0", SignalColor.NONE));
            house.turn();
            house.clock.set(LEASE_END);
            var carrier = new FakeCarrier(true);
            var pump = pump(house, carrier);
            run(house, pump);
            pump.wake();
            run(house, pump);
            assertThat(carrier.parcels)
                    .singleElement()
                    .satisfies(parcel -> assertThat(parcel.message()).contains("解除"));
            assertThat(attempts(house)).startsWith("AMBIGUOUS | the lease ran out");
        }
    }

    @Test
    void whoever_may_have_got_a_call_that_waits_for_its_carrier_hears_that_it_is_over() {
        try (var house = called("T0")) {
            var carrier = new FakeCarrier(true);
            carrier.answers =
                    parcel -> carrier.parcels.size() == 1 ? FakeCarrier.Answer.BREAKS : FakeCarrier.Answer.TAKES;
            var pump = pump(house, carrier);
            run(house, pump);
            house.put(TestCity.signal("T0", SignalColor.NONE));
            house.turn();
            house.clock.forward(Duration.ofSeconds(5));
            for (int i = 0; i < 2; i++) {
                pump.wake();
                run(house, pump);
            }
            assertThat(carrier.parcels).hasSize(2);
            assertThat(carrier.parcels.getLast().message()).contains("解除");
        }
    }

    @Test
    void a_rebuild_does_not_forget_when_a_call_is_to_go_again_and_who_may_have_it() {
        try (var house = called("T0")) {
            var carrier = new FakeCarrier(true);
            carrier.answers = parcel -> FakeCarrier.Answer.BREAKS;
            run(house, pump(house, carrier));
            var query = "SELECT state, not_before, fence, may_have FROM errand WHERE room = :room";
            var before = Tables.rows(house, query);
            assertThat(before).singleElement().satisfies(row -> assertThat(row).endsWith("| 1 | fake"));
            Rebuild.run(house.db, house.room, TestCity.rules(), house.keys);
            assertThat(Tables.rows(house, query)).isEqualTo(before);
        }
    }

    @Test
    void a_rebuild_does_not_forget_that_a_courier_has_a_withdrawn_call() {
        try (var house = called("T0")) {
            new ErrandStore(house.db, house.room)
                    .take(Channel.TEXT, "fake", false, "dead", house.clock.instant(), LEASE_END, 10);
            house.put(TestCity.signal("T0", SignalColor.NONE));
            house.turn();
            var query = "SELECT state, owner, lease_until, fence FROM errand WHERE room = :room";
            var before = Tables.rows(house, query);
            assertThat(before).singleElement().satisfies(row -> assertThat(row).startsWith("WITHDRAWN | dead"));
            Rebuild.run(house.db, house.room, TestCity.rules(), house.keys);
            assertThat(Tables.rows(house, query)).isEqualTo(before);
        }
    }

    @Test
    void a_call_to_be_repeated_is_withdrawn_by_the_answer_also_when_a_receipt_came_between() {
        try (var house = called("T0", "T1")) {
            var taken = new ErrandStore(house.db, house.room)
                    .take(Channel.TEXT, "fake", false, "dead", house.clock.instant(), LEASE_END, 10);
            house.clock.set(LEASE_END);
            house.inbox.put(house.room, new ErrandStore(house.db, house.room).lapse(house.clock.instant(), 0));
            house.turn();
            assertThat(states(house)).containsOnly("P0 | text | READY", "P1 | text | READY");
            var key = taken.getFirst().key();
            for (var kind : List.of(CarrierEvent.Kind.DELIVERED, CarrierEvent.Kind.CONFIRMED)) {
                house.put(new Arrival.CarrierEvents(List.of(new CarrierEvent("fake", kind.name(), key, kind, ""))));
                house.turn();
            }
            var carrier = new FakeCarrier(false);
            run(house, pump(house, carrier));
            assertThat(carrier.parcels).extracting(Parcel::key).hasSize(1).doesNotContain(key);
        }
    }

    @Test
    void door_loop_and_courier_run_by_themselves_on_their_threads() throws Exception {
        try (var house = new TestHouse().furnished()) {
            var carrier = new FakeCarrier(true);
            var pump = pump(house, carrier);
            house.inbox.start();
            house.loop.start();
            pump.start();
            var number = house.put(TestCity.signal("T0", SignalColor.RED)).get();
            assertThat(house.loop.outcome(number, Duration.ofSeconds(30))).contains(new Outcome.Done());
            long reported = number + 1;
            assertThat(house.loop.outcome(reported, Duration.ofSeconds(60))).contains(new Outcome.Done());
            assertThat(attempts(house)).containsExactly("SUBMITTED | ");
            assertThat(house.loop.health().up()).isTrue();
            assertThat(pump.healthy()).isTrue();
            pump.close();
        }
    }

    @Test
    void a_replay_goes_on_by_itself_between_commits() {
        try (var house = new TestHouse(true).furnished()) {
            var carrier = new FakeCarrier(true);
            var pump = pump(house, carrier);
            house.put(TestCity.signal("T0", SignalColor.RED));
            while (house.loop.turn() > 0) {
                pump.wake();
            }
            pump.turn(house.clock.instant());
            assertThat(carrier.parcels).hasSize(1);
            house.turn();
            assertThat(attempts(house)).containsExactly("SUBMITTED | ");
        }
    }

    @Test
    void what_the_inbox_refuses_waits_a_second_and_nothing_is_lost() {
        try (var house = called("T0");
                var full = new Inbox(house.db, house.clock, 1)) {
            full.know(house.room, house.keys);
            var pump = new CourierPump(
                    house.db, house.room, List.of(new FakeCarrier(true)), full, house.keys, house.clock, "http://here");
            house.inbox.flush();
            full.put(house.room, Inbox.Together.NOTHING);
            pump.turn(house.clock.instant());
            var errands = new ErrandStore(house.db, house.room);
            assertThat(errands.count()).isEqualTo(Map.of(State.TAKEN, 1L));
            assertThat(pump.nextTurn()).isEqualTo(TestHouse.START.plusSeconds(1));
            assertThat(pump.healthy()).isFalse();
            full.flush();
            pump.turn(house.clock.instant());
            assertThat(full.flush()).as("not before the second is over").isZero();
            house.clock.forward(Duration.ofSeconds(1));
            pump.turn(house.clock.instant());
            assertThat(full.flush()).isOne();
            assertThat(errands.count()).isEqualTo(Map.of(State.SETTLED, 1L));
            assertThat(pump.healthy()).isTrue();
        }
    }

    @Test
    void leases_that_ran_out_while_the_inbox_is_full_are_looked_at_again_a_second_later() {
        try (var house = called("T0");
                var full = new Inbox(house.db, house.clock, 1)) {
            var errands = new ErrandStore(house.db, house.room);
            errands.take(Channel.TEXT, "fake", false, "dead", house.clock.instant(), LEASE_END, 10);
            house.clock.set(LEASE_END);
            full.know(house.room, house.keys);
            var pump = new CourierPump(house.db, house.room, List.of(), full, house.keys, house.clock, "http://here");
            full.put(house.room, Inbox.Together.NOTHING);
            pump.turn(house.clock.instant());
            full.flush();
            pump.wake();
            pump.turn(house.clock.instant());
            assertThat(full.flush()).as("not before the second is over").isZero();
            house.clock.forward(Duration.ofSeconds(1));
            pump.wake();
            pump.turn(house.clock.instant());
            full.flush();
            assertThat(errands.count()).isEqualTo(Map.of(State.AMBIGUOUS, 1L));
        }
    }

    @Test
    void an_errand_that_cannot_be_made_ready_fails_with_its_reason_and_frees_its_place() {
        try (var house = called("T0", "T1")) {
            var carrier = new FakeCarrier(true);
            carrier.window = 1;
            var links = new java.util.concurrent.atomic.AtomicInteger();
            var pump = new CourierPump(
                    house.db,
                    house.room,
                    List.of(carrier),
                    house.inbox,
                    key -> {
                        if (links.incrementAndGet() == 1) {
                            throw new IllegalStateException("no link for text:p0");
                        }
                        return "http://here";
                    },
                    house.keys::sign,
                    house.clock);
            house.inbox.flush();
            pump.turn(house.clock.instant());
            assertThat(pump.troubles()).containsOnlyKeys("fake");
            run(house, pump);
            assertThat(carrier.parcels).hasSize(1);
            assertThat(attempts(house))
                    .containsExactly("FAILED | java.lang.IllegalStateException: no link for …", "SUBMITTED | ");
            assertThat(pump.troubles()).isEmpty();
        }
    }

    @Test
    void a_head_that_cannot_be_signed_fails_with_its_reason_and_shows_as_trouble_inside() {
        try (var house = new TestHouse().furnished()) {
            house.clock.set(Instant.parse("2026-06-01T16:00:00Z"));
            house.loop.ring(house.clock.instant());
            house.turn();
            var pump = new CourierPump(
                    house.db,
                    house.room,
                    List.of(),
                    house.inbox,
                    key -> key,
                    statement -> {
                        throw new IllegalStateException("the key is gone");
                    },
                    house.clock);
            run(house, pump);
            assertThat(pump.troubles()).containsEntry("internal", "java.lang.IllegalStateException: the key is gone");
            assertThat(new ErrandStore(house.db, house.room).count()).isEqualTo(Map.of(State.SETTLED, 1L));
        }
    }

    @Test
    void a_finished_hand_over_makes_room_for_the_next_without_waiting_for_a_look() throws Exception {
        try (var house = new TestHouse().furnished()) {
            var carrier = new FakeCarrier(true);
            carrier.window = 1;
            var pump = pump(house, carrier);
            house.inbox.start();
            house.loop.start();
            for (var town : List.of("T0", "T1", "T2")) {
                var number = house.put(TestCity.signal(town, SignalColor.RED)).get();
                assertThat(house.loop.outcome(number, Duration.ofSeconds(30))).contains(new Outcome.Done());
            }
            pump.start(Duration.ofDays(1));
            long last =
                    new jiaoying.server.store.Rooms(house.db).get(house.room).lastNumber() + 3;
            assertThat(house.loop.outcome(last, Duration.ofSeconds(60))).contains(new Outcome.Done());
            assertThat(attempts(house)).containsExactly("SUBMITTED | ", "SUBMITTED | ", "SUBMITTED | ");
            pump.close();
        }
    }

    @Test
    void a_carriers_reason_enters_the_ledger_without_the_persons_contact() {
        try (var house = called("T0")) {
            var carrier = new FakeCarrier(true) {
                @Override
                public synchronized Submission submit(Parcel parcel) {
                    return new Submission.Turned("550 <TEXT:p0> unknown; Text:P0 does not exist");
                }
            };
            run(house, pump(house, carrier));
            assertThat(attempts(house)).containsExactly("FAILED | 550 <…> unknown; … does not exist");
        }
    }
}
