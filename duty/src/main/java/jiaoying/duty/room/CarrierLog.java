package jiaoying.duty.room;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import jiaoying.duty.errand.Channel;
import jiaoying.duty.room.RoomFact.CarrierChanged;
import jiaoying.duty.room.View.CarrierView;

/** Which carriers were ever out, since when, and since when they are back. */
final class CarrierLog {
    private final SortedMap<String, CarrierView> carriers = new TreeMap<>();
    private List<Channel> out = List.of();

    /** Whether this tells something new. Who was never out is well. */
    boolean isNews(String carrier, boolean well, List<Channel> outNow) {
        var known = find(carrier).map(CarrierView::well).orElse(true);
        return known != well || !out.equals(outNow) && !carriers.isEmpty();
    }

    void apply(Instant at, CarrierChanged changed) {
        var before = find(changed.carrier());
        var same = before.filter(row -> row.well() == changed.well());
        var failedAt = changed.well() || same.isPresent()
                ? before.map(CarrierView::failedAt).orElse(at)
                : at;
        var backAt = changed.well()
                ? same.flatMap(CarrierView::backAt).or(() -> Optional.of(at))
                : Optional.<Instant>empty();
        var channels =
                changed.channels().isEmpty() ? before.map(CarrierView::channels).orElse(List.of()) : changed.channels();
        out = changed.out();
        carriers.put(
                changed.carrier(),
                new CarrierView(changed.carrier(), channels, failedAt, backAt, changed.why(), out, at));
    }

    Optional<CarrierView> find(String carrier) {
        return Optional.ofNullable(carriers.get(carrier));
    }
}
