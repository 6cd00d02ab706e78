package jiaoying.server.page;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jiaoying.duty.room.View.AlertView;
import jiaoying.duty.room.View.AreaView;
import jiaoying.duty.room.View.CalleeView;
import jiaoying.duty.room.View.CarrierView;
import jiaoying.duty.room.View.DisputeView;
import jiaoying.duty.room.View.FindingView;
import jiaoying.duty.room.View.NoteView;
import jiaoying.duty.room.View.OrderView;
import jiaoying.duty.room.View.RoomView;
import jiaoying.duty.room.View.ShiftView;
import jiaoying.duty.room.View.SignalView;
import jiaoying.duty.room.View.StationView;
import jiaoying.duty.room.ViewKey;
import jiaoying.duty.station.StationFact.StationRegistered;
import jiaoying.server.security.Scope;

/**
 * The rows of the projections at one instant that one account may see: every page reads through it, so that the areas of an
 * account narrow all of them alike; beside its areas an account has what its person's body has to do.
 */
record Board(Reads reads, CityRegister register, Scope scope, String person, Instant at, long fact) {
    /** @param person of the register for whom the account acts; empty for none */
    static Board at(Reads reads, Scope scope, String person, Instant at) {
        return new Board(
                reads, reads.register().get(), scope, person, at, reads.factAt().applyAsLong(at));
    }

    /**
     * Signals in force, and those that ended after a moment: of the part of the room, or those that cover it from above, for a
     * signal over the town holds in its villages.
     */
    Stream<SignalView> signalsSince(Instant moment) {
        return reads.recent(SignalView.class, "signal", moment, fact).stream()
                .filter(signal -> scope.covers(signal.area()) || scope.liesIn(signal.area()));
    }

    /** The text of a signal as it was last corrected. */
    Optional<String> signalText(String signal) {
        return reads.find()
                .find(new ViewKey("signal", signal), fact)
                .map(SignalView.class::cast)
                .map(SignalView::text);
    }

    /** Open alerts, and those that were decided after a moment. */
    Stream<AlertView> alertsSince(Instant moment) {
        return reads.recent(AlertView.class, "alert", moment, fact).stream()
                .filter(alert -> scope.covers(alert.area()));
    }

    /** A call order with those of its callees who are called for something in the part of the room. */
    record Called(OrderView order, List<CalleeView> callees) {
        boolean open() {
            return order.closedAt().isEmpty();
        }
    }

    /** Orders of the part of the room, and those that call somebody for it, that were not closed before a moment. */
    List<Called> ordersSince(Instant moment) {
        return reads.recent(OrderView.class, "order", moment, fact).stream()
                .filter(order -> order.closedAt().map(moment::isBefore).orElse(true))
                .map(order -> new Called(order, callees(order.order())))
                .filter(called ->
                        scope.covers(called.order().area()) || !called.callees().isEmpty())
                .toList();
    }

    /** Orders without their callees, which is cheap; only where the whole room is seen, for a confined account counts its callees. */
    List<Called> ordersAlone(Instant moment) {
        return scope.whole()
                ? ordersShown(moment).stream()
                        .map(order -> new Called(order, List.of()))
                        .toList()
                : ordersSince(moment);
    }

    /** The same without their callees; a confined account sees the orders of its own part and of those that cover it. */
    List<OrderView> ordersShown(Instant moment) {
        return reads.recent(OrderView.class, "order", moment, fact).stream()
                .filter(order -> order.closedAt().map(moment::isBefore).orElse(true))
                .filter(order -> scope.covers(order.area()) || scope.liesIn(order.area()))
                .toList();
    }

    private List<CalleeView> callees(String order) {
        return reads.calleesOf(order, fact).stream().filter(this::sees).toList();
    }

    Optional<CalleeView> callee(String order, String person) {
        return reads.callee(order, person, fact).filter(this::sees);
    }

    boolean sees(CalleeView callee) {
        return scope.covers(callee.area()) || callee.items().stream().anyMatch(item -> scope.covers(item.area()));
    }

    Stream<AreaView> areas() {
        return reads.list(AreaView.class, "area", fact).stream().filter(area -> scope.covers(area.area()));
    }

    /** Stations outside every area are drawn for accounts that see the whole room. */
    List<StationRegistered> stations() {
        return register.stations().values().stream()
                .filter(station -> scope.covers(station.area()))
                .toList();
    }

    Map<String, StationView> silentStations() {
        return reads.list(StationView.class, "station", fact).stream()
                .filter(StationView::silent)
                .collect(Collectors.toMap(StationView::station, row -> row));
    }

    Optional<ShiftView> shift() {
        return reads.list(ShiftView.class, "shift", fact).stream().findFirst();
    }

    /** The duty log belongs to the whole room. */
    List<NoteView> notesSince(Instant moment) {
        return scope.whole() ? reads.recent(NoteView.class, "note", moment, fact) : List.of();
    }

    /** Findings after a moment; they belong to the whole room. */
    Stream<FindingView> findingsSince(Instant moment) {
        return scope.whole()
                ? reads.recent(FindingView.class, "finding", moment, fact).stream()
                        .filter(row -> row.at().isAfter(moment))
                : Stream.empty();
    }

    /** Contacts in dispute whose rows in the register have not been corrected yet. */
    Stream<DisputeView> disputes() {
        return scope.whole()
                ? reads.recent(DisputeView.class, "dispute", at, fact).stream()
                        .filter(row -> row.settledAt().isEmpty())
                : Stream.empty();
    }

    /** Carriers that were out at least once. */
    List<CarrierView> carriers() {
        return reads.list(CarrierView.class, "carrier", fact);
    }

    Optional<RoomView> room() {
        return reads.list(RoomView.class, "room", fact).stream().findFirst();
    }
}
