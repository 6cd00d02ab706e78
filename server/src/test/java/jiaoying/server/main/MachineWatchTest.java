package jiaoying.server.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import jiaoying.server.page.RoomInfo.Finding;
import org.junit.jupiter.api.Test;

class MachineWatchTest {
    private static final long MB = 1024 * 1024;

    private final AtomicLong free = new AtomicLong(5_000 * MB);
    private final AtomicLong nanos = new AtomicLong(77);
    private Duration ahead = Duration.ZERO;
    private Instant now = Instant.parse("2026-06-01T00:00:00Z");
    private final MachineWatch watch = new MachineWatch(free::get, () -> now, nanos::get, () -> ahead, 500 * MB);

    private void pass(Duration onTheClock, Duration inTruth) {
        now = now.plus(onTheClock);
        nanos.addAndGet(inTruth.toNanos());
        watch.look();
    }

    @Test
    void readings_are_refused_before_the_reserve_is_gone_and_taken_again_after() {
        watch.look();
        assertThat(watch.low()).isFalse();
        assertThat(watch.findings()).isEmpty();
        free.set(900 * MB);
        watch.look();
        assertThat(watch.low()).isFalse();
        assertThat(watch.findings()).containsExactly(new Finding("disk-low", "900"));
        free.set(499 * MB);
        watch.look();
        assertThat(watch.low()).isTrue();
        assertThat(watch.findings()).containsExactly(new Finding("disk-reserve", "499"));
        free.set(5_000 * MB);
        watch.look();
        assertThat(watch.low()).isFalse();
    }

    @Test
    void a_clock_that_jumps_is_a_finding_for_an_hour() {
        pass(Duration.ofSeconds(2), Duration.ofSeconds(2));
        pass(Duration.ofMillis(3_500), Duration.ofSeconds(2));
        assertThat(watch.findings()).isEmpty();
        pass(Duration.ofSeconds(-38), Duration.ofSeconds(2));
        assertThat(watch.findings()).containsExactly(new Finding("clock-jumped", "-40"));
        pass(Duration.ofMinutes(59), Duration.ofMinutes(59));
        assertThat(watch.findings()).hasSize(1);
        pass(Duration.ofMinutes(2), Duration.ofMinutes(2));
        assertThat(watch.findings()).isEmpty();
    }

    @Test
    void a_room_that_is_ahead_of_the_machine_is_a_finding_until_both_agree() {
        ahead = Duration.ofSeconds(2);
        assertThat(watch.findings()).isEmpty();
        ahead = Duration.ofSeconds(90);
        assertThat(watch.findings()).containsExactly(new Finding("clock-ahead", "90"));
    }

    @Test
    void a_reserve_that_is_no_number_is_refused() {
        assertThatThrownBy(() ->
                        MachineWatch.start(Path.of("."), Map.of(MachineWatch.RESERVE, "much"), () -> Duration.ZERO))
                .isInstanceOf(Refusal.class);
    }
}
