package jiaoying.sim.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchedulerTest {
    private static final Instant START = Instant.parse("2017-08-27T06:00:00Z");

    private final Scheduler scheduler = new Scheduler(START);
    private final List<String> ran = new ArrayList<>();

    @Test
    void what_is_due_first_runs_first_and_equal_times_in_order_of_asking() {
        ask(20, "c");
        ask(10, "a");
        ask(20, "d");
        ask(10, "b");
        while (scheduler.advance()) {}
        assertThat(ran).containsExactly("a +10", "b +10", "c +20", "d +20");
    }

    @Test
    void the_clock_stands_still_while_something_runs() {
        scheduler.at(START.plusSeconds(5), () -> {
            ask(5, "asked at its own time");
            ask(1, "asked too late");
        });
        ask(5, "asked before");
        while (scheduler.advance()) {}
        assertThat(ran).containsExactly("asked before +5", "asked at its own time +5", "asked too late +5");
    }

    @Test
    void nothing_is_due_when_nothing_was_asked() {
        assertThat(scheduler.next()).isEmpty();
        assertThat(scheduler.advance()).isFalse();
        assertThat(scheduler.instant()).isEqualTo(START);
    }

    private void ask(long second, String what) {
        scheduler.at(
                START.plusSeconds(second),
                () -> ran.add("%s +%d".formatted(what, scheduler.instant().getEpochSecond() - START.getEpochSecond())));
    }
}
