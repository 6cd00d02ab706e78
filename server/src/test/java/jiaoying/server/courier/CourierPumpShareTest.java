package jiaoying.server.courier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.server.loop.Tables;
import jiaoying.server.loop.TestCity;
import jiaoying.server.loop.TestHouse;
import org.junit.jupiter.api.Test;

/** Two carriers of one channel: weights, silence, room, ranges of numbers. */
class CourierPumpShareTest {
    private static final int TOWNS = 40;

    /** A carrier with terms that tells only what the test tells for it. */
    private static final class Named extends FakeCarrier {
        private final Terms terms;
        Optional<String> trouble = Optional.empty();
        int canaries;
        boolean canaryFails;

        Named(String name, Terms terms) {
            super(false);
            super.name = name;
            this.terms = terms;
            window = 100;
        }

        @Override
        public Terms terms() {
            return terms;
        }

        @Override
        public boolean tellsReceipts() {
            return true;
        }

        @Override
        public Optional<String> trouble() {
            return trouble;
        }

        @Override
        public CompletableFuture<Boolean> canary() throws IOException {
            canaries++;
            if (canaryFails) {
                throw new IOException("no such number");
            }
            return CompletableFuture.completedFuture(true);
        }

        List<String> keys() {
            return parcels.stream().map(Parcel::key).toList();
        }
    }

    private static Named carrier(String name, int weight) {
        return new Named(name, new Terms(weight, Map.of(), ""));
    }

    /** A room that calls one person in each town. */
    private static TestHouse called() {
        var house = new TestHouse().furnished();
        house.put(TestCity.register(TOWNS, 0));
        for (var i = 0; i < TOWNS; i++) {
            house.put(TestCity.signal("T" + i, SignalColor.RED));
        }
        house.turn();
        return house;
    }

    private static CourierPump pump(TestHouse house, Carrier... carriers) {
        return new CourierPump(
                house.db, house.room, List.of(carriers), house.inbox, house.keys, house.clock, "http://here");
    }

    private static void run(TestHouse house, CourierPump pump) {
        do {
            house.turn();
            pump.wake();
        } while (pump.turn(house.clock.instant()) > 0);
        house.turn();
    }

    private static void after(TestHouse house, CourierPump pump, long seconds) {
        var end = house.clock.instant().plusSeconds(seconds);
        for (Instant now = house.clock.instant(); now.isBefore(end); now = house.clock.instant()) {
            house.clock.set(now.plusSeconds(1));
            run(house, pump);
        }
    }

    @Test
    void each_gets_its_part_and_every_errand_goes_once() {
        try (var house = called()) {
            var a = carrier("a", 3);
            var b = carrier("b", 1);
            run(house, pump(house, a, b));
            assertThat(a.parcels).hasSize(30);
            assertThat(b.parcels).hasSize(10);
            var all = new HashSet<>(a.keys());
            all.addAll(b.keys());
            assertThat(all).hasSize(TOWNS);
            assertThat(
                            Tables.rows(
                                    house,
                                    "SELECT state, carrier, count(*) FROM errand WHERE room = :room GROUP BY state, carrier ORDER BY 2"))
                    .containsExactly("SETTLED | a | 30", "SETTLED | b | 10");
        }
    }

    @Test
    void what_a_silent_carrier_swallowed_goes_the_other_way_with_the_same_key_and_it_gets_no_more() {
        try (var house = called()) {
            var a = carrier("a", 3);
            var b = carrier("b", 1);
            var pump = pump(house, a, b);
            run(house, pump);
            b.keys().forEach(key -> pump.told("b", key, true));
            after(house, pump, 99);
            assertThat(b.parcels).hasSize(10);
            after(house, pump, 1);
            run(house, pump);
            assertThat(pump.troubles()).containsOnlyKeys("a");
            assertThat(pump.states()).extracting(CarrierState::name).containsExactly("a", "b");
            assertThat(pump.states().getFirst().share()).isZero();
            assertThat(pump.states().getFirst().trouble())
                    .contains(new CarrierState.Trouble(
                            CarrierState.Trouble.Kind.SILENT, "", TestHouse.START.plusSeconds(100)));
            assertThat(pump.states().getLast().weight()).isEqualTo(1);
            assertThat(pump.states().getLast().receipts()).contains(new CarrierState.Receipts(10, 10));
            assertThat(pump.states().getLast().trouble()).isEmpty();
            assertThat(b.keys().subList(10, b.keys().size())).containsExactlyInAnyOrderElementsOf(a.keys());
            assertThat(a.parcels).as("nothing more went to it").hasSize(30);
            assertThat(
                            Tables.rows(
                                    house,
                                    "SELECT DISTINCT convert_from(entry, 'UTF8')::json #>> '{fact,report,detail}' FROM fact WHERE room ="
                                            + " :room AND convert_from(entry, 'UTF8')::json #>> '{fact,report,kind}' = 'AMBIGUOUS'"))
                    .containsExactly("the carrier told nothing of it");
        }
    }

    @Test
    void a_silent_carrier_is_not_tried_with_what_it_swallowed() {
        var lane = new Lane(carrier("a", 1), ready -> {
            throw new AssertionError("nothing is handed over here");
        });
        for (var n = 0; n < 5; n++) {
            lane.handed("k" + n, TestHouse.START);
        }
        assertThat(lane.overtaken(TestHouse.START.plusSeconds(100))).hasSize(5);

        assertThat(lane.probe("k0", TestHouse.START.plusSeconds(160))).isFalse();
        assertThat(lane.probe("k9", TestHouse.START.plusSeconds(160))).isTrue();
    }

    @Test
    void with_one_carrier_only_nothing_is_sent_again_into_the_silence() {
        try (var house = called()) {
            var a = carrier("a", 1);
            var pump = pump(house, a);
            run(house, pump);
            after(house, pump, 99);
            var before = a.parcels.size();
            pump.turn(house.clock.instant().plusSeconds(1));
            assertThat(a.parcels).hasSize(before);
            assertThat(Tables.rows(house, "SELECT key FROM errand WHERE room = :room AND state = 'AMBIGUOUS'"))
                    .isEmpty();
        }
    }

    @Test
    void who_is_full_or_in_trouble_lets_the_other_do_the_work() {
        try (var house = called()) {
            var a = carrier("a", 100);
            var b = carrier("b", 1);
            a.trouble = Optional.of("not connected");
            b.window = 3;
            var pump = pump(house, a, b);
            run(house, pump);
            assertThat(a.parcels).isEmpty();
            assertThat(b.parcels).hasSize(TOWNS);
            assertThat(pump.carries()).isTrue();
            b.trouble = Optional.of("not connected");
            assertThat(pump.carries()).isFalse();
            assertThat(pump.troubles()).containsOnlyKeys("a", "b");
        }
    }

    @Test
    void a_range_of_numbers_is_passed_over_while_it_is_full_and_loses_nothing() {
        try (var house = called()) {
            var a = new Named("a", new Terms(1, Map.of("text:P1", 2), ""));
            var pump = pump(house, a);
            house.turn();
            pump.turn(house.clock.instant());
            assertThat(a.parcels).hasSize(TOWNS - 9);
            assertThat(a.parcels)
                    .filteredOn(parcel -> parcel.address().startsWith("text:P1"))
                    .hasSize(2);
            after(house, pump, 10);
            assertThat(a.parcels)
                    .filteredOn(parcel -> parcel.address().startsWith("text:P1"))
                    .hasSize(11);
        }
    }

    @Test
    void the_canary_sings_once_a_minute_while_the_carrier_is_in_use() {
        try (var house = called()) {
            var a = new Named("a", new Terms(1, Map.of(), "13800000000"));
            var pump = pump(house, a);
            run(house, pump);
            assertThat(a.canaries).isOne();
            after(house, pump, 100);
            assertThat(a.canaries).isEqualTo(2);
        }
    }

    @Test
    void a_drained_carrier_whose_canary_cannot_be_sent_is_tried_with_the_least_urgent_call_and_comes_back_slowly() {
        var carrier = new Named("a", new Terms(1, Map.of(), "13800000000"));
        var lane = new Lane(carrier, ready -> {
            throw new AssertionError("nothing is handed over here");
        });
        for (var n = 0; n < 5; n++) {
            lane.handed("k" + n, TestHouse.START);
        }
        assertThat(lane.overtaken(TestHouse.START.plusSeconds(100))).hasSize(5);
        assertThat(lane.probe("k9", TestHouse.START.plusSeconds(160)))
                .as("that is for the canary to show")
                .isFalse();

        assertThat(lane.canaryDue(TestHouse.START.plusSeconds(160))).isTrue();
        lane.canaryFailed(TestHouse.START.plusSeconds(160));
        assertThat(lane.free()).isEqualTo(carrier.window);
        assertThat(lane.probe("k9", TestHouse.START.plusSeconds(161))).isTrue();
        lane.handed("k9", TestHouse.START.plusSeconds(161));
        lane.told("k9", true, TestHouse.START.plusSeconds(162));
        assertThat(lane.share(TestHouse.START.plusSeconds(162))).isEqualTo(0.1);
        assertThat(lane.share(TestHouse.START.plusSeconds(222))).isEqualTo(0.2);
    }

    @Test
    void a_canary_waits_until_there_is_room_for_it() {
        var carrier = new Named("a", new Terms(1, Map.of(), "13800000000"));
        carrier.window = 1;
        var lane = new Lane(carrier, ready -> {
            throw new AssertionError("nothing is handed over here");
        });
        lane.fill("k1", "", TestHouse.START);
        assertThat(lane.canaryDue(TestHouse.START)).isFalse();
        lane.empty("k1");
        assertThat(lane.canaryDue(TestHouse.START)).isTrue();
        assertThat(lane.free()).isZero();
        lane.canaryHanded("canary", TestHouse.START);
        assertThat(lane.free()).isOne();
    }

    @Test
    void a_canary_that_fails_lets_the_calls_find_out_whether_the_carrier_is_back() {
        try (var house = called()) {
            var a = new Named("a", new Terms(3, Map.of(), "13800000000"));
            a.canaryFails = true;
            var b = carrier("b", 1);
            var pump = pump(house, a, b);
            run(house, pump);
            b.keys().forEach(key -> pump.told("b", key, true));
            after(house, pump, 101);
            assertThat(pump.troubles()).containsOnlyKeys("a");
            assertThat(pump.states().getFirst().share()).isZero();
            house.put(TestCity.register(2 * TOWNS, 0));
            for (var i = TOWNS; i < 2 * TOWNS; i++) {
                house.put(TestCity.signal("T" + i, SignalColor.RED));
            }
            house.clock.set(house.clock.instant().plusSeconds(60));
            run(house, pump);
            assertThat(a.parcels).as("one more, to see").hasSize(31);
            pump.told("a", a.keys().getLast(), true);
            assertThat(pump.states().getFirst().share())
                    .as("a little, for most of the last it swallowed")
                    .isPositive()
                    .isLessThan(0.1);
        }
    }
}
