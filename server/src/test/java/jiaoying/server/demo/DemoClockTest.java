package jiaoying.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DemoClockTest {
    private static final Instant STORY = Instant.parse("2017-08-27T01:00:00Z");

    private final AtomicLong nanos = new AtomicLong(5_000_000_000L);

    @Test
    void one_of_our_seconds_is_as_many_of_the_story_as_its_speed() {
        var clock = new DemoClock(STORY, 12, nanos::get);
        nanos.addAndGet(7_000_000_000L);
        assertThat(clock.instant()).as("before it goes").isEqualTo(STORY);
        clock.go();
        assertThat(clock.instant()).isEqualTo(STORY);
        nanos.addAndGet(10_000_000_000L);
        assertThat(clock.instant()).isEqualTo(STORY.plusSeconds(120));
    }

    @Test
    void waiting_for_a_time_takes_less_of_our_time() {
        var clock = new DemoClock(STORY, 12, nanos::get);
        assertThat(clock.waitFor(STORY.plusSeconds(60))).isEqualTo(Duration.ofSeconds(5));
        assertThat(clock.waitFor(STORY.minusSeconds(60))).isEqualTo(Duration.ZERO);
    }

    @Test
    void after_a_restart_the_story_goes_on_from_the_last_thing_on_record() {
        var last = STORY.plusSeconds(3600);
        assertThat(DemoClock.standing(STORY, Optional.of(last), 12).instant()).isEqualTo(last);
        assertThat(DemoClock.standing(STORY, Optional.empty(), 12).instant()).isEqualTo(STORY);
        assertThat(DemoClock.standing(STORY, Optional.of(STORY.minusSeconds(9)), 12)
                        .instant())
                .isEqualTo(STORY);
    }
}
