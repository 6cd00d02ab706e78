package jiaoying.server.main;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import jiaoying.duty.errand.Channel;
import jiaoying.server.courier.CarrierState;
import jiaoying.server.courier.CarrierState.Trouble;
import jiaoying.server.courier.OwnTrouble;
import jiaoying.server.door.CarriersController.Canary;
import jiaoying.server.door.CarriersController.Queue;
import jiaoying.server.door.CarriersController.Receipts;
import jiaoying.server.door.CarriersController.Row;

/** What the page of doors says of carriers. */
final class CarrierRows {
    private CarrierRows() {}

    static List<Row> of(List<CarrierState> states, Map<Channel, Integer> queues) {
        return states.stream().map(one -> row(one, queues)).toList();
    }

    private static Row row(CarrierState one, Map<Channel, Integer> queues) {
        var share = (int) Math.round(100 * one.share());
        return new Row(
                one.name(),
                one.channels().stream()
                        .map(channel -> new Queue(channel.word(), queues.getOrDefault(channel, 0)))
                        .toList(),
                one.weight(),
                share,
                one.trouble()
                        .map(trouble -> trouble.kind().name().toLowerCase(Locale.ROOT))
                        .orElse(share < 100 ? "returning" : "well"),
                one.trouble()
                        .filter(trouble -> trouble.kind() == Trouble.Kind.OWN)
                        .map(trouble -> OwnTrouble.of(trouble.why()).word())
                        .orElse(""),
                one.trouble().map(Trouble::why).orElse(""),
                one.trouble().map(Trouble::since).orElse(null),
                one.inHand(),
                one.window(),
                one.untold(),
                one.receipts()
                        .map(told -> new Receipts(told.arrived(), told.of()))
                        .orElse(null),
                one.canary()
                        .map(canary -> new Canary(
                                canary.triedAt().orElse(null), canary.toldAt().orElse(null)))
                        .orElse(null));
    }
}
