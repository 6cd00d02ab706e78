package jiaoying.server.demo;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.room.View.AlertView;
import jiaoying.duty.room.View.SignalView;

/**
 * Threshold alerts for which the simulated office has not sent a signal yet (待发): after a restart it takes them up again. An alert
 * that nobody decided in time is among them, for the room went on without the office, but the office did not.
 */
final class OwedSignals {
    private OwedSignals() {}

    /** In the order in which they were raised; of a place only those after the last one that is done with. */
    static List<AlertView> of(Collection<AlertView> alerts, Collection<SignalView> signals) {
        var places = alerts.stream()
                .sorted(Comparator.comparing(AlertView::raisedAt).thenComparing(AlertView::alert))
                .collect(groupingBy(alert -> alert.hazard() + ' ' + alert.area(), TreeMap::new, toList()));
        return places.values().stream()
                .flatMap(place -> owed(place, signals).stream())
                .sorted(Comparator.comparing(AlertView::raisedAt).thenComparing(AlertView::alert))
                .toList();
    }

    private static List<AlertView> owed(List<AlertView> place, Collection<SignalView> signals) {
        var from = place.size();
        while (from > 0 && waits(place.get(from - 1), signals)) {
            from--;
        }
        return place.subList(from, place.size());
    }

    private static boolean waits(AlertView alert, Collection<SignalView> signals) {
        return alert.decision().isEmpty()
                || (alert.decision().equals("overdue")
                        && signals.stream().noneMatch(signal -> isFollowedBy(alert, signal)));
    }

    private static boolean isFollowedBy(AlertView alert, SignalView signal) {
        var there = signal.hazard().equals(alert.hazard()) && signal.area().equals(alert.area());
        var since = alert.color() == SignalColor.NONE
                ? signal.endedAt()
                        .filter(ended -> !ended.isBefore(alert.raisedAt()))
                        .isPresent()
                : signal.color() == alert.color() && !signal.issuedAt().isBefore(alert.raisedAt());
        return there && since;
    }
}
