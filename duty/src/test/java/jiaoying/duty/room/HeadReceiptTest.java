package jiaoying.duty.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import jiaoying.duty.errand.CarrierEvent;
import jiaoying.duty.errand.CarrierEvent.Kind;
import jiaoying.duty.errand.Channel;
import jiaoying.duty.errand.Errand;
import jiaoying.duty.errand.Purpose;
import jiaoying.duty.ledger.Dated;
import jiaoying.duty.monitor.MonitorFact.ReadingsQuestioned;
import org.junit.jupiter.api.Test;

/** What a carrier says of the signed head that goes to outside recipients. */
class HeadReceiptTest {
    private static final Instant AT = Instant.parse("2026-06-01T00:00:00Z");
    private static final RoomFact SENT = new RoomFact.HeadSentOut(
            7,
            List.of(new Errand(
                    "anchor", Channel.MAIL, Purpose.ANCHOR, 80, AT, "", "", "outside", "Jiaoying r fact 7")));

    private final DutyRoom room = new DutyRoom(RoomScript.rules());

    private Step hear(DutyRoom room, Kind kind) {
        return room.take(
                2, AT, new Arrival.CarrierEvents(List.of(new CarrierEvent("mail", "e-" + kind, "anchor", kind, ""))));
    }

    @Test
    void its_arrival_is_nothing_to_look_into_also_after_a_restart() {
        room.apply(AT, SENT);
        var restarted = new DutyRoom(RoomScript.rules());
        restarted.restore(room.snapshot(AT), List.of(new Dated(AT, SENT)), new TreeMap<>());

        assertThat(hear(room, Kind.DELIVERED).facts()).isEmpty();
        assertThat(hear(restarted, Kind.DELIVERED).facts()).isEmpty();
    }

    @Test
    void a_head_that_did_not_arrive_is_to_be_looked_into() {
        room.apply(AT, SENT);
        assertThat(hear(room, Kind.UNDELIVERED).facts()).hasOnlyElementsOfType(ReadingsQuestioned.class);
        assertThat(hear(room, Kind.UNDELIVERED).facts()).hasSize(1);
    }
}
