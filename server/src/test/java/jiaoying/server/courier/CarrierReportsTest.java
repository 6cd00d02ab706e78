package jiaoying.server.courier;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import jiaoying.duty.errand.Channel;
import jiaoying.duty.room.Arrival;
import org.junit.jupiter.api.Test;

/** What the room is told about its carriers: what lasts, once, and again when it could not be put down. */
class CarrierReportsTest {
    private static final Instant START = Instant.parse("2026-07-01T00:00:00Z");
    private static final List<Channel> TEXT = List.of(Channel.TEXT);
    private static final Map<String, String> OUT = Map.of("fake", "cannot be reached");

    private final Carrier carrier = new FakeCarrier(true);
    private final List<Arrival> told = new ArrayList<>();
    private CompletableFuture<Long> put = CompletableFuture.completedFuture(1L);
    private CarrierReports reports = after(Set.of());

    private CarrierReports after(Set<String> outInLedger) {
        return new CarrierReports(() -> outInLedger, change -> {
            told.add(change);
            return put;
        });
    }

    private void look(int second, Map<String, String> troubles) {
        reports.look(
                START.plusSeconds(second), List.of(carrier), troubles, () -> troubles.isEmpty() ? List.of() : TEXT);
    }

    private static Arrival out() {
        return new Arrival.CarrierChanged("fake", TEXT, false, "cannot be reached", TEXT);
    }

    private static Arrival back() {
        return new Arrival.CarrierChanged("fake", TEXT, true, "", List.of());
    }

    @Test
    void a_line_that_blinks_is_no_matter_for_the_ledger() {
        look(0, OUT);
        look(9, OUT);
        look(10, Map.of());
        look(12, OUT);
        look(21, OUT);
        assertThat(told).isEmpty();
    }

    @Test
    void what_lasts_is_told_once_and_so_is_the_return() {
        look(0, OUT);
        look(10, OUT);
        look(11, OUT);
        assertThat(told).containsExactly(out());
        look(40, Map.of());
        look(42, Map.of());
        assertThat(told).hasSize(1);
        look(43, Map.of());
        look(60, Map.of());
        assertThat(told).containsExactly(out(), back());
    }

    @Test
    void what_could_not_be_put_down_is_told_again() {
        put = CompletableFuture.failedFuture(new IllegalStateException("the database is away"));
        look(0, OUT);
        look(10, OUT);
        put = CompletableFuture.completedFuture(1L);
        look(11, OUT);
        look(12, OUT);
        look(13, OUT);
        assertThat(told).containsExactly(out(), out());
    }

    @Test
    void after_a_restart_a_carrier_that_was_out_is_told_to_be_back() {
        reports = after(Set.of("fake"));
        look(0, Map.of());
        look(3, Map.of());
        assertThat(told).containsExactly(back());
    }

    @Test
    void a_carrier_that_was_out_and_is_used_no_longer_is_told_once() {
        reports = after(Set.of("fake", "gone"));
        look(0, OUT);
        look(1, OUT);
        look(20, OUT);
        assertThat(told)
                .containsExactly(
                        new Arrival.CarrierChanged("gone", List.of(), true, Arrival.CarrierChanged.REMOVED, TEXT));
    }
}
