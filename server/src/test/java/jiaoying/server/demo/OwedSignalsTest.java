package jiaoying.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.room.View.AlertView;
import jiaoying.duty.room.View.SignalView;
import org.junit.jupiter.api.Test;

class OwedSignalsTest {
    private static final Instant RAISED = Instant.parse("2017-08-27T02:47:00Z");

    @Test
    void an_alert_that_nobody_decided_in_time_is_still_owed_a_signal() {
        assertThat(owed(List.of(alert("T1", SignalColor.ORANGE, 0, "overdue")), List.of()))
                .containsExactly("T1");
    }

    @Test
    void with_its_signal_it_is_not() {
        var alerts = List.of(alert("T1", SignalColor.ORANGE, 0, "overdue"));
        assertThat(owed(alerts, List.of(signal(SignalColor.ORANGE, 130, Optional.empty()))))
                .isEmpty();
        assertThat(owed(alerts, List.of(signal(SignalColor.YELLOW, 130, Optional.empty()))))
                .as("the late signal of the level before")
                .containsExactly("T1");
        assertThat(owed(alerts, List.of(signal(SignalColor.ORANGE, -900, Optional.of(-60L)))))
                .as("a signal of the last storm")
                .containsExactly("T1");
    }

    @Test
    void those_of_a_place_are_owed_in_their_order_and_not_before_one_that_is_done_with() {
        var alerts = List.of(
                alert("T10", SignalColor.RED, 300, ""),
                alert("T9", SignalColor.ORANGE, 200, "overdue"),
                alert("T8", SignalColor.YELLOW, 100, "dismissed"),
                alert("T7", SignalColor.ORANGE, 0, "overdue"));
        assertThat(owed(alerts, List.of())).containsExactly("T9", "T10");
    }

    @Test
    void a_level_that_is_gone_is_owed_until_what_was_in_force_has_ended() {
        var gone = List.of(alert("T1", SignalColor.NONE, 0, "overdue"));
        assertThat(owed(gone, List.of(signal(SignalColor.ORANGE, -900, Optional.empty()))))
                .containsExactly("T1");
        assertThat(owed(gone, List.of(signal(SignalColor.ORANGE, -900, Optional.of(120L)))))
                .isEmpty();
    }

    private static List<String> owed(List<AlertView> alerts, List<SignalView> signals) {
        return OwedSignals.of(alerts, signals).stream().map(AlertView::alert).toList();
    }

    private static AlertView alert(String id, SignalColor color, long afterS, String decision) {
        return new AlertView(
                id,
                "rainstorm",
                "330482001",
                color,
                SignalColor.NONE,
                RAISED.plusSeconds(afterS),
                Optional.of(RAISED.plusSeconds(afterS).plus(Duration.ofMinutes(5))),
                decision,
                "",
                Optional.empty(),
                "test 1",
                false,
                List.of(),
                "",
                "");
    }

    private static SignalView signal(SignalColor color, long afterS, Optional<Long> endedS) {
        return new SignalView(
                "S1",
                "rainstorm",
                "330482001",
                color,
                "new",
                "office",
                "office",
                "",
                Optional.empty(),
                RAISED.plusSeconds(afterS),
                endedS.map(RAISED::plusSeconds),
                endedS.isPresent() ? "lifted" : "",
                List.of());
    }
}
