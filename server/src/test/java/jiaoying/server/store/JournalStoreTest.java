package jiaoying.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jiaoying.duty.measure.Quantity;
import jiaoying.duty.measure.Reading;
import jiaoying.duty.room.Arrival;
import jiaoying.duty.room.Deed;
import jiaoying.server.loop.TestHouse;
import jiaoying.server.store.JournalStore.Place;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Readings as SensorThings asks for them, in PostgreSQL. */
class JournalStoreTest {
    private static final Instant T = TestHouse.START;
    private static final Instant LAST = T.plus(Duration.ofHours(1));
    private static final Set<String> BOTH = Set.of("S0:rain", "S1:rain");

    private final TestHouse house = new TestHouse().furnished();
    private final JournalStore store = new JournalStore(house.db);

    @AfterEach
    void close() {
        house.close();
    }

    private void rain(Reading... readings) {
        house.put(new Arrival.Readings("gauges", List.of(readings), List.of()));
        house.turn();
    }

    private static Reading of(String station, int minute, long milli) {
        return new Reading(station, Quantity.RAIN, milli, T.plus(Duration.ofMinutes(minute)), false);
    }

    private List<Long> values(Set<String> streams, Instant from, Instant to, boolean forward, int most) {
        return store.list(house.room, streams, from, to, forward, Optional.empty(), most).stream()
                .map(row -> row.reading().milli())
                .toList();
    }

    /** Reads to the end, two rows at a time. */
    private List<Long> inTwos(boolean forward) {
        var all = new ArrayList<Long>();
        var after = Optional.<Place>empty();
        while (true) {
            var some = store.list(house.room, BOTH, T.minus(Duration.ofDays(9)), LAST, forward, after, 2);
            some.forEach(row -> all.add(row.reading().milli()));
            if (some.size() < 2) {
                return all;
            }
            var last = some.getLast();
            after = Optional.of(new Place(last.reading().observedAt(), last.arrival(), last.row()));
        }
    }

    @Test
    void readings_come_in_the_order_of_observation_and_are_read_on_behind_a_place() {
        house.clock.forward(Duration.ofMinutes(10));
        rain(of("S0", 5, 50), of("S1", 5, 51), of("S2", 5, 52));
        rain(of("S0", 0, 10), of("S1", 10, 101));
        assertThat(values(BOTH, T, LAST, true, 9)).containsExactly(10L, 50L, 51L, 101L);
        assertThat(values(BOTH, T, LAST, false, 9)).containsExactly(101L, 51L, 50L, 10L);
        assertThat(values(BOTH, T, LAST, true, 2)).containsExactly(10L, 50L);
        assertThat(values(Set.of("S1:rain"), T, LAST, true, 9)).containsExactly(51L, 101L);
        assertThat(values(Set.of("S0:level"), T, LAST, true, 9)).isEmpty();
        var five = T.plus(Duration.ofMinutes(5));
        assertThat(values(BOTH, five, five, true, 9))
                .as("both bounds belong to it")
                .containsExactly(50L, 51L);
        assertThat(inTwos(true)).containsExactly(10L, 50L, 51L, 101L);
        assertThat(inTwos(false)).containsExactly(101L, 51L, 50L, 10L);
        assertThat(store.count(house.room, BOTH, T, five)).isEqualTo(3);
        assertThat(store.count("elsewhere", BOTH, T, LAST)).isZero();
    }

    @Test
    void the_sums_count_what_an_officer_accepted_and_of_two_values_for_a_moment_the_larger() {
        house.clock.forward(Duration.ofMinutes(10));
        rain(of("S0", 5, 1_000), of("S1", 5, 70_000));
        rain(of("S0", 5, 3_000), of("S0", 10, 500));
        var before = house.clock.instant();
        assertThat(sums(before)).containsExactly("S0 3500");
        house.clock.forward(Duration.ofMinutes(1));
        house.put(new Arrival.Act("officer", new Deed.AcceptReading("S1", T.plus(Duration.ofMinutes(5)), "电话核实")));
        house.turn();
        assertThat(sums(house.clock.instant())).containsExactly("S0 3500", "S1 70000");
        assertThat(sums(before)).as("not known then").containsExactly("S0 3500");
        assertThat(store.timeline(house.room, T, house.clock.instant(), Duration.ofMinutes(5)))
                .extracting(RainStep::maxMilli)
                .containsExactly(70_000L, 500L);
    }

    private List<String> sums(Instant at) {
        return store.sums(house.room, at).stream()
                .map(row -> row.station() + " " + row.h24Milli())
                .toList();
    }

    @Test
    void a_reading_is_found_by_its_place_and_a_stream_by_what_it_sent() {
        house.clock.forward(Duration.ofMinutes(10));
        rain(of("S0", 5, 50), of("S1", 0, 1));
        var row = store.list(house.room, BOTH, T, LAST, false, Optional.empty(), 1)
                .getFirst();
        assertThat(store.find(house.room, row.arrival(), row.row())).contains(row);
        assertThat(row.reading()).isEqualTo(of("S0", 5, 50));
        assertThat(row.recordedAt()).isEqualTo(house.clock.instant());
        assertThat(store.find(house.room, row.arrival(), 99)).isEmpty();
        assertThat(store.find("elsewhere", row.arrival(), row.row())).isEmpty();
        assertThat(store.heard(house.room, T)).containsExactly("S0:rain");
    }

    @Test
    void the_span_holds_everything_and_begins_at_most_a_day_early() {
        assertThat(store.span(house.room)).isEmpty();
        rain(of("S0", 0, 1));
        rain(of("S1", 1, 1));
        assertThat(store.span(house.room).orElseThrow().first()).isBetween(T.minus(Duration.ofDays(1)), T);
        assertThat(store.span(house.room).orElseThrow().last()).isAfterOrEqualTo(T.plus(Duration.ofMinutes(1)));
        var old = T.minus(Duration.ofDays(1_000)).minusSeconds(7);
        rain(new Reading("S0", Quantity.RAIN, 1, old, false));
        assertThat(store.span(house.room).orElseThrow().first()).isBetween(old.minus(Duration.ofDays(1)), old);
        assertThat(store.span("elsewhere")).isEmpty();
    }
}
