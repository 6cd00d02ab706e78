package jiaoying.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import jiaoying.duty.call.CallFact.CallOrderClosed;
import jiaoying.duty.call.CallFact.CalleeListed;
import jiaoying.duty.call.CallFact.RoundStarted;
import jiaoying.duty.ledger.Fact;
import org.junit.jupiter.api.Test;

class FairTimeTest {
    private static final Instant STORY = Instant.parse("2017-08-27T01:00:00Z");

    private final AtomicLong nanos = new AtomicLong();
    private DemoClock clock = new DemoClock(STORY, 12, nanos::get);
    private FairTime fair = new FairTime(clock, "P165", nanos::get);

    private void begin(double speed) {
        clock = new DemoClock(STORY, speed, nanos::get);
        clock.go();
        fair = new FairTime(clock, "P165", nanos::get);
    }

    private void pass(int seconds) {
        for (var i = 0; i < seconds * 5; i++) {
            nanos.addAndGet(200_000_000L);
            fair.settle();
        }
    }

    private static Fact listed(String order, String person) {
        return new CalleeListed(order, person, List.of(), List.of(), List.of());
    }

    private static Fact round(String target) {
        return new RoundStarted("o1", "P165", 1, target, List.of(), STORY);
    }

    @Test
    void the_story_runs_slower_while_the_visitor_is_called_and_his_phone_is_looked_at() {
        begin(12);
        fair.looked();
        fair.hear(listed("o1", "P999"));
        assertThat(clock.speed()).as("somebody else is called").isEqualTo(12);
        fair.hear(listed("o1", "P165"));
        fair.hear(round("self"));
        pass(80);
        fair.looked();
        pass(80);
        assertThat(clock.speed()).isEqualTo(3);
        assertThat(clock.instant()).isEqualTo(STORY.plusSeconds(160 * 3));
        fair.hear(new CallOrderClosed("o1", "all-reached", List.of(), List.of()));
        assertThat(clock.speed()).isEqualTo(12);
    }

    @Test
    void it_goes_on_when_his_deputy_is_called_and_when_he_has_had_his_time() {
        begin(12);
        fair.looked();
        fair.hear(listed("o1", "P165"));
        fair.hear(round("deputy"));
        assertThat(clock.speed()).isEqualTo(12);

        fair.hear(listed("o2", "P165"));
        for (var minute = 0; minute < 5; minute++) {
            fair.looked();
            pass(60);
        }
        assertThat(clock.speed()).as("four minutes, not for ever").isEqualTo(12);
    }

    @Test
    void a_phone_that_nobody_looks_at_delays_the_story_once() {
        begin(12);
        fair.hear(listed("o1", "P165"));
        pass(89);
        assertThat(clock.speed()).isEqualTo(3);
        pass(2);
        assertThat(clock.speed()).isEqualTo(12);
        fair.hear(listed("o2", "P165"));
        pass(1);
        assertThat(clock.speed()).isEqualTo(12);
        fair.looked();
        pass(1);
        assertThat(clock.speed()).as("now somebody plays along").isEqualTo(3);
    }

    @Test
    void a_story_told_in_a_hurry_waits_for_nobody() {
        begin(120);
        fair.looked();
        fair.hear(listed("o1", "P165"));
        pass(1);
        assertThat(clock.speed()).isEqualTo(120);
    }

    @Test
    void a_slow_story_never_runs_slower_than_life() {
        begin(2);
        fair.looked();
        fair.hear(listed("o1", "P165"));
        pass(1);
        assertThat(clock.speed()).isEqualTo(1);
    }
}
