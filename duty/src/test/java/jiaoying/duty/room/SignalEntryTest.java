package jiaoying.duty.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jiaoying.duty.call.CallPlan;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.monitor.Quality;
import jiaoying.duty.monitor.RainCriteria;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.roster.RosterFact;
import jiaoying.duty.warn.WarnFact;
import org.junit.jupiter.api.Test;

/** What a signal that is entered or received may name. */
class SignalEntryTest {
    private static final Instant AT = Instant.parse("2026-06-01T00:00:00Z");

    private final DutyRoom room = new DutyRoom(rules());
    private long number;

    private static Rules rules() {
        var criteria = new RainCriteria(
                "test", "1", "rainstorm", List.of(), 1000, Duration.ofMinutes(30), 80, Duration.ofMinutes(60), "test");
        return new Rules(
                List.of(criteria),
                Quality.only(List.of(), Duration.ofMinutes(30)),
                new CallPlan("test", "1", Map.of(), Map.of(), "test"));
    }

    private Outcome take(Arrival arrival) {
        var step = room.take(++number, AT, arrival);
        step.facts().forEach(fact -> room.apply(AT, fact));
        return step.outcome();
    }

    private void set(Settings.Issuer issuer) {
        take(new Arrival.RoomSet(
                "test",
                new Settings(
                        "r", "平湖值守", issuer, true, false, Duration.ofMinutes(5), Optional.empty(), "Asia/Shanghai")));
        take(new Arrival.RegisterChanged(
                "test",
                List.<Fact>of(
                        new RosterFact.AreaRegistered("C", "平湖市", "Pinghu", "city", "", true),
                        new RosterFact.AreaRegistered("T", "乍浦镇", "Zhapu", "town", "C", true),
                        new RosterFact.AreaRegistered("X", "新埭镇", "Xindai", "town", "C", true))));
    }

    private Outcome enter(String hazard) {
        return take(new Arrival.Act("officer", new Deed.EnterSignal(hazard, "T", SignalColor.RED, "气象台电话", "")));
    }

    @Test
    void an_unknown_hazard_is_refused_with_the_allowed_one() {
        for (var issuer : Settings.Issuer.values()) {
            set(issuer);
            assertThat(enter("rainstrom")).isInstanceOfSatisfying(Outcome.Refused.class, no -> {
                assertThat(no.why()).isEqualTo(Refusal.HAZARD_WITHOUT_CRITERIA);
                assertThat(no.value()).isEqualTo("rainstrom");
                assertThat(no.allowed()).isEqualTo("rainstorm");
            });
        }
        assertThat(enter("rainstorm")).isEqualTo(new Outcome.Done());
    }

    @Test
    void a_signal_that_answers_the_alert_of_another_area_is_refused() {
        set(Settings.Issuer.HEADQUARTERS);
        room.apply(
                AT,
                new WarnFact.ThresholdAlertRaised(
                        "alert-X",
                        "rainstorm",
                        "X",
                        SignalColor.RED,
                        SignalColor.NONE,
                        "test 1",
                        false,
                        List.of(),
                        Optional.empty(),
                        "",
                        ""));
        assertThat(take(signal("T"))).isInstanceOfSatisfying(Outcome.Refused.class, no -> {
            assertThat(no.why()).isEqualTo(Refusal.ALERT_OF_ANOTHER_AREA);
            assertThat(no.value()).isEqualTo("alert-X");
            assertThat(no.allowed()).contains("T");
        });
        assertThat(take(signal("X"))).isEqualTo(new Outcome.Done());
    }

    private static Arrival signal(String area) {
        return new Arrival.SignalReceived("气象台", "office", "rainstorm", area, SignalColor.RED, "", "alert-X");
    }
}
