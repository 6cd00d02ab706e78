package jiaoying.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jiaoying.duty.measure.Quantity;
import jiaoying.duty.measure.Reading;
import jiaoying.duty.room.Arrival;
import jiaoying.server.loop.TestHouse;
import jiaoying.server.store.StationStore.Picture;
import jiaoying.server.store.StationStore.Wish;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Wishes and pictures of stations, in PostgreSQL. */
class StationStoreTest {
    private static final LocalDateTime NINE = LocalDateTime.of(2026, 7, 1, 9, 0);

    private final TestHouse house = new TestHouse().furnished();
    private final StationStore store = new StationStore(house.db, house.room);

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void wishes_are_kept_once_and_dropped() {
        var clock = new Wish("0010100001", "CLOCK", "S0", NINE, NINE, "officer");
        var gap = new Wish("0010100001", "RAIN", "S0", NINE.minusHours(2), NINE, "");
        store.keep(clock);
        store.keep(gap);
        store.keep(gap);
        assertThat(new StationStore(house.db, house.room).wishes()).containsExactly(gap, clock);
        assertThat(new StationStore(house.db, "another").wishes()).isEmpty();
        store.drop(gap);
        assertThat(store.wishes()).containsExactly(clock);
    }

    @Test
    void the_newest_pictures_of_a_station_are_kept() {
        for (var i = 0; i <= StationStore.PICTURES_MOST; i++) {
            var picture =
                    new Picture("S0", "sha-%03d".formatted(i), Optional.of(NINE), TestHouse.START.plusSeconds(i), 3);
            store.keep(picture, new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) i});
            store.keep(picture, new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) i});
        }
        store.keep(new Picture("S1", "sha-000", Optional.empty(), TestHouse.START, 1), new byte[] {9});
        assertThat(store.pictures("S0"))
                .hasSize(StationStore.PICTURES_MOST)
                .first()
                .isEqualTo(new Picture("S0", "sha-200", Optional.of(NINE), TestHouse.START.plusSeconds(200), 3));
        assertThat(store.pictures("S1")).extracting(Picture::observedAt).containsExactly(Optional.empty());
        assertThat(store.findPicture("sha-001").orElseThrow()).endsWith(1);
        assertThat(store.findPicture("sha-999")).isEmpty();
    }

    @Test
    void the_journal_says_when_each_station_was_last_observed() {
        house.clock.forward(Duration.ofMinutes(10));
        house.put(new Arrival.Readings(
                "gauges", List.of(reading("S0", 5), reading("S0", 0), reading("S1", 5)), List.of()));
        house.turn();
        assertThat(store.lastObserved(at(10))).isEqualTo(Map.of("S0", at(5), "S1", at(5)));
        assertThat(store.lastObserved(at(10).plus(Duration.ofDays(3)))).isEmpty();
    }

    private static Instant at(int minute) {
        return TestHouse.START.plus(Duration.ofMinutes(minute));
    }

    private static Reading reading(String station, int minute) {
        return new Reading(station, Quantity.RAIN, 500, at(minute), false);
    }
}
