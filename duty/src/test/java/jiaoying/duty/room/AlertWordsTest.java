package jiaoying.duty.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jiaoying.duty.call.CallFact.CallOrderOpened;
import jiaoying.duty.call.CallFact.Messages;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.roster.RosterFact;
import jiaoying.duty.warn.WarnFact;
import org.junit.jupiter.api.Test;

/** An own finding is never called a warning signal, whoever hears of it. */
class AlertWordsTest {
    private static final Instant AT = Instant.parse("2026-06-01T00:00:00Z");

    private final DutyRoom room = new DutyRoom(RoomScript.rules());
    private long number;

    @Test
    void deputy_and_superior_hear_of_measured_rain_and_of_a_signal_in_different_words() {
        take(new Arrival.RoomSet(
                "test",
                new Settings(
                        "r",
                        "平湖值守",
                        Settings.Issuer.HEADQUARTERS,
                        true,
                        false,
                        Duration.ofMinutes(5),
                        Optional.empty(),
                        "Asia/Shanghai")));
        take(new Arrival.RegisterChanged(
                "test",
                List.<Fact>of(
                        new RosterFact.AreaRegistered("C", "平湖市", "Pinghu", "city", "", true),
                        new RosterFact.AreaRegistered("T", "乍浦镇", "Zhapu", "town", "C", true))));
        room.apply(
                AT,
                new WarnFact.ThresholdAlertRaised(
                        "alert",
                        "rainstorm",
                        "T",
                        SignalColor.ORANGE,
                        SignalColor.NONE,
                        "test 1",
                        false,
                        List.of(),
                        Optional.empty(),
                        "",
                        ""));

        var byAlert = opened(new Deed.DecideAlert("alert", "call-order", ""));
        assertThat(byAlert.deputy()).isEqualTo("实况请接手{items} {link}");
        assertThat(byAlert.superior()).isEqualTo("实况请派人{items} {link}");

        var bySignal = opened(new Deed.EnterSignal("rainstorm", "T", SignalColor.RED, "气象台电话", ""));
        assertThat(bySignal.deputy()).isEqualTo("请接手{items} {link}");
        assertThat(bySignal.superior()).isEqualTo("请派人{items} {link}");
    }

    private Messages opened(Deed deed) {
        return take(new Arrival.Act("officer", deed)).stream()
                .filter(CallOrderOpened.class::isInstance)
                .map(CallOrderOpened.class::cast)
                .findFirst()
                .orElseThrow()
                .messages();
    }

    private List<Fact> take(Arrival arrival) {
        var facts = room.take(++number, AT, arrival).facts();
        facts.forEach(fact -> room.apply(AT, fact));
        return facts;
    }
}
