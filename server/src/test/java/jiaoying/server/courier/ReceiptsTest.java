package jiaoying.server.courier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import jiaoying.duty.errand.CarrierEvent;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.room.Arrival;
import jiaoying.server.loop.Tables;
import jiaoying.server.loop.TestCity;
import jiaoying.server.loop.TestHouse;
import org.junit.jupiter.api.Test;

class ReceiptsTest {
    private static Arrival told(String key, String detail) {
        return new Arrival.CarrierEvents(
                List.of(new CarrierEvent("fake", "e1", key, CarrierEvent.Kind.UNDELIVERED, detail)));
    }

    @Test
    void what_a_carrier_tells_of_a_call_has_none_of_the_persons_contacts() {
        try (var house = new TestHouse().furnished()) {
            house.put(TestCity.signal("T0", SignalColor.RED));
            house.turn();
            var key = Tables.rows(house, "SELECT key FROM errand WHERE room = :room AND person = 'P0'")
                    .getFirst();
            var receipts = new Receipts(house.db, house.room);
            assertThat(receipts.fit(told(key, "TEXT:P0 is off, VOICE:p0 too"))).isEqualTo(told(key, "… is off, … too"));
            assertThat(receipts.fit(told("unknown", "text:P0 is off"))).isEqualTo(told("unknown", "text:P0 is off"));
            var signal = TestCity.signal("T1", SignalColor.RED);
            assertThat(receipts.fit(signal)).isSameAs(signal);
        }
    }
}
