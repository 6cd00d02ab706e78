package jiaoying.server.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SteadyClockTest {
    private static final Instant START = Instant.parse("2026-06-01T00:00:00Z");

    private Instant machine = START;
    private long nanos = -5;
    private final SteadyClock clock = new SteadyClock(() -> machine, () -> nanos);

    private Instant pass(Duration onTheMachine, Duration inTruth) {
        machine = machine.plus(onTheMachine);
        nanos += inTruth.toNanos();
        return clock.instant();
    }

    private Instant pass(Duration both) {
        return pass(both, both);
    }

    @Test
    void it_shows_what_the_machine_shows_and_follows_it_forward() {
        assertThat(clock.instant()).isEqualTo(START);
        assertThat(pass(Duration.ofSeconds(7))).isEqualTo(START.plusSeconds(7));
        assertThat(pass(Duration.ofHours(1), Duration.ofSeconds(1))).isEqualTo(START.plusSeconds(3607));
        assertThat(clock.ahead()).isZero();
    }

    @Test
    void a_machine_set_back_by_ten_minutes_holds_up_nothing() {
        pass(Duration.ofSeconds(-600), Duration.ZERO);
        assertThat(clock.instant()).isEqualTo(START);
        assertThat(clock.ahead()).isEqualTo(Duration.ofMinutes(10));
        assertThat(pass(Duration.ofSeconds(30)))
                .as("half a minute of a ladder is 27 s by this clock")
                .isEqualTo(START.plusSeconds(27));
    }

    @Test
    void it_is_a_tenth_slower_until_both_agree_and_then_the_machine_s_again() {
        pass(Duration.ofSeconds(-60), Duration.ZERO);
        for (int second = 0; second < 599; second++) {
            pass(Duration.ofSeconds(1));
        }
        assertThat(clock.ahead()).isBetween(Duration.ofMillis(1), Duration.ofMillis(200));
        assertThat(pass(Duration.ofSeconds(2))).isEqualTo(machine);
        assertThat(pass(Duration.ofSeconds(1))).isEqualTo(machine);
        assertThat(clock.ahead()).isZero();
    }

    @Test
    void a_room_goes_on_from_what_it_recorded_although_the_machine_says_earlier() {
        clock.resume(START.plusSeconds(900));
        assertThat(clock.instant()).isEqualTo(START.plusSeconds(900));
        assertThat(pass(Duration.ofSeconds(10))).isEqualTo(START.plusSeconds(909));
        clock.resume(START);
        assertThat(clock.instant()).isEqualTo(START.plusSeconds(909));
    }
}
